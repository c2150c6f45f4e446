/** Entries of revoked terminals: held and receipted, without an effect until a person has looked at each. */
import { invariant } from '../../base/result.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { readEntry } from '../cases/reading.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, ringFor } from '../feed/outbox.ts';
import { flagMisuse } from '../misuse/detect.ts';
import { takeNumbers } from '../store/store.ts';
import { findTerminal } from '../terminals/terminals.ts';
import { batchOf, beginHolding } from './batch.ts';
import { fileAndRecord, submittedMs } from './filing.ts';
import { readBody } from './read-body.ts';

/** What a person may do with one. */
export type QuarantineChoice = 'file' | 'set-aside';

/** One that waits for a person. */
export interface QuarantinedEntry {
  readonly entryId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly kind: string | null;
  readonly submittedMs: number;
  /** Opened for the one who looks. */
  readonly content: Uint8Array;
}

/** Those that wait, oldest first, at most `limit`. */
export async function readQuarantined(
  context: Pick<PlatformContext, 'store' | 'openingKeys'>,
  limit: number,
): Promise<readonly QuarantinedEntry[]> {
  const rows = await quarantined(context).orderBy('bodies.heldOrder').limit(limit).execute();
  return rows.map((row) => opened(context, row));
}

/**
 * Files one as if it had just arrived, or sets it aside for good: it stays held and unfiled. Answers false when it
 * does not wait any more.
 */
export async function settleQuarantined(
  context: PlatformContext,
  entryId: Uint8Array,
  choice: QuarantineChoice,
): Promise<boolean> {
  const row = await quarantined(context).where('bodies.entryId', '=', entryId).executeTakeFirst();
  const terminal = row && (await findTerminal(context.store.db, row.terminalId));
  if (!row || !terminal) return false;
  const { entryHash, content, ...entry } = { ...row, ...opened(context, row) };
  const { terminalId, place, isRevoked } = terminal;
  const offerer = { terminalId, place, isRevoked };
  const outbox = await context.store.transaction(async (tx) => {
    // The lock of intake: what it looked up, of cases too, stays so.
    await takeNumbers(tx, 'held', 0);
    const filing = choice === 'file' ? 'filed' : 'unfiled';
    const moved = await tx
      .updateTable('bodies')
      .set({ filing, oddity: choice === 'file' ? null : 'set aside from quarantine' })
      .where('entryId', '=', entryId)
      .where('filing', '=', 'quarantined')
      .executeTakeFirstOrThrow();
    if (Number(moved.numUpdatedRows) === 0) return undefined;
    const reading = readEntry(content);
    const batch = batchOf(await beginHolding(tx, context, [{ entryHash, entryId }], []), offerer);
    if (choice === 'file') {
      await fileAndRecord(batch, {
        ...{ entryId, terminalId, place, reading },
        submittedMs: entry.submittedMs,
        // What a revoked machine brings puts nobody's case on an agent's list.
        signed: null,
      });
      await flagMisuse(batch, batch.marks);
      await batch.rows.flush();
    }
    await flushOutbox(tx, batch.outbox, context.clock.wallMs());
    return batch.outbox;
  });
  if (outbox) ringFor(context.bell, outbox);
  return outbox !== undefined;
}

function quarantined({ store }: Pick<PlatformContext, 'store'>) {
  return store.db
    .selectFrom('bodies')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .select(['bodies.entryId', 'bodies.terminalId', 'bodies.kind', 'bodies.body'])
    .select(['headers.entryHash', 'headers.header'])
    .where('bodies.filing', '=', 'quarantined');
}

type QuarantinedRow = Awaited<ReturnType<ReturnType<typeof quarantined>['executeTakeFirstOrThrow']>>;

function opened(context: Pick<PlatformContext, 'openingKeys'>, row: QuarantinedRow): QuarantinedEntry {
  const header = parseHeader(row.header);
  invariant(header.ok, 'a header that was held can be read');
  const { entryId, terminalId, kind } = row;
  const content = readBody(context, header.value, row.body);
  return { entryId, terminalId, kind, content, submittedMs: submittedMs(header.value) };
}
