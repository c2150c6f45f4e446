import { describe, expect, it } from 'vitest';
import type { Action } from '../api.ts';
import { MOST_TRIES } from './proving.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR, numberOf, type SamplePerson } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

const MATTER = 'benefit-proof-of-life';

/** The matter for oneself, in full. */
const ANSWERS = {
  benefits: ['resident-pension'],
  lives: 'as-on-card',
  phone: '13800138000',
  'true-words': true,
} as const;

const CODE_SENT = { type: 'code-sent', maskedPhone: '139****0000', digits: 6, guessesLeft: 5 } as const;
const PROVED = { type: 'ended', end: { outcome: 'proved' } } as const;
const NO_MATCH = { type: 'ended', end: { outcome: 'not-proved', reason: 'no-match' } } as const;

/** Somebody before a machine that can prove them. */
function fitted(person: SamplePerson = ELDER): Bench {
  const bench = createBench();
  bench.world.devices = { ...bench.world.devices, proofMethods: ['face', 'phone-code'] };
  bench.authority.refresh();
  bench.lay(person);
  return bench;
}

/** At the page of proof. */
function atProof(person: SamplePerson = ELDER): Bench {
  const bench = fitted(person);
  expect(opened(bench, MATTER, 'self')).toEqual({ ok: true });
  return bench;
}

/** At the check page, proved and filled in. */
function atCheck(): Bench {
  const bench = atProof();
  bench.act({ type: 'prove', method: 'face' });
  bench.proof.tells(PROVED);
  answerAll(bench, ANSWERS);
  expect(bench.page()).toMatchObject({ kind: 'check' });
  return bench;
}

const cases = (bench: Bench) => bench.keeper.contents().filter(({ kind }) => kind === 'case.submitted');

describe('where nothing can prove a person', () => {
  it('the tile and the matter say so before anyone starts, and starting is refused', () => {
    const bench = createBench();
    bench.lay(ELDER);
    bench.act({ type: 'open-category', categoryId: 'social-security' });
    const page = bench.page();
    const tiles = page.kind === 'category' ? page.tiles : [];
    expect(tiles.find(({ matterId }) => matterId === MATTER)).toMatchObject({ availability: 'needs-proof' });
    bench.act({ type: 'open-matter', matterId: MATTER });
    expect(bench.page()).toMatchObject({
      kind: 'matter',
      blocked: { code: 'needs-proof', words: { zh: '这件事要核验本人，请找代办员' } },
      willProve: [],
    });
    expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({
      ok: false,
      error: { code: 'matter-not-available' },
    });
    expect(bench.act({ type: 'prove', method: 'face' })).toMatchObject({ ok: false });
    expect(bench.proof.begun).toEqual([]);
  });
});

describe('proving by face', () => {
  it('goes from the matter over the proof to its questions, and the case says how', () => {
    const bench = fitted();
    bench.act({ type: 'open-matter', matterId: MATTER });
    expect(bench.page()).toMatchObject({ blocked: null, willProve: ['face', 'phone-code'] });
    bench.act({ type: 'start', basis: 'self' });
    expect(bench.page()).toMatchObject({
      kind: 'prove-person',
      head: { forWhom: { zh: '欧阳*' } },
      methods: [
        { method: 'face', triesLeft: 3 },
        { method: 'phone-code', triesLeft: 3 },
      ],
      state: { at: 'choose', failed: null },
    });
    expect(bench.proof.begun).toEqual([]);

    bench.act({ type: 'prove', method: 'face' });
    expect(bench.page()).toMatchObject({ state: { at: 'face', prompt: null } });
    expect(bench.proof.running()).toMatchObject({
      method: 'face',
      person: { name: ELDER.name, number: ELDER.number },
    });
    bench.proof.tells({ type: 'prompt', prompt: 'look-at-camera' });
    expect(bench.page()).toMatchObject({ state: { at: 'face', prompt: 'look-at-camera' } });
    bench.proof.tells(PROVED);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'benefits' }, step: 1 });

    answerAll(bench, ANSWERS);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    const content = bench.keeper.firstCase();
    expect(content.assurance).toBe('card+proof');
    expect(content.evidence).toEqual([{ type: 'person-proof', method: 'face' }]);
  });

  it('hands the device a photo of its own: overwriting it leaves the card whole', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.proof.running()?.person.photo.fill(0);
    bench.proof.tells(PROVED);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'question' });
  });

  it('holds for the visit: another start asks for no second proof; the next visit does', () => {
    const bench = atCheck();
    bench.act({ type: 'home' });
    opened(bench, MATTER, 'family');
    expect(bench.page()).toMatchObject({ kind: 'question' });
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    opened(bench, MATTER, 'self');
    expect(bench.page()).toMatchObject({ kind: 'prove-person' });
  });

  it('says nothing more than it needs of a matter for which the card is enough', () => {
    const bench = atCheck();
    bench.act({ type: 'home' });
    bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    expect(bench.page()).toMatchObject({ willProve: [] });
    bench.act({ type: 'start', basis: 'self' });
    answerAll(bench, { 'pay-to': 'later', ...ANSWERS });
    bench.act({ type: 'submit' });
    expect(bench.keeper.firstCase()).toMatchObject({ assurance: 'card', evidence: [] });
  });

  it('compares no child’s face: a guardian would have to agree', () => {
    const bench = fitted({
      name: '林小满',
      number: numberOf('20160501', '001'),
      sex: 'male',
      birth: '2016-05-01',
      validTo: '2030-01-01',
    });
    // Where the day is sure a child does not begin this at all.
    bench.act({ type: 'open-category', categoryId: 'social-security' });
    expect(opened(bench, MATTER, 'self')).toMatchObject({ error: { code: 'matter-not-available' } });
    bench.world.trustedTime = false;
    bench.act({ type: 'start', basis: 'self' });
    expect(bench.page()).toMatchObject({ methods: [{ method: 'phone-code' }] });
    expect(bench.act({ type: 'prove', method: 'face' })).toMatchObject({ ok: false });
  });
});

describe('proving by code', () => {
  it('shows the masked number, takes guesses, and never knows the code', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'phone-code' });
    expect(bench.page()).toMatchObject({ state: { at: 'code', sent: null } });
    expect(bench.act({ type: 'prove-code', code: '123456' })).toMatchObject({ ok: false });
    bench.proof.tells(CODE_SENT);
    expect(bench.page()).toMatchObject({
      state: {
        at: 'code',
        sent: { maskedPhone: '139****0000', digits: 6, guessesLeft: 5, wrong: false, checking: false },
      },
    });
    expect(bench.act({ type: 'prove-code', code: '1234' })).toMatchObject({ ok: false });
    expect(bench.act({ type: 'prove-code', code: '111111' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ state: { sent: { checking: true } } });
    expect(bench.act({ type: 'prove-code', code: '222222' })).toMatchObject({ ok: false });
    bench.proof.tells({ type: 'wrong-code', guessesLeft: 4 });
    expect(bench.page()).toMatchObject({ state: { sent: { guessesLeft: 4, wrong: true, checking: false } } });
    bench.act({ type: 'prove-code', code: '333333' });
    bench.proof.tells(PROVED);
    expect(bench.proof.answers).toEqual(['111111', '333333']);
    answerAll(bench, ANSWERS);
    bench.act({ type: 'submit' });
    expect(bench.keeper.firstCase().evidence).toEqual([{ type: 'person-proof', method: 'phone-code' }]);
  });
});

describe('not proved', () => {
  it('says why and leaves every other way open; each method may be tried three times', () => {
    const bench = atProof();
    for (let left = MOST_TRIES - 1; left >= 0; left -= 1) {
      expect(bench.act({ type: 'prove', method: 'face' })).toEqual({ ok: true });
      bench.proof.tells(NO_MATCH);
      expect(bench.page()).toMatchObject({
        kind: 'prove-person',
        methods: [
          { method: 'face', triesLeft: left },
          { method: 'phone-code', triesLeft: 3 },
        ],
        state: { at: 'choose', failed: { method: 'face', reason: 'no-match' } },
      });
    }
    expect(bench.act({ type: 'prove', method: 'face' })).toMatchObject({
      ok: false,
      error: { words: { zh: '这样试过好几次了，请换一种办法，或找代办员' } },
    });
    expect(bench.act({ type: 'prove', method: 'phone-code' })).toEqual({ ok: true });
    expect(bench.act({ type: 'go', to: 'agent' })).toEqual({ ok: true });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'prove-person', state: { at: 'choose' } });
  });

  it('says a device that fails is no fault of the person, and when nothing is left shows no method', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.proof.tells({ type: 'ended', end: { outcome: 'unavailable' } });
    expect(bench.page()).toMatchObject({ state: { failed: { reason: 'unavailable' } } });
    bench.world.devices = { ...bench.world.devices, proofMethods: [] };
    bench.authority.refresh();
    expect(bench.page()).toMatchObject({ kind: 'prove-person', methods: [] });
    expect(bench.act({ type: 'prove', method: 'face' })).toMatchObject({ ok: false });
  });

  it('tries are not given back by going home and in again', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.proof.tells(NO_MATCH);
    bench.act({ type: 'home' });
    opened(bench, MATTER, 'self');
    expect(bench.page()).toMatchObject({ methods: [{ triesLeft: 2 }, { triesLeft: 3 }] });
  });
});

describe('the screen is never trusted', () => {
  it.each<Action>([
    { type: 'answer', questionId: 'benefits', value: ['resident-pension'] },
    { type: 'submit' },
    { type: 'change', questionId: 'phone' },
  ])('before the proof, $type does nothing', (action) => {
    const bench = atProof();
    expect(bench.act(action)).toMatchObject({ ok: false });
    expect(bench.page()).toMatchObject({ kind: 'prove-person' });
    expect(cases(bench)).toEqual([]);
  });

  it('what is told of a proof of another name proves nobody', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.authority.proofSaid('0'.repeat(32), PROVED);
    expect(bench.page()).toMatchObject({ kind: 'prove-person', state: { at: 'face' } });
  });

  it('a proof that ends after its page was left proves nobody', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    const proofId = bench.proof.running()?.proofId ?? '';
    bench.act({ type: 'back' });
    expect(bench.proof.running()).toBeUndefined();
    bench.authority.proofSaid(proofId, PROVED);
    bench.act({ type: 'start', basis: 'self' });
    expect(bench.page()).toMatchObject({ kind: 'prove-person' });
  });
});

describe('who stands here is in doubt', () => {
  it('another card ends a proof under way, and takes one that was given', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'phone-code' });
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toEqual({ kind: 'second-card', phase: 'ask', secondsLeft: null });
    expect(bench.proof.running()).toBeUndefined();
    bench.act({ type: 'second-card', choice: 'still-me' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'prove-person', state: { at: 'choose' } });
  });

  it('a case proved before the doubt is proved again before it is kept, and goes on from the check page', () => {
    const bench = atCheck();
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'second-card', choice: 'still-me' });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'check' });
    expect(bench.act({ type: 'submit' })).toMatchObject({ ok: false, error: { code: 'needs-proof' } });
    expect(cases(bench)).toEqual([]);
    expect(bench.page()).toMatchObject({ kind: 'prove-person' });
    bench.act({ type: 'prove', method: 'phone-code' });
    bench.proof.tells(CODE_SENT);
    bench.proof.tells(PROVED);
    expect(bench.page()).toMatchObject({ kind: 'check' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'question' });
    answerAll(bench, ANSWERS);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(cases(bench)).toHaveLength(1);
  });

  it('the next person is not proved by the one before', () => {
    const bench = atCheck();
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'second-card', choice: 'next-person' });
    bench.act({ type: 'open-category', categoryId: 'social-security' });
    opened(bench, MATTER, 'self');
    expect(bench.page()).toMatchObject({
      kind: 'prove-person',
      methods: [{ triesLeft: 3 }, { triesLeft: 3 }],
    });
  });
});

describe('time and leaving', () => {
  it('asks "still there?" as private pages do, and ends the proof with the visit', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.proof.tells({ type: 'prompt', prompt: 'look-at-camera' });
    bench.clock.advance(TIMEOUTS.privateIdleMs);
    expect(bench.page()).toMatchObject({ kind: 'still-there' });
    expect(bench.proof.running()).toBeDefined();
    bench.clock.advance(TIMEOUTS.stillThereMs);
    expect(bench.proof.running()).toBeUndefined();
  });

  it('a proof that was given shows that its person is there', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.clock.advance(TIMEOUTS.privateIdleMs);
    bench.proof.tells(PROVED);
    expect(bench.page()).toMatchObject({ kind: 'question' });
  });

  it('leaving ends it at the device', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.act({ type: 'leave' });
    expect(bench.proof.running()).toBeUndefined();
  });

  it('putting it aside ends it, and another way can be chosen', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'phone-code' });
    expect(bench.act({ type: 'drop-proof' })).toEqual({ ok: true });
    expect(bench.proof.running()).toBeUndefined();
    expect(bench.page()).toMatchObject({ state: { at: 'choose', failed: null } });
    expect(bench.act({ type: 'prove', method: 'face' })).toEqual({ ok: true });
  });

  it('a draft of a matter that needs proof goes on after a new one', () => {
    const bench = atProof();
    bench.act({ type: 'prove', method: 'face' });
    bench.proof.tells(PROVED);
    answerAll(bench, { benefits: ['survivor'] });
    bench.act({ type: 'leave' });
    bench.lay(ELDER);
    expect(bench.act({ type: 'resume-draft' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'prove-person' });
    bench.act({ type: 'prove', method: 'face' });
    bench.proof.tells(PROVED);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'lives' } });
  });
});
