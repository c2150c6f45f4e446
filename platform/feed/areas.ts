/** Areas by their statistics codes, and the machines that stand in one. */
import type { Place } from '../../sync/contents.ts';
import type { Db } from '../store/store.ts';
import { placeOf } from '../terminals/terminals.ts';

/** A machine in service, and where it stands. */
export interface PlacedTerminal {
  readonly terminalId: Uint8Array;
  readonly place: Place;
}

/** Whether a place lies in an area: the county, its town or its village. */
export function isIn({ county, town, village }: Place, areaCode: string): boolean {
  return areaCode === county.code || areaCode === town.code || areaCode === village.code;
}

/** The machines in service in an area. */
export async function terminalsIn(db: Db, areaCode: string): Promise<readonly PlacedTerminal[]> {
  const rows = await db
    .selectFrom('terminals')
    .select(['terminalId', 'place'])
    .where('revokedMs', 'is', null)
    .execute();
  return rows
    .map((row) => ({ terminalId: row.terminalId, place: placeOf(row) }))
    .filter(({ place }) => isIn(place, areaCode));
}
