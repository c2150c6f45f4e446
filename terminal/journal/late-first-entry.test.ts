import { expect, it } from 'vitest';
import { SqlFailure } from '../../base/sql.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { caseWish, crash, findUnmirrored, idOf, memoryParts, openEnrolled } from '../testing/keeper-world.ts';
import { segments } from '../testing/kept.ts';

const SEGMENT_BYTES = 1024 * 1024;
/** A frame around its padded body, at most. */
const AROUND = 1_024;
const FULL = { code: 'full', detail: 'made up' } as const;

/** A terminal whose first segment ends within the next few small entries. */
function withNearlyFullSegment() {
  const parts = memoryParts();
  const opened = openEnrolled(parts);
  const keep = (name: string, bytes = 0) => {
    const wish = caseWish(null, name);
    return opened.keeper.keep({ ...wish, content: { ...wish.content, filler: new Uint8Array(bytes) } });
  };
  const free = () => SEGMENT_BYTES - parts.mirrorDisk.files().get(segments(parts)[0]!)!.length;
  for (let padded = 128 * 1024; padded >= 1_024; padded /= 2) {
    while (free() > padded + AROUND) keep(`filler ${free()}`, Math.max(0, padded - 900));
  }
  expect(segments(parts)).toHaveLength(1);
  return { parts, opened, keep };
}

type World = ReturnType<typeof withNearlyFullSegment>;

/** The platform asks for a new journal while the mirror has no room. */
function askForJournals({ parts, opened }: World, count: number): void {
  parts.mirrorDisk.onChange = ({ kind }) => (kind === 'append' ? FULL : undefined);
  for (let i = 0; i < count; i++) {
    const item = {
      ...{ itemId: idOf(`word ${i}`), kind: FEED_KIND.newJournal, expires: null, caseId: null, order: null },
      content: encodeContent({ schema: 1, journalId: idOf('any') }),
    };
    const page = { after: opened.port.feedCursor(), next: idOf(`page ${i}`), items: [item] };
    expect(opened.port.applyPage(page)).toBe(true);
  }
  parts.mirrorDisk.onChange = () => undefined;
}

it('names the segment each lies in, where one ends between late first entries and what follows them', () => {
  const terminal = withNearlyFullSegment();
  const { parts, keep } = terminal;
  askForJournals(terminal, 4);
  expect(keep('after').ok).toBe(true);
  expect(segments(parts)).toHaveLength(2);
  crash(parts);
  expect(findUnmirrored(parts)).toEqual([]);
});

it('waits on where the database cannot say where one goes, and the case is not said to be kept', () => {
  const terminal = withNearlyFullSegment();
  const { parts, keep } = terminal;
  askForJournals(terminal, 4);
  let commits = 0;
  parts.store.onCommit = (when) => {
    if (when === 'before') commits += 1;
    // The case itself, then the first of the late ones, then taking the case back.
    if (when === 'before' && commits === 2) throw new SqlFailure(FULL);
  };
  expect(keep('refused')).toMatchObject({ ok: false, error: { code: 'full' } });
  expect(segments(parts)).toHaveLength(1);
  parts.store.onCommit = () => {};
  expect(keep('taken').ok).toBe(true);
  crash(parts);
  expect(findUnmirrored(parts)).toEqual([]);
});
