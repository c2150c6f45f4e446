/** Alerts on record, with what and where they are about. */
import { type RawBuilder, sql } from 'kysely';
import { TOWNS } from '../../../catalog/places.ts';
import { ALERT_KINDS } from '../../fleet/rules.ts';
import type { Stood } from '../../fleet/standing.ts';
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

/** The machines that alerts are about. */
type Fleet = Pick<Stood, 'find' | 'towns'>;

/** So many of those that stand, the gravest first. */
export async function openAlerts(
  db: Db,
  fleet: Fleet,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<readonly ShownAlert[]> {
  const rows = await rowsOf(db)
    .where('endedMs', 'is', null)
    .orderBy(GRAVITY)
    .orderBy('sinceMs', 'desc')
    .orderBy('alertId')
    .limit(most)
    .offset(from)
    .execute();
  return rows.map(shownBy(fleet));
}

/** The gravest that nobody sees to yet, so many, and how many there are of them. */
export async function ringingAlerts(db: Db, fleet: Fleet, most: number) {
  const gravest = rowsOf(db)
    .where('endedMs', 'is', null)
    .where('saidMs', 'is', null)
    .orderBy(GRAVITY)
    .orderBy('sinceMs', 'desc')
    .orderBy('alertId')
    .limit(most);
  const [rows, count] = await Promise.all([gravest.execute(), countOpen(db, true)]);
  return { shown: rows.map(shownBy(fleet)), count };
}

/** How many stand, or of them only those that nobody sees to. */
export async function countOpen(db: Db, isRinging = false): Promise<number> {
  const open = db
    .selectFrom('fleetAlerts')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('endedMs', 'is', null);
  const { count } = await (isRinging ? open.where('saidMs', 'is', null) : open).executeTakeFirstOrThrow();
  return Number(count);
}

/** The last that ended, the newest first. */
export async function endedAlerts(db: Db, fleet: Fleet): Promise<readonly ShownAlert[]> {
  const rows = await rowsOf(db)
    .where('endedMs', 'is not', null)
    .orderBy('endedMs', 'desc')
    .limit(ENDED_SHOWN)
    .execute();
  return rows.map(shownBy(fleet));
}

/** Kinds in their order; the gravest is 0. */
const GRAVITY: RawBuilder<number> = sql<number>`case kind ${sql.join(
  ALERT_KINDS.map((kind, place) => sql`when ${sql.lit(kind)} then ${sql.lit(place)}`),
  sql` `,
)} end`;

function rowsOf(db: Db) {
  return db
    .selectFrom('fleetAlerts')
    .leftJoin('staff', 'staff.staffId', 'fleetAlerts.staffId')
    .selectAll('fleetAlerts')
    .select('staff.name as staffName');
}

function shownBy({ find, towns }: Fleet) {
  const names = new Map(TOWNS.map(({ code, name }) => [code, name.zh]));
  for (const { code, name } of towns) names.set(code, name);
  return (row: FleetAlertRow & { readonly staffName: string | null }): ShownAlert => {
    const line = find(row.subject);
    if (line) {
      const { place } = line.machine;
      const here = line.findings.filter(({ kind }) => kind === row.kind);
      const what =
        here.length === 0 || row.endedMs !== null ? alertWords(row) : here.map(findingWords).join('、');
      const words = `${place.town.name}${place.village.name}`;
      return { ...row, what, place: words, link: `/fleet/machines/${row.subject}` };
    }
    const town = names.get(row.subject);
    return town === undefined
      ? { ...row, what: alertWords(row), place: '全县', link: '/fleet' }
      : { ...row, what: alertWords(row), place: town, link: `/fleet?town=${row.subject}` };
  };
}
