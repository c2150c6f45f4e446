/**
 * Messages between a platform and the service behind a province's app, as JSON over HTTPS. The interfaces of provinces are
 * not public: one whose own differ changes this file and `http-identity.ts`, and nothing else.
 *
 *     POST {url}/check → 200 the person, or why not
 *
 * Nothing personal stands in an address. Every answer names the reference it answers.
 */
import { z } from 'zod';

/** `POST /check`. */
export const checkSchema = z.strictObject({
  appId: z.string(),
  reference: z.string(),
  code: z.string().max(1_000),
});

/** Answer 200. */
export const checkedSchema = z.discriminatedUnion('outcome', [
  z.object({ reference: z.string(), outcome: z.literal('person'), name: z.string(), cardNumber: z.string() }),
  z.object({ reference: z.string(), outcome: z.enum(['not-a-code', 'forged', 'old', 'used']) }),
]);
