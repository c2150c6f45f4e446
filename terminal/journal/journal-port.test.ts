import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, toHex } from '../../base/bytes.ts';
import { parseEntry } from '../../sync/formats/entry.ts';
import { FEED_KIND, FIRST_CURSOR, type Order, orderFormat } from '../../sync/formats/feed.ts';
import { makeKeySet } from '../../sync/formats/key-set.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { SAMPLE_MS } from '../../sync/formats/sample.ts';
import type { DeliveredItem, JournalPort, OfferBasis, OfferedEntry } from '../../sync/ports.ts';
import { createMemoryJournal } from '../../sync/testing/memory-journal.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import {
  BASIS,
  caseWish,
  contentOf,
  crypto,
  idOf,
  LIMITS,
  memoryParts,
  offered,
  openEnrolled,
  parsed,
  receipt,
  release,
  SAMPLE_TRUST,
  specimenMemory,
  world,
} from '../testing/keeper-world.ts';

function keepCases(opened: OpenedKeeper, ...names: readonly string[]): readonly OfferedEntry[] {
  const person = specimenMemory(opened);
  for (const name of names) opened.keeper.keep(caseWish(person, name));
  return offered(opened).toSorted((a, b) => a.seq - b.seq);
}

function orderItem(entry: OfferedEntry, change: Partial<Order> = {}): DeliveredItem {
  const order: Order = {
    v: 1,
    suite: 1,
    platformId: world.platformId,
    orderKeyId: keyId(crypto, world.ordering.publicKey),
    orderId: idOf('order'),
    terminalId: world.terminalId,
    journalId: entry.journalId,
    seq: entry.seq,
    entryHash: entry.entryHash,
    reason: '示例',
    at: SAMPLE_MS,
    ...change,
  };
  const content = orderFormat.make(world.ordering, order);
  return {
    itemId: idOf(`order ${entry.seq}`),
    kind: FEED_KIND.abandon,
    expires: null,
    caseId: null,
    content,
    order,
  };
}

function takeAll(opened: OpenedKeeper, ...items: readonly DeliveredItem[]): boolean {
  const after = opened.port.feedCursor();
  return opened.port.applyPage({ after, next: concat(after, Uint8Array.of(1)), items });
}

const EPOCH_2: OfferBasis = { epoch: idOf('epoch 2'), keySetNumber: 1 };
const KEYS_2: OfferBasis = { ...BASIS, keySetNumber: 2 };

describe('receipts', () => {
  it('count only for an entry’s own seq, id and hash', () => {
    const opened = openEnrolled(memoryParts());
    const [first, second] = keepCases(opened, 'a');
    const wrong = [
      { ...second!, seq: first!.seq },
      { ...second!, entryId: first!.entryId },
      { ...second!, entryHash: first!.entryHash },
      { ...second!, journalId: idOf('another journal') },
    ];
    expect(receipt(opened, wrong)).toBe(0);
    expect(offered(opened)).toHaveLength(2);
    expect(opened.keeper.entryState(second!.entryId)).toBe('kept');
    expect(receipt(opened, [second!])).toBe(1);
    expect(opened.keeper.entryState(second!.entryId)).toBe('delivered');
    expect(parsed(offered(opened)).map(({ header }) => header.seq)).toEqual([1]);
  });

  it('let a refusal wait for a new epoch, a new key set or a hand', () => {
    const opened = openEnrolled(memoryParts());
    const [, entry] = keepCases(opened, 'a');
    const isOffered = (basis: OfferBasis) =>
      offered(opened, basis).some(({ entryId }) => toHex(entryId) === toHex(entry!.entryId));
    receipt(opened, [entry!], 2);
    expect(opened.keeper.entryState(entry!.entryId)).toBe('refused');
    expect([isOffered(BASIS), isOffered(KEYS_2), isOffered(EPOCH_2)]).toEqual([false, true, true]);
    expect(opened.port.offerAgain(entry!.entryId)).toBe(true);
    expect(isOffered(BASIS)).toBe(true);
    receipt(opened, [entry!], 2);
    expect(isOffered(BASIS)).toBe(false);
    receipt(opened, [entry!], 0);
    receipt(opened, [entry!], 2);
    expect(opened.keeper.entryState(entry!.entryId)).toBe('delivered');
    expect(opened.port.offerAgain(entry!.entryId)).toBe(false);
  });

  it('tell whoever listens', () => {
    const opened = openEnrolled(memoryParts());
    let told = 0;
    const stop = opened.keeper.onChange(() => told++);
    const entries = keepCases(opened, 'a');
    expect(told).toBe(0);
    receipt(opened, entries);
    expect(told).toBe(entries.length);
    stop();
    receipt(opened, entries);
    expect(told).toBe(entries.length);
  });
});

describe('releases', () => {
  it('count only when the own header at the end has that hash, and close all of the range', () => {
    const opened = openEnrolled(memoryParts());
    const [first, second, third] = keepCases(opened, 'a', 'b');
    receipt(opened, [first!, second!, third!]);
    expect(release(opened, { ...third!, entryHash: second!.entryHash })).toBe(0);
    expect(release(opened, { ...third!, seq: 9 })).toBe(0);
    expect(release(opened, { ...third!, journalId: idOf('another') })).toBe(0);
    expect(release(opened, first!, 2)).toBe(0);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 0, held: 3, refused: 0 });
    expect(release(opened, second!)).toBe(1);
    expect(opened.port.owedHeads().map(({ seq }) => seq)).toEqual([3]);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 0, held: 1, refused: 0 });
    expect(release(opened, second!)).toBe(1);
    expect(release(opened, third!)).toBe(1);
    expect(opened.port.owedHeads()).toEqual([]);
    expect(opened.keeper.entryState(third!.entryId)).toBe('delivered');
  });

  it('leave a person what they remember, and the chain', () => {
    const opened = openEnrolled(memoryParts());
    const entries = keepCases(opened, 'a');
    receipt(opened, entries);
    release(opened, entries.at(-1)!);
    expect(specimenMemory(opened).cases()).toHaveLength(1);
    const [next] = keepCases(opened, 'b');
    expect(next!.seq).toBe(3);
    expect(parsed([next!])[0]!.header.prev).toEqual(entries.at(-1)!.entryHash);
  });
});

describe('the feed', () => {
  it('takes each item once, in its own order, and no page that does not follow', () => {
    const opened = openEnrolled(memoryParts());
    const notice = (name: string): DeliveredItem => ({
      ...{ itemId: idOf(name), kind: FEED_KIND.notice, expires: null, caseId: null, order: null },
      content: idOf(name),
    });
    const contents = () => opened.feedItems(FEED_KIND.notice).map(({ content }) => content);
    expect(opened.port.feedCursor()).toEqual(FIRST_CURSOR);
    const page = { after: FIRST_CURSOR, next: Uint8Array.of(7), items: [notice('b'), notice('a')] };
    expect(opened.port.applyPage(page)).toBe(true);
    expect(opened.port.applyPage(page)).toBe(false);
    expect(contents()).toEqual([idOf('b'), idOf('a')]);
    const { port } = opened;
    port.saveTrust({ ...port.loadTrust(), epoch: EPOCH_2.epoch, formerEpochs: [world.epoch] });
    expect(port.feedCursor()).toEqual(FIRST_CURSOR);
    expect(port.applyPage({ ...page, items: [notice('a'), notice('c')] })).toBe(true);
    expect(contents()).toEqual([idOf('b'), idOf('a'), idOf('c')]);
  });

  it('remembers that an item of an unknown kind came, and nothing of it', () => {
    const opened = openEnrolled(memoryParts());
    const item = {
      itemId: idOf('x'),
      kind: 99,
      expires: null,
      caseId: null,
      content: idOf('x'),
      order: null,
    };
    expect(takeAll(opened, item, item)).toBe(true);
    expect(opened.feedItems(99)).toEqual([]);
  });

  it('hides what has certainly expired', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const expires = SAMPLE_MS + 60_000;
    const item = {
      itemId: idOf('x'),
      kind: FEED_KIND.notice,
      expires,
      caseId: null,
      content: idOf('x'),
      order: null,
    };
    takeAll(opened, item);
    parts.clock.setWall(expires + 1_000_000);
    expect(opened.feedItems(FEED_KIND.notice)).toHaveLength(1);
    opened.time.raiseFloor(expires);
    expect(opened.feedItems(FEED_KIND.notice)).toEqual([]);
  });

  it('abandons by order only what holds a refusal', () => {
    const opened = openEnrolled(memoryParts());
    const [first, second] = keepCases(opened, 'a');
    receipt(opened, [first!], 0);
    receipt(opened, [second!], 2);
    takeAll(opened, orderItem(first!));
    takeAll(opened, { ...orderItem(second!, { entryHash: first!.entryHash }), itemId: idOf('wrong hash') });
    takeAll(opened, { ...orderItem(second!), order: null, itemId: idOf('not believed') });
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 0, held: 1, refused: 1 });
    takeAll(opened, orderItem(second!));
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 0, held: 1, refused: 0 });
    expect(opened.keeper.entryState(second!.entryId)).toBe('refused');
    expect(opened.port.nextBatch(EPOCH_2, LIMITS, () => false).map(({ seq }) => seq)).toEqual([1]);
  });

  it('opens a new journal at the platform’s word, once', () => {
    const opened = openEnrolled(memoryParts());
    const [opening, entry] = keepCases(opened, 'a');
    const word = {
      itemId: idOf('w'),
      kind: FEED_KIND.newJournal,
      expires: null,
      caseId: null,
      content: idOf('w'),
      order: null,
    };
    takeAll(opened, word);
    takeAll(opened, word);
    const heads = opened.port.owedHeads();
    expect(heads.map(({ seq }) => seq)).toEqual([2, 1]);
    const next = parsed(offered(opened)).find(
      ({ header }) => toHex(header.journalId) !== toHex(opening!.journalId),
    );
    expect(contentOf(next!)).toEqual({
      ...{ schema: 1, kind: 'journal.opened', reason: 'platform-asked' },
      ...{ priorJournalId: entry!.journalId, priorSeq: 2, priorHash: entry!.entryHash },
    });
    expect(next!.header).toMatchObject({ seq: 1, class: 2 });
    opened.keeper.keep(caseWish(null, 'b'));
    expect(opened.port.owedHeads().map(({ seq }) => seq)).toEqual([2, 2]);
  });
});

describe('trust', () => {
  it('never goes back', () => {
    const { port } = openEnrolled(memoryParts());
    const present = port.loadTrust();
    expect(present).toEqual(SAMPLE_TRUST);
    const backwards = [
      { ...present, floorMs: present.floorMs - 1 },
      { ...present, keySet: makeKeySet(crypto, [world.root], { ...world.keySet.value, number: 0 }) },
    ];
    for (const record of backwards) expect(() => port.saveTrust(record)).toThrow('back');
    const keySet = makeKeySet(crypto, [world.root], { ...world.keySet.value, number: 2 });
    const next = {
      keySet,
      epoch: EPOCH_2.epoch,
      formerEpochs: [world.epoch],
      floorMs: SAMPLE_MS + 1,
      lastContactMs: 5,
    };
    port.saveTrust(next);
    expect(port.loadTrust()).toEqual(next);
    expect(() => port.saveTrust({ ...next, epoch: world.epoch })).toThrow('former');
  });

  it('seals to the newest key set', () => {
    const opened = openEnrolled(memoryParts());
    const other = crypto.openingKey(concat(idOf('a'), idOf('b')));
    const keys = [{ publicKey: other.publicKey, uses: [1], holder: null }, ...world.keySet.value.keys];
    const keySet = makeKeySet(crypto, [world.root], { ...world.keySet.value, number: 2, keys });
    opened.port.saveTrust({ ...opened.port.loadTrust(), keySet });
    const [, entry] = keepCases(opened, 'a');
    expect(parsed([entry!])[0]!.header.sealKeyId).toEqual(keyId(crypto, other.publicKey));
  });
});

describe('the next batch', () => {
  it('goes by class, then journal, then seq, within its limits, and passes over what is set aside', () => {
    const opened = openEnrolled(memoryParts());
    opened.keeper.keep(caseWish(null, 'audit', { entryClass: 2 }));
    for (let i = 0; i < 450; i++) opened.keeper.keep(caseWish(null, `case ${i}`));
    opened.keeper.keep(caseWish(null, 'urgent', { entryClass: 0 }));
    const batch = (limits = LIMITS, isSetAside = (_entryId: Uint8Array) => false) =>
      opened.port.nextBatch(BASIS, limits, isSetAside).map(({ seq }) => seq);
    expect(batch({ ...LIMITS, entries: 4 })).toEqual([453, 3, 4, 5]);
    const [one] = opened.port.nextBatch(BASIS, LIMITS, () => false);
    expect(batch({ entries: 100, bytes: 1 })).toEqual([453]);
    expect(batch({ entries: 100, bytes: one!.entryBytes.length * 3 + 2 })).toHaveLength(3);
    let seen = 0;
    expect(batch(LIMITS, () => ++seen <= 451)).toEqual([1, 2]);
  });
});

describe('against the rules in memory', () => {
  type Step =
    | { readonly do: 'keep'; readonly entryClass: 0 | 1 | 2 }
    | { readonly do: 'receipt'; readonly pick: number; readonly outcome: number }
    | { readonly do: 'release'; readonly pick: number }
    | { readonly do: 'abandon'; readonly pick: number }
    | { readonly do: 'again'; readonly pick: number }
    | { readonly do: 'epoch' }
    | { readonly do: 'keys' };
  const pick = fc.nat({ max: 30 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('keep'), entryClass: fc.constantFrom(0, 1, 2) }) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('receipt'), pick, outcome: fc.constantFrom(0, 0, 2, 4, 7, 8) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('release'), pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('abandon'), pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('again'), pick }) },
    fc.constant({ do: 'epoch' }),
    fc.constant({ do: 'keys' }),
  ) as fc.Arbitrary<Step>;

  it('answers as they do, after any history', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const opened = openEnrolled(memoryParts());
        const model = createMemoryJournal(SAMPLE_TRUST);
        const all: OfferedEntry[] = [];
        let basis = BASIS;
        const learnNew = () => {
          for (const entry of opened.port.nextBatch({ ...basis, epoch: idOf('none') }, LIMITS, () => false)) {
            if (all.some(({ entryId }) => toHex(entryId) === toHex(entry.entryId))) continue;
            const read = parseEntry(crypto, entry.entryBytes);
            if (!read.ok) throw new Error('own entry');
            model.append(read.value);
            all.push(entry);
          }
        };
        learnNew();
        const both = <T>(ask: (port: JournalPort) => T) => expect(ask(opened.port)).toEqual(ask(model));
        steps.forEach((step, index) => {
          if (step.do === 'keep') {
            opened.keeper.keep(caseWish(null, String(index), { entryClass: step.entryClass }));
            learnNew();
          } else if (step.do === 'epoch') basis = { ...basis, epoch: idOf(`epoch ${index}`) };
          else if (step.do === 'keys') basis = { ...basis, keySetNumber: basis.keySetNumber + 1 };
          else {
            const entry = all[step.pick % all.length]!;
            const { journalId, seq, entryId, entryHash } = entry;
            if (step.do === 'receipt') {
              const items = [{ seq, entryId, entryHash, outcome: step.outcome }];
              both((port) => port.applyReceipt({ journalId, items, basis, bytes: idOf(String(index)) }));
            } else if (step.do === 'release') {
              const ranges = [{ from: 1, to: seq, hashAtTo: entryHash }];
              both((port) => port.applyRelease({ journalId, ranges, bytes: idOf(String(index)) }));
            } else if (step.do === 'abandon') {
              const after = opened.port.feedCursor();
              const page = { after, next: Uint8Array.of(index), items: [orderItem(entry)] };
              both((port) => port.applyPage(page));
            } else {
              model.offerAgain(entryId);
              opened.port.offerAgain(entryId);
            }
          }
          both((port) => port.nextBatch(basis, LIMITS, () => false));
          both((port) => port.countOwed(basis));
          both((port) => port.owedHeads());
        });
      }),
      { numRuns: 80 },
    );
  });
});
