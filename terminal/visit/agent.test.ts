import { describe, expect, it } from 'vitest';
import { equalBytes } from '../../base/bytes.ts';
import { decodeContent } from '../../sync/content-coding.ts';
import { isActBy } from '../../sync/formats/body.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { crypto } from '../testing/keeper-world.ts';
import {
  AGENT,
  AGENT_ID,
  CODE,
  callAgent,
  PIN,
  rosterOfOne,
  signIn,
  withRegisteredAgent,
} from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';

const { phone, 'true-words': declared, ...FIRST } = ALLOWANCE;

/** An elder's allowance, filled in as far as the phone. */
function halfFilled(): Bench {
  const bench = withRegisteredAgent(createBench());
  // No network: agents are wanted most then.
  bench.world.online = false;
  bench.lay(ELDER);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, FIRST);
  expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
  return bench;
}

function submit(bench: Bench) {
  const page = bench.page();
  const declares = page.kind === 'check' ? page.declares?.questionId : undefined;
  return bench.act({ type: 'submit', declares });
}

/** Everything that the authority and its desks could still show, as text. */
function said(bench: Bench): string {
  return JSON.stringify([bench.view(), bench.world.roster === null]);
}

describe('taking over beside a visit', () => {
  it('goes on where it stood, is signed with the agent’s own key and names both', () => {
    const bench = halfFilled();
    bench.act({ type: 'typing', questionId: 'phone', value: '138001' });
    signIn(bench);

    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' }, value: '138001' });
    expect(bench.view().acting).toEqual({
      agent: { zh: '吕*', en: '吕*' },
      forWhom: { zh: '欧阳*', en: '欧阳*' },
      authorityUntil: null,
      stale: false,
    });
    answerAll(bench, { phone, 'true-words': declared });
    expect(submit(bench)).toEqual({ ok: true });

    const content = bench.keeper.firstCase();
    expect(content).toMatchObject({ answers: ALLOWANCE, submitter: { number: ELDER.number } });
    const agent = { role: 'agent', agentId: AGENT_ID, by: 'card', roster: { version: 1, stale: false } };
    expect(content.actors).toMatchObject([{ role: 'submitter' }, agent]);

    const [act] = bench.keeper.signed();
    const key = bench.keeper.contents().find(({ kind }) => kind === 'audit.agent-key') as unknown as {
      signKey: Uint8Array;
    };
    expect(act?.kind).toBe('case.submitted');
    expect(equalBytes(act!.acts[0]!.agentKeyId, keyId(crypto, key.signKey))).toBe(true);
    expect(isActBy(crypto, act!.acts[0]!, { ...act!, agentPublicKey: key.signKey })).toBe(true);
    expect(decodeContent(act!.content).ok).toBe(true);
    // A rating is the resident's own.
    expect(bench.page()).toMatchObject({ kind: 'kept', rating: { offered: false } });
    expect(bench.act({ type: 'rate', grade: 5 }).ok).toBe(false);
  });

  it('is handed back with nothing retyped; that they helped is in the record, unsigned', () => {
    const bench = halfFilled();
    signIn(bench);
    answerAll(bench, { phone });
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.page()).toMatchObject({ kind: 'agent', acting: 'beside', signIn: false });
    bench.act({ type: 'agent', command: { do: 'hand-back' } });
    expect(bench.view().acting).toBeNull();
    expect(bench.page().kind).toBe('check');
    expect(submit(bench)).toEqual({ ok: true });
    expect(bench.keeper.signed()).toEqual([]);
    expect(bench.keeper.firstCase().actors).toMatchObject([
      { role: 'submitter' },
      { role: 'helper', agentId: AGENT_ID },
    ]);
    // The agent may still stand there: it is asked at the next visit.
    expect(bench.page()).toMatchObject({ kind: 'kept', rating: { offered: false } });
  });

  it('ends with the visit: the next one is nobody’s but its own', () => {
    const bench = halfFilled();
    signIn(bench);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(NEIGHBOUR);
    expect(bench.view().acting).toBeNull();
    opened(bench, 'old-age-allowance', 'self');
    expect(bench.keeper.openMemories()).toBe(1);
    bench.act({ type: 'leave' });
    expect(bench.keeper.openMemories()).toBe(0);
  });

  it('ends at once when the roster names them no more; the resident goes on', () => {
    const bench = halfFilled();
    signIn(bench);
    bench.world.roster = rosterOfOne({ revoked: true }, { version: 2 });
    // Not even in the moment before anybody has looked again.
    answerAll(bench, { phone });
    expect(submit(bench)).toMatchObject({ ok: false, error: { code: 'evidence-missing' } });
    bench.authority.refresh();
    expect(bench.view().acting).toBeNull();
    expect(bench.page().kind).toBe('check');
    expect(submit(bench)).toEqual({ ok: true });
    expect(bench.keeper.firstCase().actors).toEqual([{ role: 'submitter' }]);
  });

  it('leaves the half-filled matter alone where the PIN is wrong, and where they go back', () => {
    const bench = halfFilled();
    callAgent(bench);
    bench.act({ type: 'agent', command: { do: 'pin', pin: '999111' } });
    expect(bench.page()).toMatchObject({ kind: 'agent-sign-in', trouble: 'wrong', step: 'pin' });
    bench.act({ type: 'back' });
    bench.act({ type: 'back' });
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
    expect(bench.view().acting).toBeNull();
  });
});

describe('alone', () => {
  function alone(): Bench {
    const bench = withRegisteredAgent(createBench());
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    expect(bench.page()).toMatchObject({ kind: 'agent-desk' });
    return bench;
  }

  it('can do nothing for anybody before their card is laid, whatever page it is tried from', () => {
    const bench = alone();
    expect(bench.view().acting).toMatchObject({ forWhom: null });
    const before = bench.keeper.contents().length;
    for (const [matterId, basis] of [
      ['old-age-allowance', 'self'],
      ['problem-report', 'open'],
    ] as const) {
      bench.act({ type: 'go', to: 'find' });
      expect(opened(bench, matterId, basis)).toMatchObject({
        ok: false,
        error: { code: 'evidence-missing' },
      });
      bench.act({ type: 'home' });
    }
    for (const action of [
      ...([{ type: 'submit' }, { type: 'not-me' }, { type: 'rate', grade: 5 }] as const),
      ...([
        { type: 'go', to: 'my-cases' },
        { type: 'go', to: 'last-use' },
      ] as const),
      ...([{ type: 'go', to: 'kept-of-me' }, { type: 'resume-draft' }] as const),
      { type: 'agent', command: { do: 'hand-back' } } as const,
    ])
      expect(bench.act(action).ok, JSON.stringify(action)).toBe(false);
    expect(bench.keeper.contents()).toHaveLength(before);
    expect(bench.page().kind).toBe('agent-desk');
  });

  it('serves one resident after another; nothing of the one before is left', () => {
    const bench = alone();
    bench.lay(ELDER);
    expect(bench.page().kind).toBe('home');
    expect(bench.view()).toMatchObject({ holder: '欧阳*', acting: { forWhom: { zh: '欧阳*' } } });
    opened(bench, 'old-age-allowance', 'self');
    answerAll(bench, FIRST);
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.act({ type: 'agent', command: { do: 'next-resident' } })).toEqual({ ok: true });

    expect(bench.page().kind).toBe('agent-desk');
    expect(bench.view()).toMatchObject({ holder: null, acting: { forWhom: null } });
    expect(bench.keeper.openMemories()).toBe(0);
    expect(said(bench)).not.toContain('欧阳');
    expect(bench.act({ type: 'back' })).toEqual({ ok: true });
    expect(said(bench)).not.toContain('欧阳');

    const again = alone();
    again.lay(NEIGHBOUR);
    opened(again, 'old-age-allowance', 'self');
    again.act({ type: 'home' });
    expect(again.page()).toMatchObject({ kind: 'home', draft: null });
  });

  it('is not acted for by their own card, and a resident’s card begins a visit of its own', () => {
    const bench = alone();
    bench.lay(AGENT);
    expect(bench.page().kind).toBe('agent-desk');
    bench.lay(ELDER);
    bench.act({ type: 'agent', command: { do: 'next-resident' } });
    bench.lay(NEIGHBOUR);
    expect(bench.view().acting).toMatchObject({ forWhom: { zh: '俞*' } });
    expect(bench.page()).toMatchObject({ kind: 'home', draft: null });
  });

  it('is signed out by another’s card over a resident’s page', () => {
    const bench = alone();
    bench.lay(ELDER);
    bench.lay(NEIGHBOUR);
    expect(bench.page().kind).toBe('second-card');
    bench.act({ type: 'second-card', choice: 'next-person' });
    expect(bench.view()).toMatchObject({ acting: null, holder: '俞*' });
  });

  it('begins with one’s own visit, of which nothing stays', () => {
    const bench = withRegisteredAgent(createBench());
    bench.lay(AGENT);
    expect(bench.page().kind).toBe('home');
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'agent', command: { do: 'sign-in' } });
    expect(bench.page()).toMatchObject({ kind: 'agent-sign-in', step: 'pin', beside: null });
    bench.act({ type: 'agent', command: { do: 'pin', pin: PIN } });
    expect(bench.page().kind).toBe('agent-desk');
    expect(bench.keeper.openMemories()).toBe(0);
    expect(bench.view().holder).toBeNull();
  });
});

describe('signing in', () => {
  it('is not offered where no roster came down', () => {
    const bench = createBench();
    bench.act({ type: 'go', to: 'no-card' });
    bench.act({ type: 'go', to: 'agent' });
    expect(bench.page()).toMatchObject({ kind: 'agent', signIn: false });
    expect(bench.act({ type: 'agent', command: { do: 'sign-in' } }).ok).toBe(false);
  });

  it('asks whoever is unknown here for a code, and for a PIN that is not the first one tries', () => {
    const bench = createBench();
    bench.world.roster = rosterOfOne();
    bench.act({ type: 'go', to: 'no-card' });
    callAgent(bench);
    expect(bench.page()).toMatchObject({ kind: 'agent-sign-in', step: 'code' });
    bench.act({ type: 'agent', command: { do: 'code', code: CODE } });
    bench.act({ type: 'agent', command: { do: 'pin', pin: '123456' } });
    expect(bench.page()).toMatchObject({ step: 'new-pin', trouble: 'weak-pin' });
    bench.act({ type: 'agent', command: { do: 'pin', pin: '730194' } });
    bench.act({ type: 'agent', command: { do: 'pin', pin: '730195' } });
    expect(bench.page()).toMatchObject({ step: 'new-pin', trouble: 'not-same' });
    bench.act({ type: 'agent', command: { do: 'pin', pin: PIN } });
    bench.act({ type: 'agent', command: { do: 'pin', pin: PIN } });
    expect(bench.page().kind).toBe('agent-desk');
    const [key] = bench.keeper.contents();
    expect(key).toMatchObject({
      kind: 'audit.agent-key',
      agentId: AGENT_ID,
      holder: { number: AGENT.number },
    });
  });

  it('takes another PIN, and the old one no more', () => {
    const bench = withRegisteredAgent(createBench());
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'agent', command: { do: 'change-pin' } });
    for (let time = 0; time < 2; time++) bench.act({ type: 'agent', command: { do: 'pin', pin: '581937' } });
    expect(bench.page().kind).toBe('agent-desk');
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.act({ type: 'go', to: 'no-card' });
    signIn(bench);
    expect(bench.page()).toMatchObject({ kind: 'agent-sign-in', trouble: 'wrong' });
    bench.act({ type: 'agent', command: { do: 'pin', pin: '581937' } });
    expect(bench.page().kind).toBe('agent-desk');
  });

  it('is nothing a card without its PIN, or a PIN without its card, can do', () => {
    const bench = withRegisteredAgent(createBench());
    bench.act({ type: 'go', to: 'no-card' });
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'agent', command: { do: 'sign-in' } });
    expect(bench.act({ type: 'agent', command: { do: 'pin', pin: PIN } }).ok).toBe(false);
    bench.lay(NEIGHBOUR);
    expect(bench.page()).toMatchObject({ step: 'code' });
    expect(bench.act({ type: 'agent', command: { do: 'pin', pin: PIN } }).ok).toBe(false);
    bench.act({ type: 'agent', command: { do: 'code', code: CODE } });
    // Used up by the agent whose card it was.
    expect(bench.page()).toMatchObject({ kind: 'agent-sign-in', step: 'code', trouble: 'code-used' });
  });
});

describe('a card that still lies on the reader', () => {
  it('is asked for anew where an agent is to sign in with it, and is no second person’s', () => {
    const bench = halfFilled();
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'agent', command: { do: 'sign-in' } });
    const before = bench.forgotten();
    bench.authority.readerSaid({ type: 'still-here', readId: '0'.repeat(32) });
    expect(bench.page()).toMatchObject({ kind: 'agent-sign-in', step: 'card', card: 'trouble' });
    expect(bench.forgotten()).toBe(before + 1);
    bench.lay(AGENT);
    expect(bench.page()).toMatchObject({ step: 'pin' });
  });
});

it('lets the reader tell the agent’s card again once it is handed back, or the sign-in is left', () => {
  const bench = halfFilled();
  callAgent(bench);
  const before = bench.forgotten();
  bench.act({ type: 'back' });
  expect(bench.forgotten()).toBe(before + 1);
  bench.act({ type: 'back' });
  signIn(bench);
  expect(bench.forgotten()).toBe(before + 1);
  bench.act({ type: 'go', to: 'agent' });
  bench.act({ type: 'agent', command: { do: 'hand-back' } });
  expect(bench.forgotten()).toBe(before + 2);
});

describe('a machine that dies while an agent acts', () => {
  it('comes back with nobody signed in; the resident finds what was filled in, and nobody else does', () => {
    const bench = halfFilled();
    signIn(bench);
    const next = createBench({ keeper: bench.keeper.crash() });
    next.world.roster = rosterOfOne();
    next.world.online = false;
    expect(next.view().acting).toBeNull();
    expect(next.act({ type: 'agent', command: { do: 'next-resident' } }).ok).toBe(false);
    next.lay(AGENT);
    expect(next.page()).toMatchObject({ kind: 'home', draft: null, caseCount: 0 });
    next.act({ type: 'leave' });
    next.clock.advance(60_000);
    next.lay(ELDER);
    next.act({ type: 'resume-draft' });
    expect(next.page()).toMatchObject({ kind: 'question', question: { id: 'phone' } });
    answerAll(next, { phone });
    expect(submit(next)).toEqual({ ok: true });
    expect(next.keeper.firstCase().actors).toEqual([{ role: 'submitter' }]);
    expect(next.keeper.signed()).toEqual([]);
  });

  it('between keeping and saying so keeps it once, signed as it was', () => {
    const bench = halfFilled();
    signIn(bench);
    answerAll(bench, { phone });
    bench.keeper.loseDraftDrops();
    expect(submit(bench)).toEqual({ ok: true });
    const next = createBench({ keeper: bench.keeper.crash() });
    next.world.roster = rosterOfOne();
    next.world.online = false;
    next.lay(ELDER);
    expect(next.page()).toMatchObject({ kind: 'home', caseCount: 1, draft: null });
    expect(next.keeper.signed().map(({ kind }) => kind)).toEqual(['case.submitted']);
    expect(next.keeper.contents().filter(({ kind }) => kind === 'case.submitted')).toHaveLength(1);
  });
});

it('acts for nobody whose card is not valid; the next resident is served all the same', () => {
  const bench = withRegisteredAgent(createBench());
  bench.world.online = false;
  bench.act({ type: 'go', to: 'no-card' });
  signIn(bench);
  bench.lay({ ...ELDER, validTo: '2020-01-01' });
  expect(bench.page().kind).toBe('card-not-valid');
  expect(bench.view().acting).toMatchObject({ forWhom: null });
  expect(opened(bench, 'problem-report', 'open')).toMatchObject({
    ok: false,
    error: { code: 'evidence-missing' },
  });
  bench.act({ type: 'go', to: 'agent' });
  expect(bench.page()).toMatchObject({ kind: 'agent', acting: 'beside' });
  bench.act({ type: 'agent', command: { do: 'next-resident' } });
  bench.lay(NEIGHBOUR);
  expect(bench.view().acting).toMatchObject({ forWhom: { zh: '俞*' } });
});
