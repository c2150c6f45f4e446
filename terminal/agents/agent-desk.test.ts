import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../base/node/random.ts';
import { SqlFailure } from '../../base/sql.ts';
import type { RosterContent } from '../../sync/agent-contents.ts';
import {
  contentOf,
  crash,
  crypto,
  handClock,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  parsed,
} from '../testing/keeper-world.ts';
import { AGENT, AGENT_ID, CODE, DAY_MS, PIN, rosterOfOne } from '../visit/testing/agents.ts';
import { NEIGHBOUR, readOf, SPECIMEN } from '../visit/testing/people.ts';
import { START_MS } from '../visit/testing/site.ts';
import { createAgentDesk } from './agent-desk.ts';

/** A desk on a machine that may die and come back; its roster and its sure time in the test's hand. */
function deskOn(parts: MemoryParts = memoryParts({ clock: handClock(START_MS) })) {
  const opened = openEnrolled(parts);
  const world = { roster: rosterOfOne() as RosterContent | null, sureMs: START_MS };
  const desk = createAgentDesk({
    ...{
      vault: opened.agents,
      dayBook: opened.dayBook,
      authorities: opened.authorities,
      keeper: opened.keeper,
      clock: parts.clock,
    },
    ...{ crypto, random: systemRandom, nowMs: () => parts.clock.wallMs() },
    roster: () => world.roster,
    lists: () => [],
    sureMs: () => world.sureMs,
  });
  const card = readOf(AGENT);
  const audits = () =>
    parsed(offered(opened))
      .map(contentOf)
      .filter(({ kind }) => String(kind).startsWith('audit.'));
  return {
    ...{ desk, world, card, audits, parts, opened },
    restart() {
      crash(parts);
      return deskOn(parts);
    },
  };
}

function registered() {
  const bench = deskOn();
  expect(bench.desk.register(bench.card, CODE, PIN).ok).toBe(true);
  bench.desk.follow(null, null, [], null);
  return bench;
}

describe('a PIN', () => {
  it('opens the keys with its card alone, also after a restart and with no network', () => {
    const bench = registered().restart();
    const here = bench.desk.signIn(bench.card, PIN);
    expect(here).toMatchObject({ ok: true, value: { agentId: AGENT_ID } });
    expect(bench.desk.signIn(readOf(NEIGHBOUR), PIN)).toEqual({ ok: false, error: 'not-registered' });
    const forged = { ...bench.card, photo: readOf(NEIGHBOUR).photo };
    expect(bench.desk.signIn(forged, PIN)).toEqual({ ok: false, error: 'not-registered' });
    // Nothing on the disk says whose it is.
    const { sql } = bench.opened.rescue;
    const rows = sql?.prepare<Record<string, unknown>>('SELECT * FROM agents').all() ?? [];
    const stored = rows.flatMap((row) => Object.values(row).filter((value) => value instanceof Uint8Array));
    expect(stored.length).toBeGreaterThan(0);
    for (const bytes of stored) {
      const text = new TextDecoder().decode(bytes);
      for (const secret of [AGENT.name, AGENT.number, PIN, CODE]) expect(text).not.toContain(secret);
    }
  });

  it('is guessed ever more slowly; cutting the power makes it no faster', () => {
    let bench = registered();
    const tried = { looked: 0 };
    for (let guess = 0; guess < 12; guess++) {
      const answer = bench.desk.signIn(bench.card, String(200_000 + guess));
      expect(answer.ok).toBe(false);
      if (!answer.ok && answer.error === 'wrong') tried.looked += 1;
      // The thief pulls the plug after each.
      bench = bench.restart();
    }
    // Two are free; after the third each restart begins the wait anew, so nothing more is looked at.
    expect(tried.looked).toBe(3);
    const waits: number[] = [];
    for (let guess = 0; guess < 8; guess++) {
      const waitMs = bench.desk.waitMs(bench.card, 'pin');
      waits.push(waitMs);
      expect(bench.desk.signIn(bench.card, PIN)).toEqual({ ok: false, error: 'wait' });
      bench.parts.clock.advance(waitMs);
      expect(bench.desk.signIn(bench.card, '111222')).toEqual({ ok: false, error: 'wrong' });
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThan(60_000);
    bench.parts.clock.advance(300_000);
    expect(bench.desk.signIn(bench.card, PIN).ok).toBe(true);
    expect(bench.desk.waitMs(bench.card, 'pin')).toBe(0);
    const refused = bench.audits().filter(({ kind }) => kind === 'audit.agent-refused');
    expect(refused.map(({ count }) => count)).toEqual([5, 5]);
  });

  it('is not looked at while the disk cannot take that it was tried', () => {
    const bench = registered();
    bench.parts.store.onCommit = (when) => {
      if (when === 'before') throw new SqlFailure({ code: 'full', detail: 'on order' });
    };
    for (let guess = 0; guess < 9; guess++)
      expect(bench.desk.signIn(bench.card, PIN)).toEqual({ ok: false, error: 'store' });
  });

  it('can be another; killed at any write there is the old one or the new one', () => {
    for (let point = 1; point < 6; point++) {
      const bench = registered();
      const here = bench.desk.signIn(bench.card, PIN);
      if (!here.ok) throw new Error(here.error);
      let commits = 0;
      bench.parts.store.onCommit = () => {
        commits += 1;
        if (commits === point) throw new Error('killed');
      };
      let isDone = false;
      try {
        isDone = bench.desk.changePin(bench.card, here.value, '581937').ok;
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'killed') throw error;
      }
      const next = bench.restart();
      const [old, fresh] = [PIN, '581937'].map((pin) => next.desk.signIn(next.card, pin).ok);
      expect([old, fresh].filter(Boolean)).toHaveLength(1);
      if (isDone) expect(fresh).toBe(true);
    }
  });
});

describe('registering', () => {
  it('takes a code once, and says to the platform whose card it was', () => {
    const bench = registered();
    expect(bench.audits()[0]).toMatchObject({
      ...{ kind: 'audit.agent-key', agentId: AGENT_ID },
      holder: { name: AGENT.name, number: AGENT.number },
    });
    expect(bench.desk.register(readOf(NEIGHBOUR), CODE, PIN)).toEqual({ ok: false, error: 'code-used' });
    expect(bench.restart().desk.checkCode(CODE)).toEqual({ ok: false, error: 'code-used' });
  });

  it('killed at any write leaves an agent who can sign in, or one who can register', () => {
    for (let point = 1; point < 10; point++) {
      const bench = deskOn();
      let commits = 0;
      bench.parts.store.onCommit = () => {
        commits += 1;
        if (commits === point) throw new Error('killed');
      };
      try {
        bench.desk.register(bench.card, CODE, PIN);
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'killed') throw error;
      }
      const next = bench.restart();
      const isIn = next.desk.signIn(next.card, PIN).ok || next.desk.register(next.card, CODE, PIN).ok;
      expect(isIn, `killed at ${point}`).toBe(true);
      // No key signs that the platform was not told of.
      const told = next.audits().filter(({ kind }) => kind === 'audit.agent-key');
      expect(told.length).toBeGreaterThan(0);
    }
  });

  it('guesses no code', () => {
    const bench = deskOn();
    let looked = 0;
    for (let guess = 0; guess < 10; guess++) {
      const answer = bench.desk.checkCode(String(100_000_000_000 + guess));
      if (!answer.ok && answer.error === 'wrong') looked += 1;
    }
    expect(looked).toBe(3);
    expect(bench.desk.checkCode(CODE)).toEqual({ ok: false, error: 'wait' });
  });

  it('with a new code takes the place of what that agent had here', () => {
    const bench = registered();
    const code = '135792468013';
    const other = rosterOfOne({}, { version: 2 });
    const [agent] = other.agents;
    bench.world.roster = {
      ...other,
      agents: [{ ...agent!, codeHash: crypto.sha256(Uint8Array.of(1)) }],
    };
    expect(bench.desk.checkCode(code)).toEqual({ ok: false, error: 'wrong' });
    expect(bench.desk.isRegistered(bench.card)).toBe(true);
    expect(bench.desk.isRegistered(readOf(SPECIMEN))).toBe(false);
  });
});

describe('the roster', () => {
  it('that is old is said and audited; one past its end lets nobody in, whatever the clock says', () => {
    const bench = registered();
    bench.world.sureMs = START_MS + 31 * DAY_MS;
    const stale = bench.desk.signIn(bench.card, PIN);
    expect(stale).toMatchObject({ ok: true, value: { roster: { version: 1, stale: true } } });
    expect(bench.audits().at(-1)).toMatchObject({
      kind: 'audit.agent-sign-in',
      roster: { stale: true, version: 1 },
    });
    bench.world.sureMs = START_MS + 90 * DAY_MS;
    expect(bench.desk.signIn(bench.card, PIN)).toEqual({ ok: false, error: 'roster-ended' });
    // The wall clock set back: the sure time does not follow it.
    bench.parts.clock.setWall(START_MS - 400 * DAY_MS);
    expect(bench.desk.signIn(bench.card, PIN)).toEqual({ ok: false, error: 'roster-ended' });
  });

  it('ends who is revoked, whose time is up, whose key is refused, and who is not on it', () => {
    const bench = registered();
    const here = bench.desk.signIn(bench.card, PIN);
    if (!here.ok) throw new Error(here.error);
    expect(bench.desk.stands(here.value)).toBe(true);
    const { signKeyId } = here.value;
    for (const [roster, why] of [
      [rosterOfOne({ revoked: true }), 'revoked'],
      [rosterOfOne({ refused: [signKeyId] }), 'revoked'],
      [rosterOfOne({ untilMs: START_MS }), 'expired'],
      [rosterOfOne({ agentId: signKeyId }), 'not-listed'],
      [rosterOfOne({}, { endMs: START_MS }), 'roster-ended'],
      [null, 'no-roster'],
    ] as const) {
      bench.world.roster = roster;
      expect(bench.desk.stands(here.value), why).toBe(false);
      expect(bench.desk.signIn(bench.card, PIN)).toEqual({ ok: false, error: why });
    }
  });
});
