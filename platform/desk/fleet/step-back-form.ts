/** 退回旧版: a line to be signed by a named person where their key is, and where to hand it back. */
import { findHex } from '../../../base/bytes.ts';
import type { FleetLine } from '../../fleet/standing.ts';
import { type Html, html } from '../../pages/html.ts';
import type { PublishedRelease } from '../../rollouts/published.ts';
import { findVerifiedStepBack, isStepBack, sendStepBack, stepBackLine } from '../../rollouts/step-back.ts';
import { type DeskCall, tokenField } from '../call.ts';

/** What came of a form: the line to sign, what is wrong, or how many machines are told. */
export type StepBackTaken =
  | { readonly line: string }
  | { readonly trouble: string; readonly line?: string }
  | { readonly told: number };

/** Takes what the form says. */
export async function takeStepBack(call: DeskCall, lines: readonly FleetLine[]): Promise<StepBackTaken> {
  const { context, form, session } = call;
  if (form.signed === undefined) return ask(call, lines);
  // The person's key may have been made a moment ago, by a program of its own.
  context.openingKeys.takeNew();
  const verified = findVerifiedStepBack(context, form.signed);
  if (!verified) return { trouble: '签名不对：要用登记在案的签令密钥签', line: form.line ?? '' };
  const { order, bytes, holder } = verified;
  const told = await sendStepBack(context, { ...order, reason: `${order.reason}（${holder}签令）` }, bytes, {
    ...{ staffId: session.staff.staffId, areaCode: context.county.code },
  });
  return told === 0 ? { trouble: '没有发出：没有这台机器，或者已经停用' } : { told };
}

function ask({ context, form }: DeskCall, lines: readonly FleetLine[]): StepBackTaken {
  const [fromVersion, toVersion] = [Number(form.from), Number(form.to)];
  if (!isStepBack(fromVersion, toVersion)) return { trouble: '请从新的版本退到旧的版本' };
  const name = form.machine?.trim() ?? '';
  const found = lines.filter(({ machine: { id, revokedMs } }) => revokedMs === null && id.startsWith(name));
  const [only] = found;
  if (name !== '' && (!/^[0-9a-f]{6,32}$/.test(name) || found.length !== 1 || only === undefined))
    return { trouble: '没有这一台：请写机器编号，至少前六位' };
  const terminalId = name === '' ? null : (findHex(only?.machine.id ?? '') ?? null);
  return { line: stepBackLine({ platformId: context.keys.platformId, terminalId, fromVersion, toVersion }) };
}

/** The form, and once it was filled in the line. */
export function stepBackForm(
  call: DeskCall,
  releases: readonly PublishedRelease[],
  newest: number | undefined,
  line: string | undefined,
): Html {
  const way = (fields: Html) =>
    html`<form method="post" action="/fleet/rollouts/step-back">${tokenField(call.session)}${fields}</form>`;
  const about = html`<p>让装好了、却不该再用的版本退回去：退下的那一版不再装。要一位登记在案的人签令，服务器上没有那把钥匙。</p>`;
  if (line !== undefined)
    return html`${about}<p>请持签令密钥的人在自己的电脑上签下面这一行：</p><p class="code">${line}</p><p class="code">node platform/keys/main.ts sign --key FILE --reason 原因 ${line}</p>${way(
      html`<input type="hidden" name="line" value="${line}"><label for="signed">签好的一行</label><textarea id="signed" name="signed" required></textarea><button class="danger">发出退回令</button>`,
    )}`;
  const options = (chosen: number | undefined) =>
    releases.map(
      ({ version, name }) =>
        html`<option value="${version}"${version === chosen ? html` selected` : null}>第 ${version} 版　${name}</option>`,
    );
  const older = releases.find(({ version }) => version < (newest ?? 0))?.version;
  return html`${about}${way(
    html`<div class="begin-top"><div><label for="backFrom">从哪一版</label><select id="backFrom" name="from">${options(newest)}</select></div><div><label for="backTo">退到哪一版</label><select id="backTo" name="to">${options(older)}</select></div><div class="wide"><label for="backMachine">哪一台（编号前六位；不写就是全部机器）</label><input id="backMachine" name="machine" maxlength="32"></div></div><button class="main">要签的一行</button>`,
  )}`;
}
