/** What the page that checks a certificate shows. */
import { civilTime } from '../../base/calendar.ts';
import type { DataSet } from '../../catalog/data-set.ts';
import type { CertificateWords } from '../../sync/formats/certificate.ts';
import { type Html, html } from '../pages/html.ts';

/** Asks to scan; `trouble` says what was wrong with what was scanned. */
export function certificateForm(trouble: string | null): Html {
  return html`<h1>验证明</h1>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
<p>用手机扫纸上的二维码，这里就会说是真是假。</p>
<form id="scanned" method="post" action="/c"><input type="hidden" id="certificate" name="certificate"></form>
<script src="/c/scan.js" defer></script>`;
}

/** A certificate whose words are ours: whether it counts, and what must stand on the paper. */
export function certificateView(
  { number, name, asOf, issuedAt }: CertificateWords,
  { dataSet, voidedMs }: { readonly dataSet: DataSet | null; readonly voidedMs: number | null },
): Html {
  const grouped = number.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');
  const standing =
    voidedMs === null
      ? html`<p class="done">真的，有效</p>`
      : html`<p class="trouble" role="alert">已经作废：${dayAndTime(voidedMs)}打印没有成功，换了新的</p>`;
  return html`<h1>编号 ${grouped}</h1>${standing}
<p>请和纸上对一对，有一样不同就是假的：</p>
<dl>
<dt>姓名</dt><dd>${name}</dd>
${dataSet ? html`<dt>内容</dt><dd>${dataSet.name.zh}</dd><dt>来源</dt><dd>${dataSet.from.zh}</dd>` : null}
<dt>信息截至</dt><dd>${dayAndTime(asOf)}</dd>
<dt>打印时间</dt><dd>${dayAndTime(issuedAt)}</dd>
</dl>
<p><a href="/c">再验一张</a></p>`;
}

function dayAndTime(ms: number): string {
  const { year, month, day, hour, minute } = civilTime(ms);
  return `${year}年${month}月${day}日 ${hour}:${String(minute).padStart(2, '0')}`;
}
