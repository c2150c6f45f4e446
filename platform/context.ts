/** What the platform's parts are handed: its store, its seams, its keys and what it knows. */
import type { Clock } from '../base/clock.ts';
import type { Crypto } from '../base/crypto/api.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { MatterBook } from './cases/matters.ts';
import type { WorkingCalendar } from './cases/working-calendar.ts';
import type { CentreMatters } from './connector/duties.ts';
import type { Bell } from './feed/bell.ts';
import type { Opener } from './intake/opener.ts';
import type { OpeningKeys } from './intake/opening-keys.ts';
import type { PlatformKeys } from './keys/platform-keys.ts';
import type { Store } from './store/store.ts';

/** The county this platform serves. */
export interface County {
  /** Six-digit statistics code. */
  readonly code: string;
  readonly name: string;
}

export interface PlatformContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly keys: PlatformKeys;
  /** 16 bytes, made at every restore before the first answer. */
  readonly epoch: Uint8Array;
  /** On this thread for what waited, for queries and for the desk; what is new goes to the opener too. */
  readonly openingKeys: OpeningKeys;
  /** Where trial openings run. */
  readonly opener: Opener;
  readonly book: MatterBook;
  readonly county: County;
  /** The days on which offices work. */
  readonly calendar: WorkingCalendar;
  /** What one agent may take in cash in a day, in fen. */
  readonly cashCapFen: number;
  /** What goes on to a province's case centre; null where no connector is set up. */
  readonly centreMatters: CentreMatters | null;
  /** Whether people are told of acts with their card, at their number of record. */
  readonly tellsPeople: boolean;
  /** Rung when something new is in a terminal's feed. */
  readonly bell: Bell;
}
