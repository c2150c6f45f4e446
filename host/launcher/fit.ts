/** Whether a version may take the place of the one that runs. */
import { LAUNCHER_GENERATION, type Manifest, type StoreSchema } from './manifest.ts';

/**
 * Why a version is not taken. `two-steps`: the version that runs could not read what it writes, so there would be no way
 * back; a version in between must come first.
 */
export type Misfit = 'needs-launcher' | 'other-machine' | 'two-steps';

/** The reason against switching from `running` to `next`, or `undefined`. `machine` as in a manifest's architecture. */
export function findMisfit(running: Manifest, next: Manifest, machine: string): Misfit | undefined {
  if (next.launcher > LAUNCHER_GENERATION) return 'needs-launcher';
  if (next.architecture !== 'any' && next.architecture !== machine) return 'other-machine';
  return haveOneStore(running.store, next.store) ? undefined : 'two-steps';
}

/**
 * Whether two versions can work on one database by turns: the one that knows less must be able to read what the other
 * has written.
 */
export function haveOneStore(one: StoreSchema, other: StoreSchema): boolean {
  const [more, less] = one.schema >= other.schema ? [one, other] : [other, one];
  return more.readableFrom <= less.schema;
}
