import { ALLOWED, type Judgement, refused } from './judgement.ts';

/** What starting the shell from a source tree depends on. */
export interface LaunchFacts {
  /** Where Electron's own program is, or `undefined` when it was never fetched. */
  readonly binaryPath: string | undefined;
  /** The user's number; 0 is root. */
  readonly userId: number;
  /** Whether a display is there to draw on. */
  readonly hasDisplay: boolean;
  /** Arguments the person who starts it gave for Chromium. */
  readonly ownArguments: readonly string[];
}

/** Either what to run, or one line that says why not and what to do. */
export type LaunchPlan =
  | {
      readonly kind: 'run';
      readonly command: string;
      readonly args: readonly string[];
      readonly line: string;
    }
  | { readonly kind: 'cannot'; readonly line: string };

/** What Chromium refuses to start without, as root. */
export const NO_SANDBOX = '--no-sandbox';

/**
 * Decides whether and how the shell is started. As root, Chromium ends at once unless it is told to go without
 * its sandbox; that is never done for anyone, only when they wrote it themselves.
 */
export function planLaunch(facts: LaunchFacts, mainPath: string, settingsPath: string): LaunchPlan {
  if (facts.binaryPath === undefined) return { kind: 'cannot', line: 'electron: no binary here' };
  if (!facts.hasDisplay) return { kind: 'cannot', line: 'electron: no display here' };
  const isUnsandboxed = facts.ownArguments.includes(NO_SANDBOX);
  if (facts.userId === 0 && !isUnsandboxed) {
    return {
      kind: 'cannot',
      line: `electron: Chromium does not run as root in its sandbox; start it as another user, or add ${NO_SANDBOX} yourself`,
    };
  }
  return {
    kind: 'run',
    command: facts.binaryPath,
    args: [...facts.ownArguments, mainPath, '--config', settingsPath],
    line: isUnsandboxed
      ? `electron: without Chromium’s sandbox, as ${NO_SANDBOX} says`
      : 'electron: in its sandbox',
  };
}

/**
 * Whether a shell that was started may go on. A packaged one may not without its sandbox: the AppImage's own
 * starter adds the switch, unsaid, where it finds no user namespaces, and so it could be from nobody.
 */
export function judgeSandbox(shell: {
  readonly isPackaged: boolean;
  readonly isUnsandboxed: boolean;
}): Judgement {
  return shell.isPackaged && shell.isUnsandboxed ? refused('no-sandbox') : ALLOWED;
}
