import fc from 'fast-check';
import { expect, it } from 'vitest';
import { html } from './html.ts';

it('lets nothing put in become markup', () => {
  fc.assert(
    fc.property(fc.string(), (words) => {
      const { markup } = html`<p title="${words}">${[words, null, html`<b>${words}</b>`]}</p>`;
      const inside = markup.replace(/^<p title="|<\/p>$/g, '').replaceAll(/<b>|<\/b>/g, '');
      expect(inside.replace('">', '')).not.toMatch(/[<>"']/);
    }),
  );
});
