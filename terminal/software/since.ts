/** Since when this machine runs the release it runs: noted at the first start of each, by the best guess of the time. */
import { z } from 'zod';
import type { Disk } from '../../base/disk.ts';

const FILE = 'since.json';
const noteSchema = z.object({ manifest: z.string(), atMs: z.number() });

/** Since when `manifest` runs, in milliseconds of 1970; noted now where another one ran before. */
export function runningSince(
  disk: Pick<Disk, 'findSize' | 'read' | 'writeDurably'>,
  manifest: string,
  nowMs: number,
): number {
  const noted = findNote(disk);
  if (noted?.manifest === manifest) return noted.atMs;
  disk.writeDurably(FILE, new TextEncoder().encode(JSON.stringify({ manifest, atMs: nowMs })));
  return nowMs;
}

function findNote(disk: Pick<Disk, 'findSize' | 'read'>): z.infer<typeof noteSchema> | undefined {
  const read = disk.findSize(FILE) === undefined ? undefined : disk.read(FILE);
  if (!read?.ok) return undefined;
  try {
    const note = noteSchema.safeParse(JSON.parse(new TextDecoder().decode(read.value)));
    return note.success ? note.data : undefined;
  } catch {
    return undefined;
  }
}
