/** Orders to go back to an older release of the software: signed by a named person, sent by the feed, on record. */
import type { Crypto } from '../../base/crypto/api.ts';
import { FEED_KIND, type StepBack, stepBackFormat } from '../../sync/formats/feed.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox } from '../feed/outbox.ts';

/** What is ordered. */
export type StepBackWish = Pick<
  StepBack,
  'platformId' | 'terminalId' | 'fromVersion' | 'toVersion' | 'reason' | 'at'
>;

/** Signs it with a person's order key, of which `seed` is the private half. */
export function signStepBack(crypto: Crypto, seed: Uint8Array, wish: StepBackWish): Uint8Array {
  const key = crypto.signingKey(seed);
  const ids = { orderKeyId: keyId(crypto, key.publicKey), orderId: crypto.randomBytes(16) };
  return stepBackFormat.make(key, { v: 1, suite: 1, ...wish, ...ids });
}

/** Sends it to the machine it names, or to all in service; how many. They see it at their next poll. */
export async function sendStepBack(
  { store, clock, crypto }: Pick<PlatformContext, 'store' | 'clock' | 'crypto'>,
  wish: Pick<StepBackWish, 'terminalId' | 'fromVersion' | 'toVersion' | 'reason'>,
  signed: Uint8Array,
  by: { readonly staffId: number; readonly areaCode: string },
): Promise<number> {
  const { terminalId, fromVersion, toVersion, reason } = wish;
  return store.transaction(async (tx) => {
    const all = tx.selectFrom('terminals').select('terminalId').where('revokedMs', 'is', null);
    const rows = await (terminalId === null ? all : all.where('terminalId', '=', terminalId)).execute();
    const atMs = clock.wallMs();
    await tx
      .insertInto('machineOrders')
      .values({
        ...{ kind: FEED_KIND.stepBack, matterId: null, content: signed, staffId: by.staffId, atMs },
        ...{ areaCode: terminalId === null ? by.areaCode : null, terminalId },
        words: `软件从第 ${fromVersion} 版退回第 ${toVersion} 版：${reason}`,
      })
      .execute();
    const items = rows.map((row) => ({
      ...{ itemId: crypto.randomBytes(16), terminalId: row.terminalId, kind: FEED_KIND.stepBack },
      ...{ expiresMs: null, caseId: null, content: signed },
    }));
    await flushOutbox(tx, items, atMs);
    return items.length;
  });
}
