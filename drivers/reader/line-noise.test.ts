/** A noisy line: no word of it is believed too soon, and whoever stands there is told something. */
import { describe, expect, test } from 'vitest';
import { readThroughNoise } from '../testing/noisy-reads.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { READER_DELAYS } from './reader-delays.ts';
import { SecondLook } from './second-look.ts';

test.each([0.01, 0.003, 0.001])(
  'with a share of %d bytes wrong nobody is taken for another',
  async (share) => {
    const tally = await readThroughNoise({ share, lays: 1_500, seed: 11 });
    expect(tally.wrong).toEqual([]);
    // Whoever laid a card that was found is told what became of it.
    expect(tally.identities + tally.troubles + tally.stillHere).toBe(tally.readings);
    expect(tally.readings).toBeGreaterThan(700);
  },
);

test('one byte in ten thousand wrong: nearly every card is read all the same', async () => {
  const tally = await readThroughNoise({ share: 0.0001, lays: 300, seed: 3 });
  expect(tally.identities).toBeGreaterThan(270);
});

test('once the noise is over the next card is read, and no later one is asked for twice', async () => {
  const tally = await readThroughNoise({ share: 0.01, lays: 5, seed: 1, thenQuietLays: 5 });
  expect(tally.quiet).toEqual({ identities: 5, readsOfTheLast: 1 });
});

describe('an answer after a sign of noise', () => {
  const [one, other] = [Uint8Array.of(1, 2), Uint8Array.of(1, 3)];

  function setUp() {
    const clock = virtualClock();
    const look = new SecondLook(clock);
    look.ask('read');
    return { clock, look };
  }

  test('counts at once on a quiet line', () => {
    expect(setUp().look.findDoubt(one)).toBeUndefined();
  });

  test('counts when it comes twice alike', () => {
    const { look } = setUp();
    look.doubt();
    expect([one, one, one].map((data) => look.findDoubt(data))).toEqual(['unsure', undefined, 'unsure']);
  });

  test('that differs from the one before is held against the next', () => {
    const { look } = setUp();
    look.doubt();
    expect([one, other, other].map((data) => look.findDoubt(data))).toEqual(['unsure', 'again', undefined]);
  });

  test('is never held against one to another command', () => {
    const { look } = setUp();
    look.doubt();
    look.findDoubt(one);
    look.ask('read-address');
    expect(look.findDoubt(one)).toBe('unsure');
  });

  test('counts at once again when the line was quiet for long', async () => {
    const { clock, look } = setUp();
    look.doubt();
    await clock.pass(READER_DELAYS.doubtMs);
    expect(look.findDoubt(one)).toBeUndefined();
  });

  test('is the caller’s own: what is kept of it is a copy', () => {
    const { look } = setUp();
    const mine = Uint8Array.from(one);
    look.doubt();
    look.findDoubt(mine);
    mine.fill(0);
    expect(look.findDoubt(one)).toBeUndefined();
  });
});
