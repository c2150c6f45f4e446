/**
 * What items of the feed say of the software, as data (`docs/protocol.md`, kind 11). An offer gives no trust: what is
 * installed is believed for its signatures alone, and an offer only says that this machine may.
 */
import { z } from 'zod';

/** When a machine may change over, by China's time: minutes since midnight, `from` before `to`, and days 1 Monday to 7 Sunday. */
const hours = z
  .looseObject({
    days: z.array(z.int().min(1).max(7)).min(1).max(7),
    fromMinute: z.int().min(0).max(1439),
    toMinute: z.int().min(1).max(1440),
  })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, 'must begin before it ends');
export type ChangeHours = z.infer<typeof hours>;

const offer = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('software.offer'),
  /** The repository of signed releases it lies in. */
  channel: z.enum(['stable', 'pilot']),
  /** The release's number, which only grows. */
  version: z.int().positive(),
  hours,
});
export type SoftwareOffer = z.infer<typeof offer>;

/** The content of kind 11: the last one counts. `software.none`: nothing is offered any more. */
export const softwareContentSchema = z.discriminatedUnion('kind', [
  offer,
  z.looseObject({ schema: z.literal(1), kind: z.literal('software.none') }),
]);
export type SoftwareContent = z.infer<typeof softwareContentSchema>;
