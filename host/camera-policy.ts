/** Whether screens may have a camera at all: only where the cabinet names one, and never a microphone. */
import { readFileSync } from 'node:fs';
import { cabinetFactsSchema } from '../drivers/api.ts';
import { loadCabinet } from '../drivers/cabinets/load.ts';

/** Whether the cabinet names a camera that a devices configuration points to, or holds the facts of. */
export function namesCamera(devicesConfig: Readonly<Record<string, unknown>>): boolean {
  const { cabinetFile, cabinet } = devicesConfig;
  if (typeof cabinetFile === 'string') return (findCabinet(cabinetFile)?.cameras.length ?? 0) > 0;
  const facts = cabinetFactsSchema.safeParse(cabinet);
  return facts.success && facts.data.cameras.length > 0;
}

/** The `Permissions-Policy` of every answer to a screen. */
export function permissionsPolicy(hasCamera: boolean): string {
  return `camera=(${hasCamera ? 'self' : ''}), microphone=(), geolocation=(), display-capture=()`;
}

/** A file that cannot be read names nothing; the devices program says what is wrong with it. */
function findCabinet(path: string) {
  try {
    return loadCabinet(readFileSync(path, 'utf8')).facts;
  } catch {
    return null;
  }
}
