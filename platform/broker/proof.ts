/** The consent entry as proof: held, of the terminal that asks, of the person asked about, covering it, still standing. */
import { equalBytes } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { readContent } from '../../sync/content-coding.ts';
import { type ConsentContent, consentContentSchema, type QueryRefusal } from '../../sync/contents.ts';
import type { PlatformContext } from '../context.ts';
import { getContent } from '../intake/read-body.ts';

/** What a question claims. */
export interface Claim {
  readonly terminalId: Uint8Array;
  readonly consentId: Uint8Array;
  readonly dataSet: string;
  /** Number on the card of the person asked about. */
  readonly person: string;
}

/** Why a consent proves nothing: what the terminal is told, and what it was, for the alarm. */
export interface NoProof {
  readonly refusal: QueryRefusal;
  readonly why:
    | 'unknown'
    | 'of-another-terminal'
    | 'too-old'
    | 'withdrawn'
    | 'other-person'
    | 'other-data-set';
}

/** What a terminal that keeps its promises never asks. */
export const NEVER_ASKED: ReadonlySet<NoProof['why']> = new Set([
  'of-another-terminal',
  'other-person',
  'other-data-set',
]);

/** The person who agreed, when the claim holds now. A consent of another terminal is answered like one that is not there. */
export async function findProof(
  context: Pick<PlatformContext, 'store' | 'openingKeys' | 'clock'>,
  claim: Claim,
  goodForMs: number,
): Promise<Result<ConsentContent['person'], NoProof>> {
  const { db } = context.store;
  const row = await db
    .selectFrom('bodies')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .leftJoin('consentWithdrawals', (join) =>
      join
        .onRef('consentWithdrawals.consentId', '=', 'bodies.entryId')
        .onRef('consentWithdrawals.terminalId', '=', 'bodies.terminalId'),
    )
    .select(['bodies.terminalId', 'headers.receivedMs', 'consentWithdrawals.atMs as withdrawnMs'])
    .where('bodies.entryId', '=', claim.consentId)
    .where('bodies.kind', '=', 'consent')
    .where('bodies.filing', '=', 'filed')
    .executeTakeFirst();
  if (!row) return none('unknown');
  if (!equalBytes(row.terminalId, claim.terminalId)) return none('of-another-terminal');
  if (row.withdrawnMs !== null) return none('withdrawn');
  // A clock that was set back proves no more than one that ran on.
  if (Math.abs(context.clock.wallMs() - row.receivedMs) > goodForMs) return none('too-old');
  const read = readContent(consentContentSchema, await getContent(context, claim.consentId));
  if (!read.ok) return none('unknown');
  const { person, dataSets } = read.value;
  if (person.number !== claim.person) return err({ refusal: 'other-person', why: 'other-person' });
  if (!dataSets.some(({ id }) => id === claim.dataSet))
    return err({ refusal: 'other-data-set', why: 'other-data-set' });
  return ok(person);
}

function none(why: NoProof['why']): Result<never, NoProof> {
  return err({ refusal: 'no-consent', why });
}
