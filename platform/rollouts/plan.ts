/** How a release of the software reaches a county's machines, as data: where first, how many, when, and what stops it. */
import { z } from 'zod';

/** A stage: a share of the machines of some place. */
const stageSchema = z.strictObject({
  /** `pilot`: the machines that are named for it; else a statistics code of a village, a town or the county; or `all`. */
  area: z.union([z.literal(['pilot', 'all']), z.string().regex(/^\d{6,12}$/)]),
  percent: z.int().min(1).max(100),
  /** So long the stage stands at the least before the next, in hours. */
  holdHours: z
    .int()
    .min(0)
    .max(24 * 90),
});
export type Stage = z.infer<typeof stageSchema>;

/** The plan of a roll-out. */
export const planSchema = z.strictObject({
  version: z.int().positive(),
  channel: z.enum(['stable', 'pilot']),
  hours: z
    .strictObject({
      days: z.array(z.int().min(1).max(7)).min(1).max(7),
      fromMinute: z.int().min(0).max(1439),
      toMinute: z.int().min(1).max(1440),
    })
    .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, 'must begin before it ends'),
  /** Machines of the pilot, ids in hex. */
  pilot: z.array(z.string().regex(/^[0-9a-f]{32}$/)),
  stages: z.array(stageSchema).min(1).max(20),
  /** It stops by itself where more than so many of the machines that took it fail, in percent, but never for fewer than `least`. */
  stop: z.strictObject({ percent: z.int().min(0).max(100), least: z.int().min(1) }),
});
export type Plan = z.infer<typeof planSchema>;

/** What is usual: a few machines, then a tenth, then half, then all; nights of working days. */
export function usualPlan(wish: Pick<Plan, 'version' | 'channel' | 'pilot'>): Plan {
  return {
    ...wish,
    hours: { days: [1, 2, 3, 4], fromMinute: 60, toMinute: 300 },
    stages: [
      ...(wish.pilot.length > 0 ? [{ area: 'pilot' as const, percent: 100, holdHours: 48 }] : []),
      { area: 'all', percent: 10, holdHours: 48 },
      { area: 'all', percent: 50, holdHours: 48 },
      { area: 'all', percent: 100, holdHours: 0 },
    ],
    stop: { percent: 3, least: 2 },
  };
}
