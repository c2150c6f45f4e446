import { equalBytes, toHex } from '../../base/bytes.ts';
import { err, invariant, ok } from '../../base/result.ts';
import { isRefusal, OUTCOME } from '../formats/answers.ts';
import { type Entry, entryBytes } from '../formats/entry.ts';
import { FEED_KIND, FIRST_CURSOR, type Order } from '../formats/feed.ts';
import { parseKeySet } from '../formats/key-set.ts';
import type {
  Counted,
  DeliveredItem,
  JournalPort,
  OfferBasis,
  OfferedEntry,
  TrustRecord,
  Try,
} from '../ports.ts';

/** How an entry stands under a basis. */
type EntryStanding = 'waiting' | 'held' | 'refused' | 'closed';

/** A journal in memory: the port, and what tests do to it. */
export interface MemoryJournal extends JournalPort {
  /** Appends an entry made elsewhere; its journal is opened by its first one. */
  append(entry: Entry): void;
  /** Puts an encrypted file on the disk that is none; null takes it away. */
  putFile(hash: Uint8Array, sealed: Uint8Array | null): void;
  /** Asks by hand for a refused entry to be offered again. */
  offerAgain(entryId: Uint8Array): void;
  standing(entryId: Uint8Array): EntryStanding;
  /** The entry's body, or null once erased. */
  bodyOf(entryId: Uint8Array): Uint8Array | null;
  /** Feed items taken, in order. */
  taken(): readonly DeliveredItem[];
  tries(): readonly Try[];
}

interface Row {
  readonly entry: Entry;
  body: Uint8Array | null;
  receipt: { outcome: number; epoch: Uint8Array; keySetNumber: number } | null;
  askedByHand: boolean;
  closed: boolean;
}

/** The rules of `ports.ts` in memory. Nothing survives the process. */
export function createMemoryJournal(initial: TrustRecord): MemoryJournal {
  let trust = initial;
  let cursor: Uint8Array = FIRST_CURSOR;
  const journals = new Map<string, Row[]>();
  const takenItems = new Map<string, DeliveredItem>();
  const attempts: Try[] = [];
  const files = new Map<string, Uint8Array>();

  const rows = () => [...journals.values()].flat();
  const rowOf = (journalId: Uint8Array, seq: number) => journals.get(toHex(journalId))?.[seq - 1];

  function getRow(entryId: Uint8Array): Row {
    const row = rows().find((candidate) => equalBytes(candidate.entry.header.entryId, entryId));
    invariant(row, 'the entry was appended');
    return row;
  }

  function isToBeOffered(row: Row, basis: OfferBasis): boolean {
    if (row.closed || row.body === null || hasHeldSuccessor(row)) return false;
    const { receipt } = row;
    if (!receipt || !equalBytes(receipt.epoch, basis.epoch)) return true;
    if (!isRefusal(receipt.outcome)) return false;
    return row.askedByHand || receipt.keySetNumber < basis.keySetNumber;
  }

  function hasHeldSuccessor(row: Row): boolean {
    return successorsOf(row).some((successor) => successor.receipt?.outcome === OUTCOME.held);
  }

  function successorsOf(row: Row): Row[] {
    const { entryId } = row.entry.header;
    return rows().filter(
      ({ entry: { header } }) => header.supersedes && equalBytes(header.supersedes, entryId),
    );
  }

  function close(row: Row): void {
    if (row.closed) return;
    row.closed = true;
    row.body = null;
    const { supersedes } = row.entry.header;
    const superseded = rows().find(
      ({ entry: { header }, receipt }) =>
        supersedes && equalBytes(header.entryId, supersedes) && receipt && receipt.outcome !== OUTCOME.held,
    );
    if (superseded) close(superseded);
  }

  function abandon(order: Order): void {
    const row = rowOf(order.journalId, order.seq);
    if (!row || !equalBytes(row.entry.entryHash, order.entryHash)) return;
    if (row.receipt && isRefusal(row.receipt.outcome)) close(row);
  }

  return {
    loadTrust: () => trust,

    saveTrust(record) {
      const isBackwards =
        record.floorMs < trust.floorMs ||
        numberOf(record) < numberOf(trust) ||
        record.formerEpochs.some((epoch) => record.epoch && equalBytes(epoch, record.epoch));
      invariant(!isBackwards, 'trust never goes back');
      const isSameEpoch = trust.epoch && record.epoch && equalBytes(trust.epoch, record.epoch);
      if (trust.epoch && !isSameEpoch) cursor = FIRST_CURSOR;
      trust = record;
    },

    owedHeads: () =>
      [...journals.values()]
        .filter((journal) => journal.some((row) => !row.closed))
        .map((journal) => {
          const { header, entryHash } = journal.at(-1)!.entry;
          return { journalId: header.journalId, seq: header.seq, entryHash };
        }),

    nextBatch(basis, limits, isSetAside) {
      const owed = rows()
        .filter((row) => isToBeOffered(row, basis) && !isSetAside(row.entry.header.entryId))
        .sort((a, b) => a.entry.header.class - b.entry.header.class);
      const batch: OfferedEntry[] = [];
      let bytes = 0;
      for (const { entry, body } of owed) {
        const offered = { ...identify(entry), entryBytes: entryBytes({ ...entry, body }) };
        bytes += offered.entryBytes.length;
        if (batch.length === limits.entries || (batch.length > 0 && bytes > limits.bytes)) break;
        batch.push(offered);
      }
      return batch;
    },

    entriesWithFiles: (basis) =>
      rows()
        .filter((row) => row.entry.header.attachments.length > 0 && isToBeOffered(row, basis))
        .sort((a, b) => a.entry.header.class - b.entry.header.class)
        .map(({ entry: { header } }) => ({ entryId: header.entryId, files: header.attachments })),

    readFile(hash) {
      const file = files.get(toHex(hash));
      return file ? ok(file) : err('missing');
    },

    applyReceipt(receipt): Counted {
      let counted = 0;
      for (const item of receipt.items) {
        const row = rowOf(receipt.journalId, item.seq);
        const isOwn =
          row &&
          equalBytes(row.entry.header.entryId, item.entryId) &&
          equalBytes(row.entry.entryHash, item.entryHash);
        if (!isOwn) continue;
        counted += 1;
        const isHeldAlready =
          row.receipt?.outcome === OUTCOME.held && equalBytes(row.receipt.epoch, receipt.basis.epoch);
        if (isHeldAlready) continue;
        row.receipt = { outcome: item.outcome, ...receipt.basis };
        row.askedByHand = false;
      }
      return { counted, ignored: receipt.items.length - counted };
    },

    applyRelease(release): Counted {
      let counted = 0;
      for (const { from, to, hashAtTo } of release.ranges) {
        const last = rowOf(release.journalId, to);
        if (from > to || !last || !equalBytes(last.entry.entryHash, hashAtTo)) continue;
        counted += 1;
        for (let seq = from; seq <= to; seq++) close(rowOf(release.journalId, seq)!);
      }
      return { counted, ignored: release.ranges.length - counted };
    },

    feedCursor: () => cursor,

    applyPage(page) {
      if (!equalBytes(page.after, cursor)) return false;
      for (const item of page.items) {
        const name = toHex(item.itemId);
        if (takenItems.has(name)) continue;
        takenItems.set(name, item);
        if (item.kind === FEED_KIND.abandon && item.order) abandon(item.order);
      }
      cursor = page.next;
      return true;
    },

    countOwed(basis) {
      const open = rows().filter((row) => !row.closed);
      const waiting = open.filter((row) => !basis || isToBeOffered(row, basis));
      const settled = open.filter((row) => !waiting.includes(row));
      const refused = settled.filter((row) => row.receipt && isRefusal(row.receipt.outcome));
      return { waiting: waiting.length, held: settled.length - refused.length, refused: refused.length };
    },

    noteTry(attempt) {
      attempts.push(attempt);
    },

    append(entry) {
      const name = toHex(entry.header.journalId);
      const journal = journals.get(name) ?? [];
      invariant(entry.header.seq === journal.length + 1, 'entries are appended in order');
      journal.push({ entry, body: entry.body, receipt: null, askedByHand: false, closed: false });
      journals.set(name, journal);
    },

    putFile(hash, sealed) {
      if (sealed) files.set(toHex(hash), sealed);
      else files.delete(toHex(hash));
    },

    offerAgain(entryId) {
      getRow(entryId).askedByHand = true;
    },

    standing(entryId) {
      const { closed, receipt } = getRow(entryId);
      if (closed) return 'closed';
      if (!receipt) return 'waiting';
      return isRefusal(receipt.outcome) ? 'refused' : 'held';
    },

    bodyOf: (entryId) => getRow(entryId).body,
    taken: () => [...takenItems.values()],
    tries: () => attempts,
  };
}

function identify({ header, entryHash }: Entry) {
  return { journalId: header.journalId, seq: header.seq, entryId: header.entryId, entryHash };
}

function numberOf(record: TrustRecord): number {
  const keySet = parseKeySet(record.keySet);
  invariant(keySet.ok, 'a stored key set is one');
  return keySet.value.value.number;
}
