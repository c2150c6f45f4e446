/**
 * Keeps a page of the screens on the glass. Where the page is silent, draws nothing or holds too much, another browser
 * is started over it, and the one before ends only once the new page lives: nothing else comes to sight between.
 */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { ScreenNews } from '../browser-host.ts';
import { decideRestart } from '../restart-policy.ts';
import { type ScreenTrouble, type ScreenWatch, watchScreen } from '../screen-watch.ts';
import type { KioskBrowser } from './browser.ts';

/** A browser kept running. */
export interface KeptBrowser {
  /** What the host hears of the page. */
  readonly news: ScreenNews;
  /** Starts the first one. */
  begin(): void;
  /** Draws everything anew in a new process, with nothing wrong. */
  renew(): void;
  stop(): Promise<void>;
}

/** Why a browser is started. */
type Why = ScreenTrouble | 'ended' | 'nightly';

/** One start of a browser, and what is known of it. */
interface Start {
  readonly browser: KioskBrowser;
  readonly startedMs: number;
  watch: ScreenWatch | undefined;
  /** Its page opened the session: beats are its own from now on. */
  isShown: boolean;
  /** Its page has beaten. */
  isUp: boolean;
  /** Another is started in its place. */
  isReplaced: boolean;
}

/** A keeper; `start` starts a browser on a fresh address, each time. */
export function keepBrowser(options: {
  readonly start: () => KioskBrowser;
  readonly clock: Clock;
  readonly log: Log;
}): KeptBrowser {
  const { start, clock, log } = options;
  /** Oldest first: the last is the one that shall stay. */
  let starts: readonly Start[] = [];
  let failures = 0;
  let isStopped = false;
  let cancel: Cancel = () => {};
  const newest = () => starts.at(-1);

  const launch = () => {
    const begun: Start = {
      browser: start(),
      startedMs: clock.monoMs(),
      ...{ watch: undefined, isShown: false, isUp: false, isReplaced: false },
    };
    begun.watch = watchScreen({ clock, onTrouble: (trouble) => replace(begun, trouble) });
    starts = [...starts, begun];
    begun.browser.onExit(() => {
      begun.watch?.stop();
      starts = starts.filter((other) => other !== begun);
      replace(begun, 'ended');
    });
  };

  const replace = (gone: Start, why: Why) => {
    if (isStopped || gone.isReplaced) return;
    gone.isReplaced = true;
    gone.watch?.stop();
    const decision = decideRestart(clock.monoMs() - gone.startedMs, failures);
    failures = why === 'nightly' ? 0 : decision.failuresInARow;
    const delayMs = why === 'nightly' ? 0 : decision.delayMs;
    log('screen.restart', { why, delayMs, inARow: failures });
    cancel();
    cancel = clock.after(delayMs, launch);
    // One that never came up shows nothing worth keeping.
    if (!gone.isUp) void gone.browser.end();
  };

  return {
    news: {
      onSession() {
        const shown = newest();
        if (shown !== undefined) shown.isShown = true;
      },
      onBeat(beat) {
        const shown = starts.findLast(({ isShown }) => isShown);
        if (shown === undefined) return;
        shown.watch?.heard(beat);
        if (shown.isUp) return;
        shown.isUp = true;
        log('screen.up', { tookMs: Math.round(clock.monoMs() - shown.startedMs) });
        for (const before of starts.slice(0, starts.indexOf(shown))) void before.browser.end();
      },
      onLineLost: () => starts.findLast(({ isShown }) => isShown)?.watch?.lineLost(),
    },
    begin: launch,
    renew() {
      const present = newest();
      if (present?.isUp) replace(present, 'nightly');
    },
    async stop() {
      isStopped = true;
      cancel();
      await Promise.all(
        starts.map(({ browser, watch }) => {
          watch?.stop();
          return browser.end();
        }),
      );
    },
  };
}
