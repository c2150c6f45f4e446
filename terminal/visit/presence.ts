/**
 * Whether somebody is here, and for how long: the state machine of the visit's frame. It knows no person,
 * no page and no answer, so nothing personal can stay behind in it; `authority.ts` holds those.
 *
 * ```
 * closed ── vacant ── here.active ── here.asking ── goodbye ── vacant
 *   │        │            └── here.challenged (ask · lay-first-card · not-first-card)
 *   └────────┴── upkeep ── vacant
 * ```
 */
import { type ActorRefFrom, assign, createActor, type SnapshotFrom, setup } from 'xstate';
import type { Clock } from '../../base/clock.ts';
import type { CardTrouble } from '../../drivers/api.ts';
import type { Timeouts } from './timeouts.ts';

/** How soon an untouched page asks whether somebody is there. */
export type Pace = 'open' | 'private' | 'kept' | 'paying';

/** How long the page of a visit may stand untouched: its pace, and the time on top that this person needs for it. */
export interface Stay {
  readonly pace: Pace;
  readonly extraMs?: number;
}

/** What may happen to the frame of a visit. */
export type PresenceEvent =
  /** The machine can, or can no longer, serve anybody. */
  | { readonly type: 'service.back' }
  | { readonly type: 'service.lost' }
  /** Somebody laid a card or chose to go on without one. */
  | ({ readonly type: 'came' } & Stay)
  | { readonly type: 'card.trouble'; readonly trouble: CardTrouble }
  /** A touch, or the first card again. `pace` is that of the page now shown. */
  | ({ readonly type: 'touched' } & Stay)
  /** A card of somebody else while no question expects one. */
  | { readonly type: 'other.card' }
  /** The card this visit began with. */
  | ({ readonly type: 'first.card' } & Stay)
  /** The answers to "another person, or still me?". */
  | { readonly type: 'still.me' }
  | ({ readonly type: 'next.person' } & Stay)
  | { readonly type: 'left' }
  /** Somebody who looks after the machine asks for its upkeep. */
  | { readonly type: 'upkeep' };

interface PresenceContext {
  readonly timeouts: Timeouts;
  readonly pace: Pace;
  readonly extraMs: number;
  readonly secondsLeft: number;
  readonly trouble: CardTrouble | null;
}

const IDLE: { readonly [pace in Pace]: keyof Timeouts } = {
  open: 'idleMs',
  private: 'privateIdleMs',
  kept: 'keptIdleMs',
  paying: 'payingIdleMs',
};

/**
 * The machine. `endVisit` runs whenever a visit ends, for whatever reason, before anything else is shown, and
 * `endUpkeep` whenever a stay of upkeep does;
 * `nothingToTake` says that nobody has to be reminded of a card or a slip.
 */
const presenceMachine = setup({
  types: {
    context: {} as PresenceContext,
    events: {} as PresenceEvent,
    input: {} as { timeouts: Timeouts },
  },
  actions: {
    endVisit: () => {},
    endUpkeep: () => {},
    takePace: assign(({ context, event }) =>
      'pace' in event
        ? { pace: event.pace, extraMs: event.extraMs ?? 0 }
        : { pace: context.pace, extraMs: context.extraMs },
    ),
    startCountdown: assign({ secondsLeft: ({ context }) => Math.ceil(context.timeouts.stillThereMs / 1000) }),
    countDown: assign({ secondsLeft: ({ context }) => context.secondsLeft - 1 }),
    takeTrouble: assign({
      trouble: ({ context, event }) => (event.type === 'card.trouble' ? event.trouble : context.trouble),
    }),
    dropTrouble: assign({ trouble: null }),
  },
  guards: {
    nothingToTake: () => false,
    lastSecond: ({ context }) => context.secondsLeft <= 1,
  },
  delays: {
    idle: ({ context }) => context.timeouts[IDLE[context.pace]] + context.extraMs,
    second: 1000,
    secondCard: ({ context }) => context.timeouts.secondCardMs - context.timeouts.stillThereMs,
    goodbye: ({ context: { timeouts, extraMs } }) =>
      timeouts.goodbyeMs + (extraMs > 0 ? timeouts.goodbyeExtraMs : 0),
    upkeepIdle: ({ context }) => context.timeouts.upkeepIdleMs,
    cardTrouble: ({ context }) => context.timeouts.cardTroubleMs,
  },
}).createMachine({
  context: ({ input }) => ({
    timeouts: input.timeouts,
    pace: 'open',
    extraMs: 0,
    secondsLeft: 0,
    trouble: null,
  }),
  initial: 'closed',
  on: { 'service.lost': '.closed' },
  states: {
    // Whoever looks after the machine is wanted most while it serves nobody.
    closed: { on: { 'service.back': 'vacant', upkeep: 'upkeep' } },
    vacant: {
      id: 'vacant',
      initial: 'inviting',
      on: {
        came: { target: 'here', actions: 'takePace' },
        'card.trouble': { target: '.troubled', actions: 'takeTrouble', reenter: true },
        upkeep: 'upkeep',
      },
      states: {
        inviting: {},
        troubled: { exit: 'dropTrouble', after: { cardTrouble: 'inviting' } },
      },
    },
    here: {
      initial: 'active',
      exit: 'endVisit',
      on: {
        left: [{ guard: 'nothingToTake', target: 'vacant' }, { target: 'goodbye' }],
      },
      states: {
        active: {
          after: { idle: { target: 'asking', actions: 'startCountdown' } },
          on: {
            touched: { target: 'active', reenter: true, actions: 'takePace' },
            'first.card': { target: 'active', reenter: true, actions: 'takePace' },
            // An agent goes on to the next resident: the visit ends as any does.
            'next.person': { target: '#here', reenter: true, actions: 'takePace' },
            'other.card': 'challenged',
          },
        },
        asking: {
          after: {
            second: [
              { guard: 'lastSecond', target: '#goodbye' },
              { target: 'asking', reenter: true, actions: 'countDown' },
            ],
          },
          on: {
            touched: { target: 'active', actions: 'takePace' },
            'first.card': { target: 'active', actions: 'takePace' },
            'other.card': 'challenged',
          },
        },
        // In its last seconds it says how long it stands, and anything touched gives it its time anew.
        challenged: {
          type: 'parallel',
          on: {
            'first.card': { target: '#here.active', actions: 'takePace' },
            'next.person': { target: '#here', reenter: true, actions: 'takePace' },
          },
          states: {
            phase: {
              initial: 'ask',
              states: {
                ask: { on: { 'still.me': 'layFirstCard' } },
                layFirstCard: { on: { 'other.card': 'notFirstCard' } },
                notFirstCard: {},
              },
            },
            time: {
              initial: 'ample',
              on: { touched: '.ample', 'still.me': '.ample', 'other.card': '.ample' },
              states: {
                ample: { after: { secondCard: { target: 'short', actions: 'startCountdown' } } },
                short: {
                  after: {
                    second: [
                      { guard: 'lastSecond', target: '#goodbye' },
                      { target: 'short', reenter: true, actions: 'countDown' },
                    ],
                  },
                },
              },
            },
          },
        },
      },
      id: 'here',
    },
    upkeep: {
      initial: 'staying',
      exit: 'endUpkeep',
      on: {
        // A card is always somebody's visit.
        came: { target: 'here', actions: 'takePace' },
        'card.trouble': { target: 'vacant.troubled', actions: 'takeTrouble' },
        left: 'vacant',
      },
      states: {
        staying: {
          after: { upkeepIdle: '#vacant' },
          on: { touched: { target: 'staying', reenter: true } },
        },
      },
    },
    goodbye: {
      id: 'goodbye',
      after: { goodbye: 'vacant' },
      on: {
        came: { target: 'here', actions: 'takePace' },
        'card.trouble': { target: 'vacant.troubled', actions: 'takeTrouble' },
        touched: 'vacant',
        left: 'vacant',
      },
    },
  },
});

/** Where the frame stands, as the view needs it. */
export type PresenceState =
  | { readonly at: 'closed' | 'active' | 'goodbye' | 'upkeep' }
  | { readonly at: 'vacant'; readonly trouble: CardTrouble | null }
  | { readonly at: 'asking'; readonly secondsLeft: number }
  | {
      readonly at: 'challenged';
      readonly phase: 'ask' | 'lay-first-card' | 'not-first-card';
      /** Null while there is time. */
      readonly secondsLeft: number | null;
    };

/** Reads a snapshot of the machine. */
function presenceState(snapshot: SnapshotFrom<typeof presenceMachine>): PresenceState {
  if (snapshot.matches('closed')) return { at: 'closed' };
  if (snapshot.matches('goodbye')) return { at: 'goodbye' };
  if (snapshot.matches('upkeep')) return { at: 'upkeep' };
  if (snapshot.matches('vacant')) return { at: 'vacant', trouble: snapshot.context.trouble };
  if (snapshot.matches({ here: 'asking' }))
    return { at: 'asking', secondsLeft: snapshot.context.secondsLeft };
  if (snapshot.matches({ here: 'challenged' })) {
    const isShort = snapshot.matches({ here: { challenged: { time: 'short' } } });
    const secondsLeft = isShort ? snapshot.context.secondsLeft : null;
    return { at: 'challenged', phase: challengePhase(snapshot), secondsLeft };
  }
  return { at: 'active' };
}

function challengePhase(snapshot: SnapshotFrom<typeof presenceMachine>) {
  if (snapshot.matches({ here: { challenged: { phase: 'layFirstCard' } } })) return 'lay-first-card';
  if (snapshot.matches({ here: { challenged: { phase: 'notFirstCard' } } })) return 'not-first-card';
  return 'ask';
}

/** The frame of visits, running. */
export interface Presence {
  state(): PresenceState;
  send(event: PresenceEvent): void;
  stop(): void;
}

/**
 * Starts the frame, closed. `onEnd` runs when a visit ends and must drop the person, `onUpkeepEnd` when a stay of
 * upkeep does; neither may send anything.
 * `onChange` runs after every change, timed ones too.
 */
export function startPresence(options: {
  readonly clock: Clock;
  readonly timeouts: Timeouts;
  readonly onEnd: () => void;
  readonly onUpkeepEnd: () => void;
  readonly nothingToTake: () => boolean;
  readonly onChange: () => void;
}): Presence {
  const actor: ActorRefFrom<typeof presenceMachine> = createActor(
    presenceMachine.provide({
      actions: { endVisit: options.onEnd, endUpkeep: options.onUpkeepEnd },
      guards: { nothingToTake: options.nothingToTake },
    }),
    { input: { timeouts: options.timeouts }, clock: machineClock(options.clock) },
  );
  actor.start();
  actor.subscribe(options.onChange);
  return {
    state: () => presenceState(actor.getSnapshot()),
    send: (event) => actor.send(event),
    stop: () => {
      actor.stop();
    },
  };
}

/** Our clock as the machine's: it hands back a key and cancels by it. */
function machineClock(clock: Clock) {
  const cancels = new Map<number, () => void>();
  let lastKey = 0;
  return {
    setTimeout(task: () => void, delayMs: number): number {
      const key = ++lastKey;
      cancels.set(
        key,
        clock.after(delayMs, () => {
          cancels.delete(key);
          task();
        }),
      );
      return key;
    },
    clearTimeout(key: number): void {
      cancels.get(key)?.();
      cancels.delete(key);
    },
  };
}
