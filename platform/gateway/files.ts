/**
 * Uploads of attachments: the part of tus 1.0 that terminals use (creation, offset, continuation). A file is
 * complete when its length and its hash, which is its name, agree; else it is thrown away and begun again.
 */
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import { fileParamsSchema } from '../../sync/contract.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import type { Db } from '../store/store.ts';
import { type Answer, problem } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

const TUS = { 'tus-resumable': '1.0.0' };
/** The most one PATCH may bring. */
const PART_BYTES = 1024 * 1024;

interface FileName {
  readonly terminalId: Uint8Array;
  readonly name: Uint8Array;
}

/** `POST …/{name}`: begins an upload, or says that it goes on, or that the file is here already. */
export async function createFileEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const file = findFileName(call);
  const length = findCount(call, 'upload-length');
  if (!file || length === undefined) return problem('malformed');
  if (length > LIMITS.attachmentBytes) return problem('too-large');
  const beganMs = context.clock.wallMs();
  await context.store.db
    .insertInto('uploads')
    .values({ ...file, length, offset: 0, beganMs })
    .onConflict((conflict) => conflict.columns(['terminalId', 'name']).doNothing())
    .execute();
  const location = `/v1/files/${toHex(file.terminalId)}/${toHex(file.name)}`;
  return empty(201, { location });
}

/** `HEAD …/{name}`: how far it has come; a file that is here counts as whole, whoever brought it. */
export async function fileOffsetEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const file = findFileName(call);
  if (!file) return problem('malformed');
  const whole = await findWhole(context.store.db, file.name);
  if (whole !== undefined) return progress(200, whole, whole);
  const upload = await findUpload(context.store.db, file);
  return upload ? progress(200, upload.offset, upload.length) : problem('not-found');
}

/** `PATCH …/{name}`: the next part, at exactly the present offset. */
export async function patchFileEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const file = findFileName(call);
  const offset = findCount(call, 'upload-offset');
  if (!file || offset === undefined) return problem('malformed');
  if (call.content.length > PART_BYTES) return problem('too-large');
  return context.store.transaction((tx) => takePart(tx, context, file, offset, call.content));
}

async function takePart(
  tx: Db,
  context: GatewayContext,
  file: FileName,
  offset: number,
  content: Uint8Array,
): Promise<Answer> {
  const upload = await findUpload(tx, file);
  if (!upload) return problem('not-found');
  const after = offset + content.length;
  if (upload.offset !== offset || after > upload.length) return offsetConflict(upload.offset);
  await tx
    .insertInto('uploadParts')
    .values({ ...file, offset, content })
    .execute();
  const moved = await tx
    .updateTable('uploads')
    .set({ offset: after })
    .where('terminalId', '=', file.terminalId)
    .where('name', '=', file.name)
    .where('offset', '=', offset)
    .executeTakeFirstOrThrow();
  invariant(Number(moved.numUpdatedRows) === 1, 'an upload moves on by one part at a time');
  if (after < upload.length) return empty(204, { 'upload-offset': String(after) });
  return finish(tx, context, file, upload.length);
}

async function finish(tx: Db, context: GatewayContext, file: FileName, length: number): Promise<Answer> {
  const parts = await tx
    .selectFrom('uploadParts')
    .select('content')
    .where('terminalId', '=', file.terminalId)
    .where('name', '=', file.name)
    .orderBy('offset')
    .execute();
  const content = new Uint8Array(Buffer.concat(parts.map((part) => part.content)));
  await tx
    .deleteFrom('uploads')
    .where('terminalId', '=', file.terminalId)
    .where('name', '=', file.name)
    .execute();
  const isWhole = content.length === length && equalBytes(context.crypto.sha256(content), file.name);
  if (!isWhole) return offsetConflict(0);
  await tx
    .insertInto('attachments')
    .values({ name: file.name, bytes: length, content, receivedMs: context.clock.wallMs() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return empty(204, { 'upload-offset': String(length) });
}

function findUpload(db: Db, file: FileName) {
  return db
    .selectFrom('uploads')
    .select(['offset', 'length'])
    .where('terminalId', '=', file.terminalId)
    .where('name', '=', file.name)
    .executeTakeFirst();
}

async function findWhole(db: Db, name: Uint8Array): Promise<number | undefined> {
  const row = await db.selectFrom('attachments').select('bytes').where('name', '=', name).executeTakeFirst();
  return row?.bytes;
}

/** Only the terminal's own folder; anyone else's is malformed. */
function findFileName(call: TerminalCall): FileName | undefined {
  const params = fileParamsSchema.safeParse(call.params);
  if (!params.success || params.data.terminalId !== toHex(call.terminal.terminalId)) return undefined;
  return { terminalId: call.terminal.terminalId, name: findHex(params.data.name)! };
}

function findCount(call: TerminalCall, header: string): number | undefined {
  const text = call.headers[header];
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function empty(status: number, headers: Readonly<Record<string, string>>): Answer {
  return { status, content: new Uint8Array(0), headers: { ...TUS, ...headers } };
}

function progress(status: number, offset: number, length: number): Answer {
  return empty(status, { 'upload-offset': String(offset), 'upload-length': String(length) });
}

/** The part does not fit where the upload stands: HEAD tells where to go on. */
function offsetConflict(offset: number): Answer {
  return empty(409, { 'upload-offset': String(offset) });
}
