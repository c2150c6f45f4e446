/** The centre's number of a case and its password, as they are kept: the password sealed to a key of our own. */
import { utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { invariant } from '../../base/result.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { findSealKey } from '../../sync/trust.ts';
import type { PlatformContext } from '../context.ts';
import type { PlatformKeys } from '../keys/platform-keys.ts';
import type { Db } from '../store/store.ts';
import type { Numbered } from './case-centre.ts';

const INFO = utf8('yizhan/centre-password/1\0');

/** Keeps it, once a case. */
export async function keepRegistration(
  tx: Db,
  tools: { readonly crypto: Crypto; readonly keys: PlatformKeys },
  registered: { readonly caseId: Uint8Array; readonly numbered: Numbered; readonly atMs: number },
): Promise<void> {
  const { caseId, numbered, atMs } = registered;
  const recipient = findSealKey(tools.keys.newest());
  invariant(recipient, 'the newest key set has a key to seal to');
  const plain = utf8(numbered.password);
  await tx
    .insertInto('registrations')
    .values({
      ...{ caseId, number: numbered.number, atMs },
      password: tools.crypto.seal({ recipient, info: INFO, aad: caseId, plain }),
      sealKeyId: keyId(tools.crypto, recipient),
    })
    .execute();
}

/** What the centre gave for a case, or nothing yet. Not for pages, lists or logs: it holds the password. */
export async function findNumbered(
  context: Pick<PlatformContext, 'store' | 'openingKeys'>,
  caseId: Uint8Array,
): Promise<Numbered | undefined> {
  const row = await context.store.db
    .selectFrom('registrations')
    .selectAll()
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (!row) return undefined;
  const opened = context.openingKeys.find(row.sealKeyId)?.open(row.password, INFO, row.caseId);
  invariant(opened?.ok, 'a password we sealed opens');
  return { number: row.number, password: new TextDecoder().decode(opened.value) };
}

/** Whether the number stands at another case of ours already. */
export async function isOfAnotherCase(tx: Db, number: string, caseId: Uint8Array): Promise<boolean> {
  const row = await tx
    .selectFrom('registrations')
    .select('caseId')
    .where('number', '=', number)
    .where('caseId', '!=', caseId)
    .executeTakeFirst();
  return row !== undefined;
}
