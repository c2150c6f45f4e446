/** Opens bundles of diagnostics: those that came with an answer to an order, and those of a stick. */
import { decodeContent } from '../../sync/content-coding.ts';
import { contentAttachmentSchema } from '../../sync/contents.ts';
import { decryptAttachment } from '../../sync/formats/attachment.ts';
import { DIAGNOSTICS_TYPE } from '../../sync/machine-orders.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';

/** What a bundle is opened with. */
type Context = Pick<PlatformContext, 'store' | 'crypto' | 'openingKeys'>;

/** The bundle that a held entry brought, as JSON text; undefined where there is no such entry, or it brought none. */
export async function findSentBundle(context: Context, entryId: Uint8Array): Promise<Uint8Array | undefined> {
  const held = await context.store.db
    .selectFrom('orderAnswers')
    .select('entryId')
    .where('entryId', '=', entryId)
    .executeTakeFirst();
  if (!held) return undefined;
  const decoded = decodeContent(await getContent(context, entryId));
  const fields = decoded.ok ? (decoded.value as { readonly attachments?: unknown }) : {};
  const listed = contentAttachmentSchema.array().safeParse(fields.attachments);
  const bundle = listed.success ? listed.data.find(([, , type]) => type === DIAGNOSTICS_TYPE) : undefined;
  if (!bundle) return undefined;
  const row = await context.store.db
    .selectFrom('attachments')
    .select('content')
    .where('name', '=', bundle[0])
    .executeTakeFirst();
  const plain = row && decryptAttachment(context.crypto, bundle[1], row.content);
  return plain?.ok ? plain.value : undefined;
}
