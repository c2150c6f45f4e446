import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { serialTransport } from '../transport/serial.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { ccidSlot } from './ccid-slot.ts';
import { pcscSlot } from './pcsc.ts';
import type { OpenSlot } from './slot.ts';

/** Where the slot is: a reader of the machine's PC/SC service, or one on a serial line. */
export const socialCardPlaceSchema = z.union([
  z.object({
    driver: z.literal('pcsc'),
    /** A part of the reader's name; any reader where it is left out. */
    reader: z.string().optional(),
  }),
  z.object({
    driver: z.literal('ccid-serial'),
    path: z.string().min(1),
    baudRate: z.int().positive(),
  }),
]);
export type SocialCardPlace = z.output<typeof socialCardPlaceSchema>;

/** How the slot at a place is opened; `through` puts a hand on its line, where it has one. */
export function openSocialCardSlot(
  place: SocialCardPlace,
  { clock, through }: { readonly clock: Clock; through(open: OpenTransport): OpenTransport },
): OpenSlot {
  if (place.driver === 'ccid-serial') return ccidSlot({ open: through(serialTransport(place)), clock });
  const { reader = '' } = place;
  return pcscSlot({ clock, isMeant: (name) => name.includes(reader) });
}
