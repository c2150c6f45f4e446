import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeState, encodeState, type Numbered } from './state-file.ts';
import {
  type Event,
  FAILURES,
  firstState,
  isRefused,
  MOST_ATTEMPTS,
  nextState,
  OTHER,
  runningSlot,
  type State,
  type VersionRef,
} from './states.ts';

const version = (number: number): VersionRef => ({
  version: number,
  manifest: number.toString(16).padStart(64, '0'),
});

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.constant<Event>({ type: 'boot' }),
  fc.record({
    type: fc.constant('stage' as const),
    version: fc.integer({ min: 1, max: 3 }).map(version),
    byOrder: fc.boolean(),
  }),
  fc.record({ type: fc.constant('switch' as const), version: fc.integer({ min: 1, max: 3 }).map(version) }),
  fc.constant<Event>({ type: 'healthy', before: version(1) }),
  fc.constantFrom<Event>({ type: 'stumbled' }, { type: 'lasted' }, { type: 'no-way-back' }),
  fc.record({ type: fc.constant('given-up' as const), from: fc.integer({ min: 1, max: 3 }).map(version) }),
  fc.record({ type: fc.constant('failed' as const), why: fc.constantFrom(...FAILURES) }),
  fc.constant<Event>({ type: 'damaged' }),
  fc.constant<Event>({ type: 'lost' }),
);

const reached = (...more: readonly Event[]) => more.reduce(nextState, firstState('a'));
const STAGED: Event = { type: 'stage', version: version(2), byOrder: false };
const GIVEN_UP: Event = { type: 'given-up', from: version(2) };
const HEALTHY: Event = { type: 'healthy', before: version(1) };
const SWITCHED: Event = { type: 'switch', version: version(2) };

describe('the states', () => {
  it('lead from one version to the next by way of a trial', () => {
    expect(runningSlot(reached(STAGED))).toBe('a');
    expect(runningSlot(reached(STAGED, SWITCHED))).toBe('b');
    expect(reached(STAGED, SWITCHED, HEALTHY)).toMatchObject({
      ...{ phase: 'steady', on: 'b', refused: [] },
      last: { version: 2, outcome: 'committed' },
    });
  });

  it('lead back, and the version stays refused unless it is ordered', () => {
    const back = reached(STAGED, SWITCHED, { type: 'failed', why: 'ill' });
    expect(back).toMatchObject({ phase: 'steady', on: 'a', refused: [{ version: 2, why: 'ill' }] });
    expect(nextState(back, STAGED)).toBe(back);
    const ordered = nextState(back, { ...STAGED, byOrder: true });
    expect(ordered.phase).toBe('staged');
    expect(nextState(nextState(ordered, SWITCHED), HEALTHY).refused).toEqual([]);
  });

  it('forgive one power cut in a trial, and no more', () => {
    const once = reached(STAGED, SWITCHED, { type: 'boot' });
    expect(once).toMatchObject({ phase: 'trial', attempt: MOST_ATTEMPTS });
    expect(nextState(once, { type: 'boot' })).toMatchObject({
      phase: 'steady',
      on: 'a',
      last: { outcome: 'power' },
    });
  });

  it('lead back from a committed version that is given up, and it stays left once the one before has lasted', () => {
    const stumbling = reached(STAGED, SWITCHED, HEALTHY, { type: 'stumbled' }, { type: 'stumbled' });
    expect(stumbling).toMatchObject({ on: 'b', before: version(1), stumbles: 2 });
    expect(nextState(stumbling, { type: 'lasted' })).toMatchObject({ stumbles: 0, before: version(1) });
    const left = nextState(stumbling, GIVEN_UP);
    expect(left).toMatchObject({
      ...{ phase: 'steady', on: 'a', stumbles: 0, before: version(2) },
      ...{ refused: [{ version: 2, why: 'crashed-later' }], last: { version: 2, outcome: 'crashed-later' } },
    });
    const stays = nextState(left, { type: 'lasted' });
    expect(stays.before).toBeNull();
    for (const event of [{ type: 'stumbled' }, GIVEN_UP, STAGED] as const)
      expect(nextState(stays, event)).toBe(stays);
  });

  it('lead forward again when the one before stumbles as well, and then nowhere', () => {
    const left = reached(STAGED, SWITCHED, HEALTHY, GIVEN_UP);
    const again = nextState(left, { type: 'given-up', from: version(1) });
    expect(again).toMatchObject({
      ...{ on: 'b', refused: [], before: null, last: { version: 2, outcome: 'committed' } },
    });
    for (const event of [{ type: 'stumbled' }, GIVEN_UP] as const)
      expect(nextState(again, event)).toBe(again);
  });

  it('know no way back once another release lies in the other folder', () => {
    const staged = reached(STAGED, SWITCHED, HEALTHY, { type: 'stage', version: version(3), byOrder: false });
    expect(staged).toMatchObject({ phase: 'staged', before: null });
    expect(nextState(staged, GIVEN_UP)).toBe(staged);
  });

  it('never run a version that was neither committed nor is on trial, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (all) => {
        let state: State = firstState('a');
        let boots = 0;
        for (const event of all) {
          const before = state;
          state = nextState(state, event);
          // The committed folder changes by a passed trial alone, or when it is lost.
          if (state.on !== before.on) {
            const passed = before.phase === 'trial' && event.type === 'healthy';
            // Or when it is given up, for one that was committed here and still lies there.
            const left = before.phase === 'steady' && before.before !== null && event.type === 'given-up';
            const lost = before.phase !== 'trial' && event.type === 'lost';
            expect(passed || lost || left).toBe(true);
          }
          if (state.phase === 'trial' && before.phase !== 'trial') {
            expect(before.phase === 'staged' && event.type === 'switch').toBe(true);
            boots = 0;
          }
          if (state.phase === 'trial' && event.type === 'boot') boots += 1;
          expect(boots).toBeLessThan(MOST_ATTEMPTS);
          if (state.phase !== 'trial') {
            expect(runningSlot(state)).toBe(state.on);
            boots = 0;
          }
          if (before.phase === 'trial' && event.type === 'failed') {
            expect(state.on).toBe(before.on);
            expect(isRefused(state, before.next)).toBe(true);
          }
          if (state.phase === 'staged' && event.type === 'stage' && !event.byOrder && state !== before) {
            expect(isRefused(before, event.version)).toBe(false);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('survive a write that is torn at any byte: the state before or the one after', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 12 }), fc.nat(), fc.boolean(), (all, at, garbled) => {
        let disk: (Uint8Array | undefined)[] = [undefined, undefined];
        let state = firstState('a');
        disk = disk.map(() => encodeState({ counter: 0, state }));
        let counter = 0;
        for (const event of all) {
          const next = nextState(state, event);
          counter += 1;
          const whole = encodeState({ counter, state: next });
          const torn = whole.slice(0, at % whole.length);
          if (garbled && torn.length > 0) torn[torn.length - 1]! ^= 1;
          expect(newest([torn, disk[1]])?.state).toEqual(state);
          expect(newest([whole, torn])?.state).toEqual(next);
          disk = [whole, whole];
          state = next;
        }
        expect(runningSlot(newest(disk)!.state)).toMatch(/^[ab]$/);
        expect(OTHER[state.on]).not.toBe(state.on);
      }),
      { numRuns: 200 },
    );
  });
});

function newest(copies: readonly (Uint8Array | undefined)[]): Numbered | undefined {
  return copies
    .flatMap((bytes) => decodeState(bytes) ?? [])
    .sort((one, other) => other.counter - one.counter)[0];
}

it('takes up the state of a launcher of before, which knew no way back from what was committed', () => {
  const { before, stumbles, ...rest } = reached(STAGED, SWITCHED, HEALTHY);
  const line = JSON.stringify({ v: 1, counter: 4, state: rest });
  const sum = createHash('sha256').update(line).digest('hex');
  expect(decodeState(new TextEncoder().encode(`${line}\n${sum}\n`))).toEqual({
    counter: 4,
    state: { ...rest, before: null, stumbles: 0 },
  });
  expect(before).toEqual(version(1));
  expect(stumbles).toBe(0);
});
