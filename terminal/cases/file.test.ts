import { describe, expect, it } from 'vitest';
import { equalBytes } from '../../base/bytes.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { crypto } from '../testing/keeper-world.ts';
import { contentPlace } from '../visit/desk.ts';
import { ELDER, readOf } from '../visit/testing/people.ts';
import { PROJECT_CATALOG, SITE, START_MS } from '../visit/testing/site.ts';
import { watchKeeper } from '../visit/testing/watched-keeper.ts';
import { checkCase } from './check.ts';
import { fileCase } from './file.ts';
import { makeCaseIds } from './ids.ts';

const TIME = { nowMs: () => START_MS, trusted: () => true, floorMs: () => 0 };

function checkedCase() {
  const matter = PROJECT_CATALOG.matters.find(({ id }) => id === 'old-age-allowance');
  invariant(matter, 'the catalog has it');
  const checked = checkCase(
    {
      matter,
      basis: 'self',
      answers: { 'pay-to': 'passbook', lives: 'as-on-card', phone: '13800138000', 'true-words': true },
      submitter: readOf(ELDER),
      proof: null,
      cards: [],
      files: [],
      slots: new Map(),
      shared: [],
    },
    { crypto, time: TIME, online: false },
  );
  invariant(checked.ok, 'the sample case is right');
  return checked.value;
}

describe('filing', () => {
  it('again with the same submission is the first answer, with the first numbers, and writes nothing', () => {
    const keeper = watchKeeper();
    const { number, photo } = readOf(ELDER);
    const memory = keeper.openMemory({ number, photo });
    invariant(memory.ok, 'the photo is fit');
    const tools = {
      keeper,
      crypto,
      nowMs: START_MS,
      lang: 'zh',
      place: contentPlace(SITE),
      memory: memory.value,
    } as const;
    const first = makeCaseIds(systemRandom);
    // As after a restart: the submission is known from the draft, the rest is made anew.
    const again = makeCaseIds(systemRandom, first);
    const [one, two] = [fileCase(checkedCase(), first, tools), fileCase(checkedCase(), again, tools)];
    expect(again.slipCode).not.toBe(first.slipCode);
    expect(two).toEqual(one);
    expect(keeper.contents()).toHaveLength(1);
    expect(memory.value.cases()).toHaveLength(1);
    memory.value.close();
  });

  it.each([
    ['without assurance', { submitter: null }, 'basis-not-allowed'],
    ['with evidence missing', { basis: 'family' as const }, 'evidence-missing'],
    ['with an answer of another matter', { answers: { tables: 3 } }, 'unknown-question'],
    ['with too few answers', { answers: { 'pay-to': 'passbook' } }, 'incomplete'],
    ['with a wrong answer', { answers: { 'pay-to': 'cash' } }, 'bad-answer'],
    ['by a basis there is none of', { basis: 'heir' as const }, 'basis-not-allowed'],
  ])('%s is refused', (_how, over, code) => {
    const { matter, basis, answers, submitter } = checkedCase();
    const wish = {
      matter,
      basis,
      answers,
      submitter,
      proof: null,
      cards: [],
      files: [],
      slots: new Map(),
      shared: [],
      ...over,
    };
    const checked = checkCase(wish, { crypto, time: TIME, online: true });
    expect(checked).toMatchObject({ ok: false, error: { code } });
  });
});

describe('numbers', () => {
  it('are the first 64 bits of the case id modulo 10^12, in twelve digits', () => {
    const caseId = Uint8Array.from({ length: 16 }, (_, index) => index + 1);
    const { localNumber } = makeCaseIds(systemRandom, { submissionId: caseId, caseId });
    expect(localNumber).toBe(String(0x0102030405060708n % 10n ** 12n).padStart(12, '0'));
  });

  it('are new for each case but for what a draft carries over', () => {
    const [one, two] = [makeCaseIds(systemRandom), makeCaseIds(systemRandom)];
    expect(equalBytes(one.caseId, two.caseId)).toBe(false);
    const resumed = makeCaseIds(systemRandom, one);
    expect(resumed).toMatchObject({ caseId: one.caseId, submissionId: one.submissionId });
    expect(resumed.localNumber).toBe(one.localNumber);
    expect(resumed.slipCode).toMatch(/^\d{6}$/);
  });

  describe('a matter that needs proof', () => {
    const matter = PROJECT_CATALOG.matters.find(({ id }) => id === 'benefit-proof-of-life');
    invariant(matter, 'the catalog has it');
    const answers = {
      benefits: ['survivor'],
      lives: 'as-on-card',
      phone: '13800138000',
      'true-words': true,
    };
    const wish = {
      matter,
      basis: 'self' as const,
      answers,
      submitter: readOf(ELDER),
      cards: [],
      files: [],
      slots: new Map(),
      shared: [],
    };
    const context = { crypto, time: TIME, online: true };

    it('is refused without one, and whatever else is wrong is not told before', () => {
      for (const given of [answers, {}])
        expect(checkCase({ ...wish, answers: given, proof: null }, context)).toMatchObject({
          ok: false,
          error: { code: 'needs-proof' },
        });
    });

    it('is of that assurance with one, by either method', () => {
      for (const proof of ['face', 'phone-code'] as const)
        expect(checkCase({ ...wish, proof }, context)).toMatchObject({
          ok: true,
          value: { assurance: 'card+proof', proof },
        });
    });

    it('is not enough where an agent must have looked', () => {
      const strict = { ...matter, assurance: 'agent-checked' as const };
      expect(checkCase({ ...wish, matter: strict, proof: 'face' }, context)).toMatchObject({
        ok: false,
        error: { code: 'matter-not-available' },
      });
    });
  });
});
