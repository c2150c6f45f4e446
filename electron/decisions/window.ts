import type { BrowserWindowConstructorOptions } from 'electron';

/** Kept in memory only (no `persist:`), so nothing a page stores outlives the process or reaches the disk. */
export const PARTITION = 'yizhan-screen';

/**
 * The one window. `devTools` is for an unpackaged shell alone, `windowed` for a developer's desk: with it the
 * window has a frame and does not take the whole screen.
 */
export function windowOptions(choice: {
  readonly preloadPath: string;
  readonly devTools: boolean;
  readonly windowed: boolean;
}): BrowserWindowConstructorOptions {
  return {
    kiosk: !choice.windowed,
    fullscreen: !choice.windowed,
    frame: choice.windowed,
    // A developer's desk seldom holds 1920 px upright: half the screen's size keeps its shape.
    width: 540,
    height: 960,
    useContentSize: true,
    show: false,
    autoHideMenuBar: true,
    // Rice paper, as the page itself: no white flash before the first paint.
    backgroundColor: '#f7f3ea',
    webPreferences: {
      preload: choice.preloadPath,
      partition: PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      enableWebSQL: false,
      // It would fetch word lists, and keep what people write.
      spellcheck: false,
      // No alert of Chromium's own can stand in front of the screens.
      disableDialogs: true,
      devTools: choice.devTools,
      // The time-out question sounds by itself.
      autoplayPolicy: 'no-user-gesture-required',
      // The screens' own time-outs must run even when a desktop lays something over the window.
      backgroundThrottling: false,
      zoomFactor: 1,
    },
  };
}
