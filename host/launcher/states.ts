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

/** Why a version on trial was not kept. */
export const FAILURES = ['ill', 'hung', 'crashed', 'late', 'power', 'damaged'] as const;
export type Failure = (typeof FAILURES)[number];

/** A version that failed its trial. It is not tried again unless that is ordered. */
export interface Refused extends VersionRef {
  readonly why: Failure;
}

interface Standing {
  readonly on: Slot;
  /** Newest last. */
  readonly refused: readonly Refused[];
  /** What became of the last trial. */
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
  /** The version on trial passed its health check. */
  | { readonly type: 'healthy' }
  /** It did not. */
  | { readonly type: 'failed'; readonly why: Failure }
  /** The staged version, or the one on trial, is not whole any more: no fault of its own. */
  | { readonly type: 'damaged' }
  /** The committed version is not whole any more, and the other folder holds one that is and that fits. */
  | { readonly type: 'lost' };

/** How often a trial that the power cut ended is begun. */
export const MOST_ATTEMPTS = 2;
/** How many refused versions are remembered. */
const MOST_REFUSED = 16;

/** The state of a machine that has only ever had the version in `on`. */
export function firstState(on: Slot): State {
  return { phase: 'steady', on, refused: [], last: null };
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
    healthy: ({ on, refused, next }) => ({
      phase: 'steady',
      on: OTHER[on],
      // What failed once and was ordered again has passed now.
      refused: refused.filter((one) => !isSame(one, next)),
      last: { version: next.version, outcome: 'committed' },
    }),
    failed: (state, { why }) => back(state, why),
    damaged: ({ on, refused, next }) => ({
      ...{ phase: 'steady', on, refused },
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
  return { phase: 'staged', on, refused, last, next: version };
}

function steady({ on, refused, last }: State): State {
  return { phase: 'steady', on, refused, last };
}

function swapped(state: State): State {
  return { ...steady(state), on: OTHER[state.on] };
}

function back({ on, refused, next }: Of<State, 'trial'>, why: Failure): State {
  const others = refused.filter((one) => !isSame(one, next));
  return {
    phase: 'steady',
    on,
    refused: [...others, { ...next, why }].slice(-MOST_REFUSED),
    last: { version: next.version, outcome: why },
  };
}
