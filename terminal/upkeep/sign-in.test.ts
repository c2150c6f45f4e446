import { expect, it } from 'vitest';
import { crypto } from '../testing/keeper-world.ts';
import { type WatchedKeeper, watchKeeper } from '../visit/testing/watched-keeper.ts';
import { createSignIn, waitAfterMs } from './sign-in.ts';
import { createUpkeepBench, PINS } from './testing/upkeep-bench.ts';
import { isPin, makeVerifier } from './verifier.ts';

const PIN = '314159';
const VERIFIER = makeVerifier(crypto, PIN, { N: 2, r: 1, p: 1 });

function signInAt(keeper: WatchedKeeper) {
  const random = { bytes: (length: number) => crypto.randomBytes(length) };
  const verifiers = { maintainer: VERIFIER };
  return createSignIn({ verifiers, clock: keeper.clock, crypto, random, store: keeper.upkeep, keeper });
}

it('a verifier is of one PIN alone, and tells it to nobody', () => {
  const real = makeVerifier(crypto, '271828');
  expect(real).toMatch(/^scrypt\$32768\$8\$1\$/);
  expect(isPin(crypto, real, '271828')).toBe(true);
  expect(isPin(crypto, real, '271829')).toBe(false);
  expect(makeVerifier(crypto, PIN, { N: 2, r: 1, p: 1 })).not.toBe(VERIFIER);
  for (const broken of ['', PIN, 'scrypt$0$0$0$$', VERIFIER.slice(1), VERIFIER.slice(0, -1)])
    expect(isPin(crypto, broken, PIN)).toBe(false);
});

it('waits longer after each wrong PIN, at most five minutes, and never for ever', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map(waitAfterMs)).toEqual([0, 0, 0, 2_000, 4_000, 8_000, 16_000]);
  expect(waitAfterMs(1_000_000)).toBe(300_000);
});

it('looks at no PIN while it waits, not even at the right one', () => {
  const keeper = watchKeeper();
  const signIn = signInAt(keeper);
  for (let wrong = 0; wrong < 3; wrong += 1) expect(signIn.try('maintainer', '000000')).toBe('wrong');
  expect(signIn.try('maintainer', PIN)).toBe('wait');
  keeper.clock.advance(1_999);
  expect(signIn.waitMs('maintainer')).toBe(1);
  expect(signIn.try('maintainer', PIN)).toBe('wait');
  keeper.clock.advance(1);
  expect(signIn.try('maintainer', PIN)).toBe('right');
  expect(signIn.waitMs('maintainer')).toBe(0);
});

it('a role without a verifier has no PIN that is right', () => {
  expect(signInAt(watchKeeper()).try('caretaker', PIN)).toBe('wait');
});

it('remembers wrong PINs through a restart, and begins the wait anew', () => {
  const keeper = watchKeeper();
  const signIn = signInAt(keeper);
  for (let wrong = 0; wrong < 3; wrong += 1) signIn.try('maintainer', '000000');
  keeper.clock.advance(2_000);
  expect(signIn.try('maintainer', '000000')).toBe('wrong');
  const again = signInAt(keeper.crash());
  expect(again.waitMs('maintainer')).toBe(4_000);
});

it('a full disk makes no guess free', () => {
  const keeper = watchKeeper();
  const signIn = signInAt(keeper);
  keeper.fill(true);
  for (let wrong = 0; wrong < 4; wrong += 1) signIn.try('maintainer', '000000');
  expect(signIn.waitMs('maintainer')).toBeGreaterThan(0);
});

it('tells the platform of each sign-in, and once of wrong PINs in a row, with nobody’s data', () => {
  const bench = createUpkeepBench();
  bench.ask({ do: 'open' });
  bench.ask({ do: 'choose-role', role: 'caretaker' });
  bench.ask({ do: 'sign-in', pin: '000000' });
  bench.ask({ do: 'sign-in', pin: '000001' });
  bench.act({ type: 'leave' });
  bench.signIn('caretaker');
  expect(bench.keeper.contents()).toEqual(
    [
      { schema: 1, kind: 'audit.upkeep-refused', role: 'caretaker', count: 2, attachments: [] },
      { schema: 1, kind: 'audit.upkeep-sign-in', role: 'caretaker', attachments: [] },
    ].map(({ attachments: _, ...content }) => content),
  );
  expect(JSON.stringify(bench.keeper.upkeep.events.newest(10))).not.toContain(PINS.caretaker);
});

it('tells of wrong PINs later when nothing can be kept now', () => {
  const keeper = watchKeeper();
  const signIn = signInAt(keeper);
  signIn.try('maintainer', '000000');
  keeper.fill(true);
  expect(signIn.tellRefused()).toEqual([]);
  keeper.fill(false);
  expect(signIn.tellRefused()).toEqual([{ role: 'maintainer', count: 1 }]);
  expect(signIn.tellRefused()).toEqual([]);
});

it('counts the seconds of a wait down on the page', () => {
  const bench = createUpkeepBench();
  bench.ask({ do: 'open' });
  bench.ask({ do: 'choose-role', role: 'maintainer' });
  const seen: number[] = [];
  bench.onChange(() => {
    const page = bench.page();
    if (page.kind === 'upkeep-sign-in') seen.push(page.waitSeconds);
  });
  for (let wrong = 0; wrong < 4; wrong += 1) {
    bench.ask({ do: 'sign-in', pin: '000000' });
    bench.clock.advance(2_000);
  }
  bench.clock.advance(5_000);
  expect(seen).toContain(2);
  expect(seen).toContain(3);
  expect(seen.at(-1)).toBe(0);
});
