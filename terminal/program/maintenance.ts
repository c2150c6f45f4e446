/** Tells the system that a maintainer is signed in: meanwhile it lets sticks in (`docs/lockdown.md`). */
import type { Disk } from '../../base/disk.ts';
import type { Log } from '../../base/log.ts';
import { nodeDisk } from '../../base/node/disk.ts';

/** The file that stands while a maintainer is signed in; it is empty. */
export const SIGNED_IN = 'signed-in';

/**
 * Sets and takes away {@link SIGNED_IN} in `folder`. One that an earlier run left, killed while somebody was signed in,
 * is taken away at once: nobody is signed in yet. Where the folder cannot be written sticks stay out, and the log says so.
 */
export function createMaintenance(folder: Disk, log: Log): (isSignedIn: boolean) => void {
  let stands: boolean | null = null;
  const tell = (isSignedIn: boolean) => {
    if (isSignedIn === stands) return;
    const done = isSignedIn ? folder.writeDurably(SIGNED_IN, new Uint8Array()) : folder.remove(SIGNED_IN);
    stands = done.ok ? isSignedIn : null;
    if (!done.ok) log('maintenance.not-told', { code: done.error.code });
  };
  tell(false);
  return tell;
}

/** The same in a folder of this machine; nothing where the configuration names none. */
export function createMaintains(folder: string | undefined, log: Log): (isSignedIn: boolean) => void {
  return folder === undefined ? () => {} : createMaintenance(nodeDisk(folder), log);
}
