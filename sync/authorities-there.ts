/**
 * The authorities that residents gave to an agent, at whatever machine, as the platform tells them to the machine where
 * that agent is signed in: sealed to the list key that was made there, so that their card and PIN alone open it. What was
 * done under each in the last month stands with it.
 */
import { z } from 'zod';
import { label } from '../base/bytes.ts';
import { encodeCbor } from '../base/cbor.ts';
import type { Crypto, OpeningKey } from '../base/crypto/api.ts';
import { entrustedMatterSchema } from './authority-contents.ts';
import { encodeContent, readContent } from './content-coding.ts';
import { personSchema } from './contents.ts';
import { padToSizes, unpad } from './formats/padding.ts';

const id: z.ZodType<Uint8Array> = z.instanceof(Uint8Array).refine((value) => value.length === 16);

/** As many as one answer holds, the last given first. */
export const MOST_AUTHORITIES = 24;

const authorityThereSchema = z.looseObject({
  authorityId: id,
  /** Whoever gave it, as far as their authority tells them. */
  holder: personSchema.extend({ number: z.string().min(1) }),
  matters: z.array(entrustedMatterSchema).max(12),
  givenMs: z.int(),
  untilMs: z.int(),
  /** Cases that were filed under it in the last month, at any machine. */
  uses: z.array(z.looseObject({ caseId: id, matterId: z.string(), atMs: z.int() })).max(372),
});
/** One authority, as the platform tells it. */
export type AuthorityThere = z.infer<typeof authorityThereSchema>;

const toldSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('agent.authorities'),
  authorities: z.array(authorityThereSchema).max(MOST_AUTHORITIES),
});

/** Whose they are, and by which of their keys. */
export interface AuthoritiesOwner {
  readonly agentId: Uint8Array;
  readonly signKeyId: Uint8Array;
}

/** What one answer of the platform has room for, once it is text. */
const SIZES = [4_096, 16_384, 32_768] as const;

const INFO = label('yizhan/agent-authorities/1');

/** Seals them to the list key of a machine (raw X25519); nothing where they do not fit. */
export function sealAuthorities(
  crypto: Pick<Crypto, 'seal'>,
  to: AuthoritiesOwner & { readonly openKey: Uint8Array },
  authorities: readonly AuthorityThere[],
): Uint8Array | undefined {
  const plain = padToSizes(encodeContent({ schema: 1, kind: 'agent.authorities', authorities }), SIZES);
  if (!plain.ok) return undefined;
  return crypto.seal({ recipient: to.openKey, info: INFO, aad: aadOf(to), plain: plain.value });
}

/** Opens them; nothing where they are another's, or not what they say. */
export function openAuthorities(
  key: OpeningKey,
  owner: AuthoritiesOwner,
  sealed: Uint8Array,
): readonly AuthorityThere[] | undefined {
  const opened = key.open(sealed, INFO, aadOf(owner));
  const plain = opened.ok ? unpad(opened.value) : opened;
  const read = plain.ok ? readContent(toldSchema, plain.value) : plain;
  return read.ok ? read.value.authorities : undefined;
}

function aadOf({ agentId, signKeyId }: AuthoritiesOwner): Uint8Array {
  return encodeCbor([1, 1, agentId, signKeyId]);
}
