import { expect, it } from 'vitest';
import { toBase64Url, toHex } from '../../base/bytes.ts';
import { type AuthorityThere, sealAuthorities } from '../../sync/authorities-there.ts';
import { findAuthorityNamed } from '../../sync/authority-contents.ts';
import { crypto } from '../testing/keeper-world.ts';
import { AGENT_ID, DAY_MS, rosterOfOne, signIn, withRegisteredAgent } from '../visit/testing/agents.ts';
import { type Bench, createBench } from '../visit/testing/bench.ts';
import { entrust, SENIOR_CARD, submit, withCamera } from '../visit/testing/entrusting.ts';
import { foundAnswer } from '../visit/testing/fake-queries.ts';
import { answerAll, opened } from '../visit/testing/fill-in.ts';
import { ELDER } from '../visit/testing/people.ts';

const AUTHORITY = Uint8Array.from({ length: 16 }, (_, at) => at + 7);

/** One that an elder gave at another machine. */
const there = (bench: Bench, more: Partial<AuthorityThere> = {}): AuthorityThere => ({
  authorityId: AUTHORITY,
  holder: {
    ...{ name: ELDER.name, number: ELDER.number, kind: 'citizen' },
    ...{ birth: null, sex: null, address: null },
  },
  matters: [{ id: SENIOR_CARD.id, perMonth: 1 }],
  ...{ givenMs: bench.clock.wallMs() - DAY_MS, untilMs: bench.clock.wallMs() + 20 * DAY_MS, uses: [] },
  ...more,
});

/** The agent alone at their own page, with network. */
function alone(bench = withCamera(withRegisteredAgent(createBench()))): Bench {
  bench.act({ type: 'go', to: 'no-card' });
  signIn(bench);
  return bench;
}

/** The keys of whoever is signed in, as the platform knows them. */
function keysOf(bench: Bench) {
  const made = bench.keeper.contents().find(({ kind }) => kind === 'audit.agent-key');
  const acting = bench.acting();
  if (!(made?.openKey instanceof Uint8Array) || acting === null) throw new Error('an agent with keys');
  return { agentId: AGENT_ID, signKeyId: acting.agent.signKeyId, openKey: made.openKey };
}

function sealed(bench: Bench, authorities: readonly AuthorityThere[], openKey = keysOf(bench).openKey) {
  const bytes = sealAuthorities(crypto, { ...keysOf(bench), openKey }, authorities)!;
  return foundAnswer([{ sealed: toBase64Url(bytes) }]);
}

function list(bench: Bench) {
  expect(bench.act({ type: 'agent', command: { do: 'absent-list' } })).toEqual({ ok: true });
  const page = bench.page();
  if (page.kind !== 'absent-list') throw new Error(page.kind);
  return page;
}

/** As far as the check page of the senior card for the first of them. */
function fill(bench: Bench): void {
  const ref = list(bench).people[0]?.ref ?? '';
  expect(bench.act({ type: 'agent', command: { do: 'absent', ref } })).toEqual({ ok: true });
  opened(bench, SENIOR_CARD.id, 'agent');
  answerAll(bench, SENIOR_CARD.answers);
}

const cases = (bench: Bench) => bench.keeper.contents().filter(({ kind }) => kind === 'case.submitted');

it('of another machine are asked for at the agent’s page, masked till one is chosen, and bear a case', async () => {
  const bench = alone();
  expect(bench.queries.authoritiesAskedOf.at(-1)).toBe(toHex(AGENT_ID));
  expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 0, absentThere: 'asking' });
  await bench.queries.answerAuthorities(sealed(bench, [there(bench)]));
  expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 1, absentThere: 'known' });
  expect(JSON.stringify(list(bench))).not.toContain(ELDER.name);
  bench.act({ type: 'back' });
  await bench.queries.answerAuthorities(sealed(bench, [there(bench)]));
  fill(bench);
  expect(submit(bench)).toEqual({ ok: true });
  const [content] = cases(bench);
  expect(content).toMatchObject({
    basis: 'agent',
    subject: { name: ELDER.name, number: ELDER.number },
  });
  expect(findAuthorityNamed(content!.evidence as unknown[])).toEqual(AUTHORITY);
});

it('of another machine are used as often as agreed, counting what was done elsewhere', async () => {
  const bench = alone();
  const use = { caseId: new Uint8Array(16), matterId: SENIOR_CARD.id, atMs: bench.clock.wallMs() - DAY_MS };
  await bench.queries.answerAuthorities(sealed(bench, [there(bench, { uses: [use] })]));
  const ref = list(bench).people[0]?.ref ?? '';
  bench.act({ type: 'agent', command: { do: 'absent', ref } });
  expect(bench.page()).toMatchObject({ kind: 'absent', matters: [{ left: 0 }] });
  bench.act({ type: 'open-matter', matterId: SENIOR_CARD.id });
  expect(bench.act({ type: 'start', basis: 'agent' })).toMatchObject({ ok: false });
});

it('of another machine: what was done here counts at once, before the platform has it, and once when it has', async () => {
  const bench = alone();
  const twice = there(bench, { matters: [{ id: SENIOR_CARD.id, perMonth: 2 }] });
  await bench.queries.answerAuthorities(sealed(bench, [twice]));
  fill(bench);
  expect(submit(bench)).toEqual({ ok: true });
  const caseId = cases(bench)[0]?.caseId as Uint8Array;
  for (const uses of [[], [{ caseId, matterId: SENIOR_CARD.id, atMs: bench.clock.wallMs() }]]) {
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    alone(bench);
    await bench.queries.answerAuthorities(sealed(bench, [{ ...twice, uses }]));
    const ref = list(bench).people[0]?.ref ?? '';
    bench.act({ type: 'agent', command: { do: 'absent', ref } });
    expect(bench.page()).toMatchObject({ kind: 'absent', matters: [{ left: 1 }] });
  }
});

it('of another machine are not there without network, which is said, nor after the agent left or came back to their page', async () => {
  const bench = alone();
  await bench.queries.answerAuthorities(sealed(bench, [there(bench)]));
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  bench.world.online = false;
  alone(bench);
  expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 0, absentThere: 'offline' });
  expect(list(bench)).toEqual({ kind: 'absent-list', people: [], there: 'offline' });
  expect(bench.act({ type: 'agent', command: { do: 'absent', ref: toHex(AUTHORITY) } })).toMatchObject({
    ok: false,
  });
  // Told once, and then the line is cut: back at the page nothing is known any more.
  bench.world.online = true;
  bench.act({ type: 'back' });
  await bench.queries.answerAuthorities(sealed(bench, [there(bench)]));
  expect(list(bench).people).toHaveLength(1);
  bench.world.online = false;
  bench.act({ type: 'back' });
  expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 0 });
});

it('of another machine count for nothing where they ended, past their day, sealed to others, or forged', async () => {
  const bench = alone();
  const foreign = crypto.openingKey(crypto.randomBytes(32)).publicKey;
  await bench.queries.answerAuthorities(sealed(bench, [there(bench)], foreign));
  expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 0, absentThere: 'no-answer' });
  for (const authorities of [
    [there(bench, { untilMs: bench.clock.wallMs() - 1 })],
    [there(bench, { holder: { ...there(bench).holder, kind: 'passport' } })],
  ]) {
    list(bench);
    bench.act({ type: 'back' });
    await bench.queries.answerAuthorities(sealed(bench, authorities));
    expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 0, absentThere: 'known' });
    bench.act({ type: 'go', to: 'agent' });
    bench.act({ type: 'back' });
  }
  bench.act({ type: 'go', to: 'agent' });
  bench.act({ type: 'back' });
  await bench.queries.answerAuthorities(sealed(bench, [there(bench)]));
  expect(bench.page()).toMatchObject({ absent: 1 });
  bench.world.roster = rosterOfOne({}, { endedAuthorities: [AUTHORITY] });
  bench.authority.refresh();
  expect(bench.page()).toMatchObject({ absent: 0 });
});

it('of this machine stay usable without network, and are not listed twice', async () => {
  const bench = withCamera(withRegisteredAgent(createBench()));
  entrust(bench, ELDER);
  const given = bench.keeper.contents().find(({ kind }) => kind === 'authority.given');
  alone(bench);
  const own = there(bench, { authorityId: given?.authorityId as Uint8Array });
  await bench.queries.answerAuthorities(sealed(bench, [own]));
  expect(bench.page()).toMatchObject({ kind: 'agent-desk', absent: 1 });
  bench.act({ type: 'leave' });
  bench.clock.advance(60_000);
  bench.world.online = false;
  alone(bench);
  expect(list(bench).people).toHaveLength(1);
});
