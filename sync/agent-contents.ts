/**
 * What is said of village agents, as data: the roster that comes down (journal.md "Feed", kind 4) and what goes up of
 * their keys and their acts. Nothing in the roster names a person: an agent is a random id there. Unknown keys are kept.
 */
import { z } from 'zod';
import { concat, label, utf8 } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { personSchema } from './contents.ts';

const bytesOf = (length: number): z.ZodType<Uint8Array> =>
  z.instanceof(Uint8Array).refine((value) => value.length === length, `must be ${length} bytes`);
const id = bytesOf(16);
const key = bytesOf(32);

/** An agent's two public keys, raw Ed25519 and X25519. */
export const agentKeysSchema = z.looseObject({ signKey: key, openKey: key });
export type AgentKeys = z.infer<typeof agentKeysSchema>;

/** One agent of the village, by a random id. */
export const rosterAgentSchema = z.looseObject({
  agentId: id,
  role: z.enum(['agent']),
  /** From here on they may not sign in. */
  untilMs: z.int(),
  revoked: z.boolean(),
  /** What a registration code of theirs hashes to ({@link agentCodeHash}); null where none was given out. */
  codeHash: bytesOf(32).nullable(),
  /** The keys the platform has taken. */
  keys: z.array(agentKeysSchema).max(64),
  /** Ids of signing keys that count no more, or never did. */
  refused: z.array(id).max(64),
});
export type RosterAgent = z.infer<typeof rosterAgentSchema>;

/**
 * The content of kind 4: every agent of one village, whole. A roster replaces those of a lower `version`, whatever order
 * they come in; past `staleMs` it is old, past `endMs` it counts no more (docs/agents.md).
 */
export const rosterContentSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('roster'),
  version: z.int().positive(),
  /** Statistics code of the village it is for. */
  village: z.string().regex(/^\d{12}$/),
  issuedMs: z.int(),
  staleMs: z.int(),
  endMs: z.int(),
  agents: z.array(rosterAgentSchema).max(64),
  /** Recorded authorities of this village that were ended before their day, by random id. Earlier rosters have none. */
  endedAuthorities: z.array(id).max(4096).optional(),
});
export type RosterContent = z.infer<typeof rosterContentSchema>;

/** `audit.agent-key`: an agent made keys at this terminal, with their card, a code and a PIN. `holder` is their card's. */
export const agentKeyContentSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('audit.agent-key'),
  submissionId: id,
  agentId: id,
  ...agentKeysSchema.shape,
  holder: personSchema.extend({ number: z.string().min(1) }),
});
export type AgentKeyContent = z.infer<typeof agentKeyContentSchema>;

/**
 * Who besides the submitter had a hand in an entry. `agent`: acted and signed it; `by` is what they rested on, the
 * resident's own card in this visit or a recorded entrustment. `helper`: filled in part of it, and handed it back.
 */
export const agentActorSchema = z.looseObject({
  role: z.enum(['agent', 'helper']),
  agentId: id,
  agentKeyId: id,
  by: z.enum(['card', 'entrustment', 'own']),
  /** Which roster they signed in under, and whether it was old then. */
  roster: z.looseObject({ version: z.int(), stale: z.boolean() }),
});
export type AgentActor = z.infer<typeof agentActorSchema>;

/** The form of a registration code: twelve digits. */
export const AGENT_CODE = /^\d{12}$/;

const CODE_LABEL = label('yizhan/agent-code/1');

/** What a registration code is known by: SHA-256("yizhan/agent-code/1\0" ‖ agentId ‖ the twelve digits). */
export function agentCodeHash(crypto: Pick<Crypto, 'sha256'>, agentId: Uint8Array, code: string): Uint8Array {
  return crypto.sha256(concat(CODE_LABEL, agentId, utf8(code)));
}
