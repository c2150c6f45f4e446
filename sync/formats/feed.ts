import { label } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey } from '../../base/crypto/api.ts';
import type { Result } from '../../base/result.ts';
import { answerHead } from './answers.ts';
import {
  bytes,
  hash,
  id,
  int,
  list,
  ms,
  nullable,
  one,
  structure,
  text,
  uint,
  type ValueOf,
} from './shape.ts';
import { signedFormat } from './signed.ts';

/** What a feed item is. An unknown kind is skipped and said. */
export const FEED_KIND = {
  /** Progress of a case, sealed to its `caseReplyKey`. */
  case: 1,
  notice: 2,
  catalog: 3,
  roster: 4,
  syncNow: 5,
  /** A matter taken out, or put back in. */
  matter: 6,
  /** The platform's word to open a new journal. */
  newJournal: 7,
  revoked: 8,
  /** Content is an {@link Order}. */
  abandon: 9,
  /** Sealed to the agent's key. */
  agentList: 10,
  /** Which software this machine may install, and when (`software-contents.ts`). */
  software: 11,
  /** Content is a {@link StepBack}. */
  stepBack: 12,
  /** An order that this machine answers (`machine-orders.ts`). */
  machine: 13,
  /** Whose codes on phones are taken (`phone-issuers.ts`). */
  phoneIssuers: 14,
} as const;

const feedItem = structure({
  itemId: id,
  kind: uint,
  expires: nullable(ms),
  caseId: nullable(id),
  content: bytes(),
});
/** One thing sent down. */
export type FeedItem = ValueOf<typeof feedItem>;

const page = structure({ ...answerHead, after: bytes(), next: bytes(), items: list(feedItem) });
/** Pages of the feed as signed bytes: a page follows the cursor `after`, and is followed by `next`. */
export const pageFormat = signedFormat('yizhan/feed/1', page);

/** The cursor before the first page. */
export const FIRST_CURSOR = new Uint8Array(0);

const order = structure({
  v: one,
  suite: one,
  platformId: id,
  orderKeyId: id,
  orderId: id,
  terminalId: id,
  journalId: id,
  seq: int(1),
  entryHash: hash,
  reason: text(),
  at: ms,
});
/** A named person's order to abandon one refused entry. */
export type Order = ValueOf<typeof order>;
/** Orders as signed bytes. */
export const orderFormat = signedFormat('yizhan/abandon/1', order);

const stepBack = structure({
  v: one,
  suite: one,
  platformId: id,
  orderKeyId: id,
  orderId: id,
  /** Null: every machine of the platform. */
  terminalId: nullable(id),
  fromVersion: int(1),
  toVersion: int(1),
  reason: text(),
  at: ms,
});
/** A named person's order to go from one release of the software back to an older one. */
export type StepBack = ValueOf<typeof stepBack>;
/** Orders to step back as signed bytes. */
export const stepBackFormat = signedFormat('yizhan/step-back/1', stepBack);

const CASE_INFO = label('yizhan/case/1');

/** Seals a case item's content to the case's reply key (raw X25519), bound to its item and case. */
export function sealCaseItem(
  crypto: Crypto,
  input: { caseReplyKey: Uint8Array; itemId: Uint8Array; caseId: Uint8Array; content: Uint8Array },
): Uint8Array {
  const { caseReplyKey: recipient, content: plain } = input;
  return crypto.seal({ recipient, info: CASE_INFO, aad: caseItemAad(input), plain });
}

/** Opens a case item's content with the private half of the reply key, during the person's visit. */
export function openCaseItem(
  replyKey: OpeningKey,
  item: { itemId: Uint8Array; caseId: Uint8Array; content: Uint8Array },
): Result<Uint8Array, 'unopenable'> {
  return replyKey.open(item.content, CASE_INFO, caseItemAad(item));
}

function caseItemAad(item: { itemId: Uint8Array; caseId: Uint8Array }): Uint8Array {
  return encodeCbor([1, 1, item.itemId, item.caseId]);
}
