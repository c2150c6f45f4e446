import type { Disk } from '../../../base/disk.ts';
import type { FleetBook } from '../../fleet/book.ts';
import type { FleetRules } from '../../fleet/rules.ts';
import type { FleetSigns } from '../../fleet/signs.ts';
import type { RolloutLooks } from '../../rollouts/looks.ts';

/** What pages about machines ask. */
export interface FleetDesk {
  readonly book: FleetBook;
  readonly rules: FleetRules;
  /** That somebody did something about machines. */
  readonly signs: FleetSigns;
  readonly rollouts: RolloutLooks;
  /** Repositories of signed releases, a folder each channel; null offers none. */
  readonly releases: Disk | null;
}
