/** Every matter of the catalog, done by generated people at a terminal's own authority on its real durable half. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Basis, Matter } from '../../catalog/schema.ts';
import type { Bench } from '../../terminal/visit/testing/bench.ts';
import { basesOf, drawHolder, drawn, drawRecord } from './draw.ts';
import type { Draw } from './fill-in.ts';
import { CATALOG, openMatter, openStation } from './station.ts';
import { pageAs, WAYS, type Walk } from './ways.ts';

/** Matters without a page of their own to start from: they open where they lead. */
const opensAtOnce = ({ source }: Matter) => source === 'guides' || source === 'own-cases';

/** Somebody at the page after the start of a matter. */
function begin(bench: Bench, matter: Matter, basis: Basis, draw: Draw): Walk {
  const holder = drawHolder(matter, draw);
  openMatter(bench, matter, holder);
  if (!opensAtOnce(matter)) expect(bench.act({ type: 'start', basis })).toEqual({ ok: true });
  const agrees = draw(fc.boolean());
  return { bench, matter, basis, draw, agrees, holder, records: [drawRecord(matter, bench, draw)] };
}

const MATTERS = CATALOG.matters.map((matter) => [matter.id, matter] as const);

describe('every matter', () => {
  it('can be done by somebody', () => {
    expect(CATALOG.problems).toEqual([]);
    for (const [id, matter] of MATTERS) expect([id, basesOf(matter)]).not.toEqual([id, []]);
  });

  it.each(MATTERS)('%s is done to its end on each of its bases', async (_id, matter) => {
    for (const basis of basesOf(matter))
      await drawn(async (draw) => WAYS[matter.kind](begin(openStation(), matter, basis, draw)));
  });
});

const needsNetwork = ({ offline }: Matter) => offline === 'online';

describe('with the network down', () => {
  it.each(MATTERS.filter(([, matter]) => !needsNetwork(matter)))(
    '%s is done to its end',
    async (_id, matter) => {
      const [basis = 'self'] = basesOf(matter);
      await drawn(
        async (draw) => WAYS[matter.kind](begin(openStation({ online: false }), matter, basis, draw)),
        1,
      );
    },
  );

  it.each(MATTERS.filter(([, matter]) => needsNetwork(matter)))(
    '%s says why not before anyone starts',
    async (_id, matter) => {
      await drawn(async (draw) => {
        const bench = openStation({ online: false });
        openMatter(bench, matter, drawHolder(matter, draw));
        const { blocked } = pageAs(bench, 'matter');
        expect(blocked).toMatchObject({ code: 'needs-network' });
        const [basis = 'self'] = basesOf(matter);
        const started = bench.act({ type: 'start', basis });
        expect(started).toMatchObject({ ok: false, error: { code: 'matter-not-available' } });
        expect(bench.keeper.contents()).toEqual([]);
      });
    },
  );
});

it('offers no basis that is always refused: whom the state is asked about lays a card', () => {
  const refused = MATTERS.flatMap(([id, matter]) =>
    matter.bases.filter(({ basis }) => !basesOf(matter).includes(basis)).map(({ basis }) => [id, basis]),
  );
  expect(refused).toEqual([]);
});
