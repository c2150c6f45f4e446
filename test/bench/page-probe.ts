/** When a page became what it is for, in milliseconds since the navigation began, by the page's own clock. */
export interface PageMarks {
  /** The page's heading stood there. */
  readonly headingMs: number;
  /** A key, touched as soon as the heading stood there, had changed it. */
  readonly answeredMs: number;
}

/**
 * Runs in the page before any of its own scripts. It touches the language key, whose answer goes through the
 * terminal and back; watching every change of the page is finer than asking from outside, and costs both pages
 * the same.
 */
export const PROBE = `(() => {
  const marks = {};
  globalThis.benchMarks = new Promise((resolve) => {
    const look = () => {
      const heading = document.querySelector('[data-page="attract"] h1');
      if (heading === null || heading.getClientRects().length === 0) return;
      if (marks.headingMs === undefined) {
        marks.headingMs = performance.now();
        marks.words = heading.textContent;
        const keys = [...document.querySelectorAll('[data-page="attract"] button')];
        keys.find((key) => ['English', '中文'].includes(key.textContent.trim())).click();
      } else if (heading.textContent !== marks.words) {
        marks.answeredMs = performance.now();
        watcher.disconnect();
        resolve({ headingMs: marks.headingMs, answeredMs: marks.answeredMs });
      }
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true, characterData: true });
  });
})();`;

/** Says the marks, once they are there. */
export const READ_MARKS = 'globalThis.benchMarks';

/** The least that passes for such a page: one script that draws words and a key, and answers the key. */
export const BARE_PAGE = {
  '/': {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>一站</title>
<body><div data-page="attract"></div><script src="./script.js"></script></body></html>`,
  },
  '/script.js': {
    type: 'text/javascript; charset=utf-8',
    body: `const heading = document.createElement('h1');
const key = document.createElement('button');
heading.textContent = '请放身份证';
key.textContent = 'English';
key.addEventListener('click', () => {
  heading.textContent = 'Place your ID card';
});
document.querySelector('div').append(heading, key);
`,
  },
} as const;
