import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { kioskArguments } from './arguments.ts';
import { PROFILE_PREFIX } from './left-profiles.ts';

/** A browser that shows the screens. */
export interface KioskBrowser {
  /** Called once, when it has ended; at once when it has already. */
  onExit(listener: () => void): void;
  /** Ends it with all its processes, and whatever it wrote. Resolves when nothing of it is left. */
  end(): Promise<void>;
}

/** How Chromium is started here. */
export interface KioskPlan {
  /** Its program. */
  readonly program: string;
  /** Where profiles are made; in memory (a tmpfs), so that nothing of a visit reaches a disk. */
  readonly profilesFolder: string;
  /** The cabinet's own switches, such as the platform of its window system. */
  readonly more: readonly string[];
}

/** One that never began. */
const NEVER_BEGAN: KioskBrowser = {
  onExit: (listener) => void Promise.resolve().then(listener),
  end: () => Promise.resolve(),
};

/**
 * Starts a browser on an address, with a profile of its own that goes with it. Where there is no room for a profile it
 * has ended at once, and is tried again as any other.
 */
export function startKioskBrowser(plan: KioskPlan, url: string): KioskBrowser {
  let profile: string;
  try {
    profile = mkdtempSync(join(plan.profilesFolder, PROFILE_PREFIX));
  } catch {
    return NEVER_BEGAN;
  }
  const child = spawn(plan.program, kioskArguments({ url, profile, more: plan.more }), {
    stdio: 'ignore',
    env: { ...process.env, ...homeIn(profile) },
    // A group of its own, so that its pages' processes are ended with it.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    // A program that is not there never begins.
    child.once('error', () => resolve());
  });
  const killGroup = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  };
  const cleared = ended.then(() => {
    killGroup();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    onExit: (listener) => void cleared.then(listener),
    async end() {
      killGroup();
      await cleared;
    },
  };
}

/**
 * A home that goes with the profile: whatever the switches say, Debian's Chromium keeps dumps of its crashes, which hold
 * what the page showed, below its user's home.
 */
function homeIn(profile: string): Readonly<Record<string, string>> {
  return {
    HOME: profile,
    XDG_CONFIG_HOME: profile,
    XDG_CACHE_HOME: profile,
    BREAKPAD_DUMP_LOCATION: profile,
  };
}
