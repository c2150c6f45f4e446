import { BrowserWindow, type MessagePortMain } from 'electron';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { ScreenBeat } from '../../base/screen-beat.ts';
import { decideRestart, RESTART } from '../../host/restart-policy.ts';
import { type ScreenTrouble, type ScreenWatch, watchScreen } from '../../host/screen-watch.ts';
import { CHANNELS, type PortMessage } from '../decisions/messages.ts';
import { getPageUrl, isScreens, NO_TROUBLE, type Trouble } from '../decisions/service.ts';
import { windowOptions } from '../decisions/window.ts';

/** Chromium's word for a load that another load took the place of. */
const ERR_ABORTED = -3;

/** How long the out-of-service page, which does not beat, may not answer to touches before it is loaded afresh. */
const HUNG_AFTER_MS = 10_000;

/** The one window of the shell. */
export interface ScreenWindow {
  findContentsId(): number | undefined;
  hand(message: PortMessage, port: MessagePortMain): void;
  /** The page said that it lives. */
  heard(beat: ScreenBeat): void;
  /** Says that the terminal program keeps failing, or no longer does. */
  setTerminalTrouble(failing: boolean): void;
  /** Loads the page in a new process, with nothing wrong. */
  renew(): void;
  focus(): void;
}

/** Opens the window and keeps a page in it: a page that crashes, hangs or does not load is loaded again. */
export function openScreenWindow(options: {
  readonly preloadPath: string;
  readonly devTools: boolean;
  readonly windowed: boolean;
  /** Called when the page in the window, and with it its port, is gone. */
  readonly onDown: () => void;
  readonly clock: Clock;
  readonly log: Log;
}): ScreenWindow {
  const { clock, log } = options;
  const window = new BrowserWindow(windowOptions(options));
  const { webContents: contents } = window;
  let trouble: Trouble = NO_TROUBLE;
  let failures = 0;
  let loadedMs = 0;
  let cancelReload: Cancel = () => {};
  let cancelHung: Cancel = () => {};
  let watch: ScreenWatch | undefined;

  const load = (next: Trouble) => {
    if (getPageUrl(next) !== getPageUrl(trouble)) {
      log('shell.out-of-service', { on: next.terminal || next.screen });
    }
    trouble = next;
    cancelHung();
    watch?.stop();
    watch = isScreens(next) ? watchScreen({ clock, onTrouble: endPage }) : undefined;
    loadedMs = clock.monoMs();
    // A load that fails is told by did-fail-load; the promise would only say it twice.
    void contents.loadURL(getPageUrl(next)).catch(() => {});
  };
  /** Its process is ended, whatever it does; `render-process-gone` follows. */
  const endPage = (why: ScreenTrouble | 'nightly') => {
    log('screen.restart', { why, delayMs: 0, inARow: failures });
    contents.forcefullyCrashRenderer();
  };
  const fail = (why: string, exitCode: number) => {
    options.onDown();
    cancelHung();
    watch?.stop();
    const decision = decideRestart(clock.monoMs() - loadedMs, failures);
    failures = decision.failuresInARow;
    log('shell.page-gone', { why, exitCode, delayMs: decision.delayMs, inARow: failures });
    cancelReload();
    cancelReload = clock.after(decision.delayMs, () => {
      load({ ...trouble, screen: decision.outOfService });
      if (!decision.outOfService) return;
      cancelReload = clock.after(RESTART.maxDelayMs, () => load({ ...trouble, screen: false }));
    });
  };

  contents.on('render-process-gone', (_event, { reason, exitCode }) => fail(reason, exitCode));
  contents.on('did-fail-load', (_event, errorCode, _text, _url, isMainFrame) => {
    if (isMainFrame && errorCode !== ERR_ABORTED) fail('not-loaded', errorCode);
  });
  contents.on('preload-error', () => fail('preload-error', 0));
  contents.on('unresponsive', () => {
    cancelHung();
    cancelHung = clock.after(HUNG_AFTER_MS, () => contents.forcefullyCrashRenderer());
  });
  contents.on('responsive', () => cancelHung());
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) options.onDown();
  });
  // Nobody closes a kiosk: the shell ends as a whole, which asks no window.
  window.on('close', (event) => {
    if (!options.windowed) event.preventDefault();
  });
  window.once('ready-to-show', () => window.show());
  load(NO_TROUBLE);

  return {
    findContentsId: () => (contents.isDestroyed() ? undefined : contents.id),
    heard: (beat) => watch?.heard(beat),
    hand: (message, port) => contents.postMessage(CHANNELS.port, message, [port]),
    setTerminalTrouble(failing) {
      if (failing !== trouble.terminal) load({ ...trouble, terminal: failing });
    },
    renew: () => endPage('nightly'),
    focus: () => window.focus(),
  };
}
