import { toBase64Url } from '../../../base/bytes.ts';
import type { TestTerminal } from '../../../platform/testing/test-terminal.ts';
import { FIRST_CURSOR } from '../../../sync/formats/feed.ts';
import { type Check, expectSame } from '../check.ts';

/** The page after everything there is now. */
export async function lastPage(terminal: TestTerminal) {
  for (let page = await terminal.feed(FIRST_CURSOR); ; page = await terminal.feed(page.next)) {
    if (page.items.length === 0) return page;
  }
}

/** What comes down. */
export const FEED_CHECKS: readonly Check[] = [
  {
    section: '3',
    promise: 'pages follow one another from the empty cursor, and a page asked for again is the same',
    async run({ terminal }) {
      const first = await terminal.feed(FIRST_CURSOR);
      const again = await terminal.feed(FIRST_CURSOR);
      expectSame('items', again.items, first.items);
      const ids = new Set<string>();
      for (let page = first; page.items.length > 0; page = await terminal.feed(page.next)) {
        for (const { itemId } of page.items) {
          const name = toBase64Url(itemId);
          if (ids.has(name)) throw new Error('one item came on two pages');
          ids.add(name);
        }
      }
    },
  },
  {
    section: '5',
    promise: 'a poll with nothing to send ends by itself, empty, at the same place',
    async run({ terminal }) {
      const end = await lastPage(terminal);
      const waited = await terminal.feed(end.next, 1);
      expectSame('items', waited.items, []);
    },
  },
  {
    section: '5',
    promise: 'a cursor that is nobody’s, and a wait of more than 25 s, are malformed',
    async run({ terminal }) {
      for (const query of [`?after=${toBase64Url(new Uint8Array(5))}&waitS=0`, '?after=&waitS=26']) {
        const answered = await terminal.call('feed', undefined, query);
        expectSame(query, !answered.ok && 'status' in answered.error && answered.error.status, 400);
      }
    },
  },
];
