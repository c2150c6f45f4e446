/** Alerts on record, with what and where they are about. */
import { TOWNS } from '../../../catalog/places.ts';
import type { FleetLine } from '../../fleet/book.ts';
import type { AlertKind } from '../../fleet/rules.ts';
import { ALERT_KINDS } from '../../fleet/rules.ts';
import type { FleetAlertRow } from '../../store/fleet-tables.ts';
import type { Db } from '../../store/store.ts';
import { alertWords, findingWords } from './words.ts';

/** An alert, and where it leads. */
export interface ShownAlert extends FleetAlertRow {
  readonly place: string;
  readonly link: string;
  /** What is wrong, of a device which. */
  readonly what: string;
  readonly staffName: string | null;
}

const ENDED_SHOWN = 60;

/** Those that stand, the gravest first. */
export async function openAlerts(db: Db, lines: readonly FleetLine[]): Promise<readonly ShownAlert[]> {
  const rows = await rowsOf(db).where('endedMs', 'is', null).execute();
  return rows.map(shownBy(lines)).sort((a, b) => gravity(a) - gravity(b) || b.sinceMs - a.sinceMs);
}

/** The last that ended, the newest first. */
export async function endedAlerts(db: Db, lines: readonly FleetLine[]): Promise<readonly ShownAlert[]> {
  const rows = await rowsOf(db)
    .where('endedMs', 'is not', null)
    .orderBy('endedMs', 'desc')
    .limit(ENDED_SHOWN)
    .execute();
  return rows.map(shownBy(lines));
}

function rowsOf(db: Db) {
  return db
    .selectFrom('fleetAlerts')
    .leftJoin('staff', 'staff.staffId', 'fleetAlerts.staffId')
    .selectAll('fleetAlerts')
    .select('staff.name as staffName');
}

function gravity({ kind }: FleetAlertRow): number {
  return ALERT_KINDS.indexOf(kind as AlertKind);
}

function shownBy(lines: readonly FleetLine[]) {
  const byId = new Map(lines.map((line) => [line.machine.id, line]));
  const towns = new Map(TOWNS.map(({ code, name }) => [code, name.zh]));
  for (const { machine } of lines) towns.set(machine.place.town.code, machine.place.town.name);
  return (row: FleetAlertRow & { readonly staffName: string | null }): ShownAlert => {
    const line = byId.get(row.subject);
    if (line) {
      const { place } = line.machine;
      const here = line.findings.filter(({ kind }) => kind === row.kind);
      const what =
        here.length === 0 || row.endedMs !== null ? alertWords(row) : here.map(findingWords).join('、');
      const words = `${place.town.name}${place.village.name}`;
      return { ...row, what, place: words, link: `/fleet/machines/${row.subject}` };
    }
    const town = towns.get(row.subject);
    return town === undefined
      ? { ...row, what: alertWords(row), place: '全县', link: '/fleet' }
      : { ...row, what: alertWords(row), place: town, link: `/fleet?town=${row.subject}` };
  };
}
