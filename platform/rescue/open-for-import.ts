/**
 * The platform's insides for a program that works beside it on the same folders: no server, no schedule. It never
 * makes an epoch: where a restore was not settled by a start of the platform, it declines.
 */
import type { Clock } from '../../base/clock.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import type { Disk } from '../../base/disk.ts';
import type { Log } from '../../base/log.ts';
import type { Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Matter } from '../../catalog/schema.ts';
import { matterBook } from '../cases/matters.ts';
import type { WorkingCalendar } from '../cases/working-calendar.ts';
import type { CentreMatters } from '../connector/duties.ts';
import type { County, PlatformContext } from '../context.ts';
import { findSettledEpoch } from '../epoch.ts';
import { createBell } from '../feed/bell.ts';
import { inlineOpener } from '../intake/opener.ts';
import { createOpeningKeys } from '../intake/opening-keys.ts';
import { hasPlatformKeys, openPlatformKeys } from '../keys/platform-keys.ts';
import { type DatabasePlace, openStore, type StoreTrouble } from '../store/store.ts';

/** What it stands on: the platform's own. */
export interface BesideOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: DatabasePlace;
  readonly keys: Disk;
  readonly keyCopies: Disk;
  readonly backups: Disk;
  readonly county: County;
  readonly matters: readonly Matter[];
  readonly calendar: WorkingCalendar;
  readonly centreMatters: CentreMatters | null;
  /** What one agent may take in cash in a day, in fen. */
  readonly cashCapFen: number;
  /** Whether the running platform tells people of what is imported. */
  readonly tellsPeople: boolean;
}

/** Why it does not work on them; nothing was written. `start-first`: the platform must be started once before. */
export type BesideTrouble = StoreTrouble | { readonly code: 'start-first' };

/** Opens them; `store.close()` lets go. */
export async function openBeside(options: BesideOptions): Promise<Result<PlatformContext, BesideTrouble>> {
  const { clock, random, log, county, calendar, centreMatters, cashCapFen, tellsPeople } = options;
  if (!hasPlatformKeys(options.keys)) return err({ code: 'start-first' });
  const crypto = createCrypto(random);
  const opened = await openStore(options.database);
  if (!opened.ok) return opened;
  const store = opened.value;
  const epoch = await findSettledEpoch(store, options.backups);
  if (!epoch) {
    await store.close();
    return err({ code: 'start-first' });
  }
  const keys = openPlatformKeys(crypto, { keys: options.keys, copies: options.keyCopies });
  const opener = inlineOpener(crypto, keys.openingKeys());
  return ok({
    ...{
      store,
      clock,
      random,
      crypto,
      log,
      keys,
      epoch,
      county,
      calendar,
      centreMatters,
      cashCapFen,
      tellsPeople,
    },
    ...{ opener, openingKeys: createOpeningKeys(crypto, keys, opener) },
    book: matterBook(options.matters),
    bell: createBell(clock),
  });
}
