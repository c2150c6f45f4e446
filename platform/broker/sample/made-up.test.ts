import { describe, expect, it } from 'vitest';
import { takeRecords } from '../data-sets.ts';
import { DATA_SETS } from '../testing/broker-bench.ts';
import { madeUpRecords } from './made-up.ts';

const NOW_MS = Date.parse('2026-11-12T02:00:00Z');
const WHO = { number: '330699199308150374', name: '林志远' };
const OTHER = { number: '330699195507043119', name: '王国强' };

describe('records made up', () => {
  it.each(DATA_SETS)('of $id fit it, for whoever asks', (dataSet) => {
    for (const who of [WHO, OTHER, null]) {
      const records = madeUpRecords(dataSet, who, {}, NOW_MS);
      expect(takeRecords(dataSet, records)).toMatchObject({ ok: true });
      expect(records).toEqual(madeUpRecords(dataSet, who, {}, NOW_MS));
      if (who === null) expect(records.length).toBeGreaterThan(0);
    }
  });

  it('differ from person to person, and are of the year asked for', () => {
    const payments = DATA_SETS.find(({ id }) => id === 'insurance-payments')!;
    expect(madeUpRecords(payments, WHO, {}, NOW_MS)).not.toEqual(madeUpRecords(payments, OTHER, {}, NOW_MS));
    const of2021 = madeUpRecords(payments, OTHER, { year: '2021' }, NOW_MS);
    for (const { year, paidOn } of of2021)
      expect([year, String(paidOn) <= '2021-12-20']).toEqual([2021, true]);
  });

  it('are nothing for some, and something for most', () => {
    const found = DATA_SETS.flatMap((dataSet) =>
      [WHO, OTHER].map((who) => madeUpRecords(dataSet, who, {}, NOW_MS).length > 0),
    );
    const share = found.filter((is) => is).length / found.length;
    expect([share > 0.6, share < 1]).toEqual([true, true]);
  });
});
