import type { Disk } from '../../base/disk.ts';
import { RESCUE_FILES, RESCUE_FOLDER, rescueFormat } from '../../sync/formats/rescue.ts';

/** A rescue folder as it lies on a stick. */
export interface RescueOnStick {
  /** From the stick's root. */
  readonly path: string;
  /**
   * `incomplete`: the export was broken off, or files are gone since; what is there counts all the same.
   * `answered`: a platform has imported it and written what it says.
   */
  readonly state: 'incomplete' | 'complete' | 'answered';
}

/** The rescue folders on a stick, or the one that `stick` itself is; nothing is verified. */
export function findRescues(stick: Disk): readonly RescueOnStick[] {
  const paths = stick.list(RESCUE_FOLDER).map((name) => `${RESCUE_FOLDER}/${name}/`);
  return ['', ...paths].flatMap((path) => {
    const state = findState(stick, path);
    return state ? [{ path: path.replace(/\/$/, ''), state }] : [];
  });
}

function findState(stick: Disk, path: string): RescueOnStick['state'] | undefined {
  if (stick.findSize(`${path}${RESCUE_FILES.entries}`) === undefined) return undefined;
  if (stick.findSize(`${path}${RESCUE_FILES.answers}`) !== undefined) return 'answered';
  const manifest = stick.read(`${path}${RESCUE_FILES.manifest}`);
  const parsed = manifest.ok ? rescueFormat.parse(manifest.value) : undefined;
  if (!parsed?.ok) return 'incomplete';
  const isThere = parsed.value.value.files.every(
    ({ name, bytes }) => stick.findSize(`${path}${name}`) === bytes,
  );
  return isThere ? 'complete' : 'incomplete';
}
