/**
 * What this machine counts for whoever keeps it running, in its database and outside its journal. Bounded; what a full
 * disk cannot take is let go of.
 */

import { toHex } from '../../base/bytes.ts';
import type { Random } from '../../base/random.ts';
import type { Sql } from '../../base/sql.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { type Counted, type MachineReport, MOST_COUNTS } from '../../sync/report-contents.ts';

/** What is counted: where it was, and of which matter. */
export interface CountOf {
  readonly what: Counted;
  readonly on?: string;
  readonly matter?: string | null;
}

/** The counts, and what else a report asks of the database. */
export interface FleetStore {
  /** Adds one. */
  count(of: CountOf): void;
  /** All sums. */
  counts(): MachineReport['counts'];
  /** This program begins; the one before had not been stopped if it is still noted as running. */
  begin(nowMs: number): void;
  /** This program ends in order. */
  end(): void;
  /** When the oldest entry that is not closed was kept, as its header says. */
  findOldestOwedMs(): number | undefined;
}

interface Begun {
  readonly countsId: Uint8Array;
  readonly sinceMs: number;
  readonly dropped: number;
  readonly running: number;
}

const BEGUN = 'SELECT counts_id AS countsId, since_ms AS sinceMs, dropped, running FROM machine_counts_begun';

/** The counts in this database. */
export function createFleetStore(sql: Sql, random: Random): FleetStore {
  const begun = () => sql.prepare<Begun>(BEGUN).find();

  function count({ what, on = '', matter = null }: CountOf): void {
    sql.transaction(() => {
      const grown = sql
        .prepare(
          'UPDATE machine_counts SET count = count + 1 WHERE what = ? AND on_what = ? AND matter = ? RETURNING 1',
        )
        .find(what, on, matter ?? '');
      if (grown !== undefined) return;
      const added = sql
        .prepare(
          `INSERT INTO machine_counts (what, on_what, matter, count) SELECT ?, ?, ?, 1
           WHERE (SELECT count(*) FROM machine_counts) < ? RETURNING 1`,
        )
        .find(what, on, matter ?? '', MOST_COUNTS);
      if (added === undefined) sql.prepare('UPDATE machine_counts_begun SET dropped = dropped + 1').run();
    });
  }

  return {
    count,
    counts() {
      const { countsId, sinceMs, dropped } = begun() ?? {
        countsId: new Uint8Array(8),
        sinceMs: 0,
        dropped: 0,
      };
      const rows = sql
        .prepare<{ what: Counted; on: string; matter: string; count: number }>(
          'SELECT what, on_what AS "on", matter, count FROM machine_counts ORDER BY what, on_what, matter',
        )
        .all();
      const each = rows.map(({ on, matter, ...row }) => ({ ...row, on: on || null, matter: matter || null }));
      return { countsId: toHex(countsId), sinceMs, dropped, each };
    },
    begin(nowMs) {
      const wasRunning = begun()?.running === 1;
      sql.transaction(() => {
        sql
          .prepare(
            `INSERT INTO machine_counts_begun (id, counts_id, since_ms, dropped, running) VALUES (1, ?, ?, 0, 1)
             ON CONFLICT (id) DO UPDATE SET running = 1`,
          )
          .run(random.bytes(8), Math.max(0, Math.round(nowMs)));
      });
      count({ what: 'start' });
      if (wasRunning) count({ what: 'unclean-end' });
    },
    end() {
      sql.transaction(() => sql.prepare('UPDATE machine_counts_begun SET running = 0').run());
    },
    findOldestOwedMs() {
      const row = sql
        .prepare<{ header: Uint8Array }>(
          'SELECT header FROM entries WHERE number = (SELECT min(entry) FROM owed)',
        )
        .find();
      const header = row && parseHeader(row.header);
      return header?.ok ? header.value.wallMs : undefined;
    },
  };
}
