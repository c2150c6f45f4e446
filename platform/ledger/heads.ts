/** Completeness: what terminals say their heads are, held against what arrived (journal.md part 2). */
import { toHex } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { HelloRequest } from '../../sync/formats/messages.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import type { Db } from '../store/store.ts';
import { isNewestRequest, type Sender } from '../terminals/authenticate.ts';
import { raiseAlarm } from './alarms.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell' | 'log'>;

/**
 * Records the heads of a hello. A head below what is held here means an older disk came back: an alarm, and
 * word to open a new journal; but not from a hello that the network held up, since more may have come after it
 * was written. Releases said before this hello may have been lost on the way, so they are said again.
 */
export async function noteHeads(
  context: Context,
  sender: Sender,
  heads: HelloRequest['heads'],
): Promise<void> {
  if (heads.length === 0) return;
  const { terminalId } = sender.terminal;
  const outbox: Outbox = [];
  await context.store.transaction(async (tx) => {
    const nowMs = context.clock.wallMs();
    const tops = await Promise.all(heads.map(({ journalId }) => topSeq(tx, terminalId, journalId)));
    // After the reading above: what is held by then came with a request that had been seen by then.
    const isNewest = await isNewestRequest(tx, sender);
    for (const [index, head] of heads.entries()) {
      await noteClaim(tx, terminalId, head, isNewest, nowMs);
      if (!isNewest || (tops[index] ?? 0) <= head.seq) continue;
      const about = `${toHex(head.journalId)}/${head.seq}`;
      const isNew = await raiseAlarm(tx, { kind: 'head-behind', about, terminalId, detail: about }, nowMs);
      if (!isNew) continue;
      context.log('platform.alarm', { kind: 'head-behind' });
      outbox.push({
        itemId: context.crypto.randomBytes(16),
        terminalId,
        kind: FEED_KIND.newJournal,
        expiresMs: null,
        caseId: null,
        content: encodeContent({ schema: 1, journalId: head.journalId }),
      });
    }
    await flushOutbox(tx, outbox, nowMs);
  });
  ringFor(context.bell, outbox);
}

/**
 * What the terminal says of one journal; a claim held up on its way never stands in for a newer one. It may also be a
 * second machine's, with the same disk: that one's releases end at its own head.
 */
async function noteClaim(
  tx: Db,
  terminalId: Uint8Array,
  { journalId, seq, entryHash }: HelloRequest['heads'][number],
  isNewest: boolean,
  nowMs: number,
): Promise<void> {
  const claim = { claimedSeq: seq, claimedHash: entryHash };
  const named = isNewest ? claim : { otherSeq: seq, otherHash: entryHash };
  await tx
    .insertInto('journals')
    .values({ terminalId, journalId, ...claim, lineHash: null, saidSeq: 0, firstMs: nowMs })
    .onConflict((conflict) =>
      conflict.columns(['terminalId', 'journalId']).doUpdateSet({ ...named, saidSeq: 0 }),
    )
    .execute();
}

async function topSeq(tx: Db, terminalId: Uint8Array, journalId: Uint8Array): Promise<number> {
  const row = await tx
    .selectFrom('headers')
    .select((column) => column.fn.max<number | null>('seq').as('top'))
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .where('outcome', '=', 0)
    .executeTakeFirst();
  return row?.top ?? 0;
}
