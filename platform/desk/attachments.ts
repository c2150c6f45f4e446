/** The files that came with a case: photographs are shown and recordings played to the desk whose case it is, anything else is handed over. */
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import { RECORDING_TYPE } from '../../catalog/recording.ts';
import { decodeContent } from '../../sync/content-coding.ts';
import { type CaseContent, contentAttachmentSchema } from '../../sync/contents.ts';
import { decryptAttachment } from '../../sync/formats/attachment.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from './call.ts';
import { findOwnCase, noteView } from './own-case.ts';

/** `[hash, key, media type, bytes]`, as the content has it. */
type Listed = CaseContent['attachments'][number];

/** A type that a browser is asked to show; whatever else a file says of itself, none is asked to read it. */
interface ShownType {
  /** How every such file begins. */
  readonly start: Uint8Array;
  readonly ending: string;
  readonly view: (path: string, name: string) => Html;
}

const SHOWN_TYPES: Readonly<Record<string, ShownType>> = {
  'image/jpeg': {
    // ISO 10918-1: SOI and the next marker.
    start: Uint8Array.of(0xff, 0xd8, 0xff),
    ending: 'jpg',
    view: (path, name) =>
      html`<a class="picture" href="${path}"><img src="${path}" alt="${name}" loading="lazy"></a>`,
  },
  [RECORDING_TYPE]: {
    // RFC 8794: the id of an EBML header.
    start: Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3),
    ending: 'webm',
    view: (path, name) => html`<audio controls preload="none" src="${path}" aria-label="${name}"></audio>`,
  },
};

function findShownType(mediaType: string): ShownType | undefined {
  return Object.hasOwn(SHOWN_TYPES, mediaType) ? SHOWN_TYPES[mediaType] : undefined;
}

/** The attachments of one content as its page shows them: each where an answer names it, the rest below. */
export interface AttachmentViews {
  /** The picture or recording at this place of the list, under the name of what it answers; `undefined` when there is none. Counts as shown. */
  findShown(index: number, name: string): Html | undefined;
  /** Whatever was not asked for, or `null`. */
  rest(): Html | null;
}

/** How the attachments of a case's content are shown. */
export function attachmentViews(row: CaseRow, listed: readonly Listed[]): AttachmentViews {
  return viewsAt(`/cases/${toHex(row.caseId)}/attachments`, listed);
}

/** How attachments are shown that are served below a path. */
export function viewsAt(below: string, listed: readonly Listed[]): AttachmentViews {
  const shown = new Set<number>();
  const view = (index: number, name = `附件 ${index + 1}`): Html => {
    const [hash, , mediaType] = listed[index]!;
    const path = `${below}/${toHex(hash)}`;
    return findShownType(mediaType)?.view(path, name) ?? html`<a href="${path}">${name}（${mediaType}）</a>`;
  };
  return {
    findShown(index, name) {
      if (findShownType(listed[index]?.[2] ?? '') === undefined) return undefined;
      shown.add(index);
      return view(index, name);
    },
    rest() {
      const left = listed.map((_, index) => index).filter((index) => !shown.has(index));
      if (left.length === 0) return null;
      return html`<section class="card"><h2>附件</h2><div class="pictures">${left.map((index) => view(index))}</div></section>`;
    },
  };
}

/** `GET /cases/…/attachments/…`: one file, opened for this look and not kept. Opening it is on record. */
export async function attachmentFile(call: DeskCall): Promise<DeskAnswer> {
  const row = await findOwnCase(call);
  const hash = findHex(call.params.hash ?? '');
  if (!row || hash?.length !== 32) return NOT_HERE;
  const listed = await findListed(call.context, row, hash);
  if (!listed) return NOT_HERE;
  await noteView(call, row);
  return serveListed(call.context, listed);
}

/** One file of a content, opened for this look; handed over where it is not what it says. */
export async function serveListed(context: PlatformContext, listed: Listed): Promise<DeskAnswer> {
  const plain = await open(context, listed);
  if (!plain) return NOT_HERE;
  const shown = findShownType(listed[2]);
  const isWhatItSays = shown !== undefined && equalBytes(plain.subarray(0, shown.start.length), shown.start);
  const name = toHex(listed[0].subarray(0, 4));
  return isWhatItSays
    ? { file: plain, type: listed[2], disposition: `inline; filename="${name}.${shown.ending}"` }
    : { file: plain, type: 'application/octet-stream', disposition: `attachment; filename="${name}.bin"` };
}

/** What the case's own entry, a supplement to it, or the taking of its result says of the file of this hash. */
async function findListed(
  context: PlatformContext,
  row: CaseRow,
  hash: Uint8Array,
): Promise<Listed | undefined> {
  const supplements = await context.store.db
    .selectFrom('caseActions')
    .select('entryId')
    .where('caseId', '=', row.caseId)
    .where('action', 'in', ['supplement', 'late-supplement', 'extra-supplement', 'collect'])
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
