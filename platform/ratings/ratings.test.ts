/** Ratings: bad ones with a day, sums of months that are over, nothing that tells one person's from another's. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { addDays, addMonths, findDateStartMs, isoDate } from '../../base/calendar.ts';
import { WEEKENDS_ALONE } from '../cases/working-calendar.ts';
import { workingDaysAfter } from '../cases/working-days.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, filedCase, newId, type TestTerminal } from '../testing/test-terminal.ts';
import { inTimeShare } from './in-time.ts';
import { FEWEST, goodShare, isBad, monthSums, type Rated } from './ratings.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const NOW_MS = findDateStartMs('2026-06-15')! + 12 * 3_600_000;

describe('monthly sums', () => {
  const rated: fc.Arbitrary<Rated> = fc.record({
    villageCode: fc.constantFrom(DONGCUN.village.code, JINGLING.village.code),
    grade: fc.integer({ min: 1, max: 5 }),
    atMs: fc.integer({ min: 0, max: 150 }).map((days) => findDateStartMs(addDays('2026-02-01', days))!),
  });
  const many = fc.array(rated, { maxLength: 60 });

  it('are of five or more, of months that are over, and count each once', () => {
    fc.assert(
      fc.property(many, (ratings) => {
        for (const { villageCode, month, ratings: count, good } of monthSums(ratings, NOW_MS)) {
          const own = ratings.filter(
            (one) => one.villageCode === villageCode && isoDate(one.atMs).startsWith(month),
          );
          expect(month < '2026-06').toBe(true);
          expect(count).toBe(own.length);
          expect(count).toBeGreaterThanOrEqual(FEWEST);
          expect(good).toBe(own.filter(({ grade }) => !isBad(grade)).length);
        }
      }),
    );
  });

  it('say the same before and after one more rating of now, so that none is told by the difference', () => {
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 5 }), (ratings, grade) => {
        const more = { villageCode: DONGCUN.village.code, grade, atMs: NOW_MS };
        expect(monthSums([...ratings, more], NOW_MS)).toEqual(monthSums(ratings, NOW_MS));
      }),
    );
  });

  it('round no bad one away', () => {
    expect(goodShare({ ratings: 1_000, good: 999 })).toBe(99);
    expect(goodShare({ ratings: 7, good: 7 })).toBe(100);
  });
});

describe('the share in time', () => {
  it('never rounds a late one away', () => {
    expect(inTimeShare({ decided: 10_000, late: 11 })).toBe('99.89%');
    expect(inTimeShare({ decided: 100_000, late: 1 })).toBe('99.99%');
    expect(inTimeShare({ decided: 3, late: 0 })).toBe('100.00%');
    expect(inTimeShare({ decided: 1, late: 1 })).toBe('0.00%');
  });
});

describeOnBoth('ratings', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  const desks = new Map<string, TestStaff>();
  const { village, town, county } = DONGCUN;

  beforeAll(async () => {
    test = await host.shared();
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    for (const deskCode of [village.code, town.code, county.code, JINGLING.village.code]) {
      await putStaff(
        test.platform.context,
        { signIn: deskCode, name: deskCode, deskCode, password: PASSWORD },
        CHEAP,
      );
      desks.set(deskCode, await signInAs(test.platform, deskCode, PASSWORD));
    }
  }, 60_000);

  async function rate(grade: number, fields: object = {}) {
    const rating = {
      schema: 1,
      kind: 'rating',
      caseId: null,
      submissionId: newId(),
      grade,
      words: null,
      ...fields,
    };
    const entry = terminal.entry(rating);
    expect((await terminal.offer([entry])).outcomes).toEqual([0]);
    return { entry, id: toHex(entry.header.entryId) };
  }

  it('that are bad stand before the county until somebody looked into them, and by when', async () => {
    const filed = filedCase(DONGCUN);
    await terminal.offer([terminal.entry(filed.content)]);
    const bad = await rate(1, { caseId: filed.caseId, words: '等了一上午，没人理' });
    const good = await rate(4);
    const { db } = test.platform.context.store;
    const { dueDate } = await db
      .selectFrom('ratings')
      .select('dueDate')
      .where('entryId', '=', bad.entry.header.entryId)
      .executeTakeFirstOrThrow();
    expect(dueDate).toBe(workingDaysAfter(WEEKENDS_ALONE, test.clock.wallMs(), 15));
    const staff = desks.get(county.code)!;
    const list = (await staff.get('/ratings')).text;
    expect(list).toContain(bad.id);
    expect(list).not.toContain(good.id);
    expect(list).not.toContain('等了一上午');
    expect((await staff.get(`/ratings/${bad.id}`)).text).toContain('等了一上午，没人理');
    expect((await staff.post(`/ratings/${bad.id}`, { words: ' ' })).status).toBe(422);
    expect((await staff.post(`/ratings/${bad.id}`, { words: '打电话道过歉，排了班' })).location).toBe(
      '/ratings',
    );
    expect((await staff.get('/ratings')).text).not.toContain(bad.id);
    const token = /name="token" value="([^"]+)"/.exec((await staff.get('/')).text)![1]!;
    expect((await staff.post(`/ratings/${bad.id}`, { token, words: '别的' })).status).toBe(422);
    expect((await staff.get(`/ratings/${bad.id}`)).text).toContain('打电话道过歉，排了班');
    expect((await staff.post(`/ratings/${good.id}`, { words: 'x', token: 'x' })).status).toBe(403);
  });

  it('stand beside how much was decided in time, each desk’s own', async () => {
    const { db } = test.platform.context.store;
    const staff = desks.get(village.code)!;
    const decide = async (action: string, dueDate: string | null) => {
      const filed = filedCase(DONGCUN, { matter: ['farmland-subsidy', 1, new Uint8Array(32)] });
      await terminal.offer([terminal.entry(filed.content)]);
      const id = toHex(filed.caseId);
      await staff.act(id, 'accept');
      await db.updateTable('cases').set({ dueDate }).where('caseId', '=', filed.caseId).execute();
      expect((await staff.act(id, action, { words: '好了' })).status).toBe(303);
    };
    const today = isoDate(test.clock.wallMs());
    await decide('finish', today);
    await decide('refuse', addDays(today, 1));
    await decide('finish', addDays(today, -1));
    // Nothing was promised of this one.
    await decide('finish', null);
    for (const code of [village.code, county.code]) {
      expect((await desks.get(code)!.get('/ratings')).text).toMatch(
        /董村<\/td><td class="number">3 件<\/td><td class="number">66\.66%/,
      );
    }
    expect((await desks.get(town.code)!.get('/ratings')).text).toContain('还没有办结的');
  });

  it('count once, however often they are offered', async () => {
    const { entry } = await rate(2);
    expect((await terminal.offer([entry])).outcomes).toEqual([0]);
    const { db } = test.platform.context.store;
    const rows = await db
      .selectFrom('ratings')
      .select('grade')
      .where('entryId', '=', entry.header.entryId)
      .execute();
    expect(rows).toEqual([{ grade: 2 }]);
    await expect(db.updateTable('ratings').set({ grade: 5 }).execute()).rejects.toThrow('append-only');
    await expect(db.deleteFrom('ratingEnds').execute()).rejects.toThrow('append-only');
  });

  it('of one case are the first alone: a later one is held, and neither counts nor takes its place', async () => {
    const { db } = test.platform.context.store;
    const filed = filedCase(DONGCUN);
    await terminal.offer([terminal.entry(filed.content)]);
    const first = await rate(1, { caseId: filed.caseId, words: '没人接电话' });
    const later = await rate(5, { caseId: filed.caseId });
    const rows = await db
      .selectFrom('ratings')
      .select(['entryId', 'grade'])
      .where('caseId', '=', filed.caseId)
      .execute();
    expect(rows.map(({ grade }) => grade)).toEqual([1]);
    const staff = desks.get(county.code)!;
    expect((await staff.get('/ratings')).text).toContain(first.id);
    expect((await staff.get(`/ratings/${later.id}`)).status).toBe(404);
    const held = await db
      .selectFrom('bodies')
      .select('filing')
      .where('entryId', '=', later.entry.header.entryId)
      .executeTakeFirstOrThrow();
    expect(held.filing).toBe('filed');
  });

  it('reach a village and its town as sums alone: of five, of a month that is over, of their own', async () => {
    const { db } = test.platform.context.store;
    const month = addMonths(isoDate(test.clock.wallMs()), -1);
    async function last(villageCode: string, grades: readonly number[], ofMonth: string) {
      for (const grade of grades) {
        const entry = terminal.entry({ schema: 1, kind: 'audit.of-this-test' });
        await terminal.offer([entry]);
        const atMs = findDateStartMs(`${ofMonth}-10`)!;
        const { entryId } = entry.header;
        await db
          .insertInto('ratings')
          .values({ entryId, villageCode, caseId: null, grade, atMs, dueDate: null })
          .execute();
      }
    }
    const few = addMonths(isoDate(test.clock.wallMs()), -2);
    await last(village.code, [5, 5, 4, 3, 1], month);
    await last(village.code, [5, 5, 5, 5], few);
    await last(JINGLING.village.code, [5, 5, 5, 5, 5], month);
    for (const code of [village.code, town.code]) {
      const { text } = await desks.get(code)!.get('/ratings');
      expect(text).toContain(`${month}-${village.code}`);
      expect(text).toMatch(/5 条<\/td><td class="number">80%/);
      expect(text).not.toContain(`${few}-`);
      expect(text).not.toContain(JINGLING.village.code);
      expect(text).not.toContain('/ratings/');
      for (const words of ['等了一上午', '非常不满意', '不满意']) expect(text).not.toContain(words);
    }
    const { id } = await rate(1, { words: '代办员乱收钱' });
    for (const code of [village.code, town.code]) {
      expect((await desks.get(code)!.get(`/ratings/${id}`)).status).toBe(404);
    }
    const all = (await desks.get(county.code)!.get('/ratings')).text;
    for (const code of [village.code, JINGLING.village.code]) expect(all).toContain(`${month}-${code}`);
    expect((await desks.get(JINGLING.village.code)!.get('/ratings')).text).not.toContain(village.code);
  });
});
