/**
 * Whoever issues codes on phones, as the platform says it to every machine (journal.md "Feed", kind 14): the whole list, in
 * a signed page. One of a lower version never takes the place of a later one. It names no person.
 */
import { z } from 'zod';
import { encodeContent, readContent } from './content-coding.ts';
import type { PhoneCodeIssuer } from './phone-codes.ts';

const issuersSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('phone.issuers'),
  version: z.int().positive(),
  issuers: z
    .array(
      z.looseObject({
        name: z.string().min(1).max(60),
        /** Raw Ed25519. */
        publicKey: z
          .instanceof(Uint8Array)
          .refine((value) => value.length === 32, 'must be 32 bytes') as z.ZodType<Uint8Array>,
      }),
    )
    .max(64),
});

/** A list as it came down; empty where nobody's codes are taken any more. */
export interface PhoneIssuers {
  readonly version: number;
  readonly issuers: readonly PhoneCodeIssuer[];
}

/** The content of the item. */
export function phoneIssuersContent({ version, issuers }: PhoneIssuers): Uint8Array {
  const listed = issuers.map(({ name, publicKey }) => ({ name, publicKey }));
  return encodeContent({ schema: 1, kind: 'phone.issuers', version, issuers: listed });
}

/** The latest of these lists; null before the first. The order they came in says nothing. */
export function findPhoneIssuers(contents: readonly Uint8Array[]): PhoneIssuers | null {
  return contents.reduce<PhoneIssuers | null>((best, content) => {
    const read = readContent(issuersSchema, content);
    return read.ok && read.value.version > (best?.version ?? 0) ? read.value : best;
  }, null);
}
