/** What the look-up page shows. */
import { civilTime } from '../../base/calendar.ts';
import type { LookupContent } from '../../sync/contents.ts';
import { type Html, html } from '../pages/html.ts';

/** The form for number and code; `trouble` says why it is shown again. */
export function slipForm(trouble: string | null): Html {
  return html`<h1>查进度</h1>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
<form method="post" action="/s" class="card">
<label for="number">回执上的编号（12 位）</label>
<input id="number" name="number" inputmode="numeric" autocomplete="off" maxlength="16" required>
<label for="code">查询码（6 位）</label>
<input id="code" name="code" inputmode="numeric" autocomplete="off" maxlength="6" required>
<button class="main">查一查</button>
</form>
<form id="scanned" method="post" action="/s"><input type="hidden" id="slip" name="slip"></form>
<script src="/s/scan.js" defer></script>`;
}

/** How far a case is; `slipMs` is when a verified slip says it was filed. */
export function lookupView(localNumber: string, content: LookupContent, slipMs: number | null): Html {
  const number = localNumber.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3');
  const verified = slipMs === null ? null : html`<p class="done">这张回执是本县的机器出的</p>`;
  if (!content.found) {
    return html`<h1>${number}</h1>${verified}
<p class="wait">机器已收下，县里还没收到。网络通了会自动送到。</p><p><a href="/s">再查一个</a></p>`;
  }
  return html`<h1>${number}</h1>${verified}
<p>${dayAndTime(content.submittedMs ?? 0)} 提交，县里已收到</p>
${content.provinceNumber ? html`<p>省里编号 ${content.provinceNumber}</p>` : null}
<ol class="steps">${content.progress.map(
    (step) => html`<li><time>${dayAndTime(step.atMs)}</time><span>${step.words}</span></li>`,
  )}</ol>
${content.progress.length === 0 ? html`<p>还没有人处理，请再等等。</p>` : null}
<p><a href="/s">再查一个</a></p>`;
}

function dayAndTime(ms: number): string {
  const { month, day, hour, minute } = civilTime(ms);
  return `${month}月${day}日 ${hour}:${String(minute).padStart(2, '0')}`;
}
