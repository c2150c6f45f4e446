import { z } from 'zod';
import { AIM_BYTES } from './aim.ts';

/** The longest input report that is looked at, its id counted (domain.md C.1). */
const REPORT_BYTES = 64;

const place = z
  .int()
  .min(1)
  .max(REPORT_BYTES - 1);

/**
 * Where a maker puts things in an input report of a HID-POS scanner; offsets count from the report id, which is
 * byte 0. Refused where two things would lie on each other or beyond the report.
 */
export const hidPosLayoutSchema = z
  .strictObject({
    reportId: z.int().min(1).max(0xff),
    /** One byte: how many bytes of data the report holds. */
    lengthAt: place,
    /** Three bytes of AIM identifier; null for a scanner that sends none. */
    aimAt: place.nullable(),
    dataAt: place,
    maxDataBytes: place,
    /** Bit 0: the code goes on in the next report. */
    moreAt: place,
  })
  .refine((layout) => isSound(layout), 'must keep its parts apart and inside 64 bytes');
export type HidPosLayout = z.output<typeof hidPosLayoutSchema>;

/** The order most makers use: id, length, identifier, 56 bytes of data, and the flag at the end of 64 bytes. */
export const COMMON_HID_POS_LAYOUT: HidPosLayout = {
  reportId: 0x02,
  lengthAt: 1,
  aimAt: 2,
  dataAt: 5,
  maxDataBytes: 56,
  moreAt: 63,
};

function isSound(
  layout: Readonly<Record<'lengthAt' | 'dataAt' | 'maxDataBytes' | 'moreAt', number>> & {
    readonly aimAt: number | null;
  },
): boolean {
  const { lengthAt, aimAt, dataAt, maxDataBytes, moreAt } = layout;
  const parts = [
    { at: lengthAt, bytes: 1 },
    ...(aimAt === null ? [] : [{ at: aimAt, bytes: AIM_BYTES }]),
    { at: dataAt, bytes: maxDataBytes },
    { at: moreAt, bytes: 1 },
  ].sort((one, other) => one.at - other.at);
  return parts.every(({ at, bytes }, index) => at + bytes <= (parts[index + 1]?.at ?? REPORT_BYTES));
}
