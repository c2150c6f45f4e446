/** Words as data: both languages, and nothing in them that a printer or a screen could take for a command. */
import { z } from 'zod';

/**
 * Words for people to read. No control characters (they would be commands to a printer), no angle brackets,
 * no invisible or direction-changing characters.
 */
export const words = z
  .string()
  .max(2000)
  .regex(/^(?:\n|[^<>\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])+$/u);

/** Words in both languages; Chinese first, English complete. */
export const textSchema = z.strictObject({ zh: words, en: words });
export type Text = z.infer<typeof textSchema>;

/** A name of ours: small letters, digits and hyphens. */
export const slug = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);
