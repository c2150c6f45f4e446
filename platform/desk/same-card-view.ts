/** That the same card handed the same in elsewhere: which of them goes on is the desk's to say. */
import { sameAs } from '../cases/same-card.ts';
import type { PlatformContext } from '../context.ts';
import { type Html, html } from '../pages/html.ts';
import type { CaseRow } from '../store/tables.ts';
import { momentWords, numberWords, STATUS_WORDS } from './list-page.ts';

/** The other cases, by number; nothing where there are none. */
export async function sameCardView(context: PlatformContext, row: CaseRow): Promise<Html | null> {
  const others = await sameAs(context.store.db, row);
  if (others.length === 0) return null;
  return html`<section class="card"><h2>同一张身份证还交过这件事</h2><ul>${others.map(
    ({ localNumber, submittedMs, villageName, status, provinceNumber }) =>
      html`<li><span class="number">${numberWords(localNumber)}</span> · ${momentWords(submittedMs)} 在${villageName}交的 · ${
        STATUS_WORDS[status as keyof typeof STATUS_WORDS] ?? status
      }${provinceNumber ? html` · 省里编号 ${provinceNumber}` : null}</li>`,
  )}</ul><p class="aside">只办一件。另一件选“不予办理”，在“重复交的”里写办那一件的编号。</p></section>`;
}
