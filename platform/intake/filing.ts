/** Files held entries and records what became of each, so that nothing held is out of sight. */
import { toHex } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import type { EntryHeader } from '../../sync/formats/entry.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { fileEntry, type HeldEntry } from '../cases/file.ts';
import type { PlatformContext } from '../context.ts';
import type { Outbox } from '../feed/outbox.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import type { Db } from '../store/store.ts';
import { placeOf } from '../terminals/terminals.ts';
import { readBody } from './read-body.ts';

/** When the person submitted, by the terminal's wall clock put right by what it knew of the platform's. */
export function submittedMs(header: EntryHeader): number {
  return header.wallMs + (header.clock.offsetMs ?? 0);
}

/** Files one entry whose body row is there; answers the case that arrived with it, if one did. */
export async function fileAndRecord(
  tx: Db,
  context: PlatformContext,
  held: HeldEntry,
  outbox: Outbox,
): Promise<Uint8Array | null> {
  const { entryId } = held;
  const filing = await fileEntry(tx, context, held, outbox);
  const oddity = filing.filing === 'unfiled' ? filing.oddity : null;
  await tx
    .updateTable('bodies')
    .set({ kind: filing.kind, filing: filing.filing, oddity })
    .where('entryId', '=', entryId)
    .execute();
  if (filing.filing === 'waiting') {
    await tx.insertInto('waiting').values({ entryId, caseId: filing.caseId }).execute();
  }
  if (oddity !== null) {
    const alarm = {
      kind: 'unfiled',
      about: toHex(entryId),
      terminalId: held.terminalId,
      detail: oddity,
    } as const;
    await raiseAlarm(tx, alarm, context.clock.wallMs());
  }
  return filing.filing === 'filed' ? filing.arrivedCaseId : null;
}

/** Files again, in the order they were held, the entries that waited for this case. */
export async function refileWaiting(
  tx: Db,
  context: PlatformContext,
  caseId: Uint8Array,
  outbox: Outbox,
): Promise<void> {
  const rows = await tx
    .selectFrom('waiting')
    .innerJoin('bodies', 'bodies.entryId', 'waiting.entryId')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .innerJoin('terminals', 'terminals.terminalId', 'bodies.terminalId')
    .select(['bodies.entryId', 'bodies.terminalId', 'bodies.body', 'headers.header', 'terminals.place'])
    .where('waiting.caseId', '=', caseId)
    .orderBy('bodies.heldOrder')
    .execute();
  for (const row of rows) {
    await tx.deleteFrom('waiting').where('entryId', '=', row.entryId).execute();
    const header = parseHeader(row.header);
    invariant(header.ok, 'a header that was held can be read');
    const held: HeldEntry = {
      entryId: row.entryId,
      terminalId: row.terminalId,
      place: placeOf(row),
      content: readBody(context, header.value, row.body),
      submittedMs: submittedMs(header.value),
    };
    const arrived = await fileAndRecord(tx, context, held, outbox);
    if (arrived) await refileWaiting(tx, context, arrived, outbox);
  }
}
