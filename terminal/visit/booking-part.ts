/** An appointment on the page of a kept case: asked for until the platform's word came. */
import { equalBytes } from '../../base/bytes.ts';
import type { Answers, Matter } from '../../catalog/schema.ts';
import type { Page } from '../api.ts';
import type { Filed, Visit } from './visit.ts';

/** A time that was asked for; or, without a time, the half of a day that was wished for. */
export interface Appointment {
  /** ISO date. */
  readonly day: string;
  /** `09:30`. */
  readonly from: string | null;
  readonly part: 'morning' | 'afternoon' | null;
}

/** What a case asks for; nothing where its matter books nothing. */
export function findAppointment(matter: Matter, answers: Answers): Appointment | undefined {
  if (matter.kind !== 'book') return undefined;
  for (const { id, type } of matter.questions) {
    const answer = type === 'slot' ? answers[id] : undefined;
    if (typeof answer !== 'object' || Array.isArray(answer)) continue;
    const { day, from, part } = answer as Readonly<Record<string, unknown>>;
    if (typeof day !== 'string') continue;
    if (typeof from === 'string') return { day, from, part: null };
    if (part === 'morning' || part === 'afternoon') return { day, from: null, part };
  }
  return undefined;
}

/** How it stands, by what came down for the case; where nothing can come down it stays asked for. */
export function bookingPart(
  { person }: Visit,
  { appointment, entryId }: Filed,
): Extract<Page, { kind: 'kept' }>['booking'] {
  if (appointment == null) return null;
  const remembered = person?.cases.find((one) => equalBytes(one.entryId, entryId));
  const progress = (remembered && person?.memory?.progressOf(remembered)) ?? [];
  const said = progress.findLast(({ status }) => status === 'booked' || status === 'arranging')?.status;
  const asked = appointment.from === null ? 'wish' : 'asked';
  return { ...appointment, state: said === 'booked' || said === 'arranging' ? said : asked };
}
