/** The times offered in a visit: what the platform says, what it fails to say, and what an answer is judged by meanwhile. */
import { beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '../../base/result.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { QueryTrouble } from '../../sync/queries.ts';
import type { Slots } from '../visit/desk.ts';
import { type FakeQueries, fakeQueries, foundAnswer } from '../visit/testing/fake-queries.ts';
import { createSlotDesk } from './slot-desk.ts';

const SERVICE = 'clinic';
const NINE = { slot: 'clinic-1', day: '2026-06-15', from: '09:00' };
const TEN = { slot: 'clinic-2', day: '2026-06-15', from: '10:00' };
const OFFERED_NINE = { id: 'clinic-1', day: '2026-06-15', from: '09:00' };
const OFFERED_TEN = { id: 'clinic-2', day: '2026-06-15', from: '10:00' };
const FROM = { zh: '县里', en: 'The county' };

let queries: FakeQueries;
let isOnline: boolean;
let slots: Slots;
let changes: number;

beforeEach(() => {
  queries = fakeQueries();
  isOnline = true;
  slots = createSlotDesk({ queries, online: () => isOnline });
  changes = 0;
  slots.onChange(() => {
    changes += 1;
  });
});

/** The page of another question, or none. */
const leave = () => slots.want(null);
const servicesAsked = () => queries.asked.map(({ query }) => query.parameters[0]?.value);

describe('times that a service offers', () => {
  it('are asked of the platform once its page is come to, about nobody', () => {
    expect(queries.asked).toEqual([]);
    slots.want(SERVICE);
    const query = {
      about: null,
      dataSet: OWN_QUESTIONS.slots,
      parameters: [{ name: 'service', value: SERVICE }],
    };
    expect(queries.asked.map((one) => one.query)).toEqual([query]);
    expect(slots.state(SERVICE)).toEqual({ at: 'asking' });
  });

  it('are offered as they came, and whoever listens is told once', async () => {
    slots.want(SERVICE);
    await queries.answer(foundAnswer([NINE, TEN]));
    expect(slots.state(SERVICE)).toEqual({ at: 'offered', slots: [OFFERED_NINE, OFFERED_TEN] });
    expect(changes).toBe(1);
  });

  it('leave out whatever is no time', async () => {
    slots.want(SERVICE);
    const strange = [
      { ...NINE, slot: '' },
      { ...NINE, day: 'on Monday' },
      { ...NINE, from: '9 o’clock' },
      { ...NINE, slot: 7 },
      { ...NINE, from: null },
      { slot: 'x' },
    ];
    await queries.answer(foundAnswer([...strange, TEN]));
    expect(slots.state(SERVICE)).toEqual({ at: 'offered', slots: [OFFERED_TEN] });
  });

  it('are asked for once while the page stands and an answer is on its way', async () => {
    slots.want(SERVICE);
    slots.want(SERVICE);
    leave();
    slots.want(SERVICE);
    expect(queries.asked).toHaveLength(1);
    await queries.answer(foundAnswer([NINE]));
    slots.want(SERVICE);
    expect(queries.asked).toHaveLength(1);
  });

  it('of two services are told apart', async () => {
    slots.want(SERVICE);
    slots.want('dentist');
    expect(servicesAsked()).toEqual([SERVICE, 'dentist']);
    await queries.answer(foundAnswer([NINE]));
    expect(slots.state('dentist')).toEqual({ at: 'asking' });
    await queries.answer(foundAnswer([TEN]));
    expect(slots.state(SERVICE)).toEqual({ at: 'offered', slots: [OFFERED_NINE] });
    expect(slots.state('dentist')).toEqual({ at: 'offered', slots: [OFFERED_TEN] });
  });
});

describe('a page that is come back to', () => {
  beforeEach(async () => {
    slots.want(SERVICE);
    await queries.answer(foundAnswer([NINE, TEN]));
    leave();
    slots.want(SERVICE);
  });

  it('asks anew, and keeps meanwhile what was offered: an answer given by it is judged by it', () => {
    expect(queries.asked).toHaveLength(2);
    expect(slots.state(SERVICE)).toMatchObject({ at: 'offered', slots: [OFFERED_NINE, OFFERED_TEN] });
  });

  it('no longer offers a time that somebody else took', async () => {
    await queries.answer(foundAnswer([TEN]));
    expect(slots.state(SERVICE)).toEqual({ at: 'offered', slots: [OFFERED_TEN] });
  });

  it('says that none is left once the last is gone', async () => {
    await queries.answer(ok({ schema: 1, outcome: 'nothing', from: FROM, asOfMs: 0 }));
    expect(slots.state(SERVICE)).toEqual({ at: 'trouble' });
  });

  it.each<QueryTrouble>(['offline', 'no-answer', 'too-many', 'not-offered'])(
    'goes on with what was offered where the second look ended with %s',
    async (trouble) => {
      await queries.answer(err(trouble));
      expect(slots.state(SERVICE)).toMatchObject({ at: 'offered', slots: [OFFERED_NINE, OFFERED_TEN] });
    },
  );
});

describe('a service of which nothing is known', () => {
  it.each<QueryTrouble>(['offline', 'no-answer', 'too-many', 'not-offered'])(
    'leaves the wish alone after %s, and is asked again once its page is come back to',
    async (trouble) => {
      slots.want(SERVICE);
      await queries.answer(err(trouble));
      expect(slots.state(SERVICE)).toEqual({ at: 'trouble' });
      expect(changes).toBe(1);
      slots.want(SERVICE);
      expect(queries.asked).toHaveLength(1);
      leave();
      slots.want(SERVICE);
      expect(slots.state(SERVICE)).toEqual({ at: 'asking' });
      await queries.answer(foundAnswer([NINE]));
      expect(slots.state(SERVICE)).toEqual({ at: 'offered', slots: [OFFERED_NINE] });
    },
  );

  it.each<readonly [string, QueryContent]>([
    ['refused', { schema: 1, outcome: 'refused', reason: 'no-consent' }],
    ['unavailable', { schema: 1, outcome: 'unavailable' }],
    ['later', { schema: 1, outcome: 'later', afterS: 60 }],
    ['nothing', { schema: 1, outcome: 'nothing', from: FROM, asOfMs: 0 }],
    ['found, and no record', { schema: 1, outcome: 'found', from: FROM, asOfMs: 0, fields: [], records: [] }],
  ])('leaves the wish alone where the platform said %s', async (_said, content) => {
    slots.want(SERVICE);
    await queries.answer(ok(content));
    expect(slots.state(SERVICE)).toEqual({ at: 'trouble' });
  });
});

describe('without network', () => {
  it('nothing is asked, and there is only the wish', () => {
    isOnline = false;
    slots.want(SERVICE);
    expect(queries.asked).toEqual([]);
    expect(slots.state(SERVICE)).toEqual({ at: 'trouble' });
  });

  it('a page that still stands when the network comes is asked for', async () => {
    isOnline = false;
    slots.want(SERVICE);
    isOnline = true;
    slots.want(SERVICE);
    expect(slots.state(SERVICE)).toEqual({ at: 'asking' });
    await queries.answer(foundAnswer([NINE]));
    expect(slots.state(SERVICE)).toMatchObject({ at: 'offered' });
  });

  it('what was offered before stands', async () => {
    slots.want(SERVICE);
    await queries.answer(foundAnswer([NINE]));
    isOnline = false;
    leave();
    slots.want(SERVICE);
    expect(queries.asked).toHaveLength(1);
    expect(slots.state(SERVICE)).toMatchObject({ at: 'offered' });
  });
});

describe('the end of a visit', () => {
  it('forgets what was offered, and lets go of the question', async () => {
    slots.want(SERVICE);
    await queries.answer(foundAnswer([NINE]));
    leave();
    slots.want(SERVICE);
    slots.forget();
    expect(queries.asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(slots.state(SERVICE)).toEqual({ at: 'asking' });
  });

  it('takes no answer that comes after it, nor one of the visit before into the next', async () => {
    slots.want(SERVICE);
    slots.forget();
    slots.want(SERVICE);
    expect(queries.asked).toHaveLength(2);
    await queries.answer(foundAnswer([NINE]));
    expect(slots.state(SERVICE)).toEqual({ at: 'asking' });
    expect(changes).toBe(0);
    await queries.answer(foundAnswer([TEN]));
    expect(slots.state(SERVICE)).toEqual({ at: 'offered', slots: [OFFERED_TEN] });
  });

  it('is not told to whoever listens no more', async () => {
    let told = 0;
    const stop = slots.onChange(() => {
      told += 1;
    });
    stop();
    slots.want(SERVICE);
    await queries.answer(foundAnswer([NINE]));
    expect(told).toBe(0);
  });
});
