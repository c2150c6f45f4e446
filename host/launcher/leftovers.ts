/**
 * Processes of a version that outlived whoever started them: a hung one does not hear that its parent is gone, and would
 * hold the database for ever. They are known by the environment that every version is started with.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { After } from './clock.ts';

/** Names the folder of the software in the environment of all that a version starts. */
export const SOFTWARE_VARIABLE = 'YIZHAN_SOFTWARE';

const LOOK_EVERY_MS = 50;
/** Ten seconds. What hangs in a broken device's driver ends for nobody; a machine without software would be worse. */
const MOST_LOOKS_KILLING = 200;

/**
 * Waits until no process of this software is left; after `graceLooks` (of 50 ms) it ends what does not end by itself, and
 * after some more it goes on without that. Knows no processes but Linux's.
 */
export async function endLeftovers(
  software: string,
  after: After,
  graceLooks: number,
  find: (software: string) => readonly number[] = findLeftovers,
): Promise<void> {
  for (let looks = 0; looks < graceLooks + MOST_LOOKS_KILLING; looks += 1) {
    const left = find(software);
    if (left.length === 0) return;
    if (looks >= graceLooks) for (const pid of left) end(pid);
    await new Promise<void>((resolve) => void after(LOOK_EVERY_MS, resolve));
  }
}

function findLeftovers(software: string): readonly number[] {
  const mark = `\0${SOFTWARE_VARIABLE}=${software}\0`;
  return processes().filter((pid) => pid !== process.pid && `\0${environmentOf(pid)}`.includes(mark));
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Empty for a process that is gone, is a zombie or is another user's. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone meanwhile.
  }
}
