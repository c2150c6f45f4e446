import { describe, expect, test } from 'vitest';
import { READER_DELAYS } from './reader-delays.ts';
import {
  READER_EVENTS,
  READER_STATES,
  type ReaderEffect,
  type ReaderMachineEvent,
  type ReaderState,
  step,
} from './reader-machine.ts';

const CELLS = READER_STATES.flatMap((state) =>
  READER_EVENTS.map((event) => ({ state, event, ...step(state, event) })),
);

/** From "reading" being told until an outcome is. */
const WITH_CARD: readonly ReaderState[] = ['selecting', 'reading', 'refinding', 'addressing'];
const OUTCOMES: readonly ReaderEffect[] = [
  'tell-identity',
  'tell-still-here',
  'tell-trouble',
  'tell-lay-again',
];
const isSend = (effect: ReaderEffect) => effect.startsWith('send-');
const stays = (cell: (typeof CELLS)[number]) => cell.next === cell.state && cell.effects.length === 0;

/** Follows events from a state; gives the state reached and every effect on the way. */
function follow(start: ReaderState, ...events: readonly ReaderMachineEvent[]) {
  let state = start;
  const effects: ReaderEffect[] = [];
  for (const event of events) {
    const transition = step(state, event);
    state = transition.next;
    effects.push(...transition.effects);
  }
  return { state, effects };
}

describe('the table', () => {
  test('every state can be reached from the start', () => {
    const reached = new Set<ReaderState>(['closed']);
    for (const state of reached) for (const event of READER_EVENTS) reached.add(step(state, event).next);
    expect([...reached].sort()).toEqual([...READER_STATES].sort());
  });

  test('the loss of the port is told from every state', () => {
    for (const state of READER_STATES) {
      expect(step(state, 'lost').next).toBe('closed');
      expect(step(state, 'lost').effects).toContain('tell-closed');
    }
  });

  test('whoever was told "reading" is told an outcome, once', () => {
    for (const cell of CELLS) {
      const outcomes = cell.effects.filter((effect) => OUTCOMES.includes(effect));
      const leaves = WITH_CARD.includes(cell.state) && !WITH_CARD.includes(cell.next);
      const mayTell = leaves || cell.event === 'refused';
      expect(outcomes.length, `${cell.state} ${cell.event}`).toBeLessThanOrEqual(mayTell ? 1 : 0);
      if (leaves) expect(outcomes, `${cell.state} ${cell.event}`).toHaveLength(1);
      if (WITH_CARD.includes(cell.state)) expect(cell.effects).not.toContain('tell-reading');
      else expect(cell.effects.includes('tell-reading')).toBe(WITH_CARD.includes(cell.next));
    }
  });

  test('only a card that was read is told', () => {
    for (const { state, effects } of CELLS) {
      if (effects.includes('tell-identity')) expect(state).toBe('addressing');
      if (effects.includes('tell-still-here')) expect(state).toBe('reading');
    }
  });

  test('one thing is asked at a time, and nothing of a closed port', () => {
    for (const { next, effects } of CELLS) {
      expect(effects.filter(isSend).length).toBeLessThanOrEqual(1);
      if (next === 'closed') expect(effects.some(isSend)).toBe(false);
    }
  });

  test('a state without a delay is always waiting for an answer', () => {
    for (const cell of CELLS) {
      if (READER_DELAYS.dueMs[cell.next] === undefined && !stays(cell) && cell.event !== 'forget') {
        expect(cell.effects.some(isSend), `${cell.state} ${cell.event}`).toBe(true);
      }
    }
  });

  test('forgetting stops no read under way', () => {
    for (const state of READER_STATES) {
      expect(step(state, 'forget')).toEqual({
        next: state === 'holding' ? 'searching' : state,
        effects: ['forget'],
      });
    }
  });

  test('readers are polled no faster than they bear', () => {
    for (const state of ['searching', 'holding', 'troubled'] as const) {
      expect(READER_DELAYS.dueMs[state]).toBeGreaterThanOrEqual(300);
    }
  });
});

describe('paths', () => {
  test('from a closed port to a card held', () => {
    const path = follow(
      'closed',
      'due',
      'opened',
      'ready',
      'none',
      'due',
      'found',
      'selected',
      'read-new',
      'addressed',
    );
    expect(path).toEqual({
      state: 'holding',
      effects: [
        'open',
        'send-status',
        'tell-well',
        'send-find',
        'send-find',
        'tell-reading',
        'send-select',
        'send-read',
        'send-address',
        'tell-identity',
      ],
    });
  });

  test('while holding, "no card" says nothing', () => {
    expect(follow('holding', 'due', 'none', 'due', 'none')).toEqual({
      state: 'holding',
      effects: ['send-find', 'send-find'],
    });
  });

  test('while holding, the same card says that it is still here', () => {
    expect(follow('holding', 'found', 'selected', 'read-same')).toEqual({
      state: 'holding',
      effects: ['tell-reading', 'send-select', 'send-read', 'tell-still-here'],
    });
  });

  test('while holding, another card is told', () => {
    const { state, effects } = follow('holding', 'found', 'selected', 'read-new', 'addressed');
    expect(state).toBe('holding');
    expect(effects.at(-1)).toBe('tell-identity');
  });

  test('a card that failed is not tried again before it was away', () => {
    expect(follow('reading', 'refused', 'due', 'found', 'due', 'found')).toEqual({
      state: 'troubled',
      effects: ['tell-trouble', 'send-find', 'send-find'],
    });
    expect(follow('troubled', 'due', 'none', 'due', 'found').state).toBe('selecting');
  });

  test('an answer to a read that was lost is asked for again', () => {
    expect(follow('reading', 'again', 'again', 'gave-up')).toEqual({
      state: 'checking',
      effects: ['send-read', 'send-read', 'tell-lay-again', 'send-status'],
    });
  });
});
