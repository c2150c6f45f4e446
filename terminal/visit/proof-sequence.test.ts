/** Whatever people, screens and devices do in whatever order: no case says "proved" of whom nobody proved. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProofEvent } from '../../drivers/api.ts';
import type { Action, View } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';

type Move =
  | { readonly do: 'lay'; readonly who: typeof ELDER }
  | { readonly do: 'go-on' }
  | { readonly do: 'act'; readonly action: Action }
  | { readonly do: 'tell'; readonly event: ProofEvent }
  | { readonly do: 'tell-old'; readonly event: ProofEvent }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'unfit'; readonly is: boolean };

const PROVED: ProofEvent = { type: 'ended', end: { outcome: 'proved' } };
const EVENTS: readonly ProofEvent[] = [
  PROVED,
  { type: 'ended', end: { outcome: 'not-proved', reason: 'no-match' } },
  { type: 'ended', end: { outcome: 'unavailable' } },
  { type: 'prompt', prompt: 'comparing' },
  { type: 'code-sent', maskedPhone: '139****0000', digits: 6, guessesLeft: 5 },
  { type: 'wrong-code', guessesLeft: 4 },
];
const ACTIONS: readonly Action[] = [
  { type: 'prove', method: 'face' },
  { type: 'prove', method: 'phone-code' },
  { type: 'prove-code', code: '123456' },
  { type: 'drop-proof' },
  { type: 'back' },
  { type: 'home' },
  { type: 'submit' },
  { type: 'leave' },
  { type: 'start', basis: 'self' },
  { type: 'resume-draft' },
  { type: 'go', to: 'agent' },
];

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 14, arbitrary: fc.constant<Move>({ do: 'go-on' }) },
  { weight: 5, arbitrary: fc.constantFrom(...ACTIONS).map((action): Move => ({ do: 'act', action })) },
  { weight: 4, arbitrary: fc.constantFrom(...EVENTS).map((event): Move => ({ do: 'tell', event })) },
  { weight: 1, arbitrary: fc.constantFrom(...EVENTS).map((event): Move => ({ do: 'tell-old', event })) },
  { weight: 3, arbitrary: fc.constantFrom(ELDER, NEIGHBOUR).map((who): Move => ({ do: 'lay', who })) },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 26_000, 70_000).map((ms): Move => ({ do: 'wait', ms })) },
  { weight: 1, arbitrary: fc.boolean().map((is): Move => ({ do: 'unfit', is })) },
);

const ANSWERS: Readonly<Record<string, string | boolean | string[]>> = {
  benefits: ['survivor'],
  lives: 'away',
  phone: '13800138000',
  'true-words': true,
};

/** A step somebody would take who wants the matter done. */
function goOn({ page }: View): Action {
  switch (page.kind) {
    case 'home':
      return page.draft === null
        ? { type: 'open-matter', matterId: page.likely[0]?.matterId ?? '' }
        : { type: 'resume-draft' };
    case 'matter':
      return page.head.name.zh === '养老金资格认证' ? { type: 'start', basis: 'self' } : { type: 'home' };
    case 'prove-person':
      return page.state.at === 'choose' ? { type: 'prove', method: 'face' } : { type: 'touch' };
    case 'question':
      return { type: 'answer', questionId: page.question.id, value: ANSWERS[page.question.id] ?? null };
    case 'check':
      return { type: 'submit', declares: page.declares?.questionId };
    case 'second-card':
      return { type: 'second-card', choice: 'still-me' };
    case 'still-there':
      return { type: 'touch' };
    default:
      return { type: 'home' };
  }
}

/** What a witness in the room would swear to. */
class Witness {
  readonly #bench: Bench;
  /** The visit's person was proved, and nobody else laid a card since. */
  isProved = false;
  filed = 0;
  readonly #proofIds: string[] = [];

  constructor(bench: Bench) {
    this.#bench = bench;
    bench.onChange(() => {
      const { kind } = bench.page();
      if (kind === 'attract' || kind === 'goodbye' || kind === 'second-card') this.isProved = false;
    });
  }

  make(step: Move): void {
    const bench = this.#bench;
    if (step.do === 'lay') bench.lay(step.who);
    else if (step.do === 'go-on') bench.act(goOn(bench.view()));
    else if (step.do === 'act') bench.act(step.action);
    else if (step.do === 'wait') bench.clock.advance(step.ms);
    else if (step.do === 'tell') this.#tell(step.event);
    else if (step.do === 'tell-old') this.#tellOld(step.event);
    else {
      bench.world.devices = { ...bench.world.devices, proofMethods: step.is ? [] : ['face', 'phone-code'] };
      bench.authority.refresh();
    }
  }

  #tell(event: ProofEvent): void {
    const running = this.#bench.proof.running();
    if (running === undefined) return;
    this.#proofIds.push(running.proofId);
    if (event === PROVED) this.isProved = true;
    this.#bench.proof.tells(event);
  }

  /** A device that is late, or lies about another proof. */
  #tellOld(event: ProofEvent): void {
    const running = this.#bench.proof.running()?.proofId;
    for (const id of this.#proofIds) if (id !== running) this.#bench.authority.proofSaid(id, event);
  }

  look(): void {
    const cases = this.#bench.keeper.contents().filter(({ kind }) => kind === 'case.submitted');
    const isNew = cases.length > this.filed;
    this.filed = cases.length;
    if (isNew) expect(this.isProved).toBe(true);
  }
}

/** The straight way, so that something is filed whatever chance brings. */
const STRAIGHT: Move[] = [
  ...Array.from({ length: 3 }, (): Move => ({ do: 'go-on' })),
  { do: 'tell', event: PROVED },
  ...Array.from({ length: 8 }, (): Move => ({ do: 'go-on' })),
];

it('keeps a case only for somebody who was proved, in this visit, with nobody else between', () => {
  let filed = 0;
  const onlyThis = ({ world }: Bench) => ({
    ...world.catalog,
    matters: world.catalog.matters.filter(({ id }) => id === 'benefit-proof-of-life'),
  });
  fc.assert(
    fc.property(fc.array(move, { minLength: 10, maxLength: 60 }), (moves) => {
      const bench = createBench();
      bench.world.catalog = onlyThis(bench);
      bench.world.devices = { ...bench.world.devices, proofMethods: ['face', 'phone-code'] };
      bench.authority.refresh();
      const witness = new Witness(bench);
      bench.lay(ELDER);
      for (const step of moves) {
        witness.make(step);
        witness.look();
      }
      filed += witness.filed;
      bench.act({ type: 'leave' });
      expect(bench.proof.running()).toBeUndefined();
    }),
    { numRuns: 60, examples: [[STRAIGHT]] },
  );
  // Else nothing was tried.
  expect(filed).toBeGreaterThan(0);
});
