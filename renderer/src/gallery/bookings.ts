/** The page of a kept case that asks for an appointment, in each way it can stand. */
import type { Page, View } from '../../../terminal/api.ts';
import { kept } from './own-cases.ts';
import { ALLOWANCE } from './questions.ts';

type Shell = Partial<Omit<View, 'page'>>;
type Booking = NonNullable<Extract<Page, { kind: 'kept' }>['booking']>;

const MINE: Shell = { holder: '张*' };
const OFFLINE: Shell = { holder: '张*', network: 'offline' };

const booking = (state: Booking['state'], delivered: boolean): Page =>
  kept({
    head: { ...ALLOWANCE, name: { zh: '预约挂号', en: 'Hospital appointment' } },
    ...{ delivered, workingDays: null, hearBy: { date: '2026-06-15', phone: '057586120000' } },
    booking: {
      ...{ state, day: '2026-06-16' },
      ...(state === 'wish' ? { from: null, part: 'morning' } : { from: '09:30', part: null }),
    },
  });

export const BOOKING_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  'kept-booking-asked': [booking('asked', false), MINE],
  'kept-booking-booked': [booking('booked', true), MINE],
  'kept-booking-arranging': [booking('arranging', true), MINE],
  'kept-booking-wish': [booking('wish', false), OFFLINE],
};
