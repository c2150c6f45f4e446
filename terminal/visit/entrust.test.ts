import { describe, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { authorityContentSchema, findAuthorityNamed } from '../../sync/authority-contents.ts';
import { fitContent } from '../../sync/content-coding.ts';
import { createActingKeeper } from '../agents/acting-keeper.ts';
import type { Acting } from '../agents/agent-desk.ts';
import type { ContentMap, KeepWish } from '../keeper.ts';
import { AGENT, AGENT_ID, DAY_MS, rosterOfOne, signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import {
  entrust,
  entrustAsFarAsCheck,
  forAbsent,
  SENIOR_CARD,
  submit,
  withCamera,
} from './testing/entrusting.ts';
import { answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';

function village(): Bench {
  const bench = withCamera(withRegisteredAgent(createBench()));
  bench.world.online = false;
  return bench;
}

/** As far as the check page of the senior card, for the one who is not here. */
function filledFor(bench: Bench): Bench {
  forAbsent(bench);
  opened(bench, SENIOR_CARD.id, 'agent');
  answerAll(bench, SENIOR_CARD.answers);
  return bench;
}

const kinds = (bench: Bench) => bench.keeper.contents().map(({ kind }) => kind);
const given = (bench: Bench) => {
  const content = bench.keeper.contents().find(({ kind }) => kind === 'authority.given');
  const read = fitContent(authorityContentSchema, content);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
};

describe('giving an agent authority', () => {
  it('is kept as an entry of its own, signed by both, with the picture; and a slip', () => {
    const bench = village();
    bench.lay(ELDER);
    signIn(bench);
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.page()).toMatchObject({ kind: 'agent', acting: 'beside', entrusts: true });
    bench.act({ type: 'back' });
    entrustAsFarAsCheck(bench);
    expect(bench.page()).toMatchObject({ kind: 'check', declares: { questionId: 'agreed' } });
    expect(submit(bench)).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'kept', rating: { offered: false } });

    const content = given(bench);
    expect(content).toMatchObject({
      submitter: { name: ELDER.name, number: ELDER.number },
      matters: [
        { id: 'medical-enrolment', perMonth: 1 },
        { id: 'senior-card', perMonth: 1 },
      ],
      actors: [{ role: 'submitter' }, { role: 'agent', agentId: AGENT_ID, by: 'card' }],
      agentId: AGENT_ID,
    });
    expect(content.attachments.map(([, , type]) => type)).toEqual(['image/jpeg', 'image/jpeg']);
    expect(content.untilMs - content.givenMs).toBeGreaterThan(30 * DAY_MS);
    expect(content.untilMs - content.givenMs).toBeLessThanOrEqual(31 * DAY_MS);
    expect(bench.keeper.signed().map(({ kind }) => kind)).toEqual(['authority.given']);
    expect(bench.slips.printed).toHaveLength(1);
  });

  it('needs the resident’s card, the agent beside it, a camera, and something to entrust', () => {
    const bench = village();
    const ask = () => {
      bench.act({ type: 'go', to: 'agent' });
      return bench.act({ type: 'agent', command: { do: 'entrust' } }).ok;
    };
    bench.lay(ELDER);
    expect(ask()).toBe(false);
    signIn(bench);
    bench.world.devices = { ...bench.world.devices, cameras: new Set() };
    expect(ask()).toBe(false);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    withCamera(bench);
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    expect(ask()).toBe(false);
    expect(kinds(bench)).not.toContain('authority.given');
  });

  it('is not given when the agent left before it was handed in', () => {
    const bench = village();
    bench.lay(ELDER);
    signIn(bench);
    entrustAsFarAsCheck(bench);
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'agent', command: { do: 'hand-back' } });
    expect(bench.page().kind).toBe('check');
    expect(submit(bench).ok).toBe(false);
    expect(kinds(bench)).not.toContain('authority.given');
  });

  it('is found and taken back with the resident’s own card alone, at once', () => {
    const bench = village();
    entrust(bench, ELDER);
    const ref = toHex(given(bench).authorityId);
    bench.lay(NEIGHBOUR);
    bench.act({ type: 'go', to: 'kept-of-me' });
    expect(bench.page()).toMatchObject({ kind: 'kept-of-me', entrusted: [] });
    expect(bench.act({ type: 'end-authority', ref }).ok).toBe(false);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);

    bench.lay(ELDER);
    // It is no case of theirs.
    expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 0 });
    bench.act({ type: 'go', to: 'kept-of-me' });
    expect(bench.page()).toMatchObject({
      entrusted: [{ ref, agent: { zh: '吕*' }, state: 'stands', matters: [{}, {}] }],
    });
    expect(bench.act({ type: 'end-authority', ref })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ entrusted: [{ ref, state: 'taken-back' }] });
    expect(bench.act({ type: 'end-authority', ref }).ok).toBe(false);
    expect(kinds(bench)).toContain('authority.ended');
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 0 });
  });
});

describe('acting for somebody who is not here', () => {
  it('names them, the agent and the authority, is signed, and remembers nothing', () => {
    const bench = village();
    entrust(bench, ELDER);
    forAbsent(bench);
    expect(bench.page()).toMatchObject({
      kind: 'absent',
      name: { zh: ELDER.name },
      matters: [{ left: 1 }, { left: 1 }],
    });
    expect(bench.view().acting).toMatchObject({
      forWhom: { zh: '欧阳*' },
      authorityUntil: expect.any(String),
    });
    opened(bench, SENIOR_CARD.id, 'agent');
    expect(bench.page()).toMatchObject({ head: { forWhom: { zh: '欧阳*' } } });
    answerAll(bench, SENIOR_CARD.answers);
    expect(submit(bench)).toEqual({ ok: true });

    const content = bench.keeper.firstCase();
    expect(content).toMatchObject({
      ...{ basis: 'agent', assurance: 'card', caseReplyKey: null },
      submitter: { name: AGENT.name, number: AGENT.number },
      subject: { name: ELDER.name, number: ELDER.number },
      actors: [{ role: 'submitter' }, { role: 'agent', agentId: AGENT_ID, by: 'entrustment' }],
    });
    expect(equalBytes(findAuthorityNamed(content.evidence)!, given(bench).authorityId)).toBe(true);
    expect(bench.keeper.openMemories()).toBe(0);
    expect(bench.slips.printed).toHaveLength(2);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', caseCount: 0 });
  });

  it('masks those on the list and shows only this agent’s', () => {
    const bench = village();
    entrust(bench, ELDER);
    entrust(bench, NEIGHBOUR, ['elder-meals', 'senior-card']);
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 2 });
    bench.act({ type: 'agent', command: { do: 'absent-list' } });
    const text = JSON.stringify(bench.view());
    expect(text).not.toContain(ELDER.name);
    expect(text).not.toContain(ELDER.number);
    bench.act({ type: 'back' });
    expect(bench.page().kind).toBe('agent-desk');
    // The resident beside whom the agent signs in sees nobody's.
    bench.lay(NEIGHBOUR);
    expect(bench.act({ type: 'agent', command: { do: 'absent-list' } }).ok).toBe(false);
  });

  it('is within the matters, the month and the days, and by nobody else', () => {
    const bench = village();
    entrust(bench, ELDER);
    forAbsent(bench);
    // Not entrusted, though it could be; and one that never can.
    for (const matterId of ['elder-meals', 'old-age-allowance', 'problem-report']) {
      bench.act({ type: 'go', to: 'find' });
      for (const basis of ['agent', 'self', 'open'] as const)
        expect(opened(bench, matterId, basis).ok).toBe(false);
    }
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    filledFor(bench);
    expect(submit(bench)).toEqual({ ok: true });
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    // Once a month.
    forAbsent(bench);
    expect(opened(bench, SENIOR_CARD.id, 'agent').ok).toBe(false);
    bench.act({ type: 'leave' });
    bench.clock.advance(31 * DAY_MS);
    bench.world.roster = rosterOfOne({}, { version: 2, staleMs: 2e15, endMs: 2e15 });
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 0 });
  });

  it('ends in the middle of a page when word comes down', () => {
    const bench = village();
    entrust(bench, ELDER);
    filledFor(bench);
    const ended = [given(bench).authorityId];
    bench.world.roster = rosterOfOne({}, { version: 2, endedAuthorities: ended });
    expect(submit(bench)).toMatchObject({ ok: false, error: { code: 'evidence-missing' } });
    expect(kinds(bench)).not.toContain('case.submitted');
  });

  it('leaves nothing for the next resident, and nothing for an agent who signs out', () => {
    const bench = village();
    entrust(bench, ELDER);
    filledFor(bench);
    bench.lay(NEIGHBOUR);
    expect(bench.page().kind).toBe('home');
    expect(JSON.stringify(bench.view())).not.toContain('欧阳');
    expect(bench.view().acting).toMatchObject({
      forWhom: { zh: expect.not.stringContaining('欧阳') },
      authorityUntil: null,
    });
  });

  it('goes on after a crash, and is not counted twice', () => {
    const bench = village();
    entrust(bench, ELDER);
    const again = createBench({ keeper: bench.keeper.crash() });
    again.world.roster = rosterOfOne();
    withCamera(again);
    forAbsent(again);
    expect(again.page()).toMatchObject({ kind: 'absent', matters: [{ left: 1 }, { left: 1 }] });
  });
});

describe('the last door', () => {
  /** A keeper whose agent rests on this, and the content that was kept last, to be changed. */
  function door(bench: Bench, change: Partial<Acting>) {
    const authorities = bench.agents.authorities;
    const acting = { ...bench.acting()!, ...change };
    const keeper = createActingKeeper(bench.keeper, {
      ...{ acting: () => acting, stands: () => true, helpers: () => [], sealDayRow: () => undefined },
      authorities,
    });
    return (content: ContentMap) => {
      const wish: KeepWish = {
        ...{ submissionId: content.submissionId as Uint8Array, entryClass: 1, content },
        ...{ attachments: [], remember: null, slip: false },
      };
      return keeper.keep(wish).ok;
    };
  }

  it('takes an act on behalf with its evidence, and refuses it each way without', () => {
    const bench = village();
    entrust(bench, ELDER);
    entrust(bench, NEIGHBOUR, ['elder-meals', 'senior-card']);
    forAbsent(bench, 1);
    const { authorityId } = given(bench);
    let made = 0;
    const fresh = () => {
      made += 1;
      return new Uint8Array(16).fill(made);
    };
    const content = (change: ContentMap = {}): ContentMap => ({
      ...{
        schema: 1,
        kind: 'case.submitted',
        submissionId: fresh(),
        matter: ['senior-card', 1, new Uint8Array(32)],
      },
      ...{ basis: 'agent', subject: { name: ELDER.name, number: ELDER.number } },
      ...{ evidence: [{ type: 'authority', authorityId }], actors: [] },
      ...change,
    });
    const entrusted = { by: 'entrustment', authorityId } as const;
    const on = door(bench, entrusted);
    const refused: readonly ContentMap[] = [
      { evidence: [] },
      { evidence: [{ type: 'authority', authorityId: new Uint8Array(16) }] },
      { basis: 'self' },
      { subject: { name: NEIGHBOUR.name, number: NEIGHBOUR.number } },
      { subject: { name: ELDER.name, number: NEIGHBOUR.number } },
      { subject: null },
      { matter: ['elder-meals', 1, new Uint8Array(32)] },
      { matter: ['old-age-allowance', 1, new Uint8Array(32)] },
      ...['case.supplemented', 'case.withdrawn', 'case.collected', 'case.frozen', 'consent', 'rating'].map(
        (kind) => ({ kind }),
      ),
      ...['authority.given', 'authority.ended'].map((kind) => ({ kind, authorityId })),
    ];
    for (const change of refused) expect(on(content(change)), JSON.stringify(change)).toBe(false);
    // On no authority, on a card, with nobody signed in: it is claimed and not there.
    expect(door(bench, { by: 'entrustment', authorityId: null })(content())).toBe(false);
    expect(door(bench, { by: 'card', authorityId: null })(content())).toBe(false);
    expect(door(bench, { by: null, authorityId: null })(content())).toBe(false);
    // Nobody is entrusted but the one beside the resident.
    const giving = { kind: 'authority.given', agentId: AGENT_ID, basis: null, evidence: null };
    const beside = door(bench, { by: 'card', authorityId: null });
    expect(beside(content({ ...giving, agentId: new Uint8Array(16) }))).toBe(false);
    expect(door(bench, { by: null, authorityId: null })(content(giving))).toBe(false);
    expect(beside(content(giving))).toBe(true);
    expect(on(content())).toBe(true);
    // As often as was agreed to.
    expect(on(content())).toBe(false);
  });
});
