/**
 * How far the database had come, kept beside the backups: a database that knows less than this is an older
 * copy, however it came back.
 */
import { utf8 } from '../../base/bytes.ts';
import type { Disk } from '../../base/disk.ts';
import { invariant } from '../../base/result.ts';

const MARK = 'held.mark';

/** Notes that entries up to `heldOrder` were held here once. */
export function writeMark(disk: Disk, heldOrder: number): void {
  const written = disk.writeDurably(MARK, utf8(String(heldOrder)));
  invariant(written.ok, 'the mark beside the backups can be written');
}

/** The mark, 0 when there is none. */
export function readMark(disk: Disk): number {
  const read = disk.read(MARK);
  const text = read.ok ? new TextDecoder().decode(read.value) : '0';
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
