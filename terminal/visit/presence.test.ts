import { describe, expect, it } from 'vitest';
import { type HandClock, handClock } from '../testing/keeper-world.ts';
import {
  type Pace,
  type Presence,
  type PresenceEvent,
  type PresenceState,
  startPresence,
} from './presence.ts';
import { TIMEOUTS } from './timeouts.ts';

interface Frame extends Presence {
  /** How often a stay of upkeep ended. */
  upkeepEnded(): number;
  readonly clock: HandClock;
  ended(): number;
  /** Timers that are waiting. */
  timers(): number;
  nothingToTake: boolean;
}

function start(): Frame {
  const hand = handClock(0);
  let timers = 0;
  const clock: HandClock = {
    ...hand,
    after(delayMs, task) {
      timers += 1;
      let isOver = false;
      const over = () => {
        if (!isOver) timers -= 1;
        isOver = true;
      };
      const cancel = hand.after(delayMs, () => {
        over();
        task();
      });
      return () => {
        over();
        cancel();
      };
    },
  };
  let ended = 0;
  let upkeepEnded = 0;
  const frame = {
    clock,
    ended: () => ended,
    upkeepEnded: () => upkeepEnded,
    timers: () => timers,
    nothingToTake: false,
  };
  const presence = startPresence({
    clock,
    timeouts: TIMEOUTS,
    onEnd: () => {
      ended += 1;
    },
    onUpkeepEnd: () => {
      upkeepEnded += 1;
    },
    nothingToTake: () => frame.nothingToTake,
    onChange: () => {},
  });
  return Object.assign(frame, presence);
}

const pace: Pace = 'open';
const EVENTS = {
  'service.back': { type: 'service.back' },
  'service.lost': { type: 'service.lost' },
  came: { type: 'came', pace },
  'card.trouble': { type: 'card.trouble', trouble: 'unreadable' },
  touched: { type: 'touched', pace },
  'other.card': { type: 'other.card' },
  'first.card': { type: 'first.card', pace },
  'still.me': { type: 'still.me' },
  'next.person': { type: 'next.person', pace },
  left: { type: 'left' },
  upkeep: { type: 'upkeep' },
} as const satisfies { readonly [T in PresenceEvent['type']]: PresenceEvent };

const toHere: PresenceEvent[] = [EVENTS['service.back'], EVENTS.came];
const toAsk: PresenceEvent[] = [...toHere, EVENTS['other.card']];

/** How each state is reached: what is sent, then how long is waited. */
const STATES = {
  closed: { events: [], waitMs: 0 },
  vacant: { events: [EVENTS['service.back']], waitMs: 0 },
  troubled: { events: [EVENTS['service.back'], EVENTS['card.trouble']], waitMs: 0 },
  active: { events: toHere, waitMs: 0 },
  asking: { events: toHere, waitMs: TIMEOUTS.idleMs },
  ask: { events: toAsk, waitMs: 0 },
  'lay-first-card': { events: [...toAsk, EVENTS['still.me']], waitMs: 0 },
  'not-first-card': { events: [...toAsk, EVENTS['still.me'], EVENTS['other.card']], waitMs: 0 },
  goodbye: { events: [...toHere, EVENTS.left], waitMs: 0 },
  upkeep: { events: [EVENTS['service.back'], EVENTS.upkeep], waitMs: 0 },
} as const satisfies Record<string, { readonly events: readonly PresenceEvent[]; readonly waitMs: number }>;

type Name = keyof typeof STATES;

/**
 * State by event. What is not named stays as it is. `service.lost` always closes; a `!` marks that the visit
 * ends on the way.
 */
const TABLE: Record<Name, Partial<Record<keyof typeof EVENTS, Name | `${Name}!`>>> = {
  closed: { 'service.back': 'vacant', upkeep: 'upkeep' },
  vacant: { came: 'active', 'card.trouble': 'troubled', upkeep: 'upkeep', 'service.lost': 'closed' },
  troubled: { came: 'active', upkeep: 'upkeep', 'service.lost': 'closed' },
  active: { 'other.card': 'ask', 'next.person': 'active!', left: 'goodbye!', 'service.lost': 'closed!' },
  asking: {
    touched: 'active',
    'first.card': 'active',
    'other.card': 'ask',
    left: 'goodbye!',
    'service.lost': 'closed!',
  },
  ask: {
    'first.card': 'active',
    'still.me': 'lay-first-card',
    'next.person': 'active!',
    left: 'goodbye!',
    'service.lost': 'closed!',
  },
  'lay-first-card': {
    'first.card': 'active',
    'other.card': 'not-first-card',
    'next.person': 'active!',
    left: 'goodbye!',
    'service.lost': 'closed!',
  },
  'not-first-card': {
    'first.card': 'active',
    'next.person': 'active!',
    left: 'goodbye!',
    'service.lost': 'closed!',
  },
  goodbye: {
    came: 'active',
    'card.trouble': 'troubled',
    touched: 'vacant',
    left: 'vacant',
    'service.lost': 'closed',
  },
  upkeep: { came: 'active', 'card.trouble': 'troubled', left: 'vacant', 'service.lost': 'closed' },
};

function reach(name: Name): Frame {
  const frame = start();
  for (const event of STATES[name].events) frame.send(event);
  frame.clock.advance(STATES[name].waitMs);
  return frame;
}

function nameOf(state: PresenceState): Name {
  if (state.at === 'challenged') return state.phase;
  return state.at === 'vacant' && state.trouble !== null ? 'troubled' : state.at;
}

describe('every event in every state', () => {
  const names = Object.keys(STATES) as Name[];
  const types = Object.keys(EVENTS) as (keyof typeof EVENTS)[];
  it.each(names.flatMap((name) => types.map((type) => [name, type] as const)))('%s, %s', (name, type) => {
    const frame = reach(name);
    expect(nameOf(frame.state())).toBe(name);
    const before = frame.ended();
    frame.send(EVENTS[type]);
    const expected = TABLE[name][type] ?? name;
    expect(nameOf(frame.state())).toBe(expected.replace('!', ''));
    expect(frame.ended() - before).toBe(expected.endsWith('!') ? 1 : 0);
  });
});

it.each(['came', 'card.trouble', 'left', 'service.lost'] as const)(
  'a stay of upkeep ends once with %s, and not with a touch',
  (type) => {
    const frame = reach('upkeep');
    frame.send(EVENTS.touched);
    expect(frame.upkeepEnded()).toBe(0);
    frame.send(EVENTS[type]);
    expect(frame.upkeepEnded()).toBe(1);
    expect(frame.ended()).toBe(0);
  },
);

describe('time', () => {
  it.each([
    ['open', TIMEOUTS.idleMs],
    ['private', TIMEOUTS.privateIdleMs],
    ['kept', TIMEOUTS.keptIdleMs],
  ] as const)('asks after the idle time of a page that is %s', (paced, idleMs) => {
    const frame = reach('vacant');
    frame.send({ type: 'came', pace: paced });
    frame.clock.advance(idleMs - 1);
    expect(frame.state()).toEqual({ at: 'active' });
    frame.clock.advance(1);
    expect(frame.state()).toEqual({ at: 'asking', secondsLeft: 20 });
  });

  it('starts over with each touch, and takes the pace of the page then shown', () => {
    const frame = reach('active');
    for (let touch = 0; touch < 50; touch += 1) {
      frame.clock.advance(TIMEOUTS.idleMs - 1);
      frame.send({ type: 'touched', pace: 'open' });
    }
    expect(frame.state()).toEqual({ at: 'active' });
    frame.send({ type: 'touched', pace: 'private' });
    frame.clock.advance(TIMEOUTS.privateIdleMs);
    expect(frame.state()).toMatchObject({ at: 'asking' });
  });

  it('counts 20 seconds down, can be extended without limit, and ends', () => {
    const frame = reach('asking');
    for (let round = 0; round < 20; round += 1) {
      frame.clock.advance(TIMEOUTS.stillThereMs - 1);
      expect(frame.state()).toEqual({ at: 'asking', secondsLeft: 1 });
      frame.send(EVENTS.touched);
      expect(frame.state()).toEqual({ at: 'active' });
      frame.clock.advance(TIMEOUTS.idleMs);
    }
    frame.clock.advance(7_000);
    expect(frame.state()).toEqual({ at: 'asking', secondsLeft: 13 });
    expect(frame.ended()).toBe(0);
    frame.clock.advance(13_000);
    expect(frame.state()).toEqual({ at: 'goodbye' });
    expect(frame.ended()).toBe(1);
    frame.clock.advance(TIMEOUTS.goodbyeMs);
    expect(frame.state()).toEqual({ at: 'vacant', trouble: null });
  });

  it.each(['ask', 'lay-first-card', 'not-first-card'] as const)(
    'ends the visit when nobody answers: %s',
    (name) => {
      const frame = reach(name);
      frame.clock.advance(TIMEOUTS.secondCardMs - 1);
      expect(nameOf(frame.state())).toBe(name);
      frame.clock.advance(1);
      expect(frame.state()).toEqual({ at: 'goodbye' });
      expect(frame.ended()).toBe(1);
    },
  );

  it.each(['ask', 'lay-first-card', 'not-first-card'] as const)(
    'counts its last 20 seconds, and waits again for any touch, without limit: %s',
    (name) => {
      const frame = reach(name);
      const ampleMs = TIMEOUTS.secondCardMs - TIMEOUTS.stillThereMs;
      for (let round = 0; round < 20; round += 1) {
        expect(frame.state()).toEqual({ at: 'challenged', phase: name, secondsLeft: null });
        frame.clock.advance(ampleMs);
        expect(frame.state()).toEqual({ at: 'challenged', phase: name, secondsLeft: 20 });
        frame.clock.advance(TIMEOUTS.stillThereMs - 1);
        expect(frame.state()).toEqual({ at: 'challenged', phase: name, secondsLeft: 1 });
        frame.send(EVENTS.touched);
      }
      expect(frame.ended()).toBe(0);
    },
  );

  it('gives the time anew to a further card and to its answer', () => {
    const frame = reach('ask');
    frame.clock.advance(TIMEOUTS.secondCardMs - 1);
    frame.send(EVENTS['still.me']);
    expect(frame.state()).toEqual({ at: 'challenged', phase: 'lay-first-card', secondsLeft: null });
    frame.clock.advance(TIMEOUTS.secondCardMs - 1);
    frame.send(EVENTS['other.card']);
    expect(frame.state()).toEqual({ at: 'challenged', phase: 'not-first-card', secondsLeft: null });
  });

  it('shows trouble with a card for a while, each time anew', () => {
    const frame = reach('troubled');
    frame.clock.advance(TIMEOUTS.cardTroubleMs - 1);
    frame.send({ type: 'card.trouble', trouble: 'wrong-card' });
    frame.clock.advance(TIMEOUTS.cardTroubleMs - 1);
    expect(frame.state()).toEqual({ at: 'vacant', trouble: 'wrong-card' });
    frame.clock.advance(1);
    expect(frame.state()).toEqual({ at: 'vacant', trouble: null });
  });

  it('ends a stay of upkeep that nobody touches any more', () => {
    const frame = reach('upkeep');
    frame.clock.advance(TIMEOUTS.upkeepIdleMs - 1);
    frame.send(EVENTS.touched);
    frame.clock.advance(TIMEOUTS.upkeepIdleMs - 1);
    expect(frame.state()).toEqual({ at: 'upkeep' });
    frame.clock.advance(1);
    expect(frame.state()).toEqual({ at: 'vacant', trouble: null });
    expect(frame.upkeepEnded()).toBe(1);
    expect(frame.timers()).toBe(0);
  });

  it('leaves no timer behind when nobody is here', () => {
    const frame = reach('goodbye');
    frame.clock.advance(TIMEOUTS.goodbyeMs);
    expect(frame.timers()).toBe(0);
  });
});

it('says no goodbye to somebody with nothing to take', () => {
  const frame = reach('active');
  frame.nothingToTake = true;
  frame.send(EVENTS.left);
  expect(frame.state()).toEqual({ at: 'vacant', trouble: null });
  expect(frame.ended()).toBe(1);
});
