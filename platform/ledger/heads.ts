/** Completeness: what terminals say their heads are, held against what arrived (journal.md part 2). */
import { toHex } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/contents.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { HelloRequest } from '../../sync/formats/messages.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import type { Db } from '../store/store.ts';
import { raiseAlarm } from './alarms.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell' | 'log'>;

/**
 * Records the heads of a hello. A head below what is held here means an older disk came back: an alarm, and
 * word to open a new journal. Releases said before this hello may have been lost on the way, so they are
 * said again.
 */
export async function noteHeads(
  context: Context,
  terminalId: Uint8Array,
  heads: HelloRequest['heads'],
): Promise<void> {
  if (heads.length === 0) return;
  const outbox: Outbox = [];
  await context.store.transaction(async (tx) => {
    const nowMs = context.clock.wallMs();
    for (const { journalId, seq, entryHash } of heads) {
      const claim = { claimedSeq: seq, claimedHash: entryHash, saidSeq: 0 };
      await tx
        .insertInto('journals')
        .values({ terminalId, journalId, ...claim, firstMs: nowMs })
        .onConflict((conflict) => conflict.columns(['terminalId', 'journalId']).doUpdateSet(claim))
        .execute();
      const top = await topSeq(tx, terminalId, journalId);
      if (top <= seq) continue;
      const about = `${toHex(journalId)}/${seq}`;
      const isNew = await raiseAlarm(tx, { kind: 'head-behind', about, terminalId, detail: about }, nowMs);
      if (!isNew) continue;
      context.log('platform.alarm', { kind: 'head-behind' });
      outbox.push({
        itemId: context.crypto.randomBytes(16),
        terminalId,
        kind: FEED_KIND.newJournal,
        expiresMs: null,
        caseId: null,
        content: encodeContent({ schema: 1, journalId }),
      });
    }
    await flushOutbox(tx, outbox, nowMs);
  });
  ringFor(context.bell, outbox);
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
