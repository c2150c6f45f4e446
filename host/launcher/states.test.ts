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
  fc.constant<Event>({ type: 'healthy' }),
  fc.record({ type: fc.constant('failed' as const), why: fc.constantFrom(...FAILURES) }),
  fc.constant<Event>({ type: 'damaged' }),
  fc.constant<Event>({ type: 'lost' }),
);

const reached = (...more: readonly Event[]) => more.reduce(nextState, firstState('a'));
const STAGED: Event = { type: 'stage', version: version(2), byOrder: false };
const SWITCHED: Event = { type: 'switch', version: version(2) };

describe('the states', () => {
  it('lead from one version to the next by way of a trial', () => {
    expect(runningSlot(reached(STAGED))).toBe('a');
    expect(runningSlot(reached(STAGED, SWITCHED))).toBe('b');
    expect(reached(STAGED, SWITCHED, { type: 'healthy' })).toMatchObject({
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
    expect(nextState(nextState(ordered, SWITCHED), { type: 'healthy' }).refused).toEqual([]);
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
            expect(passed || (before.phase !== 'trial' && event.type === 'lost')).toBe(true);
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
