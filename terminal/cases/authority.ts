/** Keeps what a resident entrusts to a village agent, and that they take it back (`sync/authority-contents.ts`). */
import { err, ok, type Result } from '../../base/result.ts';
import type { CardFact } from '../../catalog/schema.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { EntrustedMatter } from '../../sync/authority-contents.ts';
import type { Place } from '../../sync/contents.ts';
import type { AgentHere } from '../agents/agent-desk.ts';
import type { Language, Refusal } from '../api.ts';
import type { Keeper, Kept, PersonMemory } from '../keeper.ts';
import { rowOfEnd, rowOfGiven } from './authority-rows.ts';
import { personContent, placeMap } from './content.ts';
import { refusalOfKeep } from './file.ts';
import type { HeldFile } from './held-files.ts';
import type { CaseIds } from './ids.ts';

/** What is given, to whom. */
export interface AuthorityWish {
  readonly holder: IdentityRead;
  readonly agent: Pick<AgentHere, 'agentId'> & { readonly masked: string };
  readonly matters: readonly EntrustedMatter[];
  readonly givenMs: number;
  readonly untilMs: number;
  /** The name signed on the glass, and the photograph of it or of both of them. */
  readonly signature: HeldFile;
  readonly photo: HeldFile;
  /** What of the card goes up with it. */
  readonly facts: readonly CardFact[];
}

/** What keeping it needs. */
interface AuthorityTools {
  readonly keeper: Pick<Keeper, 'keep'>;
  readonly memory: PersonMemory | null;
  readonly lang: Language;
  readonly place: Place;
}

/** Keeps an authority under `ids.caseId`, with its row for the one who gives it, and a slip. */
export function fileAuthority(
  wish: AuthorityWish,
  ids: CaseIds,
  { keeper, memory, lang, place }: AuthorityTools,
): Result<Kept, Refusal['code']> {
  const { holder, agent, matters, givenMs, untilMs } = wish;
  const { caseId: authorityId, localNumber, slipCode, submissionId } = ids;
  const matterIds = matters.map(({ id }) => id);
  const given = { authorityId, agentId: agent.agentId, agentName: agent.masked, matterIds, givenMs, untilMs };
  const kept = keeper.keep({
    submissionId,
    entryClass: 1,
    content: {
      ...{ schema: 1, kind: 'authority.given', authorityId, localNumber, slipCode, submissionId },
      submitter: { ...personContent(holder, wish.facts) },
      ...{ agentId: agent.agentId, givenMs, untilMs, signature: 0, photo: 1 },
      matters: matters.map(({ id, perMonth }) => ({ id, perMonth })),
      ...{ actors: [{ role: 'submitter' }], attachments: [], lang, place: placeMap(place) },
    },
    attachments: [wish.signature, wish.photo].map(({ mediaType, bytes }) => ({ mediaType, bytes })),
    remember: memory && { person: memory, row: rowOfGiven(given, ids) },
    slip: true,
  });
  return kept.ok ? ok(kept.value) : err(refusalOfKeep(kept.error));
}

/** Keeps that whoever gave an authority takes it back, with its row for them. */
export function fileAuthorityEnd(
  end: {
    readonly authorityId: Uint8Array;
    readonly submissionId: Uint8Array;
    readonly holder: IdentityRead;
    readonly person: PersonMemory;
    readonly atMs: number;
  },
  keeper: Pick<Keeper, 'keep'>,
): Result<Kept, Refusal['code']> {
  const { authorityId, submissionId, holder, person, atMs } = end;
  const submitter = { ...personContent(holder, ['number']) };
  const kept = keeper.keep({
    submissionId,
    // Whoever takes it back has it heard before anything else is.
    entryClass: 0,
    content: { schema: 1, kind: 'authority.ended', authorityId, submissionId, submitter },
    attachments: [],
    remember: { person, row: rowOfEnd(authorityId, atMs) },
    slip: false,
  });
  return kept.ok ? ok(kept.value) : err(refusalOfKeep(kept.error));
}
