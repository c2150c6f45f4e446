/** The slip of one case, made when it is printed: what is true of the case then. */
import { addDays, isoDate } from '../../base/calendar.ts';
import type { Result } from '../../base/result.ts';
import { officeOf } from '../../catalog/route.ts';
import type { Matter } from '../../catalog/schema.ts';
import type { KeepTrouble } from '../keeper.ts';
import { type SlipFacts, slipBlocks } from '../slips/blocks.ts';
import { personMeant } from './absent.ts';
import type { Appointment } from './booking-part.ts';
import { type Desk, placeText } from './desk.ts';
import { listedName } from './my-cases.ts';
import type { PaymentOnSlip } from './paying.ts';
import type { Visit } from './visit.ts';

/** What a slip is about: a case just kept, or a remembered one. */
export interface SlipSubject {
  readonly entryId: Uint8Array;
  readonly matterId: string;
  readonly keptAtMs: number;
  readonly localNumber: string;
  readonly slipCode: string;
  /** The appointment that was asked for, while this visit knows it. */
  readonly appointment?: Appointment | null;
  /** How its payment stands, while this visit knows it. */
  readonly payment?: PaymentOnSlip | null;
  /** What was asked for after filing is handed in with it, under the numbers of the case. */
  readonly supplements?: boolean;
  /** What was filed with it and stands on its slip. */
  readonly bundle?: readonly SlipSubject[];
}

/** Prints the slip of a case, or one more as a copy; see `SlipDesk.print`. */
export function printSlipOf(
  subject: SlipSubject,
  who: Pick<Visit, 'person' | 'absent' | 'language'>,
  desk: Desk,
): Result<void, KeepTrouble> {
  return desk.slips.print(subject.entryId, (copy) => slipBlocks({ ...slipFacts(subject, who, desk), copy }));
}

/** When to ask if nothing was heard, and whom; null where the matter does not say. */
export function hearBy(
  matter: Matter | undefined,
  keptAtMs: number,
  desk: Desk,
): { readonly date: string; readonly phone: string } | null {
  if (matter?.time === undefined) return null;
  const date = addDays(isoDate(keptAtMs), matter.time.hearWithinDays);
  return { date, phone: desk.site.support.townPhone };
}

function slipFacts(
  subject: SlipSubject,
  who: Pick<Visit, 'person' | 'absent' | 'language'>,
  desk: Desk,
): Omit<SlipFacts, 'copy'> {
  const { entryId, localNumber, slipCode, keptAtMs, bundle = [] } = subject;
  const isDelivered = (one: SlipSubject) => desk.keeper.entryState(one.entryId) === 'delivered';
  const matter = findMatter(subject.matterId, desk);
  // What needs no card is filed without a name, so its slip bears none.
  const isNamed = matter?.assurance !== 'open';
  return {
    language: who.language,
    matterName: listedName(subject.matterId, desk).name,
    sample: matter?.status === 'sample',
    holder: isNamed ? (personMeant(who)?.masked ?? null) : null,
    keptAtMs,
    localNumber,
    slipCode,
    delivered: [subject, ...bundle].every(isDelivered),
    supplements: subject.supplements === true,
    office: matter === undefined ? 'either' : officeOf(matter),
    workingDays: subject.supplements ? null : (matter?.time?.workingDays ?? null),
    hearBy: hearBy(matter, keptAtMs, desk),
    place: placeText(desk.site),
    appointment: subject.appointment ?? null,
    payment: subject.payment ?? null,
    bundle: bundle.map((one) => ({
      matterName: listedName(one.matterId, desk).name,
      localNumber: one.localNumber,
      slipCode: one.slipCode,
      hearBy: hearBy(findMatter(one.matterId, desk), one.keptAtMs, desk),
    })),
    qr: desk.keeper.slipQr(entryId, localNumber, slipCode),
  };
}

function findMatter(matterId: string, desk: Desk): Matter | undefined {
  return desk.catalog().matters.find(({ id }) => id === matterId);
}
