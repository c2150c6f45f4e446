/**
 * An agent's list (journal.md "Feed", kind 10): what is to be done for the residents whom this agent acted for. Sealed to
 * the agent's list key, so that their card and PIN alone open it on their own machine. Names are masked.
 */
import { z } from 'zod';
import { label } from '../base/bytes.ts';
import { encodeCbor } from '../base/cbor.ts';
import type { Crypto, OpeningKey } from '../base/crypto/api.ts';
import { encodeContent, readContent } from './content-coding.ts';

const id: z.ZodType<Uint8Array> = z
  .instanceof(Uint8Array)
  .refine((value) => value.length === 16, 'must be 16 bytes');
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** As many as a list holds; what is due first is in it. */
export const MOST_LISTED = 60;

/**
 * Why something is on the list. `supplement`: the resident is asked for more, `day` is the last one. `due`: the desk owes
 * an answer by `day`. `result`: it can be collected. `call-back`: somebody promised to call by `day`. `refused`: it was
 * not granted; `day` is the last for what can still be done.
 */
export const listItemSchema = z.looseObject({
  why: z.enum(['supplement', 'due', 'result', 'call-back', 'refused']),
  /** Of the case, or of the call-back. */
  itemId: id,
  /** Twelve digits, as on the slip; null where no case stands behind it. */
  localNumber: z.string().max(32).nullable(),
  /** Null where the matter is private: then nothing of it is named. */
  matterId: z.string().max(64).nullable(),
  /** By the surname alone. */
  masked: z.string().max(16),
  day: isoDate.nullable(),
  /** What the desk said, without anybody's name; null where the matter is private. */
  words: z.string().max(500).nullable(),
  /** Who calls; null for everything else. */
  owner: z.string().max(64).nullable(),
});
export type ListItem = z.infer<typeof listItemSchema>;

/** What is sealed. */
export const agentListSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('agent.list'),
  version: z.int().positive(),
  madeMs: z.int(),
  items: z.array(listItemSchema).max(MOST_LISTED),
});
export type AgentList = z.infer<typeof agentListSchema>;

/** What travels: whose it is, by random ids, and which is the later one. */
const agentListItemSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('agent.list'),
  agentId: id,
  /** Id of the signing key that was made with the list key. */
  signKeyId: id,
  version: z.int().positive(),
  sealed: z.instanceof(Uint8Array) as z.ZodType<Uint8Array>,
});
export type AgentListItem = z.infer<typeof agentListItemSchema>;

/** For whom a list is. */
export type ListOwner = Pick<AgentListItem, 'agentId' | 'signKeyId'>;

const INFO = label('yizhan/agent-list/1');

/** The content of a feed item: the list, sealed to `openKey` (raw X25519). */
export function sealAgentList(
  crypto: Crypto,
  to: ListOwner & { readonly openKey: Uint8Array },
  list: AgentList,
): Uint8Array {
  const { agentId, signKeyId, openKey: recipient } = to;
  const { version } = list;
  const aad = aadOf(to, version);
  const sealed = crypto.seal({ recipient, info: INFO, aad, plain: encodeContent(list) });
  return encodeContent({ ...{ schema: 1, kind: 'agent.list', agentId, signKeyId, version }, sealed });
}

/** Whose list an item holds, unopened; nothing where it is none. */
export function findAgentList(content: Uint8Array): AgentListItem | undefined {
  const read = readContent(agentListItemSchema, content);
  return read.ok ? read.value : undefined;
}

/** Opens a list; nothing where it is another's, or not what it says it is. */
export function openAgentList(key: OpeningKey, item: AgentListItem): AgentList | undefined {
  const opened = key.open(item.sealed, INFO, aadOf(item, item.version));
  const read = opened.ok ? readContent(agentListSchema, opened.value) : undefined;
  return read?.ok && read.value.version === item.version ? read.value : undefined;
}

function aadOf({ agentId, signKeyId }: ListOwner, version: number): Uint8Array {
  return encodeCbor([1, 1, agentId, signKeyId, version]);
}
