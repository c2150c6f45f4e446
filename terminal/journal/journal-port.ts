import { toHex } from '../../base/bytes.ts';
import { invariant, type Result } from '../../base/result.ts';
import { SqlFailure, type SqlTrouble } from '../../base/sql.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { parseKeySet } from '../../sync/formats/key-set.ts';
import {
  type BatchLimits,
  type Counted,
  type JournalPort,
  JournalUnavailable,
  type OfferBasis,
  type TrustRecord,
  type Try,
  type VerifiedPage,
  type VerifiedReceipt,
  type VerifiedRelease,
} from '../../sync/ports.ts';
import { eraseUnnamed } from './attachments-table.ts';
import { closeEntry, findAbandonedEntry, findReleasedEntries, insertProof } from './closings.ts';
import { feedCursor, takePage } from './feed-table.ts';
import type { JournalParts } from './journal-parts.ts';
import { countOwed, entriesWithFiles, nextBatch, owedHeads } from './offers.ts';
import { type QueueEntry, readQueue } from './queue.ts';
import { askAgain, findReceipt, findReceiptedEntry, isNews, writeReceipt } from './receipts.ts';
import { dropClosedSegments } from './segments.ts';
import type { EntryWriter, InsertedEntry, SealedWish } from './writer.ts';

/** How often an entry was offered since the last start, and what came of it last. */
interface TryNote {
  readonly tries: number;
  readonly lastWallMs: number;
  readonly trouble: string | null;
}

/** The journal as the engine sees it, and what maintainers ask of it. */
export interface OwnJournalPort extends JournalPort {
  /** By hand: offers an entry once more that holds a refusal. False when it holds none. */
  offerAgain(entryId: Uint8Array): boolean;
  /** What is owed, refused first, at most `limit`. */
  readQueue(limit: number): readonly QueueEntry[];
  /** What is noted of an entry's tries since the last start. */
  findTry(entryId: Uint8Array): TryNote | undefined;
}

/**
 * The engine's journal on SQLite. Trouble of the store throws {@link JournalUnavailable}: the engine waits, and what
 * it was told it will be told again. Damage throws as it is and ends the process. `changed` is called after a commit that may change what
 * is shown of a case; `trustChanged` after one that changes what the second copy holds.
 */
export function createJournalPort(
  parts: JournalParts,
  writer: EntryWriter,
  notify: { readonly changed: () => void; readonly trustChanged: () => void },
): OwnJournalPort {
  const { sql, trust } = parts;
  const tries = new Map<string, TryNote>();

  function applyReceipt(receipt: VerifiedReceipt): Counted {
    const { journalId, items, basis, bytes } = receipt;
    const counted = committed(
      sql.transaction(() => {
        let proof: number | undefined;
        let own = 0;
        for (const item of items) {
          const entry = findReceiptedEntry(sql, journalId, item);
          if (entry === undefined) continue;
          own += 1;
          if (!isNews(findReceipt(sql, entry), item.outcome, basis)) continue;
          proof ??= insertProof(sql, bytes);
          writeReceipt(sql, entry, item.outcome, basis, proof);
        }
        return own;
      }),
    );
    notify.changed();
    return { counted, ignored: items.length - counted };
  }

  function applyRelease(release: VerifiedRelease): Counted {
    const { journalId, ranges, bytes } = release;
    const counted = committed(
      sql.transaction(() => {
        const own = ranges.flatMap((range) => {
          const entries = findReleasedEntries(sql, journalId, range);
          return entries ? [entries] : [];
        });
        const owed = own.flat().filter((entry) => isOwed(entry));
        if (owed.length > 0) {
          const proof = insertProof(sql, bytes);
          for (const entry of owed) closeEntry(sql, entry, 'released', proof);
        }
        return own.length;
      }),
    );
    forgetErased();
    return { counted, ignored: ranges.length - counted };
  }

  function isOwed(entry: number): boolean {
    return sql.prepare('SELECT 1 FROM owed WHERE entry = ?').find(entry) !== undefined;
  }

  /**
   * What was erased in the database is erased in its log, in the mirror and among the files too. The erasure is committed: what
   * cannot be done now is done at the next release and at the next start.
   */
  function forgetErased(): void {
    try {
      sql.truncateLog();
    } catch (error) {
      if (!(asPortError(error) instanceof JournalUnavailable)) throw error;
    }
    dropClosedSegments(parts);
    eraseUnnamed(parts);
    notify.changed();
  }

  function applyPage(page: VerifiedPage): boolean {
    const asked = page.items.some((item) => item.kind === FEED_KIND.newJournal);
    const opening = asked ? writer.sealOpening('platform-asked') : undefined;
    const taken = committed(
      sql.transaction(() => takePageWith(page, opening?.ok ? opening.value : undefined)),
    );
    if (!taken) return false;
    if (taken.opened) writer.mirrorFirst(taken.opened.entry);
    if (taken.abandoned > 0) forgetErased();
    notify.changed();
    return true;
  }

  function takePageWith(
    page: VerifiedPage,
    opening: SealedWish | undefined,
  ): { readonly abandoned: number; readonly opened: InsertedEntry | undefined } | undefined {
    const fresh = takePage(sql, page);
    if (!fresh) return undefined;
    let abandoned = 0;
    for (const { order, content } of fresh) {
      const entry = order ? findAbandonedEntry(sql, order) : undefined;
      if (entry === undefined) continue;
      closeEntry(sql, entry, 'abandoned', insertProof(sql, content));
      abandoned += 1;
    }
    const isAsked = fresh.some((item) => item.kind === FEED_KIND.newJournal);
    return { abandoned, opened: isAsked && opening ? writer.insertOpening(opening) : undefined };
  }

  function noteTry(attempt: Try): void {
    for (const entryId of attempt.entryIds) {
      const name = toHex(entryId);
      const before = tries.get(name)?.tries ?? 0;
      tries.set(name, { tries: before + 1, lastWallMs: attempt.atWallMs, trouble: attempt.trouble });
    }
  }

  return {
    loadTrust: onStore(() => trust.load()),
    saveTrust: onStore((record: TrustRecord) => {
      trust.checkSuccession(record);
      committed(sql.transaction(() => trust.writeRecord(record)));
      trust.refresh();
      notify.trustChanged();
      notify.changed();
    }),
    owedHeads: onStore(() => owedHeads(sql)),
    nextBatch: onStore(
      (basis: OfferBasis, limits: BatchLimits, isSetAside: (entryId: Uint8Array) => boolean) =>
        nextBatch(sql, basis, limits, isSetAside),
    ),
    entriesWithFiles: onStore((basis: OfferBasis) => entriesWithFiles(sql, basis)),
    readFile: (hash: Uint8Array) => parts.files.read(hash),
    applyReceipt: onStore(applyReceipt),
    applyRelease: onStore(applyRelease),
    feedCursor: onStore(() => feedCursor(sql)),
    applyPage: onStore(applyPage),
    countOwed: onStore((basis: OfferBasis | null) => countOwed(sql, basis)),
    noteTry,
    offerAgain: onStore((entryId: Uint8Array) => committed(sql.transaction(() => askAgain(sql, entryId)))),
    readQueue: onStore((limit: number) => readQueue(parts, presentBasis(trust.load()), limit)),
    findTry: (entryId) => tries.get(toHex(entryId)),
  };
}

/** The basis as it was stored last; null before the first hello. */
function presentBasis({ epoch, keySet }: TrustRecord): OfferBasis | null {
  const parsed = parseKeySet(keySet);
  invariant(parsed.ok, 'the stored key set can be read');
  return epoch && { epoch, keySetNumber: parsed.value.value.number };
}

/** A call of the port whose trouble with the store is said as the port says it. */
function onStore<P extends readonly unknown[], T>(call: (...parameters: P) => T): (...parameters: P) => T {
  return (...parameters) => {
    try {
      return call(...parameters);
    } catch (error) {
      throw asPortError(error);
    }
  };
}

function asPortError(error: unknown): unknown {
  if (!(error instanceof SqlFailure) || error.trouble.code === 'corrupt') return error;
  return new JournalUnavailable(error.trouble.code, { cause: error });
}

function committed<T>(result: Result<T, SqlTrouble>): T {
  if (!result.ok) throw new SqlFailure(result.error);
  return result.value;
}
