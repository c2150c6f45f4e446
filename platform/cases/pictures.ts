/** The picture a desk took of what came of a case (a lamp that shines again): kept sealed, told with the words. */
import { label } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import { checkJpeg } from '../../catalog/jpeg.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { RESULT_PICTURE_BYTES } from '../../sync/progress-parts.ts';
import { findSealKey } from '../../sync/trust.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';

const INFO = label('yizhan/case-picture/1');

/** Whether bytes may be one: a plain JPEG without place, time or comment, small enough to come down with the words. */
export function isResultPicture(bytes: Uint8Array): boolean {
  return bytes.length <= RESULT_PICTURE_BYTES && checkJpeg(bytes).ok;
}

/** Keeps it, once a case. */
export async function keepPicture(
  tx: Db,
  { crypto, keys, clock }: Pick<PlatformContext, 'crypto' | 'keys' | 'clock'>,
  caseId: Uint8Array,
  jpeg: Uint8Array,
): Promise<void> {
  const recipient = findSealKey(keys.newest());
  invariant(recipient, 'the newest key set has a key to seal to');
  const sealed = crypto.seal({ recipient, info: INFO, aad: caseId, plain: jpeg });
  await tx
    .insertInto('casePictures')
    .values({ caseId, sealed, sealKeyId: keyId(crypto, recipient), atMs: clock.wallMs() })
    .onConflict((conflict) => conflict.column('caseId').doNothing())
    .execute();
}

/** The picture of a case, opened for this look. */
export async function findPicture(
  { store, openingKeys }: Pick<PlatformContext, 'store' | 'openingKeys'>,
  caseId: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const row = await store.db
    .selectFrom('casePictures')
    .selectAll()
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (!row) return undefined;
  const opened = openingKeys.find(row.sealKeyId)?.open(row.sealed, INFO, row.caseId);
  invariant(opened?.ok, 'a picture we sealed opens');
  return new Uint8Array(opened.value);
}
