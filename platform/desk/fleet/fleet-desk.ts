import type { FleetBook } from '../../fleet/book.ts';
import type { FleetRules } from '../../fleet/rules.ts';

/** What pages about machines ask. */
export interface FleetDesk {
  readonly book: FleetBook;
  readonly rules: FleetRules;
}
