/**
 * The picture that goes with a result: chosen in the form, made small by a script of the desk's own before it is sent, so
 * that it comes down to a machine with the words. A browser without scripts sends the words alone.
 */
import { findBase64Url, toHex } from '../../base/bytes.ts';
import type { Matter } from '../../catalog/schema.ts';
import { RESULT_PICTURE_BYTES } from '../../sync/progress-parts.ts';
import type { StaffAction } from '../cases/machine.ts';
import { findPicture, isResultPicture } from '../cases/pictures.ts';
import { PICTURE_FIELD } from '../pages/forms.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { type DeskAnswer, type DeskCall, NOT_HERE } from './call.ts';
import { findOwnCase, noteView } from './own-case.ts';

/** Whether a result of this matter may be shown in a picture: what somebody reported can be looked at. */
export function takesPicture(action: StaffAction, matter: Pick<Matter, 'kind'> | undefined): boolean {
  return action === 'finish' && matter?.kind === 'report';
}

/** The field itself; nothing where no picture goes with it. */
export function pictureField(action: StaffAction, matter: Pick<Matter, 'kind'> | undefined): Html | null {
  if (!takesPicture(action, matter)) return null;
  return html`<label for="result-picture">修好了的照片（村民查回执、刷卡时看得到；不要拍到人脸、门牌、车牌）</label><input id="result-picture" type="file" accept="image/*" data-into="result-picture-small">
<input id="result-picture-small" type="hidden" name="${PICTURE_FIELD}"><output for="result-picture"></output>`;
}

/** What the form brought: a picture, none, or something that is none. */
export function pictureOf(form: DeskCall['form']): Uint8Array | 'none' | 'unfit' {
  const text = form[PICTURE_FIELD] ?? '';
  if (text === '') return 'none';
  const bytes = findBase64Url(text);
  return bytes !== undefined && isResultPicture(bytes) ? bytes : 'unfit';
}

/** The picture as the case's page shows it. */
export async function pictureView({ context }: DeskCall, { caseId }: CaseRow): Promise<Html | null> {
  const row = await context.store.db
    .selectFrom('casePictures')
    .select('atMs')
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (!row) return null;
  const path = `/cases/${toHex(caseId)}/picture`;
  return html`<section class="card"><h2>修好了的照片</h2><div class="pictures"><a class="picture" href="${path}"><img src="${path}" alt="修好了的照片" loading="lazy"></a></div></section>`;
}

/** `GET /cases/…/picture`. Opening it is on record. */
export async function pictureFile(call: DeskCall): Promise<DeskAnswer> {
  const row = await findOwnCase(call);
  const jpeg = row && (await findPicture(call.context, row.caseId));
  if (!row || !jpeg) return NOT_HERE;
  await noteView(call, row);
  return { file: jpeg, type: 'image/jpeg', disposition: 'inline; filename="result.jpg"' };
}

/**
 * Draws the chosen picture anew, ever smaller until it fits: what a camera wrote into the file (where, when) is gone with
 * that. Sends nothing by itself.
 */
export const PICTURE_SCRIPT = `'use strict';
for (const input of document.querySelectorAll('input[type=file][data-into]')) {
  const into = document.getElementById(input.dataset.into);
  const output = into.parentElement.querySelector('output');
  const button = input.form.querySelector('button');
  input.addEventListener('change', async () => {
    into.value = '';
    output.textContent = '';
    const file = input.files[0];
    if (!file) return;
    button.disabled = true;
    try {
      const small = await shrink(await createImageBitmap(file));
      into.value = await base64Url(small);
      output.textContent = '照片好了，' + Math.ceil(small.size / 1024) + ' KB';
    } catch {
      output.textContent = '这个文件不是照片，没有带上';
    }
    button.disabled = false;
  });
}
async function shrink(bitmap) {
  for (const [side, quality] of [[960, 0.8], [960, 0.6], [800, 0.6], [640, 0.6], [480, 0.5], [320, 0.5]]) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(120, Math.round(bitmap.width * scale));
    canvas.height = Math.max(120, Math.round(bitmap.height * scale));
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
    if (blob && blob.size <= ${RESULT_PICTURE_BYTES}) return blob;
  }
  throw new Error('too large');
}
async function base64Url(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
`;
