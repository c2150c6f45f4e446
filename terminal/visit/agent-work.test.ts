import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import {
  type AgentList,
  findAgentList,
  type ListItem,
  openAgentList,
  sealAgentList,
} from '../../sync/agent-list.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { crypto, idOf } from '../testing/keeper-world.ts';
import { AGENT_ID, signIn, withRegisteredAgent } from './testing/agents.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { ALLOWANCE, answerAll, opened } from './testing/fill-in.ts';
import { ELDER, NEIGHBOUR } from './testing/people.ts';

const NEIGHBOUR_ELDER = { ...ELDER, name: '诸葛仲', number: '330699193901050055', birth: '1939-01-05' };

/** The agent alone at their desk. */
function atDesk(): Bench {
  const bench = withRegisteredAgent(createBench());
  bench.act({ type: 'go', to: 'no-card' });
  signIn(bench);
  expect(bench.page().kind).toBe('agent-desk');
  return bench;
}

function ownKeys(bench: Bench) {
  const made = bench.keeper.contents().findLast(({ kind }) => kind === 'audit.agent-key');
  const { signKey, openKey } = made as unknown as { signKey: Uint8Array; openKey: Uint8Array };
  return { agentId: AGENT_ID, signKeyId: keyId(crypto, signKey), openKey };
}

const item = (change: Partial<ListItem> = {}): ListItem => ({
  ...{ why: 'supplement', itemId: idOf('one'), localNumber: '830625120047', matterId: 'old-age-allowance' },
  ...{ masked: '张**', day: '2026-06-18', words: null, owner: null },
  ...change,
});

function bring(bench: Bench, version: number, items: readonly ListItem[]): void {
  const list: AgentList = {
    ...{ schema: 1, kind: 'agent.list', version, madeMs: bench.clock.wallMs() - 1_000 },
    items: [...items],
  };
  bench.world.agentLists = [...bench.world.agentLists, sealAgentList(crypto, ownKeys(bench), list)];
  bench.authority.refresh();
}

const ask = (bench: Bench, command: Parameters<typeof agentAction>[0]) => bench.act(agentAction(command));
function agentAction(command: Extract<Parameters<Bench['act']>[0], { type: 'agent' }>['command']) {
  return { type: 'agent', command } as const;
}

function fileFor(bench: Bench, who: typeof ELDER): void {
  bench.lay(who);
  opened(bench, 'old-age-allowance', 'self');
  answerAll(bench, ALLOWANCE);
  const page = bench.page();
  expect(page.kind).toBe('check');
  const declares = page.kind === 'check' ? page.declares?.questionId : undefined;
  expect(bench.act({ type: 'submit', declares })).toEqual({ ok: true });
}

describe('the agent’s list', () => {
  it('is opened by its agent alone, the latest version whatever came last, what is late first', () => {
    const bench = atDesk();
    expect(bench.page()).toMatchObject({ kind: 'agent-desk', work: null });
    const late = item({ itemId: idOf('two'), why: 'call-back', day: '2026-06-01', masked: '吴**' });
    bring(bench, 5, [item(), late]);
    bring(bench, 4, []);
    expect(bench.page()).toMatchObject({ work: { items: 2, late: 1 } });
    ask(bench, { do: 'open-list' });
    expect(bench.page()).toMatchObject({
      kind: 'agent-list',
      items: [
        { why: 'call-back', late: true, who: { zh: '吴**' } },
        { why: 'supplement', late: false },
      ],
    });
    const [first] = bench.world.agentLists;
    const foreign = crypto.openingKey(crypto.sha256(AGENT_ID));
    expect(openAgentList(foreign, findAgentList(first!)!)).toBeUndefined();
    // Beside a resident it is not shown, and cannot be asked for.
    bench.lay(ELDER);
    expect(bench.page().kind).toBe('home');
    expect(ask(bench, { do: 'open-list' }).ok).toBe(false);
    expect(JSON.stringify(bench.view())).not.toContain('吴');
  });

  it('names nothing of a private matter, and what was called about leaves it at once', () => {
    const bench = atDesk();
    bring(bench, 1, [item({ why: 'call-back', matterId: null })]);
    ask(bench, { do: 'open-list' });
    expect(bench.page()).toMatchObject({ items: [{ name: { zh: '以前办的一件事' } }] });
    ask(bench, { do: 'open-item', ref: toHex(idOf('one')) });
    expect(ask(bench, { do: 'called' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'agent-list', items: [] });
    const done = bench.keeper.contents().find(({ kind }) => kind === 'call-back.done');
    expect(done).toMatchObject({ actors: [{ role: 'agent', by: 'own' }] });
    expect(bench.keeper.signed().map(({ kind }) => kind)).toContain('call-back.done');
  });

  it('tells its agent, and no other, what the platform refused of theirs', () => {
    const bench = atDesk();
    fileFor(bench, ELDER);
    const { localNumber } = bench.keeper.firstCase();
    ask(bench, { do: 'next-resident' });
    const refused = () => {
      ask(bench, { do: 'open-list' });
      const page = bench.page();
      return page.kind === 'agent-list' ? page.refused : undefined;
    };
    expect(refused()).toEqual([]);
    bench.keeper.deliverAll(5);
    bench.authority.refresh();
    expect(refused()).toMatchObject([{ localNumber, outcome: 5, name: { zh: '高龄津贴' } }]);
    expect(JSON.stringify(bench.view())).not.toContain(ELDER.name);
    // Signed out, nobody reads it; another agent's number opens none of it.
    const { sql } = bench.keeper.rescue;
    sql?.prepare('UPDATE agent_days SET agent_id = ?').run(idOf('another'));
    expect(refused()).toEqual([]);
  });

  it('leads to the case of whoever lays their card, and of nobody else', () => {
    const bench = atDesk();
    fileFor(bench, ELDER);
    const { localNumber } = bench.keeper.firstCase();
    ask(bench, { do: 'next-resident' });
    bring(bench, 1, [item({ localNumber })]);
    ask(bench, { do: 'open-list' });
    ask(bench, { do: 'open-item', ref: toHex(idOf('one')) });
    expect(bench.page()).toMatchObject({ kind: 'agent-item', item: { localNumber } });
    bench.lay(NEIGHBOUR);
    expect(bench.page().kind).toBe('home');
    ask(bench, { do: 'next-resident' });
    ask(bench, { do: 'open-list' });
    ask(bench, { do: 'open-item', ref: toHex(idOf('one')) });
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'case', localNumber });
  });
});

describe('a call that is promised', () => {
  it('is filed beside the resident, for their case and a day, and by nobody alone', () => {
    const bench = atDesk();
    expect(ask(bench, { do: 'promise-call', days: 1 }).ok).toBe(false);
    fileFor(bench, ELDER);
    bench.act({ type: 'home' });
    bench.act({ type: 'go', to: 'my-cases' });
    bench.act({ type: 'open-case', ref: 'case-1' });
    expect(bench.page()).toMatchObject({ kind: 'case', callBack: { day: null } });
    expect(ask(bench, { do: 'promise-call', days: 2 })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ callBack: { day: '2026-06-14' } });
    const promised = bench.keeper.contents().find(({ kind }) => kind === 'call-back.promised');
    expect(promised).toMatchObject({ day: '2026-06-14', agentId: AGENT_ID, actors: [{ by: 'card' }] });
    bench.act({ type: 'go', to: 'agent' });
    ask(bench, { do: 'hand-back' });
    expect(bench.page()).toMatchObject({ kind: 'case', callBack: null });
    expect(ask(bench, { do: 'promise-call', days: 2 }).ok).toBe(false);
  });
});

describe('a day', () => {
  it('is summed, printed and filed as sums alone; once, while it stays the same', async () => {
    const bench = atDesk();
    fileFor(bench, ELDER);
    ask(bench, { do: 'next-resident' });
    ask(bench, { do: 'open-day' });
    expect(bench.page()).toMatchObject({
      kind: 'agent-day',
      day: '2026-06-12',
      filed: [{ count: 1 }],
      slip: 'none',
    });
    expect(ask(bench, { do: 'print-day' })).toEqual({ ok: true });
    await Promise.resolve();
    await Promise.resolve();
    expect(bench.page()).toMatchObject({ slip: 'printed' });
    const slip = JSON.stringify(bench.slips.printed.at(-1));
    const { localNumber } = bench.keeper.firstCase();
    expect(slip).toContain(localNumber.slice(0, 4));
    expect(slip).not.toContain(ELDER.name.slice(0, 2));
    const days = () => bench.keeper.contents().filter(({ kind }) => kind === 'audit.agent-day');
    expect(days()).toMatchObject([{ filed: 1, cashTakenFen: 0 }]);
    ask(bench, { do: 'print-day' });
    await Promise.resolve();
    expect(days()).toHaveLength(1);
    expect(JSON.stringify(bench.slips.printed.at(-1))).toContain('副本');
    bench.act({ type: 'back' });
    fileFor(bench, NEIGHBOUR_ELDER);
    ask(bench, { do: 'next-resident' });
    ask(bench, { do: 'open-day' });
    ask(bench, { do: 'print-day' });
    expect(days()).toMatchObject([{ filed: 1 }, { filed: 2 }]);
  });

  it('is not printed where no printer is, nor shown to anybody else', () => {
    const bench = atDesk();
    bench.world.devices = { ...bench.world.devices, slipPrinter: 'down' };
    ask(bench, { do: 'open-day' });
    expect(bench.page()).toMatchObject({ slip: 'no-printer' });
    expect(ask(bench, { do: 'print-day' }).ok).toBe(false);
    bench.act({ type: 'leave' });
    bench.clock.advance(60_000);
    bench.lay(ELDER);
    expect(ask(bench, { do: 'open-day' }).ok).toBe(false);
  });
});

describe('a sitting of many', () => {
  it('never names a private matter to the next', () => {
    const bench = atDesk();
    const { catalog } = bench.world;
    const isIt = ({ id }: { id: string }) => id === 'old-age-allowance';
    const matters = catalog.matters.map((matter) => (isIt(matter) ? { ...matter, private: true } : matter));
    bench.world.catalog = { ...catalog, matters };
    fileFor(bench, ELDER);
    ask(bench, { do: 'next-resident' });
    expect(bench.page()).toMatchObject({ sitting: { done: 1, again: null } });
    bench.lay(NEIGHBOUR_ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', again: null });
  });

  it('counts, and offers the same matter first; nothing of the one before is there', () => {
    const bench = atDesk();
    bench.lay(ELDER);
    expect(bench.page()).toMatchObject({ kind: 'home', again: null });
    fileFor(bench, ELDER);
    expect(bench.page().kind).toBe('kept');
    const { localNumber } = bench.keeper.firstCase();
    const marks = [ELDER.name, ELDER.name.slice(0, 2), ELDER.number, localNumber, '13800'];
    ask(bench, { do: 'next-resident' });
    expect(bench.page()).toMatchObject({ kind: 'agent-desk', sitting: { done: 1 } });
    const seen = () => JSON.stringify(bench.view());
    for (const mark of marks) expect(seen()).not.toContain(mark);
    bench.lay(NEIGHBOUR_ELDER);
    expect(bench.page()).toMatchObject({ again: { matterId: 'old-age-allowance' } });
    for (const mark of marks) expect(seen()).not.toContain(mark);
    bench.act({ type: 'back' });
    for (const mark of marks) expect(seen()).not.toContain(mark);
    bench.act({ type: 'go', to: 'find' });
    expect(bench.page()).toMatchObject({ kind: 'find', words: '' });
    bench.act({ type: 'home' });
    bench.act({ type: 'go', to: 'my-cases' });
    expect(bench.page()).toMatchObject({ kind: 'my-cases', items: [] });
    expect(bench.keeper.openMemories()).toBe(1);
  });
});

describe('a repair', () => {
  it('is asked for by an agent who is signed in, once a part and day, and signed', () => {
    const bench = atDesk();
    expect(ask(bench, { do: 'order-repair', part: 'screen' }).ok).toBe(false);
    ask(bench, { do: 'open-repair' });
    expect(ask(bench, { do: 'order-repair', part: 'screen' })).toEqual({ ok: true });
    expect(ask(bench, { do: 'order-repair', part: 'screen' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'agent-repair' });
    const page = bench.page();
    expect(page.kind === 'agent-repair' && page.parts.find(({ part }) => part === 'screen')).toMatchObject({
      asked: true,
    });
    const orders = bench.keeper.contents().filter(({ kind }) => kind === 'audit.repair');
    expect(orders).toMatchObject([{ part: 'screen', fault: 'broken', agentId: AGENT_ID }]);
    bench.lay(ELDER);
    expect(ask(bench, { do: 'order-repair', part: 'power' }).ok).toBe(false);
  });
});
