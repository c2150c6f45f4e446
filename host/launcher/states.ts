/**
 * Which version runs, as a machine without effects. `on` is always the folder of the version that was committed: the
 * one to go back to. A trial runs the other folder, whatever becomes of the power meanwhile.
 */

/** One of the two folders. */
export type Slot = 'a' | 'b';

/** The other folder. */
export const OTHER: Readonly<Record<Slot, Slot>> = { a: 'b', b: 'a' };

/** One version, named so that nothing else can pass for it. */
export interface VersionRef {
  readonly version: number;
  /** SHA-256 of its manifest, in hex. */
  readonly manifest: string;
}

/** Why a version was not kept: on trial, or, for the last of these, once it had been committed. */
export const FAILURES = ['ill', 'hung', 'crashed', 'late', 'power', 'damaged', 'crashed-later'] as const;
export type Failure = (typeof FAILURES)[number];

/** A version that was not kept. It is not tried again unless that is ordered. */
export interface Refused extends VersionRef {
  readonly why: Failure;
}

interface Standing {
  readonly on: Slot;
  /** Newest last. */
  readonly refused: readonly Refused[];
  /**
   * The version to go back to should the committed one keep ending soon after its start: in the other folder, and
   * committed here once. After such a going back it is the one that was left, until it shows which of the two is to blame.
   */
  readonly before: VersionRef | null;
  /** So many times in a row the committed version ended soon after its start. */
  readonly stumbles: number;
  /** What became of the last trial, or of what was committed by it. */
  readonly last: { readonly version: number; readonly outcome: 'committed' | Failure } | null;
}

/** The state, as it is written down. */
export type State = Standing &
  (
    | { readonly phase: 'steady' }
    | { readonly phase: 'staged'; readonly next: VersionRef }
    | { readonly phase: 'trial'; readonly next: VersionRef; readonly attempt: number }
  );

/** What happens to it. */
export type Event =
  /** The launcher starts: after a power cut, a kill, an order. */
  | { readonly type: 'boot' }
  /** The other folder holds this version, whole and fit. */
  | { readonly type: 'stage'; readonly version: VersionRef; readonly byOrder: boolean }
  /** Nobody stands at the machine, and the staged version is whole still. */
  | { readonly type: 'switch'; readonly version: VersionRef }
  /** The version on trial passed its health check; `before` is the one that was committed until now. */
  | { readonly type: 'healthy'; readonly before: VersionRef | null }
  /** It did not. */
  | { readonly type: 'failed'; readonly why: Failure }
  /** The staged version, or the one on trial, is not whole any more: no fault of its own. */
  | { readonly type: 'damaged' }
  /** The committed version is not whole any more, and the other folder holds one that is and that fits. */
  | { readonly type: 'lost' }
  /** The committed version ended by itself soon after its start, or soon after it had done so before. */
  | { readonly type: 'stumbled' }
  /** It has run for as long as it takes to call a start good. */
  | { readonly type: 'lasted' }
  /** It stumbled too often; `from` names it. What lies in the other folder is `before`, whole, and can read the store. */
  | { readonly type: 'given-up'; readonly from: VersionRef }
  /** It stumbled too often, and what lies in the other folder is no way back. */
  | { readonly type: 'no-way-back' };

/** How often a trial that the power cut ended is begun. */
export const MOST_ATTEMPTS = 2;
/** How many refused versions are remembered. */
const MOST_REFUSED = 16;

/** The state of a machine that has only ever had the version in `on`. */
export function firstState(on: Slot): State {
  return { phase: 'steady', on, refused: [], before: null, stumbles: 0, last: null };
}

type Phase = State['phase'];
type Of<Kind extends { readonly type?: string; readonly phase?: string }, Name> = Extract<
  Kind,
  { readonly type: Name } | { readonly phase: Name }
>;
type Table = {
  readonly [P in Phase]: {
    readonly [E in Event['type']]?: (state: Of<State, P>, event: Of<Event, E>) => State;
  };
};

/** What follows from what; whatever does not stand here changes nothing. */
const TRANSITIONS: Table = {
  steady: {
    stage: staged,
    lost: swapped,
    // Without a way back nothing is counted, and so nothing written each time.
    stumbled: (state) => (state.before === null ? state : { ...state, stumbles: state.stumbles + 1 }),
    lasted,
    'given-up': leftFor,
    'no-way-back': (state) => ({ ...state, before: null, stumbles: 0 }),
  },
  staged: {
    stage: staged,
    switch: (state, { version }) =>
      isSame(version, state.next) ? { ...state, phase: 'trial', attempt: 1 } : state,
    damaged: steady,
    lost: swapped,
  },
  trial: {
    boot: (state) =>
      state.attempt < MOST_ATTEMPTS ? { ...state, attempt: state.attempt + 1 } : back(state, 'power'),
    healthy: ({ on, refused, next }, { before }) => ({
      ...{ phase: 'steady', on: OTHER[on], before, stumbles: 0 },
      // What failed once and was ordered again has passed now.
      refused: without(refused, next),
      last: { version: next.version, outcome: 'committed' },
    }),
    failed: (state, { why }) => back(state, why),
    damaged: ({ on, refused, next }) => ({
      ...{ phase: 'steady', on, refused, before: null, stumbles: 0 },
      last: { version: next.version, outcome: 'damaged' },
    }),
  },
};

/** The state after `event`; the same object where nothing follows from it. */
export function nextState(state: State, event: Event): State {
  const row = TRANSITIONS[state.phase];
  const step = row[event.type] as ((state: State, event: Event) => State) | undefined;
  return step === undefined ? state : step(state, event);
}

/** The folder whose version runs in this state. */
export function runningSlot(state: State): Slot {
  return state.phase === 'trial' ? OTHER[state.on] : state.on;
}

/** Whether this very version failed a trial here. */
export function isRefused(state: State, version: VersionRef): boolean {
  return state.refused.some((one) => isSame(one, version));
}

/** Whether both name the same version. */
export function isSame(one: VersionRef, other: VersionRef): boolean {
  return one.version === other.version && one.manifest === other.manifest;
}

function staged(state: State, { version, byOrder }: Of<Event, 'stage'>): State {
  if (isRefused(state, version) && !byOrder) return state;
  const { on, refused, last } = state;
  // It took the place of what was there before.
  return { phase: 'staged', on, refused, before: null, stumbles: 0, last, next: version };
}

function steady({ on, refused, last }: State): State {
  return { phase: 'steady', on, refused, before: null, stumbles: 0, last };
}

function swapped(state: State): State {
  return { ...steady(state), on: OTHER[state.on] };
}

/** A start that was good forgets what stumbled before it; what was left for it was to blame, and stays left. */
function lasted(state: Of<State, 'steady'>): State {
  const isBlamed = state.before !== null && isRefused(state, state.before);
  if (state.stumbles === 0 && !isBlamed) return state;
  return { ...state, stumbles: 0, before: isBlamed ? null : state.before };
}

/** To the version before; from that one, which stumbles as well, once to the newer again: neither was to blame. */
function leftFor(state: Of<State, 'steady'>, { from }: Of<Event, 'given-up'>): State {
  const { on, before, refused } = state;
  if (before === null) return state;
  const other = { phase: 'steady', on: OTHER[on], stumbles: 0 } as const;
  if (isRefused(state, before)) {
    const last = { version: before.version, outcome: 'committed' } as const;
    return { ...other, before: null, refused: without(refused, before), last };
  }
  const why = 'crashed-later';
  const last = { version: from.version, outcome: why } as const;
  return { ...other, before: from, refused: withRefused(refused, { ...from, why }), last };
}

function back({ on, refused, next }: Of<State, 'trial'>, why: Failure): State {
  return {
    ...{ phase: 'steady', on, before: null, stumbles: 0 },
    refused: withRefused(refused, { ...next, why }),
    last: { version: next.version, outcome: why },
  };
}

function without(refused: State['refused'], version: VersionRef): State['refused'] {
  return refused.filter((one) => !isSame(one, version));
}

function withRefused(refused: State['refused'], one: Refused): State['refused'] {
  return [...without(refused, one), one].slice(-MOST_REFUSED);
}
