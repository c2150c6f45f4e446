/** What follows from a case that was filed, by what its matter says: a time is booked, a bill paid, somebody is called. */
import type { Matter } from '../../catalog/schema.ts';
import { takeCallWish } from '../agents/call-wishes.ts';
import { settleBooking } from '../bookings/settle.ts';
import { takeCash } from '../cash/cash.ts';
import { takePayment } from '../payments/take.ts';
import type { FilingScope, HeldEntry } from './file.ts';
import type { CaseFacts } from './reading.ts';

/** Does it, in the transaction that files the case; said again it is the same. */
export async function followCase(
  scope: FilingScope,
  entry: HeldEntry,
  matter: Matter | undefined,
  facts: CaseFacts,
): Promise<void> {
  if (matter?.kind === 'book') await settleBooking(scope, matter, facts);
  if (matter?.bill) await takePayment(scope, entry, matter.bill.biller, facts);
  if (matter?.callBack) await takeCallWish(scope, entry, matter, facts);
  await takeCash(scope, entry, facts);
}
