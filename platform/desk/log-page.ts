/** What staff did, newest first: every desk's, for the county. Names nobody but staff. */
import { findHex, toHex } from '../../base/bytes.ts';
import type { Operation } from '../access/table.ts';
import { html } from '../pages/html.ts';
import type { DeskAnswer, DeskCall } from './call.ts';
import { momentWords, numberWords } from './list-page.ts';
import { deskName } from './staff.ts';

const ROWS = 200;

/** What an operation is called. */
const OPERATION_WORDS: Readonly<Partial<Record<Operation, string>>> = {
  'door.sign-in': '登录',
  'door.sign-out': '退出',
  'case.open': '打开办件',
  'case.file': '打开附件',
  'case.accept': '受理',
  'case.meet': '约好时间',
  'case.ask-supplement': '请补材料',
  'case.finish': '办结',
  'case.refuse': '不予办理',
  'case.forward': '转上一级',
  'case.send-back': '退回下一级',
  'case.register': '登记省里编号',
  'case.offer-again': '再送省里',
  'case.unfreeze': '解除冻结',
  'case.call': '回电',
  'notices.publish': '发通知',
  'notices.withdraw': '撤下通知',
  'rating.open': '打开评价',
  'rating.close': '核实差评',
  'misuse.open': '打开留意',
  'misuse.end': '写下留意的结果',
  'misuse.freeze': '本人来电，停办',
  'cash.end': '写下现金的结果',
  'machines.enrol': '生成登记码',
  'machines.revoke': '停用机器',
  'machine.open': '看机器',
  'machine.account': '看对账单',
  'machine.order': '给机器下令',
  'machine.repair': '修好了机器',
  'fleet.list': '看机器一览',
  'fleet.open': '看机器的报告',
  'fleet-alerts.list': '看机器告警',
  'fleet-alerts.answer': '去处理机器告警',
  'rollouts.list': '看软件发布',
  'rollouts.begin': '开始发布软件',
  'rollouts.act': '暂停、继续、停止发布',
  'rollouts.pin': '让机器留在旧版',
  'rollouts.step-back': '签令退回旧版',
  'agents.enrol': '登记代办员',
  'agents.code': '给代办员登记码',
  'agents.revoke': '停止代办',
  'quarantine.settle': '定停用机器的条目',
  'alarms.see': '看过告警',
};

/** `GET /log`, `?desk=` for one desk alone. */
export async function logPage(call: DeskCall): Promise<DeskAnswer> {
  const { context, query } = call;
  const { db } = context.store;
  const desk = typeof query.desk === 'string' ? query.desk : '';
  const desks = await db.selectFrom('staff').select('deskCode').distinct().orderBy('deskCode').execute();
  const all = db
    .selectFrom('staffActs')
    .leftJoin('staff', 'staff.staffId', 'staffActs.staffId')
    .select(['staffActs.atMs', 'staffActs.deskCode', 'operation', 'subject', 'decision', 'name'])
    .orderBy('actNo', 'desc')
    .limit(ROWS);
  const rows = await (desk === '' ? all : all.where('staffActs.deskCode', '=', desk)).execute();
  const numbers = await localNumbers(
    call,
    rows.map(({ subject }) => subject),
  );
  const link = (code: string, words: string) =>
    html`<a href="/log?desk=${code}"${code === desk ? html` aria-current="true"` : null}>${words}</a>`;
  const table = html`<table><thead><tr><th>时间</th><th>工位</th><th>谁</th><th>做什么</th><th>哪一件</th></tr></thead><tbody>${rows.map(
    ({ atMs, deskCode, name, operation, subject, decision }) =>
      html`<tr><td class="number">${momentWords(atMs)}</td><td>${deskCode === '' ? '—' : deskName(context.county, deskCode)}</td><td>${name ?? '—'}</td><td>${OPERATION_WORDS[operation as Operation] ?? operation}${
        decision === 'refused' ? html` <span class="tag danger">没让做</span>` : null
      }</td><td class="number">${numbers.get(subject) ?? subject.slice(0, 12)}</td></tr>`,
  )}</tbody></table>`;
  const body = html`<main><h1>工作记录</h1><p class="lead">各工位做过的、试过的，先记下再办，改不了也删不掉。最近 ${ROWS} 条。</p>
<nav class="filters" aria-label="工位">${link('', '全部')}${desks.map(({ deskCode }) => link(deskCode, deskName(context.county, deskCode)))}</nav>
${rows.length === 0 ? html`<p class="none">还没有。</p>` : table}</main>`;
  return { title: '工作记录', body, at: '/log' };
}

/** The numbers on the slips of those subjects that are cases. */
async function localNumbers(
  { context }: DeskCall,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(subjects)].flatMap((subject) => {
    const id = findHex(subject);
    return id?.length === 16 ? [id] : [];
  });
  if (ids.length === 0) return new Map();
  const { isOneOf } = context.store.many;
  const cases = await context.store.db
    .selectFrom('cases')
    .select(['caseId', 'localNumber'])
    .where(isOneOf('caseId', ids))
    .execute();
  return new Map(cases.map(({ caseId, localNumber }) => [toHex(caseId), numberWords(localNumber)]));
}
