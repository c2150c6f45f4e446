/**
 * Which devices answer, noted just before a change of the software: a version that cannot speak to what the one before
 * it spoke to is not kept, and one that finds a cable out as the one before did is.
 */
import type { Disk } from '../../base/disk.ts';
import type { DeviceName, DeviceReason, DeviceStatus } from '../../drivers/api.ts';

const FILE = 'answering.json';
/** Those that are spoken to all the while. What the screen opens is heard of only when it is used. */
const SPOKEN_TO = [
  'card-reader',
  'slip-printer',
  'a4-printer',
  'code-scanner',
  'social-card-reader',
] as const;
/** What says that nothing that makes sense comes from it, whoever is to blame. */
const SILENT: ReadonlySet<DeviceReason | null> = new Set<DeviceReason>([
  ...(['not-answering', 'port-closed', 'misconfigured', 'not-understood', 'driver-missing'] as const),
]);

/** Whether something comes from it: paper that is out is said by a printer that answers. */
export function isAnswering({ state, reason }: Pick<DeviceStatus, 'state' | 'reason'>): boolean {
  return state !== 'absent' && state !== 'starting' && !(state === 'fault' && SILENT.has(reason));
}

/** Notes those that answer now. */
export function noteAnswering(disk: Pick<Disk, 'writeDurably'>, statuses: readonly DeviceStatus[]): void {
  const names = SPOKEN_TO.filter((name) => statuses.some((one) => one.device === name && isAnswering(one)));
  disk.writeDurably(FILE, new TextEncoder().encode(JSON.stringify(names)));
}

/** Those that answered before the last change; none where nothing was noted. */
export function findAnswered(disk: Pick<Disk, 'findSize' | 'read'>): ReadonlySet<DeviceName> {
  const read = disk.findSize(FILE) === undefined ? undefined : disk.read(FILE);
  if (!read?.ok) return new Set();
  const text = new TextDecoder().decode(read.value);
  return new Set(SPOKEN_TO.filter((name) => text.includes(JSON.stringify(name))));
}
