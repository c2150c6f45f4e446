/** The files that came with a case: photographs are shown to the desk whose case it is, anything else is handed over. */
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import { type CaseContent, contentAttachmentSchema, decodeContent } from '../../sync/contents.ts';
import { decryptAttachment } from '../../sync/formats/attachment.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from './call.ts';
import { findOwnCase, noteView } from './own-case.ts';

/** `[hash, key, media type, bytes]`, as the content has it. */
type Listed = CaseContent['attachments'][number];

/** The one type that is shown as a picture; whatever else a file says of itself, browsers are not asked to read it. */
const PICTURE_TYPE = 'image/jpeg';
/** How every JPEG begins (ISO 10918-1: SOI and the next marker). */
const JPEG_START = Uint8Array.of(0xff, 0xd8, 0xff);

/** The attachments of one content as its page shows them: each where an answer names it, the rest below. */
export interface AttachmentViews {
  /** The picture at this place of the list, or `undefined` when there is none. Counts as shown. */
  findPicture(index: number): Html | undefined;
  /** Whatever was not asked for, or `null`. */
  rest(): Html | null;
}

/** How the attachments of a case's content are shown. */
export function attachmentViews(row: CaseRow, listed: readonly Listed[]): AttachmentViews {
  const shown = new Set<number>();
  const view = (index: number): Html => {
    const [hash, , mediaType] = listed[index]!;
    const path = `/cases/${toHex(row.caseId)}/attachments/${toHex(hash)}`;
    const name = `附件 ${index + 1}`;
    return mediaType === PICTURE_TYPE
      ? html`<a class="picture" href="${path}"><img src="${path}" alt="${name}" loading="lazy"></a>`
      : html`<a href="${path}">${name}（${mediaType}）</a>`;
  };
  return {
    findPicture(index) {
      if (listed[index]?.[2] !== PICTURE_TYPE) return undefined;
      shown.add(index);
      return view(index);
    },
    rest() {
      const left = listed.map((_, index) => index).filter((index) => !shown.has(index));
      if (left.length === 0) return null;
      return html`<section class="card"><h2>附件</h2><div class="pictures">${left.map(view)}</div></section>`;
    },
  };
}

/** `GET /cases/…/attachments/…`: one file, opened for this look and not kept. Opening it is on record. */
export async function attachmentFile(call: DeskCall): Promise<DeskAnswer> {
  const row = await findOwnCase(call);
  const hash = findHex(call.params.hash ?? '');
  if (!row || hash?.length !== 32) return NOT_HERE;
  const listed = await findListed(call.context, row, hash);
  const plain = listed && (await open(call.context, listed));
  if (!listed || !plain) return NOT_HERE;
  await noteView(call, row);
  const isPicture = listed[2] === PICTURE_TYPE && equalBytes(plain.subarray(0, 3), JPEG_START);
  const name = toHex(hash.subarray(0, 4));
  return isPicture
    ? { file: plain, type: PICTURE_TYPE, disposition: `inline; filename="${name}.jpg"` }
    : { file: plain, type: 'application/octet-stream', disposition: `attachment; filename="${name}.bin"` };
}

/** What the case's own entry, or a supplement to it, says of the file of this hash. */
async function findListed(
  context: PlatformContext,
  row: CaseRow,
  hash: Uint8Array,
): Promise<Listed | undefined> {
  const supplements = await context.store.db
    .selectFrom('caseActions')
    .select('entryId')
    .where('caseId', '=', row.caseId)
    .where('action', '=', 'supplement')
    .orderBy('no')
    .execute();
  for (const entryId of [row.entryId, ...supplements.map((supplement) => supplement.entryId)]) {
    const listed = entryId ? listedIn(await getContent(context, entryId)) : [];
    const found = listed.find(([own]) => equalBytes(own, hash));
    if (found) return found;
  }
  return undefined;
}

function listedIn(content: Uint8Array): readonly Listed[] {
  const decoded = decodeContent(content);
  const fields = decoded.ok ? (decoded.value as { readonly attachments?: unknown } | null) : null;
  const listed = contentAttachmentSchema.array().safeParse(fields?.attachments);
  return listed.success ? listed.data : [];
}

async function open(context: PlatformContext, [hash, key]: Listed): Promise<Uint8Array | undefined> {
  const row = await context.store.db
    .selectFrom('attachments')
    .select('content')
    .where('name', '=', hash)
    .executeTakeFirst();
  const plain = row && decryptAttachment(context.crypto, key, row.content);
  return plain?.ok ? plain.value : undefined;
}
