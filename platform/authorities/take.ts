/** Takes what machines bring of recorded authority, in the transaction that holds its entry; and ends one at a desk. */
import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { AgentActor } from '../../sync/agent-contents.ts';
import { agentActorSchema } from '../../sync/agent-contents.ts';
import {
  type AuthorityContent,
  type AuthorityEndContent,
  findAuthorityNamed,
  LONGEST_AUTHORITY_MS,
} from '../../sync/authority-contents.ts';
import type { CaseContent, Place } from '../../sync/contents.ts';
import { putRoster } from '../agents/roster.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import type { AuthorityRow } from '../store/authority-tables.ts';
import type { Db } from '../store/store.ts';
import { type AuthorityTrouble, findAuthorityAct, holderHash } from './judge.ts';

/** The parts of an authority that are looked at; `number` is that of whoever gave it. */
export type AuthorityFacts = Pick<
  AuthorityContent,
  'authorityId' | 'agentId' | 'matters' | 'givenMs' | 'untilMs' | 'actors'
> & { readonly number: string };

/** The parts of its end. */
export type AuthorityEndFacts = Pick<AuthorityEndContent, 'authorityId'> & { readonly number: string };

/** An entry that was just held. */
interface Held {
  readonly entryId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly place: Place;
  readonly submittedMs: number;
}

type Context = Pick<PlatformContext, 'clock' | 'crypto'>;

/** Writes an authority down; false where one of that id is there already. What its agent signed is judged after it. */
export async function takeAuthority(
  tx: Db,
  { crypto }: Context,
  { entryId, terminalId, place, submittedMs }: Held,
  facts: AuthorityFacts,
): Promise<boolean> {
  const { authorityId, agentId, matters, givenMs, untilMs, number } = facts;
  const isToThem = agentsBy(facts.actors, 'card').some((actor) => equalBytes(actor.agentId, agentId));
  const isTooLong = untilMs - Math.min(givenMs, submittedMs) > LONGEST_AUTHORITY_MS;
  const inserted = await tx
    .insertInto('authorities')
    .values({
      ...{ authorityId, entryId, terminalId, agentId, givenMs, untilMs },
      ...{ villageCode: place.village.code, townCode: place.town.code, villageName: place.village.name },
      holderHash: holderHash(crypto, authorityId, number),
      matters: JSON.stringify(matters.map(({ id, perMonth }) => ({ id, perMonth }))),
      flaw: !isToThem ? 'no-agent' : isTooLong ? 'too-long' : null,
    })
    .onConflict((on) => on.column('authorityId').doNothing())
    .executeTakeFirstOrThrow();
  return Number(inserted.numInsertedOrUpdatedRows) > 0;
}

/** The resident takes one back; whoever did not give it ends nothing (`firstEnd`). */
export async function takeAuthorityEnd(
  tx: Db,
  context: Context,
  held: Held,
  { authorityId, number }: AuthorityEndFacts,
  outbox: Outbox,
): Promise<void> {
  await tx
    .insertInto('authorityEnds')
    .values({
      ...{ endId: held.entryId, authorityId, atMs: held.submittedMs, staffId: null, deskCode: null },
      ...{ holderHash: holderHash(context.crypto, authorityId, number), words: '' },
    })
    .execute();
  await putRoster(tx, context, held.place.village.code, outbox);
}

/** Somebody at a desk ends one, with words; every machine of its village is told. */
export async function endAuthority(
  context: Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell'>,
  authority: Pick<AuthorityRow, 'authorityId' | 'villageCode'>,
  by: { readonly staffId: number; readonly deskCode: string; readonly words: string },
): Promise<void> {
  const outbox: Outbox = [];
  await context.store.transaction(async (tx) => {
    outbox.length = 0;
    const atMs = context.clock.wallMs();
    const endId = context.crypto.randomBytes(16);
    const { authorityId, villageCode } = authority;
    await tx
      .insertInto('authorityEnds')
      .values({ ...by, endId, authorityId, atMs, holderHash: null })
      .execute();
    await putRoster(tx, context, villageCode, outbox);
    await flushOutbox(tx, outbox, atMs);
  });
  ringFor(context.bell, outbox);
}

/**
 * Notes a case that was filed for somebody who was not there, and says what speaks against it now: what comes later may
 * take that away, or bring it.
 */
export async function noteAuthorityAct(
  tx: Db,
  crypto: Pick<Crypto, 'sha256'>,
  { submittedMs }: Pick<Held, 'submittedMs'>,
  facts: Pick<CaseContent, 'caseId' | 'matter' | 'evidence' | 'subject' | 'actors'>,
): Promise<AuthorityTrouble | undefined> {
  const { caseId, evidence, subject, actors, matter } = facts;
  const authorityId = findAuthorityNamed(evidence) ?? null;
  const [actor] = agentsBy(actors, 'entrustment');
  const number = subject?.number ?? null;
  const isNamed = authorityId !== null && number !== null;
  await tx
    .insertInto('authorityActs')
    .values({
      ...{ caseId, authorityId, matterId: matter[0], submittedMs, agentId: actor?.agentId ?? null },
      holderHash: isNamed ? holderHash(crypto, authorityId, number) : null,
    })
    .onConflict((on) => on.column('caseId').doNothing())
    .execute();
  return (await findAuthorityAct(tx, caseId))?.trouble;
}

/** Whether a case says that it was done for somebody who was not there. */
export function isForAbsent({
  basis,
  evidence,
  actors,
}: Pick<CaseContent, 'basis' | 'evidence' | 'actors'>): boolean {
  return (
    basis === 'agent' ||
    findAuthorityNamed(evidence) !== undefined ||
    agentsBy(actors, 'entrustment').length > 0
  );
}

function agentsBy(actors: readonly unknown[], by: AgentActor['by']): readonly AgentActor[] {
  return actors.flatMap((actor) => {
    const read = agentActorSchema.safeParse(actor);
    return read.success && read.data.role === 'agent' && read.data.by === by ? [read.data] : [];
  });
}
