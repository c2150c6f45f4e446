/** The epoch: made at the first start and at every restore, before the first answer (journal.md "Epoch"). */
import { toHex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { raiseAlarm } from './ledger/alarms.ts';
import type { Db, Store } from './store/store.ts';

/**
 * The epoch of this database. A backup file holds none; and a database that has come less far than the mark
 * beside its backups (`heldMark`) is an older one: in both cases a new epoch is made, and an alarm raised.
 */
export async function settleEpoch(
  store: Store,
  seams: { readonly crypto: Crypto; readonly clock: Clock },
  heldMark: number,
): Promise<Uint8Array> {
  return store.transaction(async (tx) => {
    const stored = await tx
      .selectFrom('settings')
      .select('value')
      .where('name', '=', 'epoch')
      .executeTakeFirst();
    const held = await tx
      .selectFrom('counters')
      .select('value')
      .where('name', '=', 'held')
      .executeTakeFirst();
    if (stored && (held?.value ?? 0) >= heldMark) return stored.value;
    const epoch = seams.crypto.randomBytes(16);
    await tx
      .insertInto('settings')
      .values({ name: 'epoch', value: epoch })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: epoch }))
      .execute();
    if (stored || (await hasTerminals(tx))) {
      const about = toHex(epoch);
      await raiseAlarm(
        tx,
        { kind: 'restored', about, terminalId: null, detail: about },
        seams.clock.wallMs(),
      );
    }
    return epoch;
  });
}

async function hasTerminals(tx: Db): Promise<boolean> {
  return (await tx.selectFrom('terminals').select('terminalId').limit(1).execute()).length > 0;
}
