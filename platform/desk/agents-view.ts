/** Which agents had a hand in a case, and whether their own key says so. */

import { decodeContent } from '../../sync/content-coding.ts';
import { helpersOf, type JudgedAct, judgeActs } from '../agents/acts.ts';
import { findAuthorityAct } from '../authorities/judge.ts';
import type { PlatformContext } from '../context.ts';
import { getInside } from '../intake/read-body.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { authorityLine } from './authorities-page.ts';
import { row as line } from './content-view.ts';

/** What stands beside an agent's name. */
export const OUTCOME_WORDS: Readonly<Record<JudgedAct['outcome'], string>> = {
  signed: '签名核对无误',
  unsigned: '没有签名，请核对',
  'bad-signature': '签名对不上，请核对',
  'unknown-key': '签名的密钥还没有登记，请核对',
  'refused-key': '签名的密钥不作数，请核对',
  revoked: '签的时候已经停了代办，请核对',
};

const BY_WORDS: Readonly<Record<JudgedAct['actor']['by'], string>> = {
  card: '当场刷了本人的身份证',
  entrustment: '凭本人留下的委托',
  own: '说自己村里的事',
};

/** Nothing where no agent is named. */
export async function agentsView(
  context: PlatformContext,
  { caseId, entryId, submittedMs }: CaseRow,
): Promise<Html | null> {
  const { content, acts } = await getInside(context, entryId);
  const plain = decodeContent(content);
  const named = plain.ok ? (plain.value as { readonly actors?: unknown } | null)?.actors : undefined;
  const actors: readonly unknown[] = Array.isArray(named) ? named : [];
  const { db } = context.store;
  const judged = await judgeActs(db, context.crypto, {
    entryId,
    submittedMs,
    actors,
    signed: { content, acts },
  });
  const helpers = await helpersOf(db, actors);
  const absent = await findAuthorityAct(db, caseId);
  if (judged.length + helpers.length === 0 && absent === undefined) return null;
  return html`<section class="card"><h2>代办员</h2><dl>
${judged.map((act) => line('谁代办的', actView(act)))}
${absent ? await authorityLine(context, absent.act.authorityId, absent.trouble) : null}
${helpers.map((name) => line('谁帮着填的', `${name ?? '不认识的代办员'}，填过一部分，交还过本人`))}
</dl></section>`;
}

/** An agent's name, what they rested on, and how their signature stands. */
export function actView({ name, actor, outcome }: JudgedAct): Html {
  const look = outcome === 'signed' ? 'tag' : 'tag danger';
  return html`${name ?? '不认识的代办员'}，${BY_WORDS[actor.by]} <span class="${look}">${OUTCOME_WORDS[outcome]}</span>${
    actor.roster.stale ? html`<br><span class="aside">当时机器上的代办员名册超过 30 天没有更新</span>` : null
  }`;
}
