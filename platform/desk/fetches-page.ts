/** What was fetched for villagers: which machine, which data, on which consent, how it ended. No value of it is kept. */
import { toHex } from '../../base/bytes.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { type Html, html } from '../pages/html.ts';
import { placeOf } from '../terminals/terminals.ts';
import type { DeskAnswer, DeskCall } from './call.ts';
import { momentWords } from './list-page.ts';

const ROWS = 200;

const OUTCOME_WORDS: Readonly<Record<QueryContent['outcome'], string>> = {
  found: '查到',
  nothing: '没有记录',
  refused: '没有给',
  unavailable: '没有查成',
  later: '要等一等',
};

/** `GET /fetches`. */
export async function fetchesPage(call: DeskCall): Promise<DeskAnswer> {
  const rows = await call.context.store.db
    .selectFrom('fetches')
    .innerJoin('terminals', 'terminals.terminalId', 'fetches.terminalId')
    .leftJoin('fetchEnds', (join) =>
      join
        .onRef('fetchEnds.terminalId', '=', 'fetches.terminalId')
        .onRef('fetchEnds.nonce', '=', 'fetches.nonce'),
    )
    .leftJoin('consentWithdrawals', (join) =>
      join
        .onRef('consentWithdrawals.terminalId', '=', 'fetches.terminalId')
        .onRef('consentWithdrawals.consentId', '=', 'fetches.consentId'),
    )
    .select(['fetches.atMs', 'fetches.dataSet', 'fetches.consentId', 'terminals.place'])
    .select(['fetchEnds.outcome', 'fetchEnds.records', 'consentWithdrawals.atMs as withdrawnMs'])
    .orderBy('fetches.atMs', 'desc')
    .limit(ROWS)
    .execute();
  const table = html`<table><thead><tr><th>时间</th><th>机器</th><th>资料</th><th>同意书</th><th>结果</th></tr></thead><tbody>${rows.map(
    (row) => {
      const place = placeOf(row);
      return html`<tr><td class="number">${momentWords(row.atMs)}</td><td>${place.town.name}${place.village.name}</td><td>${dataSetWords(call, row.dataSet)}</td><td class="number">${toHex(row.consentId).slice(0, 8)}${
        row.withdrawnMs === null ? null : html` <span class="tag off">已收回</span>`
      }</td><td>${endWords(row)}</td></tr>`;
    },
  )}</tbody></table>`;
  const body = html`<main><h1>查过的资料</h1>
<p class="lead">村民同意以后，机器替本人查的。查到了什么，这里不留。</p>${
    rows.length === 0 ? html`<p class="none">还没有查过。</p>` : table
  }</main>`;
  return { title: '查过的资料', body, at: '/fetches' };
}

function dataSetWords({ dataSets }: DeskCall, id: string): Html | string {
  const known = dataSets.find((one) => one.id === id);
  return known ? html`${known.name.zh} <span class="aside">${known.from.zh}</span>` : id;
}

function endWords(row: {
  readonly outcome: QueryContent['outcome'] | null;
  readonly records: number | null;
}): Html | string {
  if (row.outcome === null) return html`<span class="aside">没有答完</span>`;
  const words = OUTCOME_WORDS[row.outcome];
  return row.outcome === 'found' ? `${words} ${row.records} 条` : words;
}
