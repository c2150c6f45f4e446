/** What one transaction of intake works on, and what was looked up for it once instead of at each batch and entry. */
import { toHex } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import type { Place } from '../../sync/contents.ts';
import type { Entry } from '../../sync/formats/entry.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { type StaffedDesks, staffedDesks } from '../cases/desks.ts';
import { type KnownCases, lookUpCases } from '../cases/known-cases.ts';
import type { PlatformContext } from '../context.ts';
import type { Outbox } from '../feed/outbox.ts';
import { type AlarmKind, raiseAlarm } from '../ledger/alarms.ts';
import { branchTroubles, type LinkedHeader } from '../ledger/links.ts';
import { markForked } from '../ledger/releases.ts';
import type { NewMisuseMark } from '../store/misuse-tables.ts';
import { type NewRows, newRows } from '../store/new-rows.ts';
import type { Db } from '../store/store.ts';
import type { EntryName } from './open-entry.ts';

/** The terminal that offers, and where it stands. */
export interface Offerer {
  readonly terminalId: Uint8Array;
  readonly place: Place;
  /** Its entries are held and receipted, and have no effect before a person has looked. */
  readonly isRevoked: boolean;
}

/** What is known of a header. */
export interface KnownHeader {
  readonly outcome: number;
  readonly terminalId: Uint8Array;
}

/** What is known of a body. */
export interface KnownBody {
  readonly bodyHash: Uint8Array;
  readonly terminalId: Uint8Array;
}

/** One transaction of intake, of one batch or of several; its maps are kept up to date as entries are held. */
export interface Holding {
  readonly tx: Db;
  readonly context: PlatformContext;
  readonly outbox: Outbox;
  readonly rows: NewRows;
  readonly cases: KnownCases;
  readonly staffed: StaffedDesks;
  /** By entry hash in hex. */
  readonly headers: Map<string, KnownHeader>;
  /** By entry id in hex. */
  readonly bodies: Map<string, KnownBody>;
  /** What the cases filed in it are compared by. */
  readonly marks: NewMisuseMark[];
  /** Whether any entry at all waits for its case. */
  readonly waits: { someone: boolean };
}

/** One terminal's batch in it. */
export interface Batch extends Holding {
  readonly offerer: Offerer;
  /** Its journals known to have a row, by id in hex. */
  readonly journals: Set<string>;
  /** Held now: their neighbours are looked at together, at the end. */
  readonly held: Entry[];
}

/** A batch of this terminal's, in a transaction that was begun. */
export function batchOf(holding: Holding, offerer: Offerer): Batch {
  return { ...holding, offerer, journals: new Set(), held: [] };
}

/** Looks up what the entries of these names, and the cases they make, may meet. */
export async function beginHolding(
  tx: Db,
  context: PlatformContext,
  names: readonly Pick<EntryName, 'entryHash' | 'entryId'>[],
  caseIds: readonly Uint8Array[],
): Promise<Holding> {
  const { isOneOf } = context.store.many;
  const headers = await tx
    .selectFrom('headers')
    .select(['entryHash', 'outcome', 'terminalId'])
    .where(
      isOneOf(
        'entryHash',
        names.map((name) => name.entryHash),
      ),
    )
    .execute();
  const bodies = await tx
    .selectFrom('bodies')
    .select(['entryId', 'bodyHash', 'terminalId'])
    .where(
      isOneOf(
        'entryId',
        names.map((name) => name.entryId),
      ),
    )
    .execute();
  const waiting = await tx.selectFrom('waiting').select('entryId').limit(1).execute();
  return {
    ...{ tx, context, outbox: [], marks: [], rows: newRows(context.store, tx) },
    cases: await lookUpCases(context.store.many, tx, caseIds),
    staffed: await staffedDesks(tx),
    headers: new Map(headers.map((row) => [toHex(row.entryHash), row])),
    bodies: new Map(bodies.map((row) => [toHex(row.entryId), row])),
    waits: { someone: waiting.length > 0 },
  };
}

/** Raises an alarm about the offering terminal; answers whether it is new. */
export function ring(
  { tx, context, offerer }: Pick<Batch, 'tx' | 'context'> & { readonly offerer: Pick<Offerer, 'terminalId'> },
  kind: AlarmKind,
  about: string,
  detail = about,
): Promise<boolean> {
  context.log('platform.alarm', { kind });
  const { terminalId } = offerer;
  return raiseAlarm(tx, { kind, about, terminalId, detail }, context.clock.wallMs());
}

/** Alarms for forks and for links that do not hold, of rows that are written; a fork is also told to open a new journal. */
export async function ringBranches(batch: Batch): Promise<void> {
  for (const entries of Map.groupBy(batch.held, (entry) => toHex(entry.header.journalId)).values()) {
    const around = await headersAround(batch, entries);
    for (const trouble of entries.flatMap((entry) => branchTroubles(entry, around))) {
      const { journalId } = entries[0]!.header;
      const isNew = await ring(batch, trouble.kind, `${toHex(journalId)}/${trouble.seq}`);
      if (trouble.kind !== 'fork') continue;
      await markForked(batch.tx, batch.offerer.terminalId, journalId);
      if (isNew) orderNewJournal(batch, journalId);
    }
  }
}

async function headersAround(
  { tx, offerer }: Batch,
  entries: readonly Entry[],
): Promise<ReadonlyMap<number, readonly LinkedHeader[]>> {
  const rows: LinkedHeader[] = [];
  for (const { from, to } of stretchesOf(entries.map(({ header }) => header.seq))) {
    const found = await tx
      .selectFrom('headers')
      .select(['entryHash', 'seq', 'prev', 'outcome'])
      .where('terminalId', '=', offerer.terminalId)
      .where('journalId', '=', entries[0]!.header.journalId)
      .where('seq', '>=', from)
      .where('seq', '<=', to)
      .execute();
    rows.push(...found);
  }
  return Map.groupBy(rows, (row) => row.seq);
}

/** Numbers so close are looked at with what lies between: a statement costs more. */
const CLOSE = 64;

/** Stretches that hold these numbers and the one on either side of each; a batch is one, or nearly. */
function stretchesOf(seqs: readonly number[]): readonly { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last && seq <= last.to + CLOSE) last.to = seq + 1;
    else stretches.push({ from: seq - 1, to: seq + 1 });
  }
  return stretches;
}

function orderNewJournal({ context, offerer, outbox }: Batch, journalId: Uint8Array): void {
  outbox.push({
    itemId: context.crypto.randomBytes(16),
    terminalId: offerer.terminalId,
    kind: FEED_KIND.newJournal,
    expiresMs: null,
    caseId: null,
    content: encodeContent({ schema: 1, journalId }),
  });
}
