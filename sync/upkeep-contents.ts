/** What a machine says of who entered its upkeep, as data (`docs/protocol.md`, "Audit of upkeep"). */
import { z } from 'zod';

/**
 * `audit.upkeep-sign-in`. `by` `phone`: over the telephone, with the machine's number on its cabinet and the challenge
 * that was answered, so that whoever answered can be found; machines of before 0.6 name neither.
 */
export const upkeepSignInSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('audit.upkeep-sign-in'),
  role: z.string().max(40),
  by: z.string().max(40).optional(),
  machine: z
    .string()
    .regex(/^\d{4,8}$/)
    .optional(),
  challenge: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
});
export type UpkeepSignIn = z.infer<typeof upkeepSignInSchema>;
