/** Answers of several parts, signatures, recordings and appointments: judged here, whatever the screen let through. */
import { describe, expect, it } from 'vitest';
import { bankCheckDigit } from '../../catalog/bank-account.ts';
import type { AnswerValue } from '../../catalog/schema.ts';
import { SAMPLE_CHOICES, sampleMatter, sampleQuestion } from '../../catalog/testing/sample-matter.ts';
import type { ActResult, Page } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR, readOf } from './testing/people.ts';
import { jpegOf } from './testing/photos.ts';
import { webmOf } from './testing/recordings.ts';
import { PROJECT_CATALOG } from './testing/site.ts';

const ASKED = {
  income: sampleQuestion('income', 'amount', { minFen: 0, maxFen: 20_000_000 }),
  start: sampleQuestion('start', 'month', { minMonths: -2, maxMonths: 12 }),
  place: sampleQuestion('place', 'address'),
  account: sampleQuestion('account', 'bank-account'),
  family: sampleQuestion('family', 'members', { min: 1, max: 2, relations: SAMPLE_CHOICES }),
  visit: sampleQuestion('visit', 'slot', { service: 'check-up', daysAhead: 30, wish: true }),
  sign: sampleQuestion('sign', 'signature'),
  say: sampleQuestion('say', 'voice', { maxSeconds: 20 }),
} as const;

const CARD = `621700123456789${bankCheckDigit('621700123456789')}`;
const MEMBER = { relation: 'red', name: '俞小燕', number: NEIGHBOUR.number };
const SLOT = { id: 'slot-7', day: '2026-06-20', from: '09:30' };
const WISH: AnswerValue = { wish: true, day: '2026-06-20', part: 'morning' };
const VALUES: Readonly<Record<string, AnswerValue>> = {
  income: 44_050,
  start: '2026-07',
  place: { village: '330624108248', detail: '3 组 12 号' },
  account: { bank: 'agricultural', number: CARD },
  family: [MEMBER],
  visit: WISH,
};

type Id = keyof typeof ASKED;

/** Somebody at the first question of a matter that asks these. */
function asking(...ids: readonly Id[]): Bench {
  const matter = sampleMatter({
    devices: ['card-reader', ...(ids.includes('say') ? ['microphone'] : [])],
    questions: ids.map((id) => ASKED[id]),
  });
  const bench = createBench();
  bench.world.catalog = { ...PROJECT_CATALOG, matters: [matter] };
  bench.lay(ELDER);
  bench.act({ type: 'open-category', categoryId: matter.category });
  expect(opened(bench, matter.id, 'self')).toEqual({ ok: true });
  return bench;
}

function give(bench: Bench, value: AnswerValue | null): ActResult {
  return bench.act({ type: 'answer', questionId: shown(bench).question.id, value });
}

function shown(bench: Bench): Extract<Page, { kind: 'question' }> {
  const page = bench.page();
  if (page.kind !== 'question') throw new Error(`broken invariant: ${page.kind} is shown`);
  return page;
}

const attach = (bench: Bench, bytes: Uint8Array | null) =>
  bench.act({ type: 'attach', questionId: shown(bench).question.id, bytes });
const isWiped = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

describe('a matter with every type of question', () => {
  it('is filed as it was answered, and its files go with it', () => {
    const bench = asking(...(Object.keys(ASKED) as Id[]));
    answerAll(bench, VALUES);
    const [picture, speech] = [jpegOf({ width: 1200, height: 600 }), webmOf({})];
    const [pictureSent, speechSent] = [picture.slice(), speech.slice()];
    expect(attach(bench, picture)).toEqual({ ok: true });
    expect(give(bench, null)).toEqual({ ok: true });
    expect(attach(bench, speech)).toEqual({ ok: true });
    expect(give(bench, null)).toEqual({ ok: true });
    const page = bench.page();
    const facts = page.kind === 'check' ? page.facts.map(({ value }) => value.zh) : [];
    expect(facts).toEqual(
      expect.arrayContaining(['440.50 元', '2026年7月', '想约 6月20日上午', '已签名', '1 段录音']),
    );
    expect(facts.join()).not.toContain(CARD);
    expect(facts.join()).not.toContain(NEIGHBOUR.number);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase().answers).toEqual({ ...VALUES, sign: 0, say: 1 });
    expect(bench.keeper.attached()).toEqual([
      { mediaType: 'image/jpeg', bytes: pictureSent },
      { mediaType: 'audio/webm', bytes: speechSent },
    ]);
    expect([picture, speech].every(isWiped)).toBe(true);
  });
});

describe('what a screen lets through is judged again', () => {
  const member = (change: object) => [{ ...MEMBER, ...change }] as AnswerValue;
  it.each<[Id, string, AnswerValue]>([
    ['income', 'more than may be', 20_000_001],
    ['income', 'less than nothing', -1],
    ['income', 'words', '440'],
    ['start', 'a month before the first', '2026-03'],
    ['start', 'no month', '2026-13'],
    ['place', 'a village of elsewhere', { village: '110101001001', detail: '3 组' }],
    ['place', 'outside where that is not taken', { detail: '杭州' }],
    ['place', 'nothing more exact', { village: '330624108248', detail: ' ' }],
    ['place', 'a part that nobody asked for', { village: '330624108248', detail: '3 组', more: 'x' }],
    ['account', 'a wrong check digit', { bank: 'agricultural', number: CARD.replace('6217', '6271') }],
    ['account', 'a bank nobody knows', { bank: 'bank-of-nowhere', number: CARD }],
    ['family', 'nobody', []],
    ['family', 'too many', [MEMBER, MEMBER, MEMBER]],
    ['family', 'the same person twice', [MEMBER, MEMBER]],
    ['family', 'a relation nobody offered', member({ relation: 'green' })],
    ['family', 'a name that is none', member({ name: '1' })],
    ['family', 'a wrong ID number', member({ number: NEIGHBOUR.number.replace('1985', '1958') })],
    ['visit', 'a time that was not offered', { slot: 'slot-8', day: '2026-06-20', from: '09:30' }],
    ['visit', 'today', { ...WISH, day: '2026-06-12' }],
    ['visit', 'further ahead than may be', { ...WISH, day: '2026-09-01' }],
    ['sign', 'a name for what nobody holds', 'f'.repeat(32)],
    ['say', 'a name for what nobody holds', 'f'.repeat(32)],
  ])('%s: %s', (id, _what, value) => {
    const bench = asking(id);
    expect(give(bench, value)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
    expect(shown(bench).problem).not.toBeNull();
  });
});

describe('a file', () => {
  it.each<[Id, string, Uint8Array]>([
    ['sign', 'a recording', webmOf({})],
    ['sign', 'a picture nobody could make out', jpegOf({ width: 40, height: 40 })],
    ['say', 'a picture', jpegOf({})],
    ['say', 'more than may be said', webmOf({ seconds: 23 })],
  ])('%s does not take %s', (id, _what, bytes) => {
    const bench = asking(id);
    expect(attach(bench, bytes)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  });

  it('answers the question it was made for, and no other', () => {
    const matter = sampleMatter({ questions: [ASKED.sign, sampleQuestion('sign-again', 'signature')] });
    const bench = createBench();
    bench.world.catalog = { ...PROJECT_CATALOG, matters: [matter] };
    bench.lay(ELDER);
    bench.act({ type: 'open-category', categoryId: matter.category });
    opened(bench, matter.id, 'self');
    attach(bench, jpegOf({}));
    const ref = String(shown(bench).value);
    give(bench, null);
    expect(shown(bench).question.id).toBe('sign-again');
    expect(give(bench, ref)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
  });

  it('is in no draft, and overwritten when the visit ends', () => {
    const bench = asking('income', 'sign', 'say');
    give(bench, 100);
    const [picture, speech] = [jpegOf({}), webmOf({})];
    attach(bench, picture);
    give(bench, null);
    attach(bench, speech);
    bench.act({ type: 'leave' });
    expect([picture, speech].every(isWiped)).toBe(true);
    bench.lay(ELDER);
    bench.act({ type: 'resume-draft' });
    expect(shown(bench)).toMatchObject({ question: { id: 'sign' }, value: null });
  });
});

describe('an appointment', () => {
  const offer = (bench: Bench) => {
    bench.world.slots = {
      'check-up': { at: 'offered', slots: [SLOT, { ...SLOT, id: 'late', day: '2026-09-01' }] },
    };
  };

  it('is asked for while its page stands, and one of the times offered is taken as the platform says it', () => {
    const bench = asking('visit', 'income');
    expect(bench.world.slotsWanted).toBe('check-up');
    expect(shown(bench).slots).toEqual({ state: 'none', times: [] });
    offer(bench);
    expect(shown(bench).slots).toEqual({ state: 'offered', times: [SLOT] });
    expect(give(bench, { slot: SLOT.id, day: '2020-01-01', from: '00:00' })).toEqual({ ok: true });
    expect(bench.world.slotsWanted).toBeNull();
    give(bench, 100);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase().answers).toMatchObject({
      visit: { slot: SLOT.id, day: SLOT.day, from: SLOT.from },
    });
  });

  it('that is gone meanwhile is refused at the end, with its question', () => {
    const bench = asking('visit', 'income');
    offer(bench);
    give(bench, { slot: SLOT.id });
    give(bench, 100);
    bench.world.slots = {};
    expect(bench.act({ type: 'submit' })).toMatchObject({
      error: { code: 'bad-answer', questionId: 'visit' },
    });
  });

  it('of one visit is not known to the next', () => {
    const bench = asking('visit');
    offer(bench);
    bench.act({ type: 'leave' });
    expect(bench.world.slots).toEqual({});
  });
});

describe('what is being entered', () => {
  it('is held as it is, also where it is not complete, and comes back with the draft', () => {
    const bench = asking('family');
    const unfinished: AnswerValue = [MEMBER, { relation: 'blue' }];
    bench.act({ type: 'typing', questionId: 'family', value: unfinished });
    expect(shown(bench).value).toEqual(unfinished);
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    bench.act({ type: 'resume-draft' });
    expect(shown(bench).value).toEqual(unfinished);
  });
});

describe('a microphone that is needed', () => {
  it('is said to be missing before anyone starts', () => {
    const matter = sampleMatter({ devices: ['card-reader', 'microphone'], questions: [ASKED.say] });
    const bench = createBench();
    bench.world.catalog = { ...PROJECT_CATALOG, matters: [matter] };
    bench.world.devices = { ...bench.world.devices, microphone: 'down' };
    bench.lay(ELDER);
    bench.act({ type: 'open-category', categoryId: matter.category });
    expect(bench.page()).toMatchObject({ tiles: [{ availability: 'needs-microphone' }] });
    bench.act({ type: 'open-matter', matterId: matter.id });
    expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({
      error: { code: 'matter-not-available' },
    });
  });
});

describe('somebody without a card', () => {
  const forChild = sampleMatter({
    bases: [
      {
        basis: 'guardian',
        label: { zh: '给孩子办', en: 'For a child' },
        evidence: [{ type: 'number', question: 'child-number' }],
      },
    ],
    eligibility: [{ maxAgeYears: 6, otherwise: { zh: '七岁以上不用办', en: 'Not needed from seven on' } }],
    questions: [
      sampleQuestion('own-name', 'name'),
      sampleQuestion('child-name', 'name'),
      sampleQuestion('child-number', 'id-number'),
    ],
  });
  const child = readOf({ ...NEIGHBOUR, name: '俞小禾' });

  function atChild(): Bench {
    const bench = createBench();
    bench.world.catalog = { ...PROJECT_CATALOG, matters: [forChild] };
    bench.lay(ELDER);
    bench.act({ type: 'open-category', categoryId: forChild.category });
    expect(opened(bench, forChild.id, 'guardian')).toEqual({ ok: true });
    give(bench, '欧阳伯年');
    give(bench, child.name);
    return bench;
  }

  it('is named by the name beside the number, with the birth date in it', () => {
    const bench = atChild();
    const number = '33069920240229001X';
    const checked = give(bench, number);
    expect(checked).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'check', head: { forWhom: { zh: '俞*' } } });
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.keeper.firstCase()).toMatchObject({
      subject: { name: '俞小禾', number, kind: null, birth: '2024-02-29', sex: null, address: null },
      submitter: { name: '欧阳伯年' },
    });
  });

  it('is refused by their own age as soon as the number is known', () => {
    const bench = atChild();
    expect(give(bench, NEIGHBOUR.number)).toMatchObject({
      error: { code: 'not-eligible', words: { zh: '七岁以上不用办' } },
    });
  });
});

describe('home and kind of card', () => {
  const local = sampleMatter({
    eligibility: [
      { residentOf: ['新昌县'], otherwise: { zh: '给本县人办', en: 'For residents of this county' } },
      { cards: ['citizen'], otherwise: { zh: '要居民身份证', en: 'A resident ID card is needed' } },
    ],
  });
  it.each([
    ['of the county', { address: '浙江省新昌县沙溪镇董村' }, undefined],
    ['of elsewhere', { address: '浙江省杭州市西湖区' }, '给本县人办'],
    ['without an address', { address: '' }, undefined],
    ['of another kind', { address: '', kind: 'foreign-2023' as const }, '要居民身份证'],
  ])('a card %s', (_which, over, words) => {
    const bench = createBench();
    bench.world.catalog = { ...PROJECT_CATALOG, matters: [local] };
    bench.authority.readerSaid({ type: 'identity', read: readOf(ELDER, over) });
    bench.act({ type: 'open-category', categoryId: local.category });
    const started = opened(bench, local.id, 'self');
    if (words === undefined) expect(started).toEqual({ ok: true });
    else expect(started).toMatchObject({ error: { code: 'not-eligible', words: { zh: words } } });
  });
});
