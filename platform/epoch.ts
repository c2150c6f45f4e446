/** The epoch: made at the first start and at every restore, before the first answer (journal.md "Epoch"). */
import { toHex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Crypto } from '../base/crypto/api.ts';
import type { Disk } from '../base/disk.ts';
import { readMark, writeMark } from './backup/mark.ts';
import { raiseAlarm } from './ledger/alarms.ts';
import type { Db, Store } from './store/store.ts';

/**
 * The epoch of this database. A backup file holds none; and a database that has come less far than the mark
 * beside its backups is an older one: in both cases a new epoch is made, and an alarm raised. The mark is then
 * set back, so that it happens once.
 */
export async function settleEpoch(
  store: Store,
  seams: { readonly crypto: Crypto; readonly clock: Clock },
  backups: Disk,
): Promise<Uint8Array> {
  const mark = readMark(backups);
  const settled = await store.transaction(async (tx) => {
    const stored = await findStored(tx);
    const { value: held } = await heldSoFar(tx);
    const epoch = stored && held >= mark ? stored : await makeEpoch(tx, seams, stored !== undefined);
    return { epoch, held };
  });
  if (settled.held < mark) writeMark(backups, settled.held);
  return settled.epoch;
}

/** The epoch as the last start settled it; nothing where a start has to settle it first. */
export async function findSettledEpoch(store: Store, backups: Disk): Promise<Uint8Array | undefined> {
  const stored = await findStored(store.db);
  const { value: held } = await heldSoFar(store.db);
  return held >= readMark(backups) ? stored : undefined;
}

function heldSoFar(tx: Db) {
  return tx.selectFrom('counters').select('value').where('name', '=', 'held').executeTakeFirstOrThrow();
}

async function findStored(tx: Db): Promise<Uint8Array | undefined> {
  const row = await tx.selectFrom('settings').select('value').where('name', '=', 'epoch').executeTakeFirst();
  return row?.value;
}

async function makeEpoch(
  tx: Db,
  { crypto, clock }: { readonly crypto: Crypto; readonly clock: Clock },
  hadOne: boolean,
): Promise<Uint8Array> {
  const epoch = crypto.randomBytes(16);
  await tx
    .insertInto('settings')
    .values({ name: 'epoch', value: epoch })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: epoch }))
    .execute();
  if (hadOne || (await hasTerminals(tx))) {
    const about = toHex(epoch);
    await raiseAlarm(tx, { kind: 'restored', about, terminalId: null, detail: about }, clock.wallMs());
  }
  return epoch;
}

async function hasTerminals(tx: Db): Promise<boolean> {
  return (await tx.selectFrom('terminals').select('terminalId').limit(1).execute()).length > 0;
}
