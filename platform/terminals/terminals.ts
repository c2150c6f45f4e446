/** Enrolled terminals. */
import { invariant } from '../../base/result.ts';
import { type Place, placeSchema } from '../../sync/contents.ts';
import type { Db } from '../store/store.ts';
import type { TerminalRow } from '../store/tables.ts';

/** A terminal and where it stands. */
export interface Terminal {
  readonly terminalId: Uint8Array;
  readonly place: Place;
  readonly currentBootId: Uint8Array | null;
  readonly isRevoked: boolean;
}

/** Places read before, by their JSON: a county has few, and asks for them at each request. */
const PLACES = new Map<string, Place>();
const MAX_PLACES = 10_000;

/** Where a row's terminal stands. */
export function placeOf(row: Pick<TerminalRow, 'place'>): Place {
  const known = PLACES.get(row.place);
  if (known) return known;
  const place = placeSchema.safeParse(JSON.parse(row.place));
  invariant(place.success, 'a stored place is one');
  if (PLACES.size === MAX_PLACES) PLACES.clear();
  PLACES.set(row.place, place.data);
  return place.data;
}

/** The terminal of this id. */
export async function findTerminal(db: Db, terminalId: Uint8Array): Promise<Terminal | undefined> {
  const row = await db
    .selectFrom('terminals')
    .selectAll()
    .where('terminalId', '=', terminalId)
    .executeTakeFirst();
  return row && terminalOf(row);
}

/** The terminal of a row. */
export function terminalOf(
  row: Pick<TerminalRow, 'terminalId' | 'place' | 'currentBootId' | 'revokedMs'>,
): Terminal {
  return {
    terminalId: row.terminalId,
    place: placeOf(row),
    currentBootId: row.currentBootId,
    isRevoked: row.revokedMs !== null,
  };
}

/**
 * Revokes a terminal: it is told so and served nothing more. What it still owes comes by rescue and is looked
 * at by a person. Answers false when there is no such terminal in service.
 */
export async function revokeTerminal(db: Db, terminalId: Uint8Array, nowMs: number): Promise<boolean> {
  const revoked = await db
    .updateTable('terminals')
    .set({ revokedMs: nowMs })
    .where('terminalId', '=', terminalId)
    .where('revokedMs', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(revoked.numUpdatedRows) === 1;
}
