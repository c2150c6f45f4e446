/** Whatever residents and an agent do in whatever order: no case is kept for somebody absent without an authority that counts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { equalBytes } from '../../base/bytes.ts';
import {
  AUTHORITY_MONTH_MS,
  type AuthorityContent,
  authorityContentSchema,
  findAuthorityNamed,
} from '../../sync/authority-contents.ts';
import { fitContent } from '../../sync/content-coding.ts';
import { type CaseContent, caseContentSchema } from '../../sync/contents.ts';
import type { Action, View } from '../api.ts';
import { AGENT, DAY_MS, rosterOfOne, signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import {
  entrust,
  entrustAsFarAsCheck,
  forAbsent,
  SENIOR_CARD,
  submit,
  withCamera,
} from './testing/entrusting.ts';
import { answerAll } from './testing/fill-in.ts';
import { ELDER, type SamplePerson } from './testing/people.ts';

const OTHER: SamplePerson = { ...ELDER, name: '诸葛仲', number: '330699193901050055', birth: '1939-01-05' };
const RESIDENTS = [ELDER, OTHER];

type Move =
  | { readonly do: 'lay'; readonly who: SamplePerson }
  | { readonly do: 'act'; readonly action: Action }
  | { readonly do: 'agent-comes' | 'choose' | 'fill-in' | 'hand-in' | 'take-back' | 'begin-giving' }
  | { readonly do: 'entrust'; readonly who: SamplePerson }
  | { readonly do: 'wait'; readonly ms: number }
  /** The desk ends every authority there is. */
  | { readonly do: 'end-all' };

const ACTIONS: readonly Action[] = [
  ...(['home', 'back', 'leave'] as const).map((type) => ({ type })),
  ...(['hand-back', 'next-resident', 'absent-list'] as const).map(
    (act): Action => ({ type: 'agent', command: { do: act } }),
  ),
  ...([SENIOR_CARD.id, 'medical-enrolment', 'elder-meals', 'problem-report'] as const).map(
    (matterId): Action => ({ type: 'open-matter', matterId }),
  ),
  ...(['agent', 'self', 'open'] as const).map((basis): Action => ({ type: 'start', basis })),
  { type: 'go', to: 'no-card' },
  { type: 'go', to: 'find' },
  { type: 'go', to: 'agent' },
  { type: 'go', to: 'kept-of-me' },
  { type: 'second-card', choice: 'next-person' },
  { type: 'rate', grade: 5 },
];

/** One move, or those that serve somebody absent, one after the other. */
const moves: fc.Arbitrary<Move[]> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...ACTIONS).map((action): Move[] => [{ do: 'act', action }]) },
  {
    weight: 12,
    arbitrary: fc
      .constantFrom('agent-comes', 'choose', 'fill-in', 'hand-in', 'take-back', 'begin-giving')
      .map((what): Move[] => [{ do: what } as Move]),
  },
  { weight: 2, arbitrary: fc.constant<Move[]>([{ do: 'choose' }, { do: 'fill-in' }, { do: 'hand-in' }]) },
  { weight: 3, arbitrary: fc.constantFrom(...RESIDENTS, AGENT).map((who): Move[] => [{ do: 'lay', who }]) },
  { weight: 4, arbitrary: fc.constantFrom(...RESIDENTS).map((who): Move[] => [{ do: 'entrust', who }]) },
  { weight: 1, arbitrary: fc.constantFrom(70_000, 20 * DAY_MS).map((ms): Move[] => [{ do: 'wait', ms }]) },
  { weight: 1, arbitrary: fc.constant<Move[]>([{ do: 'end-all' }]) },
);

function chooseAnew(bench: Bench): void {
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  forAbsent(bench);
}

function fillIn(bench: Bench): void {
  bench.act({ type: 'open-matter', matterId: SENIOR_CARD.id });
  bench.act({ type: 'start', basis: 'agent' });
  if (bench.page().kind === 'question') answerAll(bench, SENIOR_CARD.answers);
}

function make(bench: Bench, one: Move, ended: Uint8Array[]): void {
  const page = bench.page();
  if (one.do === 'lay') bench.lay(one.who);
  else if (one.do === 'act') bench.act(one.action);
  else if (one.do === 'wait') bench.clock.advance(one.ms);
  else if (one.do === 'agent-comes') {
    if (page.kind === 'attract') bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
  } else if (one.do === 'choose') chooseAnew(bench);
  else if (one.do === 'fill-in') fillIn(bench);
  else if (one.do === 'hand-in') submit(bench);
  else if (one.do === 'begin-giving') entrustAsFarAsCheck(bench);
  else if (one.do === 'entrust') {
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    entrust(bench, one.who);
  } else if (one.do === 'take-back') {
    bench.act({ type: 'go', to: 'kept-of-me' });
    const now = bench.page();
    const ref = now.kind === 'kept-of-me' ? now.entrusted[0]?.ref : undefined;
    if (ref !== undefined) bench.act({ type: 'end-authority', ref });
  } else {
    ended.push(...givenIn(bench).map(({ authorityId }) => authorityId));
    const version = (bench.world.roster?.version ?? 0) + 1;
    bench.world.roster = rosterOfOne(
      {},
      { version, endedAuthorities: [...ended], staleMs: 2e15, endMs: 2e15 },
    );
    bench.authority.refresh();
  }
}

function readAll<T>(bench: Bench, kind: string, read: (content: object) => T | undefined): readonly T[] {
  return bench.keeper
    .contents()
    .filter((content) => content.kind === kind)
    .flatMap((content) => read(content) ?? []);
}

function givenIn(bench: Bench): readonly AuthorityContent[] {
  return readAll(bench, 'authority.given', (content) => {
    const read = fitContent(authorityContentSchema, content);
    return read.ok ? read.value : undefined;
  });
}

function casesIn(bench: Bench): readonly CaseContent[] {
  return readAll(bench, 'case.submitted', (content) => {
    const read = fitContent(caseContentSchema, content);
    return read.ok ? read.value : undefined;
  });
}

interface Before {
  readonly view: View;
  readonly cases: number;
  readonly given: number;
  readonly ended: readonly Uint8Array[];
  readonly nowMs: number;
}

/** What the move kept rests on an authority that counted before it, or on a card that lay there. */
function check(bench: Bench, before: Before, done: Map<string, number[]>): void {
  for (const made of givenIn(bench).slice(before.given))
    expect(RESIDENTS.map(({ number }) => number)).toContain(made.submitter.number);
  for (const one of casesIn(bench).slice(before.cases)) {
    const named = findAuthorityNamed(one.evidence);
    if (one.basis !== 'agent') {
      expect(named).toBeUndefined();
      continue;
    }
    expect(before.view.acting?.authorityUntil).not.toBeNull();
    const authority = givenIn(bench).find(({ authorityId }) => named && equalBytes(authorityId, named));
    expect(authority).toBeDefined();
    const { matters, submitter, untilMs, authorityId } = authority!;
    expect(before.ended.some((id) => equalBytes(id, authorityId))).toBe(false);
    expect(before.nowMs).toBeLessThan(untilMs);
    expect(one.subject?.number).toBe(submitter.number);
    expect(one.submitter?.number).toBe(AGENT.number);
    expect(one.caseReplyKey).toBeNull();
    const matter = matters.find(({ id }) => id === one.matter[0]);
    const key = `${authorityId.join('.')}/${one.matter[0]}`;
    const earlier = (done.get(key) ?? []).filter((atMs) => before.nowMs - atMs < AUTHORITY_MONTH_MS);
    expect(earlier.length).toBeLessThan(matter?.perMonth ?? 0);
    done.set(key, [...earlier, before.nowMs]);
  }
}

/** Nobody's whole name but on the page of the one who was chosen, or of one who is here. */
function checkShown(bench: Bench): void {
  const { page, holder, acting } = bench.view();
  const shown = JSON.stringify(bench.view());
  for (const { name, number } of RESIDENTS) {
    expect(shown).not.toContain(number);
    if (page.kind !== 'absent') expect(shown).not.toContain(name);
  }
  if (acting?.authorityUntil != null) expect(holder).toBeNull();
}

const LIVED: Move[] = [
  { do: 'entrust', who: ELDER },
  { do: 'choose' },
  { do: 'fill-in' },
  { do: 'hand-in' },
  { do: 'act', action: { type: 'leave' } },
  { do: 'wait', ms: 70_000 },
  { do: 'choose' },
  { do: 'fill-in' },
  { do: 'hand-in' },
  { do: 'entrust', who: OTHER },
  { do: 'choose' },
  { do: 'fill-in' },
  { do: 'end-all' },
  { do: 'hand-in' },
];

it('keeps nothing for whoever is not here without an authority of theirs that counts', () => {
  let filed = 0;
  fc.assert(
    fc.property(fc.array(moves, { minLength: 5, maxLength: 40 }), (made) => {
      const bench = withCamera(withRegisteredAgent(createBench()));
      bench.world.online = false;
      bench.world.roster = rosterOfOne({}, { version: 2, staleMs: 2e15, endMs: 2e15 });
      const endedByDesk: Uint8Array[] = [];
      const done = new Map<string, number[]>();
      for (const one of made.flat()) {
        const takenBack = readAll(bench, 'authority.ended', (content) =>
          'authorityId' in content ? (content.authorityId as Uint8Array) : undefined,
        );
        const before: Before = {
          ...{ view: bench.view(), nowMs: bench.clock.wallMs() },
          ...{ cases: casesIn(bench).length, given: givenIn(bench).length },
          ended: [...endedByDesk, ...takenBack],
        };
        make(bench, one, endedByDesk);
        check(bench, before, done);
        checkShown(bench);
      }
      filed += casesIn(bench).filter(({ basis }) => basis === 'agent').length;
      bench.act({ type: 'leave' });
      bench.clock.advance(120_000);
      expect(bench.keeper.openMemories()).toBe(0);
    }),
    { numRuns: 12, examples: [[[LIVED]]] },
  );
  expect(filed).toBeGreaterThan(1);
}, 120_000);
