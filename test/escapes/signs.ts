import type { BrowserContext, Page } from '@playwright/test';

/** Watches a page for whatever would be a way out of the screens, or something left behind. */
export interface Watch {
  /** What shows that somebody got out since this was asked last, in words; none while all is as it should be. */
  signs(): Promise<readonly string[]>;
}

/** What of the page itself tells that it is as it was. */
interface PageState {
  readonly url: string;
  /** Whether one of the screens' own pages is drawn: keys of ours may lead from one to another. */
  readonly isDrawn: boolean;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly scale: number;
  readonly scrolled: number;
  readonly selected: string;
  readonly isFullscreen: boolean;
  readonly frames: number;
  readonly history: number;
  readonly kept: readonly string[];
}

type Seen = PageState | 'silent' | 'elsewhere';

/** A page that does not answer any more is itself a sign: something stands before it. */
const ANSWERS_WITHIN_MS = 3_000;

/** What of the page is looked at, and compared with what it was at the beginning. */
async function stateOf(page: Page): Promise<Seen> {
  const late = new Promise<'silent'>((resolve) => setTimeout(resolve, ANSWERS_WITHIN_MS, 'silent'));
  const read = page.evaluate(async () => ({
    url: location.href,
    isDrawn: document.querySelector('[data-page]') !== null,
    width: innerWidth,
    height: innerHeight,
    ratio: devicePixelRatio,
    scale: visualViewport?.scale ?? 1,
    scrolled: Math.abs(scrollX) + Math.abs(scrollY),
    selected: String(getSelection()),
    isFullscreen: document.fullscreenElement !== null,
    frames: frames.length,
    history: history.length,
    kept: [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(document.cookie === '' ? [] : ['a cookie']),
      ...(await indexedDB.databases()).map(({ name }) => name ?? 'a database'),
      ...(await caches.keys()),
      ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
    ],
  }));
  // A page whose storage may not even be looked at is none of ours.
  return Promise.race([read.catch(() => 'elsewhere' as const), late]);
}

/**
 * Begins to watch. `countWindows` says how many windows stand on the display, by name or number; where nobody can
 * say, the pages of `context` are counted alone.
 */
export async function watchForEscapes(options: {
  readonly page: Page;
  readonly context: Pick<BrowserContext, 'pages'>;
  readonly windows?: () => readonly string[];
}): Promise<Watch> {
  const { page, context, windows } = options;
  const heard: string[] = [];
  page.on('dialog', (dialog) => {
    heard.push(`a dialog: ${dialog.type()}`);
    void dialog.dismiss();
  });
  page.on('download', ({ suggestedFilename }) => void heard.push(`a download: ${suggestedFilename()}`));
  const before = await stateOf(page);
  const windowsBefore = windows?.();
  return {
    async signs() {
      const found = heard.splice(0);
      const now = await stateOf(page);
      if (JSON.stringify(now) !== JSON.stringify(before)) found.push(differenceOf(before, now));
      const pages = context.pages();
      if (pages.length !== 1)
        found.push(`${pages.length} pages: ${pages.map((each) => each.url()).join(' ')}`);
      if (JSON.stringify(windows?.()) !== JSON.stringify(windowsBefore)) found.push('another window');
      return found;
    },
  };
}

function differenceOf(before: Seen, now: Seen): string {
  if (typeof before === 'string' || typeof now === 'string')
    return `the page was ${JSON.stringify(before)}, is ${JSON.stringify(now)}`;
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof PageState]),
  );
  return changed.map(([name, value]) => `${name} is ${JSON.stringify(value)}`).join(', ');
}
