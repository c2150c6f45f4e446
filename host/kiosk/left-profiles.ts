/**
 * What a host that was killed left behind: profiles of browsers, which hold what their pages did, in a memory that
 * would be full one day; and perhaps the browsers themselves, still on the glass.
 */
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** How the folder of a profile begins. */
export const PROFILE_PREFIX = 'screen-';

/** Ends the browsers of an earlier run and takes their profiles away. Not while a browser of this run is there. */
export function clearLeftProfiles(profilesFolder: string): void {
  for (const name of namesIn(profilesFolder)) {
    if (!name.startsWith(PROFILE_PREFIX)) continue;
    const profile = join(profilesFolder, name);
    endBrowserOf(profile);
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // One that cannot be taken away now is tried at the next start.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Chromium names itself in its profile, as `machine-123`; the number may be another program's by now. */
function endBrowserOf(profile: string): void {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]);
    const said = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
    // It leads a group of its own, of all its processes.
    if (said.includes(`--user-data-dir=${profile}`)) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone, or never began.
  }
}
