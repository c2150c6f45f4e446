/**
 * The two folders of the software and whoever starts them: what runs, what failed, and the folder that is free to be
 * written. The launcher decides; from here it is asked by a file and answers by another (`host/launcher/README.md`).
 */
import { z } from 'zod';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { MANIFEST_FILE, parseManifest, type SoftwareManifest } from '../../sync/software-release.ts';

/** Why the launcher does not follow a wish, in its own words. */
const refusal = z.enum([
  ...['needs-launcher', 'other-machine', 'two-steps', 'malformed', 'trial', 'not-there', 'damaged'],
  ...['older', 'refused', 'not-staged', 'disk', 'called-off'],
] as const);

const ref = z.object({ version: z.int(), manifest: z.string() });
const statusSchema = z.object({
  v: z.literal(1),
  launcher: z.int(),
  phase: z.enum(['steady', 'staged', 'trial']),
  running: z.object({
    slot: z.enum(['a', 'b']),
    version: z.int().nullable(),
    manifest: z.string().nullable(),
    name: z.string().nullable(),
  }),
  staged: ref.nullable(),
  refused: z.array(z.object({ ...ref.shape, why: z.string() })),
  last: z.object({ version: z.int(), outcome: z.string() }).nullable(),
  answer: z
    .discriminatedUnion('ok', [
      z.object({ id: z.string(), ok: z.literal(true) }),
      // A newer launcher may have words of its own.
      z.object({ id: z.string(), ok: z.literal(false), why: refusal.catch('malformed') }),
    ])
    .nullable(),
});
/** What the launcher said last. */
export type LauncherStatus = z.infer<typeof statusSchema>;

/** A release by its number and the hash of its manifest: nothing else can pass for it. */
export type ReleaseRef = z.infer<typeof ref>;

/** Why the launcher did not follow: its own word, or that it did not answer, or the disk. */
export type SlotTrouble = DiskTrouble['code'] | z.infer<typeof refusal> | 'no-launcher' | 'no-answer';

/** The folders. */
export interface SoftwareSlots {
  /** `undefined` where no launcher started this program: then nothing can be changed over. */
  findStatus(): LauncherStatus | undefined;
  /** What runs says of itself. */
  findRunning(): SoftwareManifest | undefined;
  /** What lies in the free folder says of itself; a release that was there before the one that runs, or one staged. */
  findOther(): { readonly manifest: SoftwareManifest; readonly bytes: Uint8Array } | undefined;
  /** A file of what runs. */
  findRunningFile(path: string): Uint8Array | undefined;
  /** Empties the free folder. */
  empty(): void;
  write(path: string, bytes: Uint8Array): Result<void, DiskTrouble>;
  /** Tells the launcher, and waits for its word; calls it off where `mayGoOn` says no before that. */
  ask(
    wish: 'stage' | 'switch',
    release: ReleaseRef,
    byOrder: boolean,
    mayGoOn?: () => boolean,
  ): Promise<Result<void, SlotTrouble>>;
}

const WISH = 'wish.json';
const STATUS = 'status.json';
const OTHER = { a: 'b', b: 'a' } as const;
/** It answers within seconds, once it has read everything; on a slow disk that is a minute. */
const ANSWER_MS = 300_000;
const LOOK_MS = 500;

/** The folders in `disk`, of which `removeTree` empties one with all that is in it. */
export function openSlots(parts: {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly removeTree: (folder: string) => void;
}): SoftwareSlots {
  const { disk, newId, removeTree } = parts;

  const findStatus = () => findLauncherStatus(disk);

  function findManifest(slot: 'a' | 'b') {
    const path = `${slot}/${MANIFEST_FILE}`;
    const read = disk.findSize(path) === undefined ? undefined : disk.read(path);
    const manifest = read?.ok ? parseManifest(read.value) : undefined;
    return read?.ok && manifest?.ok ? { manifest: manifest.value, bytes: read.value } : undefined;
  }

  const runningSlot = () => findStatus()?.running.slot;
  const freeSlot = () => {
    const slot = runningSlot();
    return slot && OTHER[slot];
  };

  return {
    findStatus,
    findRunning() {
      const slot = runningSlot();
      return slot && findManifest(slot)?.manifest;
    },
    findOther() {
      const slot = freeSlot();
      return slot && findManifest(slot);
    },
    findRunningFile(path) {
      const read = disk.read(`${runningSlot() ?? 'a'}/${path}`);
      return read.ok ? read.value : undefined;
    },
    empty() {
      const slot = freeSlot();
      if (slot !== undefined) removeTree(slot);
    },
    write(path, bytes) {
      const slot = freeSlot();
      return slot === undefined
        ? err({ code: 'io', detail: 'no launcher' })
        : disk.writeDurably(`${slot}/${path}`, bytes);
    },
    ask: (wish, { version, manifest }, byOrder, mayGoOn) =>
      askLauncher(parts, { id: newId(), wish, version, manifest, byOrder }, mayGoOn),
  };
}

/**
 * Tells the launcher in its folder a wish, and waits for its word. It reads all of a version before it switches, which
 * takes a minute on a slow disk: where `mayGoOn` says no meanwhile, or no word came in time, the wish is called off.
 */
export async function askLauncher(
  { disk, clock }: { readonly disk: Disk; readonly clock: Clock },
  wish: { readonly id: string } & Readonly<Record<string, unknown>>,
  mayGoOn?: () => boolean,
): Promise<Result<void, SlotTrouble>> {
  if (findLauncherStatus(disk) === undefined) return err('no-launcher');
  const tell = (said: Readonly<Record<string, unknown>>) =>
    disk.writeDurably(WISH, new TextEncoder().encode(`${JSON.stringify({ v: 1, ...said })}\n`));
  const callOff = () => tell({ id: wish.id, wish: 'call-off' }).ok;
  const written = tell(wish);
  if (!written.ok) return err(written.error.code);
  let calledOff = false;
  for (let waitedMs = 0; waitedMs < ANSWER_MS; waitedMs += LOOK_MS) {
    await sleep(clock, LOOK_MS);
    const answer = findLauncherStatus(disk)?.answer;
    if (answer?.id === wish.id) return answer.ok ? ok(undefined) : err(answer.why);
    if (mayGoOn?.() === false && !calledOff) calledOff = callOff();
  }
  if (mayGoOn !== undefined) callOff();
  return err('no-answer');
}

/** What the launcher said last in its folder; `undefined` where it says nothing that can be read. */
export function findLauncherStatus(disk: Pick<Disk, 'findSize' | 'read'>): LauncherStatus | undefined {
  const read = disk.findSize(STATUS) === undefined ? undefined : disk.read(STATUS);
  if (!read?.ok) return undefined;
  try {
    const status = statusSchema.safeParse(JSON.parse(new TextDecoder().decode(read.value)));
    return status.success ? status.data : undefined;
  } catch {
    return undefined;
  }
}
