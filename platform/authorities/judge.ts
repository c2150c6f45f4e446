/** Whether an act for somebody who was not there stands on an authority that counted then: derived from what is known now. */
import { concat, equalBytes, label, toHex, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { AUTHORITY_MONTH_MS, entrustedMatterSchema } from '../../sync/authority-contents.ts';
import type { AuthorityActRow, AuthorityEndRow, AuthorityRow } from '../store/authority-tables.ts';
import type { Db } from '../store/store.ts';

/** Why an act does not stand on its authority, in words for a desk. */
export const AUTHORITY_TROUBLE = {
  none: '没有写凭哪一份委托',
  unknown: '这份委托县里没有收到',
  'not-valid': '这份委托不作数：代办员的签名对不上，或者期限太长',
  'no-key-yet': '代办员签名的密钥县里还没有收到',
  'other-agent': '委托的不是这位代办员',
  'other-person': '委托人不是这件事的当事人',
  'other-matter': '委托里没有这件事',
  ended: '办的时候，这份委托已经收回或停了',
  expired: '办的时候，这份委托已经到期',
  'too-often': '这个月办的次数超过了委托的',
} as const;
export type AuthorityTrouble = keyof typeof AUTHORITY_TROUBLE;

/** As many as a roster holds. */
const MOST_ENDED = 4096;

const HOLDER_LABEL = label('yizhan/authority-holder/1');

/** A number under an authority's own id, so that two hashes of one number have nothing in common. */
export function holderHash(
  crypto: Pick<Crypto, 'sha256'>,
  authorityId: Uint8Array,
  number: string,
): Uint8Array {
  return crypto.sha256(concat(HOLDER_LABEL, authorityId, utf8(number.toUpperCase())));
}

/** The matters of an authority, each with how often it may be done in a month. */
export function mattersOf({ matters }: Pick<AuthorityRow, 'matters'>) {
  return entrustedMatterSchema.array().parse(JSON.parse(matters));
}

/** The first end of an authority that counts: a desk's, or that of whoever gave it. */
export function firstEnd(
  authority: Pick<AuthorityRow, 'holderHash'>,
  ends: readonly AuthorityEndRow[],
): AuthorityEndRow | undefined {
  return ends
    .filter((end) => end.holderHash === null || equalBytes(end.holderHash, authority.holderHash))
    .sort((a, b) => a.atMs - b.atMs)[0];
}

/** What speaks against an act; undefined where nothing does. `others` are acts in the same matter under it. */
export function findTrouble(
  act: AuthorityActRow,
  authority: AuthorityRow | undefined,
  ends: readonly AuthorityEndRow[],
  others: readonly Pick<AuthorityActRow, 'caseId' | 'submittedMs'>[],
): AuthorityTrouble | undefined {
  if (act.authorityId === null) return 'none';
  if (authority === undefined) return 'unknown';
  if (authority.flaw !== null) return authority.flaw === 'unknown-key' ? 'no-key-yet' : 'not-valid';
  if (act.agentId === null || !equalBytes(act.agentId, authority.agentId)) return 'other-agent';
  if (act.holderHash === null || !equalBytes(act.holderHash, authority.holderHash)) return 'other-person';
  const matter = mattersOf(authority).find(({ id }) => id === act.matterId);
  if (matter === undefined) return 'other-matter';
  const end = firstEnd(authority, ends);
  if (end !== undefined && act.submittedMs >= end.atMs) return 'ended';
  if (act.submittedMs >= authority.untilMs) return 'expired';
  const before = others.filter(
    (other) =>
      !equalBytes(other.caseId, act.caseId) &&
      other.submittedMs <= act.submittedMs &&
      act.submittedMs - other.submittedMs < AUTHORITY_MONTH_MS,
  );
  return before.length >= matter.perMonth ? 'too-often' : undefined;
}

/** The act that a case is, with what speaks against it; nothing where it is none. */
export async function findAuthorityAct(
  db: Db,
  caseId: Uint8Array,
): Promise<{ readonly act: AuthorityActRow; readonly trouble: AuthorityTrouble | undefined } | undefined> {
  const act = await db
    .selectFrom('authorityActs')
    .selectAll()
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (act === undefined) return undefined;
  const { authorityId, matterId } = act;
  if (authorityId === null) return { act, trouble: 'none' };
  const others = await db
    .selectFrom('authorityActs')
    .select(['caseId', 'submittedMs'])
    .where('authorityId', '=', authorityId)
    .where('matterId', '=', matterId)
    .execute();
  const authority = await findAuthority(db, authorityId);
  return { act, trouble: findTrouble(act, authority, await endsOf(db, authorityId), others) };
}

/** The authority of that id. */
export function findAuthority(db: Db, authorityId: Uint8Array): Promise<AuthorityRow | undefined> {
  return db.selectFrom('authorities').selectAll().where('authorityId', '=', authorityId).executeTakeFirst();
}

/** The authorities of a village that were ended before their day: its machines are told until that day. */
export async function endedIn(db: Db, villageCode: string, nowMs: number): Promise<readonly Uint8Array[]> {
  const rows = await db
    .selectFrom('authorityEnds')
    .innerJoin('authorities', 'authorities.authorityId', 'authorityEnds.authorityId')
    .select(['authorities.authorityId', 'authorities.holderHash', 'authorityEnds.holderHash as endedBy'])
    .where('villageCode', '=', villageCode)
    .where('untilMs', '>', nowMs)
    .orderBy('untilMs', 'desc')
    .execute();
  const counts = rows.filter(({ endedBy, holderHash: own }) => endedBy === null || equalBytes(endedBy, own));
  const byId = new Map(counts.map(({ authorityId }) => [toHex(authorityId), new Uint8Array(authorityId)]));
  return [...byId.values()].slice(0, MOST_ENDED);
}

/** Everything that was said to end one. */
export function endsOf(db: Db, authorityId: Uint8Array): Promise<AuthorityEndRow[]> {
  return db.selectFrom('authorityEnds').selectAll().where('authorityId', '=', authorityId).execute();
}
