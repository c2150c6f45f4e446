/** A page's rows by the sums are those that sorting everything would have put there. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MACHINE_STATES } from '../../fleet/machines.ts';
import type { FleetLine, TownSum } from '../../fleet/standing.ts';
import { rowsOf } from './list-page.ts';

const ORDER = ['silent', 'trouble', 'attention', 'ok', 'night', 'new', 'revoked'];
const town = (number: number) => ({ code: `33062410${number}`, name: `第${number}镇` });

const fleets = fc.array(
  fc.record({ state: fc.constantFrom(...MACHINE_STATES), town: fc.integer({ min: 1, max: 3 }) }),
  { maxLength: 300 },
);

it('shows the same rows, whichever page, town, state or words', () => {
  fc.assert(
    fc.property(
      fleets,
      fc.option(fc.integer({ min: 1, max: 3 })),
      fc.option(fc.constantFrom(...MACHINE_STATES)),
      fc.constantFrom('', '第2镇', '00a'),
      fc.integer({ min: 1, max: 6 }),
      (fleet, inTown, state, words, page) => {
        const lines = fleet.map(
          (one, number): FleetLine => ({
            machine: {
              ...{ id: number.toString(16).padStart(32, '0'), revokedMs: null, heardMs: null, report: null },
              place: {
                county: { code: '330624', name: '新昌县' },
                town: town(one.town),
                village: { code: `${town(one.town).code}201`, name: '村' },
              },
            },
            ...{ state: one.state, findings: [], missed: false },
          }),
        );
        const wanted = { town: inTown === null ? null : town(inTown).code, state, words, page };
        const here = lines.filter(
          ({ machine }) => wanted.town === null || machine.place.town.code === wanted.town,
        );
        const towns = [...Map.groupBy(here, ({ machine }) => machine.place.town.code)].map(
          ([code, some]): TownSum => ({
            ...{ code, name: '' },
            counts: new Map(
              [...Map.groupBy(some, (one) => one.state)].map(([key, { length }]) => [key, length]),
            ),
          }),
        );
        const found = here
          .filter((one) => state === null || one.state === state)
          .filter(({ machine: { place, id } }) =>
            `${place.town.name}${place.village.name} ${id}`.includes(words),
          )
          .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
        const { rows, total } = rowsOf(lines, towns, wanted);
        expect(total).toBe(found.length);
        expect(rows).toEqual(found.slice((page - 1) * 60, page * 60));
      },
    ),
  );
});
