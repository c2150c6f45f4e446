/** HTML by tagged template: everything put in is escaped, unless it is HTML made here. */

/** Markup that is safe to send as it is. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | undefined | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Builds markup; `null` and `undefined` are nothing, arrays are joined. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = literals.reduce((text, literal, index) => text + render(parts[index - 1]) + literal);
  return { markup };
}

/** A whole page; `base` is where its style and script stand. */
export function page(title: string, body: Html, base: string): string {
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><link rel="stylesheet" href="/fonts.css"><link rel="stylesheet" href="${base}style.css"></head><body>${body}</body></html>`
    .markup;
}

function render(part: Part): string {
  if (part === null || part === undefined) return '';
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(render).join('');
}
