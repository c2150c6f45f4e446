import { equalBytes, toBase64Url } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Client } from './client.ts';
import { MAX_FEED_WAIT_S } from './contract.ts';
import type { SyncEvent } from './events.ts';
import { FEED_KIND, type FeedItem, type Order, orderFormat, pageFormat } from './formats/feed.ts';
import type { JournalPort } from './ports.ts';
import { callTrouble, type Session, type StepTrouble, stepTrouble } from './session.ts';
import { verifyAnswer, verifyOrder } from './trust.ts';

/** What one poll of the feed brought. */
interface PolledPage {
  readonly items: number;
  /** Whether the platform asks to sync at once. */
  readonly syncNow: boolean;
  /** Whether a new journal was asked for: its first entry is there to be offered. */
  readonly newJournal: boolean;
}

/** Polls the feed once. */
export type Downlink = (signal: AbortSignal) => Promise<Result<PolledPage, StepTrouble>>;

/** What a downlink is made of. */
export interface DownlinkSeams {
  readonly journal: JournalPort;
  readonly client: Client;
  readonly crypto: Crypto;
  readonly session: Session;
  readonly report: (event: SyncEvent) => void;
}

/** Longer than the platform holds a poll open, or every quiet poll would look like a dead network. */
const TIMEOUT_MS = (MAX_FEED_WAIT_S + 15) * 1000;

/** A downlink whose pages are verified, and follow the own cursor, before the journal sees them. */
export function createDownlink(seams: DownlinkSeams): Downlink {
  const { journal, client, crypto, session, report } = seams;

  function ignored(what: 'page' | 'order', code: string): Result<never, StepTrouble> {
    report({ kind: 'ignored', what, code });
    return err(stepTrouble(`${what}-${code}`));
  }

  /**
   * Fetches newer key sets when an order is signed by a key that is not known yet: an item is applied once, so an order
   * passed over for want of a key would be lost. Once they were looked at, what is still unknown is nobody's.
   */
  async function knowOrderKeys(
    items: readonly FeedItem[],
    signal: AbortSignal,
  ): Promise<Result<void, StepTrouble>> {
    const isUnknown = items.some((item) => {
      const signed = item.kind === FEED_KIND.abandon ? orderFormat.parse(item.content) : undefined;
      const order = signed?.ok ? verifyOrder(crypto, session.trust(), signed.value) : undefined;
      return order?.ok === false && (order.error.code === 'unknown-key' || order.error.code === 'wrong-use');
    });
    if (!isUnknown) return ok(undefined);
    session.doubt({ code: 'unknown-key' });
    const refreshed = await session.refreshKeySets(signal);
    return session.wantsKeySets() ? refreshed : ok(undefined);
  }

  /** The order in an item of kind 9, when it may be believed. */
  function orderIn(item: FeedItem): Order | null {
    if (item.kind !== FEED_KIND.abandon) return null;
    const signed = orderFormat.parse(item.content);
    const order = signed.ok ? verifyOrder(crypto, session.trust(), signed.value) : signed;
    if (order.ok) return order.value;
    ignored('order', order.error.code);
    return null;
  }

  return async (signal) => {
    const cursor = journal.feedCursor();
    const called = await client({
      endpoint: 'feed',
      query: `?after=${toBase64Url(cursor)}&waitS=${MAX_FEED_WAIT_S}`,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    if (!called.ok) return err(callTrouble(called.error));
    const signed = pageFormat.parse(called.value);
    if (!signed.ok) return ignored('page', signed.error.code);
    const page = verifyAnswer(crypto, session.trust(), pageFormat, signed.value);
    if (!page.ok) {
      session.doubt(page.error);
      return ignored('page', page.error.code);
    }
    const { after, next, items, issuedAt } = page.value;
    session.heard(issuedAt);
    // An empty page that goes nowhere is the quiet end of a long poll: nothing to write.
    if (items.length === 0 && equalBytes(after, next) && equalBytes(after, cursor)) {
      return ok({ items: 0, syncNow: false, newJournal: false });
    }
    const known = await knowOrderKeys(items, signal);
    if (!known.ok) return known;
    const delivered = items.map((item) => ({ ...item, order: orderIn(item) }));
    if (!journal.applyPage({ after, next, items: delivered })) return ignored('page', 'other-cursor');
    report({ kind: 'page', kinds: items.map(({ kind }) => kind) });
    const has = (wanted: number) => items.some(({ kind }) => kind === wanted);
    return ok({
      items: items.length,
      syncNow: has(FEED_KIND.syncNow),
      newJournal: has(FEED_KIND.newJournal),
    });
  };
}
