import { describe, expect, it } from 'vitest';
import type { RouteStep } from '../../catalog/schema.ts';
import { daysUpTo } from './level-days.ts';

const VILLAGE = '330624108248';
const TOWN = '330624108';
const COUNTY = '330624';

const matter = (...route: RouteStep[]) => ({ route });

describe('the days of a level', () => {
  it('are its share and those of the levels below', () => {
    const three = matter(
      { level: 'village', workingDays: 1 },
      { level: 'town', workingDays: 3 },
      { level: 'county', workingDays: 5 },
    );
    expect([VILLAGE, TOWN, COUNTY, '330624/民政'].map((desk) => daysUpTo(three, desk))).toEqual([1, 4, 9, 9]);
  });

  it('are those of the others where a level below names none, and none where it names none itself', () => {
    const two = matter({ level: 'village' }, { level: 'town', workingDays: 3 });
    expect([VILLAGE, TOWN, COUNTY].map((desk) => daysUpTo(two, desk))).toEqual([undefined, 3, undefined]);
    expect(daysUpTo(matter({ level: 'town' }), TOWN)).toBeUndefined();
  });
});
