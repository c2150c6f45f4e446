/**
 * Messages between a platform and a source of shared data, as JSON over HTTPS. The interfaces of provinces are not
 * public: one whose own differ changes this file and `http-source.ts`, and nothing else.
 *
 *     POST {url}/{dataSet} → 200 records | 202 later
 *
 * Every answer names the reference it answers, and whom it is about: null for what is open to anyone. Nothing personal
 * stands in an address.
 */
import { z } from 'zod';

/** `POST /{dataSet}`. */
export const askSchema = z.strictObject({
  appId: z.string(),
  reference: z.string(),
  cardNumber: z.string().nullable(),
  name: z.string().nullable(),
  parameters: z.record(z.string(), z.string()),
});

/** Answer 200. */
export const recordsSchema = z.object({
  reference: z.string(),
  cardNumber: z.string().nullable(),
  asOfMs: z.int(),
  records: z.array(z.record(z.string(), z.unknown())),
});

/** Answer 202. */
export const laterSchema = z.object({ reference: z.string(), afterS: z.int().min(0).max(3_600) });
