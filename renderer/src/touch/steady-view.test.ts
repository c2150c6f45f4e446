import { expect, it } from 'vitest';
import type { View } from '../../../terminal/api.ts';
import { SHELL } from '../gallery/people.ts';
import { createSteadyView, LONGEST_HOLD_MS, watchFingers } from './steady-view.ts';

const KEPT: View = {
  ...SHELL,
  holder: '张*',
  page: { kind: 'agent', signIn: false, acting: null, entrusts: false, openCashFen: null, call: null },
};
const of = (revision: number, more: Partial<View> = {}): View => ({ ...KEPT, revision, ...more });

/** A screen with its time in the test's hand. */
function bench() {
  const shown: (number | null)[] = [];
  let tasks: { readonly atMs: number; readonly task: () => void }[] = [];
  let nowMs = 0;
  const clock = {
    after(delayMs: number, task: () => void) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
  };
  const steady = createSteadyView(clock, (view) => shown.push(view === null ? null : view.revision));
  const pass = (ms: number) => {
    nowMs += ms;
    const due = tasks.filter(({ atMs }) => atMs <= nowMs);
    tasks = tasks.filter(({ atMs }) => atMs > nowMs);
    for (const { task } of due) task();
  };
  return { steady, shown, pass };
}

it('what changes by itself waits for the finger, and then the newest stands there', () => {
  const { steady, shown, pass } = bench();
  steady.next(of(1));
  steady.finger(true);
  steady.next(of(2, { network: 'offline' }));
  steady.next(of(3, { network: 'online' }));
  expect(shown).toEqual([1]);
  steady.finger(false);
  // The tap is heard on the page that was touched.
  expect(shown).toEqual([1]);
  pass(0);
  expect(shown).toEqual([1, 3]);
  steady.next(of(4));
  expect(shown).toEqual([1, 3, 4]);
});

it('another page, another person, and no page at all come at once, and what was held is dropped', () => {
  for (const other of [
    of(9, { page: { kind: 'lost-card' } }),
    of(9, { holder: null }),
    of(9, { holder: null, page: { kind: 'second-card', phase: 'ask', secondsLeft: null } }),
    null,
  ]) {
    const { steady, shown, pass } = bench();
    steady.next(of(1));
    steady.finger(true);
    steady.next(of(2));
    steady.next(other);
    expect(shown).toEqual([1, other === null ? null : 9]);
    steady.finger(false);
    pass(LONGEST_HOLD_MS);
    expect(shown).toHaveLength(2);
  }
});

it('a hand that rests on the glass holds nothing back for long, however much comes', () => {
  const { steady, shown, pass } = bench();
  steady.next(of(1));
  steady.finger(true);
  steady.next(of(2));
  pass(LONGEST_HOLD_MS - 1);
  steady.next(of(3));
  pass(1);
  expect(shown).toEqual([1, 3]);
});

it('counts fingers as the glass tells them, and forgets one it never saw lift', () => {
  const glass = new EventTarget();
  const told: boolean[] = [];
  const stop = watchFingers(glass as unknown as Document, { finger: (isDown) => told.push(isDown) });
  const tell = (name: string, pointerId: number, isPrimary: boolean) =>
    glass.dispatchEvent(Object.assign(new Event(name), { pointerId, isPrimary }));
  tell('pointerdown', 1, true);
  tell('pointerdown', 2, false);
  tell('pointerup', 1, true);
  expect(told.at(-1)).toBe(true);
  tell('pointerdown', 3, true);
  tell('pointercancel', 3, true);
  expect(told.at(-1)).toBe(false);
  stop();
  tell('pointerdown', 4, true);
  expect(told.at(-1)).toBe(false);
});
