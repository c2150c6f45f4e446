/** The ways in beside the PIN, and the pages about the machine itself. */
import { describe, expect, it } from 'vitest';
import { answerTo, isChallenge, makeChallenge } from '../../sync/phone-sign-in.ts';
import { crypto } from '../testing/keeper-world.ts';
import { ELDER, NEIGHBOUR, readOf } from '../visit/testing/people.ts';
import { BENCH_KEY, BENCH_MACHINE } from './testing/bench-machine.ts';
import { createUpkeepBench, PINS, type UpkeepBench } from './testing/upkeep-bench.ts';

const MINUTE_MS = 60_000;

function atTheDoor(bench = createUpkeepBench()) {
  bench.ask({ do: 'open' });
  bench.ask({ do: 'choose-role', role: 'maintainer' });
  return bench;
}
function door(bench: UpkeepBench) {
  const page = bench.page();
  if (page.kind !== 'upkeep-sign-in') throw new Error(`at ${page.kind}`);
  return page.door;
}
function byPhone(bench = atTheDoor()): { bench: UpkeepBench; challenge: string } {
  bench.ask({ do: 'by-phone', on: true });
  return { bench, challenge: door(bench).challenge! };
}
const right = (challenge: string, role = 'maintainer') => answerTo(crypto, BENCH_KEY, { role, challenge });
const give = (bench: UpkeepBench, answer: string) => bench.ask({ do: 'sign-in-by-phone', answer });
const WRONG = '00000000';

describe('signing in by telephone', () => {
  it('lets in whoever has the answer of the county to this challenge, and tells of it', () => {
    const { bench, challenge } = byPhone();
    expect(door(bench)).toEqual({ phone: BENCH_MACHINE, challenge, card: 'none' });
    expect(isChallenge(challenge)).toBe(true);
    give(bench, right(challenge));
    expect(bench.page().kind).toBe('devices');
    expect(bench.keeper.contents().at(-1)).toMatchObject({
      ...{ kind: 'audit.upkeep-sign-in', role: 'maintainer', by: 'phone', asked: 1, challenge },
    });
  });

  it('takes an answer once, for this role, this machine and this challenge', () => {
    const { bench, challenge } = byPhone();
    give(bench, right(challenge, 'caretaker'));
    expect(bench.page()).toMatchObject({ kind: 'upkeep-sign-in', wrong: true });
    give(bench, answerTo(crypto, new Uint8Array(32), { role: 'maintainer', challenge }));
    expect(bench.page().kind).toBe('upkeep-sign-in');
    const other = byPhone(atTheDoor(bench)).challenge;
    expect(other).not.toBe(challenge);
    give(bench, right(challenge));
    expect(bench.page().kind).toBe('upkeep-sign-in');
  });

  it('forgets a challenge after three wrong answers, half an hour, or when somebody leaves; and makes guesses wait', () => {
    const { bench, challenge } = byPhone();
    for (let tries = 0; tries < 3; tries += 1) give(bench, WRONG);
    expect(door(bench).challenge).not.toBe(challenge);
    expect(bench.page()).toMatchObject({ waitSeconds: 2 });
    give(bench, right(door(bench).challenge!));
    expect(bench.page().kind).toBe('upkeep-sign-in');
    bench.clock.advance(2_000);
    const late = door(bench).challenge!;
    // Touched now and then, or the stay itself would end.
    for (let minute = 0; minute < 31; minute += 1) {
      bench.clock.advance(MINUTE_MS);
      bench.ask({ do: 'choose-role', role: 'maintainer' });
    }
    give(bench, right(late));
    expect(bench.page().kind).not.toBe('devices');
    expect(bench.keeper.contents().filter(({ kind }) => kind === 'audit.upkeep-refused')).toMatchObject([
      { by: 'phone', count: 3 },
    ]);
  });

  it('tells of wrong answers also where somebody tries twice and goes, in one stay or many', () => {
    const bench = createUpkeepBench();
    for (let stay = 0; stay < 2; stay += 1) {
      byPhone(atTheDoor(bench));
      for (let tries = 0; tries < 2; tries += 1) {
        give(bench, WRONG);
        bench.clock.advance(8_000);
      }
      bench.act({ type: 'leave' });
    }
    const told = bench.keeper.contents().filter(({ kind }) => kind === 'audit.upkeep-refused');
    expect(told).toMatchObject([
      { role: 'maintainer', by: 'phone', count: 2 },
      { role: 'maintainer', by: 'phone', count: 2 },
    ]);
    const ring = bench.keeper.upkeep.events.newest(10).map(({ event }) => event);
    expect(ring.filter(({ type }) => type === 'refused')).toMatchObject([{ count: 2 }, { count: 2 }]);
  });

  it('goes on counting after a restart, and takes no answer of before', () => {
    const { bench, challenge } = byPhone();
    for (let tries = 0; tries < 2; tries += 1) give(bench, WRONG);
    const next = createUpkeepBench({ keeper: bench.keeper.crash() });
    const { challenge: fresh } = byPhone(atTheDoor(next));
    expect(fresh.slice(0, 3)).toBe('002');
    give(next, right(challenge));
    expect(next.page()).toMatchObject({ kind: 'upkeep-sign-in', waitSeconds: 2 });
    next.clock.advance(2_000);
    give(next, right(fresh));
    expect(next.page().kind).toBe('devices');
  });

  it('tells a digit that was misheard, and any two neighbours swapped but one in ten', () => {
    const challenge = makeChallenge(17, '40295');
    for (let at = 0; at < 9; at += 1)
      for (let digit = 0; digit < 10; digit += 1) {
        const heard = `${challenge.slice(0, at)}${digit}${challenge.slice(at + 1)}`;
        expect(isChallenge(heard)).toBe(heard === challenge);
      }
  });
});

describe('a maintainer’s card', () => {
  const lay = (bench: UpkeepBench, who = ELDER) => bench.upkeep.takesCard(readOf(who));
  function known() {
    const bench = createUpkeepBench();
    bench.signIn('maintainer');
    bench.ask({ do: 'look-at', page: 'machine' });
    expect(lay(bench)).toBe(false);
    bench.ask({ do: 'add-card' });
    expect(lay(bench)).toBe(true);
    expect(bench.page()).toMatchObject({ kind: 'machine', cards: 1, adding: 'added' });
    bench.act({ type: 'leave' });
    return bench;
  }

  it('is asked for beside the PIN once one is known; another lets nobody in', () => {
    const bench = atTheDoor(known());
    expect(door(bench).card).toBe('wanted');
    bench.ask({ do: 'sign-in', pin: PINS.maintainer });
    expect(bench.page().kind).toBe('upkeep-sign-in');
    expect(lay(bench, NEIGHBOUR)).toBe(true);
    expect(door(bench).card).toBe('unknown');
    bench.ask({ do: 'sign-in', pin: PINS.maintainer });
    expect(bench.page().kind).toBe('upkeep-sign-in');
    lay(bench);
    expect(door(bench).card).toBe('known');
    bench.ask({ do: 'sign-in', pin: PINS.maintainer });
    expect(bench.page().kind).toBe('devices');
  });

  it('is asked for again at the next stay, by telephone too, and not where the reader is broken', () => {
    const bench = atTheDoor(known());
    lay(bench);
    bench.act({ type: 'leave' });
    const { challenge } = byPhone(atTheDoor(bench));
    give(bench, right(challenge));
    expect(bench.page().kind).toBe('upkeep-sign-in');
    bench.becomes({ device: 'card-reader', state: 'absent', reason: 'port-closed' });
    give(bench, right(challenge));
    expect(bench.page().kind).toBe('devices');
    bench.ask({ do: 'look-at', page: 'machine' });
    bench.ask({ do: 'drop-cards' });
    expect(bench.page()).toMatchObject({ cards: 0 });
  });
});

describe('common troubles', () => {
  it('lists those that stand first, and tries whether one is gone', async () => {
    const bench = createUpkeepBench();
    bench.becomes({ device: 'slip-printer', state: 'fault', reason: 'paper-out' });
    bench.signIn('maintainer');
    bench.ask({ do: 'look-at', page: 'fixes' });
    expect(bench.page()).toMatchObject({
      fixes: [{ fix: 'paper', stands: true }, { stands: false }, {}, {}, {}, {}],
    });
    bench.ask({ do: 'open-fix', fix: 'paper' });
    expect(bench.page()).toEqual({ kind: 'fix', fix: 'paper', stands: true, tried: null });
    bench.ask({ do: 'try-fix' });
    expect(bench.page()).toMatchObject({ tried: 'running' });
    await bench.settle();
    expect(bench.page()).toMatchObject({ tried: 'well' });
  });

  it('are the maintainer’s', () => {
    const bench = createUpkeepBench();
    bench.signIn('caretaker');
    expect(bench.ask({ do: 'look-at', page: 'machine' })).toMatchObject({ ok: false });
    expect(bench.ask({ do: 'try-fix' })).toMatchObject({ ok: false });
  });
});

describe('the system', () => {
  it('is told that a maintainer is signed in, until they leave', () => {
    const bench = atTheDoor();
    expect(bench.program.maintained).toBe(false);
    bench.ask({ do: 'sign-in', pin: PINS.maintainer });
    expect(bench.program.maintained).toBe(true);
    bench.act({ type: 'leave' });
    expect(bench.program.maintained).toBe(false);
  });

  it('is told that nobody is when the program ends in order', () => {
    const bench = atTheDoor();
    bench.ask({ do: 'sign-in', pin: PINS.maintainer });
    bench.upkeep.stop();
    expect(bench.program.maintained).toBe(false);
  });

  it('is told nothing of a caretaker', () => {
    const bench = createUpkeepBench();
    bench.signIn('caretaker');
    expect(bench.program.maintained).toBe(false);
  });
});
