import type { Check } from './check.ts';
import { CARD_AND_CASH_CHECKS } from './checks/card-and-cash.ts';
import { ENTRY_CHECKS } from './checks/entries.ts';
import { FEED_CHECKS } from './checks/feed.ts';
import { FILE_CHECKS } from './checks/files.ts';
import { OWN_QUESTION_CHECKS } from './checks/own-questions.ts';
import { QUERY_CHECKS } from './checks/queries.ts';
import { REQUEST_CHECKS } from './checks/requests.ts';
import { SLIP_CHECKS } from './checks/slips.ts';
import { TRUST_CHECKS } from './checks/trust.ts';

/** Everything a gateway is held to, in the order in which it is tried. */
export const ALL_CHECKS: readonly Check[] = [
  ...TRUST_CHECKS,
  ...REQUEST_CHECKS,
  ...ENTRY_CHECKS,
  ...FILE_CHECKS,
  ...FEED_CHECKS,
  ...SLIP_CHECKS,
  ...QUERY_CHECKS,
  ...OWN_QUESTION_CHECKS,
  ...CARD_AND_CASH_CHECKS,
];
