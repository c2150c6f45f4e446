/** Whatever residents and an agent do in whatever order: nothing is kept for anybody who is not here, nobody is shown. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agentActorSchema } from '../../sync/agent-contents.ts';
import { isActBy } from '../../sync/formats/body.ts';
import type { Action, View } from '../api.ts';
import { crypto } from '../testing/keeper-world.ts';
import { AGENT, PIN, rosterOfOne, signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE } from './testing/fill-in.ts';
import { ELDER, type SamplePerson } from './testing/people.ts';

const OTHER: SamplePerson = { ...ELDER, name: '诸葛仲', number: '330699193901050055', birth: '1939-01-05' };
const RESIDENTS = [ELDER, OTHER];
/** What only their own pages may say: the name, and words they alone typed. */
const MARKS = new Map(RESIDENTS.map((person) => [person, [person.name, person.name.slice(0, 2)]]));

type Move =
  | { readonly do: 'lay'; readonly who: SamplePerson }
  | { readonly do: 'act'; readonly action: Action }
  | { readonly do: 'go-on' }
  /** The agent signs in from wherever the page is. */
  | { readonly do: 'agent-comes' }
  /** Up to `steps` of the allowance at once. */
  | { readonly do: 'go-far'; readonly steps: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'roster'; readonly revoked: boolean };

const ACTIONS: readonly Action[] = [
  { type: 'go', to: 'agent' },
  { type: 'agent', command: { do: 'sign-in' } },
  { type: 'agent', command: { do: 'pin', pin: PIN } },
  { type: 'agent', command: { do: 'pin', pin: '404040' } },
  { type: 'agent', command: { do: 'hand-back' } },
  { type: 'agent', command: { do: 'next-resident' } },
  { type: 'agent', command: { do: 'change-pin' } },
  { type: 'agent', command: { do: 'open-list' } },
  { type: 'agent', command: { do: 'open-day' } },
  { type: 'agent', command: { do: 'print-day' } },
  { type: 'agent', command: { do: 'promise-call', days: 1 } },
  { type: 'go', to: 'no-card' },
  { type: 'go', to: 'find' },
  { type: 'go', to: 'my-cases' },
  { type: 'open-matter', matterId: 'old-age-allowance' },
  { type: 'open-matter', matterId: 'problem-report' },
  { type: 'start', basis: 'self' },
  { type: 'start', basis: 'open' },
  { type: 'submit' },
  { type: 'rate', grade: 5 },
  { type: 'not-me' },
  { type: 'resume-draft' },
  { type: 'home' },
  { type: 'back' },
  { type: 'leave' },
  { type: 'second-card', choice: 'next-person' },
  { type: 'second-card', choice: 'still-me' },
];
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Move>({ do: 'go-on' }) },
  { weight: 4, arbitrary: fc.constant<Move>({ do: 'agent-comes' }) },
  { weight: 5, arbitrary: fc.integer({ min: 2, max: 9 }).map((steps): Move => ({ do: 'go-far', steps })) },
  { weight: 8, arbitrary: fc.constantFrom(...ACTIONS).map((action): Move => ({ do: 'act', action })) },
  { weight: 5, arbitrary: fc.constantFrom(...RESIDENTS, AGENT).map((who): Move => ({ do: 'lay', who })) },
  { weight: 1, arbitrary: fc.constantFrom(20_000, 70_000).map((ms): Move => ({ do: 'wait', ms })) },
  { weight: 1, arbitrary: fc.boolean().map((revoked): Move => ({ do: 'roster', revoked })) },
);

/** The next step of the allowance, and of a sign-in, from wherever the page is. */
function goOn(bench: Bench): void {
  const page = bench.page();
  const pin = { type: 'agent', command: { do: 'pin', pin: PIN } } as const;
  if (page.kind === 'home') bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
  else if (page.kind === 'matter') bench.act({ type: 'start', basis: 'self' });
  else if (page.kind === 'agent') bench.act({ type: 'agent', command: { do: 'sign-in' } });
  else if (page.kind === 'agent-sign-in') bench.act(pin);
  else if (page.kind === 'question') {
    const { id: questionId } = page.question;
    const value = (ALLOWANCE as Readonly<Record<string, string | boolean>>)[questionId] ?? null;
    bench.act({ type: 'answer', questionId, value });
  } else if (page.kind === 'check') bench.act({ type: 'submit', declares: page.declares?.questionId });
  else if (page.kind === 'kept') bench.act({ type: 'home' });
}

/** After "next resident" nothing of anybody is held. */
function act(bench: Bench, action: Action): void {
  const done = bench.act(action).ok;
  if (!done || action.type !== 'agent' || action.command.do !== 'next-resident') return;
  expect(bench.view().holder).toBeNull();
  expect(bench.keeper.openMemories()).toBe(0);
}

function agentComes(bench: Bench): void {
  if (bench.page().kind === 'attract') bench.act({ type: 'go', to: 'no-card' });
  signIn(bench);
}

function make(bench: Bench, one: Exclude<Move, { do: 'go-far' }>): void {
  if (one.do === 'lay') bench.lay(one.who);
  else if (one.do === 'act') act(bench, one.action);
  else if (one.do === 'go-on') goOn(bench);
  else if (one.do === 'agent-comes') agentComes(bench);
  else if (one.do === 'wait') bench.clock.advance(one.ms);
  else {
    const version = (bench.world.roster?.version ?? 0) + 1;
    bench.world.roster = rosterOfOne({ revoked: one.revoked }, { version });
    bench.authority.refresh();
  }
}

/** The agents that a content names as having acted. */
function agentsIn({ actors }: Readonly<Record<string, unknown>>) {
  return (Array.isArray(actors) ? actors : []).flatMap((actor) => {
    const read = agentActorSchema.safeParse(actor);
    return read.success && read.data.role === 'agent' ? [read.data] : [];
  });
}

/** What was kept in one move was kept for who was here, and signed where an agent acted. */
function checkKept(bench: Bench, before: View, from: number): void {
  const contents = bench.keeper.contents();
  for (const content of contents.slice(from)) {
    if (!content.kind.startsWith('case.') && content.kind !== 'rating') continue;
    const agents = agentsIn(content);
    expect(agents.length, content.kind).toBe(before.acting === null ? 0 : 1);
    if (before.acting === null) continue;
    expect(before.acting.forWhom, content.kind).not.toBeNull();
    expect(content.kind).not.toBe('rating');
    const submitter = content.submitter as { readonly number: string } | null | undefined;
    expect(RESIDENTS.map(({ number }) => number)).toContain(submitter?.number);
  }
  const acts = bench.keeper.signed();
  expect(acts).toHaveLength(contents.filter((content) => agentsIn(content).length > 0).length);
  const keys = contents.filter(({ kind }) => kind === 'audit.agent-key');
  for (const act of acts) {
    const isRight = keys.some(({ signKey }) =>
      isActBy(crypto, act.acts[0]!, { ...act, agentPublicKey: signKey as Uint8Array }),
    );
    expect(isRight).toBe(true);
  }
}

/** Nobody stands on a page but its holder, and whoever acts is named on each for as long as they are signed in. */
function checkShown(bench: Bench): void {
  const { acting, holder, page } = bench.view();
  const shown = JSON.stringify(bench.view());
  for (const [person, marks] of MARKS) {
    const isHere = holder !== null && person.name.startsWith(holder.replace('*', ''));
    if (!isHere) for (const mark of marks) expect(shown).not.toContain(mark);
  }
  const isSignedIn = bench.acting() !== null;
  const isHidden = page.kind === 'second-card' || page.kind === 'still-there';
  if (!isHidden) expect(acting !== null).toBe(isSignedIn);
  if (acting !== null) expect(acting.forWhom === null).toBe(holder === null);
}

function stepsOf(one: Move): readonly Exclude<Move, { do: 'go-far' }>[] {
  return one.do === 'go-far' ? Array.from({ length: one.steps }, () => ({ do: 'go-on' }) as const) : [one];
}

/** One resident after another, served by the agent and by themselves. */
const SERVED: Move[] = [
  { do: 'lay', who: ELDER },
  { do: 'go-far', steps: 3 },
  { do: 'agent-comes' },
  { do: 'go-far', steps: 5 },
  { do: 'act', action: { type: 'rate', grade: 5 } },
  { do: 'act', action: { type: 'agent', command: { do: 'next-resident' } } },
  { do: 'go-on' },
  { do: 'lay', who: OTHER },
  { do: 'go-far', steps: 4 },
  { do: 'act', action: { type: 'agent', command: { do: 'next-resident' } } },
  { do: 'act', action: { type: 'go', to: 'find' } },
  { do: 'act', action: { type: 'open-matter', matterId: 'problem-report' } },
  { do: 'act', action: { type: 'start', basis: 'open' } },
];

it('keeps nothing for whoever is not here, and shows nobody to the next', () => {
  const seen = { acted: 0, signed: 0 };
  fc.assert(
    fc.property(fc.array(move, { minLength: 5, maxLength: 45 }), (moves) => {
      const bench = withRegisteredAgent(createBench());
      bench.world.online = false;
      for (const one of moves.flatMap(stepsOf)) {
        const before = bench.view();
        const from = bench.keeper.contents().length;
        make(bench, one);
        checkKept(bench, before, from);
        checkShown(bench);
        if (before.acting?.forWhom) seen.acted += 1;
        seen.signed = Math.max(seen.signed, bench.keeper.signed().length);
      }
      bench.act({ type: 'leave' });
      bench.clock.advance(120_000);
      expect(bench.view().acting).toBeNull();
      expect(bench.keeper.openMemories()).toBe(0);
    }),
    { numRuns: 25, examples: [[SERVED]] },
  );
  // The moves do come to what is looked at.
  expect(seen.acted).toBeGreaterThan(20);
  expect(seen.signed).toBeGreaterThan(0);
}, 120_000);
