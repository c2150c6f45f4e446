/**
 * The recorded authorities of agents at this machine (docs/agents.md): whom they may act for who is not here, in which
 * matters, until when. They lie sealed to the agent's own list key, so that their card and PIN alone open them; what a
 * thief of the disk sees is random ids.
 */
import { z } from 'zod';
import { equalBytes, label } from '../../base/bytes.ts';
import type { Crypto, OpeningKey } from '../../base/crypto/api.ts';
import type { Sql } from '../../base/sql.ts';
import type { RosterContent } from '../../sync/agent-contents.ts';
import type { AuthoritiesOwner } from '../../sync/authorities-there.ts';
import {
  AUTHORITY_MONTH_MS,
  entrustedMatterSchema,
  findAuthorityNamed,
} from '../../sync/authority-contents.ts';
import { encodeContent, readContent } from '../../sync/content-coding.ts';
import { BODY_SIZES, padToSizes, unpad } from '../../sync/formats/padding.ts';
import type { ContentMap } from '../keeper.ts';
import { findTold, withTold } from './authorities-told.ts';

const id: z.ZodType<Uint8Array> = z.instanceof(Uint8Array).refine((bytes) => bytes.length === 16);

/** Whoever gave one, as their card told it; their photograph is not kept. */
const holderSchema = z.object({
  kind: z.enum(['citizen', 'hmt-permit', 'foreign-2017', 'foreign-2023']),
  name: z.string(),
  /** As printed, X upper-case. */
  number: z.string(),
  sex: z.enum(['unknown', 'male', 'female', 'not-stated']),
  /** ISO date. */
  birth: z.string().nullable(),
  address: z.string(),
});

const authoritySchema = z.object({
  authorityId: id,
  holder: holderSchema,
  matters: z.array(entrustedMatterSchema),
  givenMs: z.int(),
  untilMs: z.int(),
  /** What was done under it in the last month. `atMs` is a time that certainly had been reached. */
  uses: z.array(z.object({ submissionId: id, caseId: id.optional(), matterId: z.string(), atMs: z.int() })),
  /** Given at another machine: it counts here while the platform tells of it. */
  elsewhere: z.boolean().optional(),
});
/** One authority, as its agent's list holds it. */
export type Authority = z.infer<typeof authoritySchema>;

const listSchema = z.object({ v: z.literal(1), authorities: z.array(authoritySchema) });

/** Where the lists lie. */
export interface AuthorityStore {
  find(agentId: Uint8Array): Uint8Array | undefined;
  /** False where the disk cannot take it. */
  put(agentId: Uint8Array, sealed: Uint8Array): boolean;
  /** Whether the resident took this one back at this machine. */
  isEnded(authorityId: Uint8Array): boolean;
  end(authorityId: Uint8Array): boolean;
}

/** The lists on SQLite. */
export function createAuthorityStore(sql: Sql): AuthorityStore {
  return {
    find: (agentId) =>
      sql
        .prepare<{ sealed: Uint8Array }>('SELECT sealed FROM agent_authorities WHERE agent_id = ?')
        .find(agentId)?.sealed,
    put: (agentId, sealed) =>
      sql.transaction(() =>
        sql
          .prepare('INSERT OR REPLACE INTO agent_authorities (agent_id, sealed) VALUES (?, ?)')
          .run(agentId, sealed),
      ).ok,
    isEnded: (authorityId) =>
      sql.prepare('SELECT 1 FROM ended_authorities WHERE authority_id = ?').find(authorityId) !== undefined,
    end: (authorityId) =>
      sql.transaction(() =>
        sql.prepare('INSERT OR IGNORE INTO ended_authorities (authority_id) VALUES (?)').run(authorityId),
      ).ok,
  };
}

/** The authorities of whoever is signed in as an agent. */
export interface Authorities {
  /** Those that count now, the last given first; none where nobody is signed in. */
  live(): readonly Authority[];
  /** How often a matter may still be done under one in this month. */
  left(authority: Authority, matterId: string): number;
  /** Puts one on the list of whoever is signed in; false where it cannot be kept. */
  add(authority: Authority): boolean;
  /** Whether the resident, the county or its town ended one before its day. */
  isEnded(authorityId: Uint8Array): boolean;
  /** The resident, who laid their card, takes one back. */
  end(authorityId: Uint8Array): boolean;
  /**
   * Whether this content may be kept for somebody who is not here, on that authority: the last door. What may is counted
   * before it is kept, so that a cut of power gives nobody an act more.
   */
  takeUse(authorityId: Uint8Array, content: ContentMap): boolean;
  /**
   * Takes what the platform tells, sealed to whoever is signed in; null lets go of it. False where it does not open: it
   * is nobody's then.
   */
  takeTold(sealed: Uint8Array | null): boolean;
  /** What was counted was not kept after all. */
  giveBack(submissionId: Uint8Array): void;
}

/** Nobody's. */
export const NO_AUTHORITIES: Authorities = {
  live: () => [],
  left: () => 0,
  add: () => false,
  isEnded: () => false,
  end: () => false,
  takeUse: () => false,
  takeTold: () => false,
  giveBack: () => undefined,
};

/** What they are made of; `who` is whoever is signed in. */
export interface AuthorityParts {
  readonly store: AuthorityStore;
  readonly crypto: Pick<Crypto, 'seal'>;
  readonly roster: () => RosterContent | null;
  /** A time that certainly has been reached: a clock set back makes no authority longer. */
  readonly sureMs: () => number;
  readonly who: () => (AuthoritiesOwner & { readonly listKey: OpeningKey }) | null;
}

const INFO = label('yizhan/authorities/1');

/** The authorities of this machine. */
export function createAuthorities({ store, crypto, roster, sureMs, who }: AuthorityParts): Authorities {
  function readList(): readonly Authority[] {
    const agent = who();
    const sealed = agent && store.find(agent.agentId);
    if (!sealed) return [];
    const opened = agent.listKey.open(sealed, INFO, agent.agentId);
    const plain = opened.ok ? unpad(opened.value) : opened;
    // Sealed to keys of an earlier registration: nothing of it counts any more.
    const list = plain.ok ? readContent(listSchema, plain.value) : plain;
    return list.ok ? list.value.authorities : [];
  }

  /** What is past its end, or was ended, is on no list any more. */
  function writeList(authorities: readonly Authority[]): boolean {
    const agent = who();
    const kept = authorities.filter(counts);
    const padded = padToSizes(encodeContent({ v: 1, authorities: kept }), BODY_SIZES);
    if (agent === null || !padded.ok) return false;
    const { agentId, listKey } = agent;
    const to = { recipient: listKey.publicKey, info: INFO, aad: agentId, plain: padded.value };
    return store.put(agentId, crypto.seal(to));
  }

  function isEnded(authorityId: Uint8Array): boolean {
    const ended = roster()?.endedAuthorities ?? [];
    return store.isEnded(authorityId) || ended.some((one) => equalBytes(one, authorityId));
  }

  /** What the platform told, and whom. */
  let told: { readonly agentId: Uint8Array; readonly authorities: readonly Authority[] } | null = null;

  function all(): readonly Authority[] {
    const agent = who();
    const isTheirs = agent !== null && told !== null && equalBytes(told.agentId, agent.agentId);
    return withTold(readList(), isTheirs ? (told?.authorities ?? []) : []);
  }

  const counts = ({ authorityId, untilMs }: Authority) => sureMs() < untilMs && !isEnded(authorityId);
  const live = () => all().filter(counts);

  /** The list with one authority's uses changed. */
  function withUses(
    authorityId: Uint8Array,
    change: (uses: Authority['uses']) => Authority['uses'],
  ): readonly Authority[] {
    return readList().map((one) =>
      equalBytes(one.authorityId, authorityId) ? { ...one, uses: change(one.uses) } : one,
    );
  }

  return {
    live: () => [...live()].reverse(),
    left: (authority, matterId) => Math.max(0, usesLeft(authority, matterId, sureMs())),
    add: (authority) => writeList([...readList(), authority]),
    isEnded,
    end: (authorityId) => store.end(authorityId),
    takeUse(authorityId, content) {
      const authority = live().find((one) => equalBytes(one.authorityId, authorityId));
      if (authority === undefined || !isUnder(authority, content)) return false;
      const { submissionId } = content;
      const [matterId] = Array.isArray(content.matter) ? content.matter : [];
      if (!(submissionId instanceof Uint8Array) || typeof matterId !== 'string') return false;
      if (authority.uses.some((use) => equalBytes(use.submissionId, submissionId))) return true;
      const atMs = sureMs();
      // None is left of what was never entrusted.
      if (usesLeft(authority, matterId, atMs) <= 0) return false;
      const recent = (use: Authority['uses'][number]) => atMs - use.atMs < AUTHORITY_MONTH_MS;
      const caseId = content.caseId instanceof Uint8Array ? { caseId: content.caseId } : {};
      const use = { submissionId, ...caseId, matterId, atMs };
      const isListed = readList().some((one) => equalBytes(one.authorityId, authorityId));
      if (!isListed) return writeList([...readList(), { ...authority, uses: [use] }]);
      return writeList(withUses(authorityId, (uses) => [...uses.filter(recent), use]));
    },
    takeTold(sealed) {
      const agent = who();
      const opened = agent && sealed && findTold(agent.listKey, agent, sealed);
      told = agent && opened ? { agentId: agent.agentId, authorities: opened } : null;
      return told !== null;
    },
    giveBack(submissionId) {
      const isOther = (use: Authority['uses'][number]) => !equalBytes(use.submissionId, submissionId);
      writeList(readList().map((one) => ({ ...one, uses: one.uses.filter(isOther) })));
    },
  };
}

/** How often a matter may still be done in this month under an authority. */
function usesLeft(authority: Authority, matterId: string, sureMs: number): number {
  const limit = authority.matters.find((one) => one.id === matterId)?.perMonth ?? 0;
  const made = authority.uses.filter(
    (use) => use.matterId === matterId && sureMs - use.atMs < AUTHORITY_MONTH_MS,
  );
  return limit - made.length;
}

/** Whether a content is a whole case, for the one who gave the authority, and says so. */
function isUnder({ authorityId, holder }: Authority, content: ContentMap): boolean {
  const { kind, basis, subject, evidence } = content;
  const named = Array.isArray(evidence) ? findAuthorityNamed(evidence) : undefined;
  const about = subject as ContentMap | null | undefined;
  return (
    kind === 'case.submitted' &&
    basis === 'agent' &&
    named !== undefined &&
    equalBytes(named, authorityId) &&
    about?.name === holder.name &&
    about.number === holder.number
  );
}
