/** The state of this machine, held in memory and on disk. */
import type { Files } from './files.ts';
import { haveOneStore } from './fit.ts';
import { findState, writeState } from './state-file.ts';
import { type Event, firstState, isRefused, nextState, OTHER, runningSlot, type State } from './states.ts';
import { type Answer, writeStatus } from './status.ts';
import { findVersion, findWholeVersion, type Version } from './whole.ts';

/** Called for each step, for the log. */
export type Say = (step: string, facts: Readonly<Record<string, string | number>>) => void;

/** The state, and those who are told of it. */
export interface Ledger {
  state(): State;
  /** Takes what follows from the event, once it is written down. False where it could not be, or nothing followed. */
  happened(event: Event): boolean;
  /** Takes what follows whether or not it can be written: what is on disk is taken up again at the next start. */
  happenedAnyway(event: Event): void;
  /** Writes the status, with the answer to a wish where there is one. */
  tell(answer?: Answer): void;
}

/**
 * Takes up where the last run ended. A state that cannot be read is made anew from the folders; a committed version that
 * is not whole gives way to the other. `undefined` when there is no version at all.
 */
export async function openLedger(files: Files, say: Say): Promise<Ledger | undefined> {
  const found = findState(files);
  const first = found?.state ?? (await findFirstState(files));
  if (first === undefined) return undefined;
  if (found === undefined) say('state-made-anew', { slot: first.on });
  let state = first;
  let counter = found?.counter ?? 0;
  let answered: Answer | null = null;

  const take = (event: Event, isSure: boolean): boolean => {
    const next = nextState(state, event);
    if (next === state) return false;
    const written = writeState(files, { counter: counter + 1, state: next });
    if (!written) say('cannot-write', { event: event.type });
    if (!written && isSure) return false;
    counter += 1;
    state = next;
    say('state', { event: event.type, phase: state.phase, on: state.on });
    return true;
  };
  const ledger: Ledger = {
    state: () => state,
    happened: (event) => take(event, true),
    happenedAnyway: (event) => void take(event, false),
    tell(answer) {
      answered = answer ?? answered;
      writeStatus(files, state, findVersion(files, runningSlot(state)), answered);
    },
  };
  if (found === undefined) writeState(files, { counter, state });
  await begin(ledger, files);
  return ledger;
}

/** What a start finds: a trial that was cut off, a folder that was hurt. */
async function begin(ledger: Ledger, files: Files): Promise<void> {
  const { phase, on } = ledger.state();
  if (phase === 'trial') {
    // An attempt that cannot be counted is none: trials without end would be the way to a dead machine.
    if (!ledger.happened({ type: 'boot' })) ledger.happenedAnyway({ type: 'failed', why: 'power' });
    const tried = ledger.state();
    if (tried.phase !== 'trial' || (await findWholeVersion(files, OTHER[on])) !== undefined) return;
    ledger.happenedAnyway({ type: 'damaged' });
    return;
  }
  await giveWay(ledger, files);
}

/** A committed version that is not whole any more gives way to the other folder's, where that is whole and fits. */
export async function giveWay(ledger: Ledger, files: Files): Promise<void> {
  const { on } = ledger.state();
  if ((await findWholeVersion(files, on)) !== undefined) return;
  const other = await findWholeVersion(files, OTHER[on]);
  if (other === undefined || isRefused(ledger.state(), other)) return;
  const said = findVersion(files, on)?.said;
  if (said !== undefined && !haveOneStore(said.store, other.said.store)) return;
  ledger.happenedAnyway({ type: 'lost' });
}

/**
 * Of two whole versions the lower: that one was committed once, of the higher nobody knows. Without a whole one,
 * whichever says what to start.
 */
async function findFirstState(files: Files): Promise<State | undefined> {
  const slots = ['a', 'b'] as const;
  const lowest = (versions: readonly (Version | undefined)[]) => {
    const there = slots.flatMap((slot, at) => {
      const version = versions[at];
      return version === undefined ? [] : [{ slot, version }];
    });
    return there.sort((one, other) => one.version.version - other.version.version)[0]?.slot;
  };
  const whole = [await findWholeVersion(files, 'a'), await findWholeVersion(files, 'b')];
  const slot = lowest(whole) ?? lowest(slots.map((one) => findVersion(files, one)));
  return slot && firstState(slot);
}
