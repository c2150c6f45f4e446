/** Opens bodies already held, for whoever has to look inside. */
import { invariant } from '../../base/result.ts';
import { type Inside, openBody } from '../../sync/formats/body.ts';
import { type EntryHeader, parseHeader } from '../../sync/formats/entry.ts';
import type { PlatformContext } from '../context.ts';

/** The content of a body that was held. It was opened once before, so a failure is a bug or a lost key. */
export function readBody(
  context: Pick<PlatformContext, 'openingKeys'>,
  header: EntryHeader,
  body: Uint8Array,
): Uint8Array {
  return openInside(context, header, body).content;
}

/** The content of a body that was held, and what agents signed of it. */
export function openInside(
  context: Pick<PlatformContext, 'openingKeys'>,
  header: EntryHeader,
  body: Uint8Array,
): Inside {
  const key = context.openingKeys.find(header.sealKeyId);
  invariant(key, 'the opening key of a held entry is kept');
  const inside = openBody(key, header, body);
  invariant(inside.ok, 'a held body opens');
  return inside.value;
}

/** The content of a held entry, by its id. */
export async function getContent(
  context: Pick<PlatformContext, 'openingKeys' | 'store'>,
  entryId: Uint8Array,
): Promise<Uint8Array> {
  return (await getInside(context, entryId)).content;
}

/** The content of a held entry and what agents signed of it, by its id. */
export async function getInside(
  context: Pick<PlatformContext, 'openingKeys' | 'store'>,
  entryId: Uint8Array,
): Promise<Inside> {
  const row = await context.store.db
    .selectFrom('bodies')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .select(['bodies.body', 'headers.header'])
    .where('bodies.entryId', '=', entryId)
    .executeTakeFirstOrThrow();
  const header = parseHeader(row.header);
  invariant(header.ok, 'a header that was held can be read');
  return openInside(context, header.value, row.body);
}
