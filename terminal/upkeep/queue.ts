/** The queue as whoever looks after the machine sees it: what is owed entry by entry, and why it has not gone. */
import { findHex, toHex } from '../../base/bytes.ts';
import type { QueueEntry } from '../journal/queue.ts';
import type { LimitCode } from '../limits/limits.ts';
import type { Standing } from '../limits/standing.ts';
import type { LimitLine, Role, UpkeepPage } from './api.ts';

/** As many entries as the page lists; the rest is counted. */
const ENTRIES_SHOWN = 40;

/** How the line to the platform stands. */
export interface LineStatus {
  readonly online: boolean;
  /** Null when nothing failed. */
  readonly nextTryMs: number | null;
  readonly trouble: string | null;
  readonly access: 'served' | 'unknown' | 'revoked';
}

/** An owed entry with what is known of its tries since the last start. */
export interface TriedEntry extends QueueEntry {
  readonly tries: number;
  readonly lastTryMs: number | null;
  /** A code of the last try that brought nothing. */
  readonly trouble: string | null;
}

/**
 * How a new signing key stands. `too-soon`: the last new one is in no backup of the platform yet. `failed`: nobody was
 * reached, or the platform refused; the present key goes on.
 */
export type NewKeyState = 'possible' | 'asking' | 'too-soon' | 'failed';

/** What upkeep asks of journal and engine. */
export interface UpkeepQueue {
  entries(limit: number): readonly TriedEntry[];
  /** Null before enrolment. */
  status(): LineStatus | null;
  /** Tries at once, whatever was waited for. */
  tryNow(): void;
  /** Offers a refused entry once more; false when it holds no refusal. */
  offerAgain(entryId: Uint8Array): boolean;
  /** Null before enrolment. */
  newKey(): NewKeyState | null;
  /** Asks for a new signing key; once it is certified the program starts anew. False while it cannot be asked for. */
  renewKey(): boolean;
}

/** The page. */
export function queuePage(
  role: Role,
  source: { readonly queue: UpkeepQueue; readonly standing: () => Standing; countOwed(): number },
): UpkeepPage {
  const entries = source.queue.entries(ENTRIES_SHOWN);
  return {
    kind: 'queue',
    role,
    line: source.queue.status(),
    newKey: role === 'maintainer' ? source.queue.newKey() : null,
    limits: limitLines(source.standing()),
    entries: entries.map(({ entryId, journalId, ...entry }) => ({
      ref: toHex(entryId),
      journal: toHex(journalId).slice(0, 8),
      ...entry,
    })),
    more: Math.max(0, source.countOwed() - entries.length),
  };
}

/** What is warned of, what stops first. */
export function limitLines({ warns, stops }: Standing): LimitLine[] {
  const line = (code: LimitCode) => ({ code, stops: stops.has(code) });
  return [...warns].map(line).sort((a, b) => Number(b.stops) - Number(a.stops));
}

/** Does what is asked of the queue from its page; false where there is no such entry. */
export function offerAgain(queue: UpkeepQueue, ref: string): boolean {
  const entryId = findHex(ref);
  if (entryId?.length !== 16 || !queue.offerAgain(entryId)) return false;
  queue.tryNow();
  return true;
}
