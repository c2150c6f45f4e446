import { expect, it } from 'vitest';
import type { Crypto } from '../../base/crypto/api.ts';
import { OUTCOME } from '../formats/answers.ts';
import { FEED_KIND, type Order } from '../formats/feed.ts';
import { keySetBytes, makeKeySet } from '../formats/key-set.ts';
import { keyId } from '../formats/keys.ts';
import { SAMPLE_MS, sample32, sampleId, sampleWorld } from '../formats/sample.ts';
import type { DeliveredItem, JournalPort, OfferBasis } from '../ports.ts';

/** An entry a journal under test has kept. */
interface KeptEntry {
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryId: Uint8Array;
  readonly entryHash: Uint8Array;
}

/** A journal that owes nothing, with the sample world's trust, and the means to fill it. */
export interface JournalUnderTest {
  readonly port: JournalPort;
  keep(entryClass: 0 | 1 | 2): KeptEntry;
  /** Asks by hand for a refused entry to be offered again. */
  offerAgain(entryId: Uint8Array): void;
  hasBody(entryId: Uint8Array): boolean;
}

/** What every journal handed to the engine must do (`ports.ts`), as tests; call it inside a `describe`. */
export function journalPortRules(crypto: Crypto, make: () => JournalUnderTest): void {
  const world = sampleWorld(crypto);
  const basis: OfferBasis = { epoch: world.epoch, keySetNumber: 1 };
  const newEpoch: OfferBasis = { ...basis, epoch: sampleId(crypto, 'epoch 2') };
  const roomy = { entries: 100, bytes: 4_000_000 };
  const never = () => false;

  const idsOf = (journal: JournalUnderTest, under = basis, limits = roomy, isSetAside = never) =>
    journal.port.nextBatch(under, limits, isSetAside).map(({ entryId }) => entryId);
  const ids = (...entries: KeptEntry[]) => entries.map(({ entryId }) => entryId);

  function receipt(journal: JournalUnderTest, outcome: number, entries: KeptEntry[], under = basis) {
    const items = entries.map(({ seq, entryId, entryHash }) => ({ seq, entryId, entryHash, outcome }));
    const { journalId } = entries[0]!;
    return journal.port.applyReceipt({ journalId, items, basis: under, bytes: sample32(crypto, 'receipt') });
  }

  function release(journal: JournalUnderTest, to: KeptEntry, change: object = {}) {
    const ranges = [{ from: 1, to: to.seq, hashAtTo: to.entryHash, ...change }];
    return journal.port.applyRelease({ journalId: to.journalId, ranges, bytes: sample32(crypto, 'release') });
  }

  const item = (name: string, change: Partial<DeliveredItem> = {}): DeliveredItem => ({
    itemId: sampleId(crypto, name),
    kind: FEED_KIND.notice,
    expires: null,
    caseId: null,
    content: sample32(crypto, name),
    order: null,
    ...change,
  });

  const orderFor = (entry: KeptEntry): Order => ({
    v: 1,
    suite: 1,
    platformId: world.platformId,
    orderKeyId: keyId(crypto, world.ordering.publicKey),
    orderId: sampleId(crypto, 'order'),
    terminalId: world.terminalId,
    journalId: entry.journalId,
    seq: entry.seq,
    entryHash: entry.entryHash,
    reason: '示例',
    at: SAMPLE_MS,
  });

  it('offers by class, then seq, within the limits, passing over what is set aside', () => {
    const journal = make();
    const [audit, first, second, urgent] = [2, 1, 1, 0].map((entryClass) =>
      journal.keep(entryClass as 0 | 1 | 2),
    );
    expect(idsOf(journal)).toEqual(ids(urgent!, first!, second!, audit!));
    expect(idsOf(journal, basis, { ...roomy, entries: 2 })).toEqual(ids(urgent!, first!));
    expect(idsOf(journal, basis, { ...roomy, bytes: 1 })).toEqual(ids(urgent!));
    const isSetAside = (entryId: Uint8Array) => entryId.join() === urgent!.entryId.join();
    expect(journal.port.nextBatch(basis, roomy, isSetAside)).toHaveLength(3);
  });

  it('offers no more what is held, until the epoch is new', () => {
    const journal = make();
    const [first, second] = [journal.keep(1), journal.keep(1)];
    expect(receipt(journal, OUTCOME.held, [first])).toEqual({ counted: 1, ignored: 0 });
    expect(idsOf(journal)).toEqual(ids(second));
    expect(idsOf(journal, newEpoch)).toEqual(ids(first, second));
    expect(journal.port.countOwed(basis)).toEqual({ waiting: 1, held: 1, refused: 0 });
    expect(journal.port.countOwed(newEpoch)).toEqual({ waiting: 2, held: 0, refused: 0 });
    expect(journal.hasBody(first.entryId)).toBe(true);
  });

  it('offers a refusal again under a newer key set, a new epoch or when asked, and lets "held" replace it', () => {
    const journal = make();
    const refused = journal.keep(1);
    receipt(journal, OUTCOME.unopenable, [refused]);
    expect(idsOf(journal)).toEqual([]);
    expect(journal.port.countOwed(basis)).toEqual({ waiting: 0, held: 0, refused: 1 });
    expect(idsOf(journal, { ...basis, keySetNumber: 2 })).toHaveLength(1);
    expect(idsOf(journal, newEpoch)).toHaveLength(1);
    journal.offerAgain(refused.entryId);
    expect(idsOf(journal)).toHaveLength(1);
    receipt(journal, OUTCOME.malformed, [refused]);
    expect(idsOf(journal)).toEqual([]);
    receipt(journal, OUTCOME.held, [refused]);
    expect(journal.port.countOwed(basis)).toEqual({ waiting: 0, held: 1, refused: 0 });
    receipt(journal, OUTCOME.malformed, [refused]);
    expect(journal.port.countOwed(basis)).toEqual({ waiting: 0, held: 1, refused: 0 });
  });

  it('ignores receipts whose seq, id, hash or journal are not its own', () => {
    const journal = make();
    const own = journal.keep(1);
    const wrongs: Partial<KeptEntry>[] = [
      { seq: own.seq + 1 },
      { entryId: sampleId(crypto, 'x') },
      { entryHash: sample32(crypto, 'x') },
      { journalId: sampleId(crypto, 'x') },
    ];
    for (const wrong of wrongs) {
      expect(receipt(journal, OUTCOME.held, [{ ...own, ...wrong }])).toEqual({ counted: 0, ignored: 1 });
    }
    expect(idsOf(journal)).toEqual(ids(own));
  });

  it('erases the bodies of a release that fits its own chain, and of no other', () => {
    const journal = make();
    const [first, second, third] = [journal.keep(1), journal.keep(1), journal.keep(1)];
    const wrongs = [
      { hashAtTo: sample32(crypto, 'x') },
      { to: third.seq },
      { to: 99 },
      { from: second.seq + 1 },
    ];
    for (const wrong of wrongs) {
      expect(release(journal, second, wrong)).toEqual({ counted: 0, ignored: 1 });
    }
    expect(journal.hasBody(first.entryId)).toBe(true);
    expect(release(journal, second)).toEqual({ counted: 1, ignored: 0 });
    expect([first, second, third].map(({ entryId }) => journal.hasBody(entryId))).toEqual([
      false,
      false,
      true,
    ]);
    expect(release(journal, second)).toEqual({ counted: 1, ignored: 0 });
    expect(idsOf(journal, newEpoch)).toEqual(ids(third));
    expect(journal.port.owedHeads()).toEqual([
      { journalId: third.journalId, seq: third.seq, entryHash: third.entryHash },
    ]);
    release(journal, third);
    expect(journal.port.owedHeads()).toEqual([]);
  });

  it('takes a page once, at its own cursor, each item once', () => {
    const journal = make();
    const start = journal.port.feedCursor();
    const next = Uint8Array.of(1);
    expect(start).toHaveLength(0);
    expect(journal.port.applyPage({ after: next, next, items: [item('a')] })).toBe(false);
    expect(journal.port.applyPage({ after: start, next, items: [item('a'), item('b')] })).toBe(true);
    expect(journal.port.feedCursor()).toEqual(next);
    expect(journal.port.applyPage({ after: start, next, items: [item('c')] })).toBe(false);
    const unknown = item('d', { kind: 4711 });
    expect(journal.port.applyPage({ after: next, next: Uint8Array.of(2), items: [item('a'), unknown] })).toBe(
      true,
    );
  });

  it('abandons by order what holds a refusal, and nothing else', () => {
    const journal = make();
    const [refused, held, waiting] = [journal.keep(1), journal.keep(1), journal.keep(1)];
    receipt(journal, OUTCOME.unopenable, [refused]);
    receipt(journal, OUTCOME.held, [held]);
    const orders = [
      orderFor(held),
      orderFor(waiting),
      { ...orderFor(refused), entryHash: sample32(crypto, 'x') },
      orderFor(refused),
    ];
    let after = journal.port.feedCursor();
    for (const [index, order] of orders.entries()) {
      expect(journal.hasBody(refused.entryId)).toBe(true);
      const next = Uint8Array.of(index + 1);
      const abandon = item(`order ${index}`, { kind: FEED_KIND.abandon, order });
      journal.port.applyPage({ after, next, items: [abandon] });
      after = next;
    }
    expect([refused, held, waiting].map(({ entryId }) => journal.hasBody(entryId))).toEqual([
      false,
      true,
      true,
    ]);
    expect(idsOf(journal, newEpoch)).toEqual(ids(held, waiting));
  });

  it('keeps the trust record, starts the feed anew in a new epoch, and never goes back', () => {
    const journal = make();
    const before = journal.port.loadTrust();
    journal.port.applyPage({ after: journal.port.feedCursor(), next: Uint8Array.of(1), items: [item('a')] });
    const same = { ...before, floorMs: before.floorMs + 5, lastContactMs: SAMPLE_MS };
    journal.port.saveTrust(same);
    expect(journal.port.loadTrust()).toEqual(same);
    expect(journal.port.feedCursor()).toEqual(Uint8Array.of(1));
    const moved = { ...same, epoch: newEpoch.epoch, formerEpochs: [world.epoch] };
    journal.port.saveTrust(moved);
    expect(journal.port.loadTrust()).toEqual(moved);
    expect(journal.port.feedCursor()).toHaveLength(0);
    expect(journal.port.applyPage({ after: Uint8Array.of(1), next: Uint8Array.of(2), items: [] })).toBe(
      false,
    );

    const older = makeKeySet(crypto, [world.root], { ...world.keySet.value, number: 0 });
    const backwards = [
      { ...moved, epoch: world.epoch },
      { ...moved, floorMs: moved.floorMs - 1 },
      { ...moved, keySet: older },
    ];
    for (const record of backwards) expect(() => journal.port.saveTrust(record)).toThrow();
    expect(journal.port.loadTrust()).toEqual({ ...moved, keySet: keySetBytes(world.keySet) });
  });
}
