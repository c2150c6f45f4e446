/**
 * Tells people of acts with their card, one after another, for as long as the platform runs; any number of programs may
 * do so on one database. A message is sent again until somebody knows what became of it: the carrier takes each
 * reference once (`ports.ts`), so two programs, a lost reply or a restored backup make no second one.
 */
import { toHex } from '../../base/bytes.ts';
import { fraction } from '../../base/random.ts';
import type { PlatformContext } from '../context.ts';
import { keepTelling, LONGEST_WAIT_MS, type Turn, waitAfterTries } from '../keep-telling.ts';
import type { MessageRow } from '../store/message-tables.ts';
import { findHolder } from './holder.ts';
import type { MessageOptions } from './ports.ts';
import { messageWords } from './words.ts';

/** What could not be told for so long is not told any more; the desk sees that. */
export const GIVE_UP_MS = 7 * 86_400_000;
/** Looked at together: one is picked by chance, so that several programs seldom meet. */
const CHOICE = 10;

/** Tells one person, if there is one to tell, at each call. */
export function createTurns(context: PlatformContext, options: MessageOptions): () => Promise<Turn> {
  const { store, clock, random } = context;

  return async () => {
    const nowMs = clock.wallMs();
    const due = await store.db
      .selectFrom('messages')
      .selectAll()
      .where('outcome', 'is', null)
      // No wait is that long: the clock was set back meanwhile.
      .where((is) => is.or([is('notBeforeMs', '<=', nowMs), is('notBeforeMs', '>', nowMs + LONGEST_WAIT_MS)]))
      .orderBy('madeMs')
      .limit(CHOICE)
      .execute();
    const row = due[Math.floor(fraction(random) * due.length)];
    if (!row) return 'nothing-due';
    const outcome = await tell(row);
    const doneMs = clock.wallMs();
    if (outcome === 'away' && doneMs - row.madeMs < GIVE_UP_MS) {
      const waitMs = waitAfterTries(row.tries);
      await write(row, { tries: row.tries + 1, notBeforeMs: doneMs + waitMs });
      return 'away';
    }
    await write(row, { outcome: outcome === 'away' ? 'given-up' : outcome, doneMs });
    return 'worked';
  };

  async function tell(row: MessageRow): Promise<'sent' | 'no-number' | 'refused' | 'away'> {
    const holder = await findHolder(context, row);
    const found = holder ? await options.numbers.find(holder) : ({ kind: 'none' } as const);
    if (found.kind === 'none') return 'no-number';
    if (found.kind === 'away') return 'away';
    const words = messageWords({ ...row, localNumber: await findNumber(row) }, options.telephone);
    return options.carrier.send({ reference: toHex(row.entryId), phone: found.phone, words });
  }

  async function findNumber({ caseId }: MessageRow): Promise<string | null> {
    if (caseId === null) return null;
    const query = store.db.selectFrom('cases').select('localNumber').where('caseId', '=', caseId);
    return (await query.executeTakeFirst())?.localNumber ?? null;
  }

  /** What another program found out first stands. */
  async function write({ entryId }: MessageRow, set: Partial<MessageRow>): Promise<void> {
    await store.db
      .updateTable('messages')
      .set(set)
      .where('entryId', '=', entryId)
      .where('outcome', 'is', null)
      .execute();
  }
}

/** Tells people by itself. */
export function startMessages(context: PlatformContext, options: MessageOptions): { stop(): Promise<void> } {
  return keepTelling(context, 'messages', createTurns(context, options));
}
