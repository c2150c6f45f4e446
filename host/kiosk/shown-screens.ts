import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { ScreenBeat } from '../../base/screen-beat.ts';
import { type BrowserHost, startBrowserHost } from '../browser-host.ts';
import { type KioskPlan, startKioskBrowser } from './browser.ts';
import { keepBrowser } from './keep-browser.ts';
import { clearLeftProfiles } from './left-profiles.ts';

/** The screens, served and shown. */
export interface ShownScreens {
  /** The address for whoever opens a browser by hand, where none is started here. */
  readonly url: string;
  /** Draws everything anew in a new process; nothing where the browser is not ours. */
  renew(): void;
  stop(): Promise<void>;
}

/** Serves the screens and, where a plan says how, keeps a browser of our own on them. */
export async function startShownScreens(options: {
  readonly host: Omit<Parameters<typeof startBrowserHost>[0], 'log' | 'news'>;
  readonly browser: KioskPlan | undefined;
  /** Told when the page says that it lives. */
  readonly onBeat?: (beat: ScreenBeat) => void;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<ShownScreens> {
  const { browser, clock, log } = options;
  if (browser === undefined) {
    const news = { onSession() {}, onLineLost() {}, onBeat: (beat: ScreenBeat) => options.onBeat?.(beat) };
    const host = await startBrowserHost({ ...options.host, log, news });
    return { url: host.url, renew() {}, stop: host.close };
  }
  let host: BrowserHost | undefined;
  const kept = keepBrowser({
    ...{ clock, log },
    start: () => startKioskBrowser(browser, host?.newUrl() ?? ''),
  });
  const news = {
    ...kept.news,
    onBeat(beat: ScreenBeat) {
      kept.news.onBeat(beat);
      options.onBeat?.(beat);
    },
  };
  host = await startBrowserHost({ ...options.host, log, news });
  // Whoever has the port is the only host: what lies there is nobody's any more.
  clearLeftProfiles(browser.profilesFolder);
  kept.begin();
  return {
    url: host.url,
    renew: kept.renew,
    async stop() {
      await kept.stop();
      await host.close();
    },
  };
}
