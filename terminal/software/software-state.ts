/** How the software of a machine stands, as data: what runs, what waits and for what, and why nothing came of a look. */
import type { RepositoryTrouble } from '../../base/node/signed-repository.ts';
import type { ManifestTrouble } from '../../sync/software-release.ts';
import type { DepotTrouble } from './depot.ts';
import type { ReleaseRef, SlotTrouble } from './slots.ts';

/** Why nothing new was made ready. */
export type SoftwareTrouble =
  | RepositoryTrouble
  | ManifestTrouble
  | DepotTrouble
  | SlotTrouble
  | 'malformed'
  | 'not-listed'
  /** Nothing newer is offered, or listed. */
  | 'newest'
  /** It failed its trial here before. */
  | 'failed-before'
  | 'no-room'
  | 'in-trial'
  | 'nothing-offered'
  /** Whoever looks after the machine broke it off. */
  | 'stopped';

/** What came of a look. `ready`: it waits for the moment when nobody stands here. */
export type SoftwareOutcome =
  | { readonly code: 'ready'; readonly version: number }
  | { readonly code: SoftwareTrouble };

/** What the platform offers this machine, and what was ordered. */
export interface SoftwareWishes {
  readonly offered: number | null;
  readonly leftBehind: number;
  /** By signed order. */
  readonly backTo: number | null;
  /** Names that order. */
  readonly order: string | null;
  /** Whether now is an hour in which to change over. */
  readonly mayChange: boolean;
}

/**
 * What a release that is ready still waits for: that nobody stands here; the hours the county named; or to be offered
 * again, where a roll-out was stopped meanwhile.
 */
export type WaitsFor = 'nobody' | 'hour' | 'offer';

/** How the software stands, for whoever looks after the machine. */
export interface SoftwareState {
  /** What runs; null where no launcher started it. */
  readonly running: (ReleaseRef & { readonly name: string }) | null;
  /** What the free folder holds, whole or not: what ran before, or what was written last. */
  readonly other: { readonly version: number; readonly name: string } | null;
  /** What the launcher says of the last trial. */
  readonly trial: { readonly version: number; readonly outcome: string } | null;
  /** Checked and waiting, for what. */
  readonly waiting:
    | (ReleaseRef & { readonly by: 'county' | 'order' | 'stick'; readonly for: WaitsFor })
    | null;
  /** The release that a signed order wants instead of the one that runs. */
  readonly backTo: number | null;
  readonly looking: boolean;
  /** Being fetched: so many bytes of so many are still to come. */
  readonly fetching: { readonly version: number; readonly missing: number; readonly whole: number } | null;
  readonly refused: readonly { readonly version: number; readonly why: string }[];
  readonly last: { readonly code: SoftwareOutcome['code']; readonly atMs: number } | null;
}
