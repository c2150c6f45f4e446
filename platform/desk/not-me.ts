/** 不是我办的, said to the county by telephone: whoever was told of an act that was not theirs names its number. */
import { toBase64Url, toHex } from '../../base/bytes.ts';
import { actOnCase } from '../cases/act.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { type Html, html } from '../pages/html.ts';
import { type DeskAnswer, type DeskCall, tokenField } from './call.ts';

const WORDS_LENGTH = 500;

/** Stops the case of that number, as the machine's own key does, and hands it to the county; what is amiss otherwise. */
export async function freezeByNumber(call: DeskCall): Promise<DeskAnswer | { readonly trouble: string }> {
  const { context, session, form } = call;
  const localNumber = form.localNumber?.normalize('NFKC').replaceAll(/\s/g, '') ?? '';
  const words = form.words?.trim().slice(0, WORDS_LENGTH) ?? '';
  if (words === '') return { trouble: '请写怎么核对的是本人' };
  const { staffId } = session.staff;
  const outbox: Outbox = [];
  const caseId = await context.store.transaction(async (tx) => {
    const query = tx.selectFrom('cases').select('caseId').where('localNumber', '=', localNumber);
    const row = await query.where('kind', '=', 'case').executeTakeFirst();
    if (!row) return undefined;
    const done = await actOnCase(
      tx,
      context,
      {
        ...{ caseId: row.caseId, action: 'freeze', words, provinceNumber: null, staffId, entryId: null },
        actionKey: `staff/${staffId}/${form.actionKey ?? ''}`,
        seenActionCount: null,
      },
      outbox,
    );
    await flushOutbox(tx, outbox, context.clock.wallMs());
    return done.ok ? row.caseId : undefined;
  });
  if (!caseId) return { trouble: '没有这个办件号，请再对一遍短信' };
  ringFor(context.bell, outbox);
  return { goTo: `/cases/${toHex(caseId)}` };
}

/** Where the county writes such a call down. */
export function notMeForm({ session, context }: DeskCall): Html {
  return html`<section class="card"><h2>有人来电说“不是我办的”</h2><p class="aside">短信里有办件号。核对是本人以后再停办；停了的归县里查。</p>
<form method="post" action="/misuse/not-me">${tokenField(session)}
<input type="hidden" name="actionKey" value="${toBase64Url(context.crypto.randomBytes(12))}">
<label>办件号（12 位数字）<input name="localNumber" inputmode="numeric" autocomplete="off" maxlength="20" required></label>
<label>怎么核对的是本人（不写姓名和号码）<textarea name="words" rows="2" maxlength="${WORDS_LENGTH}" required></textarea></label>
<button class="danger">停办这一件</button></form></section>`;
}
