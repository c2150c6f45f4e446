/** A dead machine's swap for another, as one path on its page: the steps, and how far each is. Nothing is done here. */
import { toHex } from '../../base/bytes.ts';
import { accountsOf, isComplete } from '../ledger/account.ts';
import { type Html, html } from '../pages/html.ts';
import type { Db } from '../store/store.ts';
import { placeOf, type Terminal } from '../terminals/terminals.ts';
import { momentWords } from './list-page.ts';

/** One step: what is to be done, and what there is to say of it now. */
export interface SwapStep {
  readonly name: 'revoked' | 'carried' | 'settled' | 'enrolled' | 'tested';
  readonly isDone: boolean;
  readonly words: Html;
}

/** The steps as they stand. */
export async function swapSteps(db: Db, terminal: Terminal): Promise<readonly SwapStep[]> {
  const { terminalId } = terminal;
  const accounts = await accountsOf(db, terminalId);
  const isWhole = accounts.length > 0 && accounts.every(isComplete);
  const waiting = await countQuarantined(db, terminalId);
  const next = await findSuccessor(db, terminal);
  const tested = next && (await findSelfTest(db, next.terminalId));
  return [
    {
      name: 'revoked',
      isDone: terminal.isRevoked,
      words: html`上面“停用”。从此它的签名不算数，捡到它的人什么也送不上来。`,
    },
    {
      name: 'carried',
      isDone: terminal.isRevoked && isWhole,
      words: html`旧磁盘接到任何一台登记过的机器上，把欠的拷出来，再在县里读进去。旧机器收下、从没报过的条目县里不知道：拷的时候说带齐了才算。<p class="code">node terminal/rescue/main.ts export --config 文件 --from 旧数据目录 --from-mirror 旧副本目录 --to U盘</p><p class="code">node platform/rescue/main.ts --data DIR U盘</p><a href="/machines/${toHex(terminalId)}/account">对账单</a>`,
    },
    {
      name: 'settled',
      isDone: terminal.isRevoked && isWhole && waiting === 0,
      words:
        waiting === 0
          ? html`没有等人看的条目。`
          : html`停用以后带来的 ${waiting} 条等人看：<a href="/quarantine">停用机器</a>`,
    },
    {
      name: 'enrolled',
      isDone: next !== undefined,
      words: next
        ? html`新机器 <a href="/machines/${toHex(next.terminalId)}"><span class="number">${toHex(next.terminalId).slice(0, 8)}</span></a>，${momentWords(next.enrolledMs)} 登记。`
        : html`在<a href="/machines">机器</a>页做一个这个村的登记码，写进新机器的设置，重启。`,
    },
    {
      name: 'tested',
      isDone: tested !== undefined,
      words: tested
        ? html`${momentWords(tested)} 自检做完，报告在新机器的页上。`
        : html`在新机器的页上下一道“自检”。`,
    },
  ];
}

const STEP_WORDS: Readonly<Record<SwapStep['name'], string>> = {
  revoked: '停用旧机器',
  carried: '把它的台账带来',
  settled: '看过带来的条目',
  enrolled: '登记新机器',
  tested: '新机器自检',
};

/** The section. */
export async function swapView(db: Db, terminal: Terminal): Promise<Html> {
  const steps = await swapSteps(db, terminal);
  const done = steps.filter(({ isDone }) => isDone).length;
  return html`<section class="card" id="swap"><details${terminal.isRevoked ? html` open` : null}><summary>换机器：${done} / ${steps.length} 步</summary><p>机器坏了、修不好时，照这几步换一台。村民交的一件也不丢。</p><ol>${steps.map(
    ({ name, isDone, words }) =>
      html`<li><b>${STEP_WORDS[name]}</b> <span class="tag">${isDone ? '好了' : '还没有'}</span><br>${words}</li>`,
  )}</ol></details></section>`;
}

async function countQuarantined(db: Db, terminalId: Uint8Array): Promise<number> {
  const { count } = await db
    .selectFrom('bodies')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('terminalId', '=', terminalId)
    .where('filing', '=', 'quarantined')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The first machine that was enrolled in the same village after this one was revoked. */
async function findSuccessor(
  db: Db,
  { terminalId, place }: Terminal,
): Promise<{ readonly terminalId: Uint8Array; readonly enrolledMs: number } | undefined> {
  const own = await db
    .selectFrom('terminals')
    .select('revokedMs')
    .where('terminalId', '=', terminalId)
    .executeTakeFirst();
  if (own?.revokedMs == null) return undefined;
  const later = await db
    .selectFrom('terminals')
    .select(['terminalId', 'enrolledMs', 'place'])
    .where('enrolledMs', '>=', own.revokedMs)
    .where('revokedMs', 'is', null)
    .orderBy('enrolledMs')
    .execute();
  return later.find((row) => placeOf(row).village.code === place.village.code);
}

/** When a self-test that was ordered of it was answered as done. */
async function findSelfTest(db: Db, terminalId: Uint8Array): Promise<number | undefined> {
  const row = await db
    .selectFrom('orderAnswers')
    .innerJoin('orderItems', 'orderItems.itemId', 'orderAnswers.itemId')
    .innerJoin('machineOrders', 'machineOrders.orderNo', 'orderItems.orderNo')
    .select('orderAnswers.atMs')
    .where('orderAnswers.terminalId', '=', terminalId)
    .where('orderAnswers.outcome', '=', 'done')
    .where('machineOrders.words', 'like', '自检%')
    .orderBy('orderAnswers.atMs', 'desc')
    .executeTakeFirst();
  return row?.atMs;
}
