/** Whether the agent signed the authority that was given to them: one that they did not sign counts for nothing. */
import { invariant } from '../../base/result.ts';
import { decodeContent } from '../../sync/content-coding.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { type ActOutcome, judgeActs } from '../agents/acts.ts';
import type { PlatformContext } from '../context.ts';
import { openInside } from '../intake/read-body.ts';
import type { Db } from '../store/store.ts';

/** Notes how the signatures of an authority's entry were judged. */
export async function noteSignatures(
  tx: Db,
  entryId: Uint8Array,
  outcomes: readonly ActOutcome[],
): Promise<void> {
  const worst = outcomes.find((outcome) => outcome !== 'signed');
  if (outcomes.length > 0 && worst === undefined) return;
  const flaw = worst === 'unknown-key' ? worst : 'signature';
  await tx
    .updateTable('authorities')
    .set({ flaw })
    .where('entryId', '=', entryId)
    .where('flaw', 'is', null)
    .execute();
}

/** Judges those again that came before their agent's key did: entries come in any order. */
export async function judgeSignaturesAgain(
  tx: Db,
  context: Pick<PlatformContext, 'crypto' | 'openingKeys'>,
  agentId: Uint8Array,
): Promise<void> {
  const rows = await tx
    .selectFrom('authorities')
    .innerJoin('bodies', 'bodies.entryId', 'authorities.entryId')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .select(['bodies.entryId', 'bodies.body', 'headers.header', 'givenMs'])
    .where('agentId', '=', agentId)
    .where('flaw', '=', 'unknown-key')
    .execute();
  for (const { entryId, body, header: bytes, givenMs } of rows) {
    const header = parseHeader(bytes);
    invariant(header.ok, 'a header that was held can be read');
    const signed = openInside(context, header.value, body);
    const plain = decodeContent(signed.content);
    const named = plain.ok ? (plain.value as { readonly actors?: unknown } | null)?.actors : undefined;
    const actors: readonly unknown[] = Array.isArray(named) ? named : [];
    const acts = await judgeActs(tx, context.crypto, { entryId, submittedMs: givenMs, actors, signed });
    await tx.updateTable('authorities').set({ flaw: null }).where('entryId', '=', entryId).execute();
    await noteSignatures(
      tx,
      entryId,
      acts.map(({ outcome }) => outcome),
    );
  }
}
