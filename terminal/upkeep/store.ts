/**
 * What upkeep keeps, in the terminal's database and outside its journal. What a full disk cannot take is let
 * go of: nothing here is owed to anybody.
 */
import type { Sql } from '../../base/sql.ts';
import { createHealingNote, type Healed } from '../journal/healings-table.ts';
import { type ReadinessReport, type Role, readinessReportSchema } from './api.ts';
import { createDeviceEvents, type DeviceEvents } from './device-events.ts';
import { NO_PAPER_USED, type PaperUse } from './paper.ts';

/** How many readiness reports are kept. */
export const REPORTS_KEPT = 20;

/** Wrong PINs since the last right one. */
export interface PinAttempts {
  readonly failures: number;
  /** How many of them an audit entry already tells of. */
  readonly told: number;
}

/** What a data set saved people. */
export interface Saved {
  readonly dataSet: string;
  /** How often it answered at least one question. */
  readonly times: number;
  /** Questions that were not asked. */
  readonly questions: number;
  /** Papers that nobody had to bring. */
  readonly papers: number;
}

/** What upkeep keeps. */
export interface UpkeepStore {
  readonly events: DeviceEvents;
  paper(): PaperUse;
  savePaper(use: PaperUse): void;
  attempts(role: Role): PinAttempts;
  saveAttempts(role: Role, attempts: PinAttempts): void;
  /** Keeps a report, and the last twenty of all; its number, or `undefined` when the disk cannot take it. */
  addReport(report: ReadinessReport): number | undefined;
  /** The newest first. */
  reports(): readonly { readonly number: number; readonly report: ReadinessReport }[];
  /** Until when the village agent said to be away; null where they did not, or are back. */
  agentAwayUntilMs(): number | null;
  saveAgentAway(untilMs: number | null): void;
  /** Entries that are not closed. */
  countOwed(): number;
  /** Adds one time that a data set answered: counts alone, of nobody. */
  addSaved(saved: Omit<Saved, 'times'>): void;
  /** By data set, what saved most questions first. */
  saved(): readonly Saved[];
  /** What the disk lost of one copy by itself and was given back; undefined while it lost nothing. */
  findHealed(): Healed | undefined;
}

/** Upkeep's part of this database. */
export function createUpkeepStore(sql: Sql): UpkeepStore {
  return {
    findHealed: createHealingNote(sql).find,
    events: createDeviceEvents(sql),
    paper() {
      const row = sql
        .prepare<PaperRow>(
          'SELECT counter, roll_since_ms, roll_lines, all_lines, all_slips FROM paper WHERE id = 1',
        )
        .find();
      return row === undefined ? NO_PAPER_USED : toPaper(row);
    },
    savePaper({ counter, rollSinceMs, rollLines, allLines, allSlips }) {
      sql.transaction(() =>
        sql
          .prepare(
            `INSERT OR REPLACE INTO paper (id, counter, roll_since_ms, roll_lines, all_lines, all_slips)
             VALUES (1, ?, ?, ?, ?, ?)`,
          )
          .run(counter, rollSinceMs, rollLines, allLines, allSlips),
      );
    },
    attempts: (role) =>
      sql.prepare<PinAttempts>('SELECT failures, told FROM pin_attempts WHERE role = ?').find(role) ?? {
        failures: 0,
        told: 0,
      },
    saveAttempts(role, { failures, told }) {
      sql.transaction(() =>
        sql
          .prepare('INSERT OR REPLACE INTO pin_attempts (role, failures, told) VALUES (?, ?, ?)')
          .run(role, failures, told),
      );
    },
    addReport(report) {
      const added = sql.transaction(() => {
        const { number } = sql
          .prepare<{ number: number }>('INSERT INTO readiness_reports (report) VALUES (?) RETURNING number')
          .find(JSON.stringify(report))!;
        sql.prepare('DELETE FROM readiness_reports WHERE number <= ?').run(number - REPORTS_KEPT);
        return number;
      });
      return added.ok ? added.value : undefined;
    },
    agentAwayUntilMs: () =>
      sql.prepare<{ untilMs: number }>('SELECT until_ms AS untilMs FROM agent_away').find()?.untilMs ?? null,
    saveAgentAway(untilMs) {
      sql.transaction(() => {
        if (untilMs === null) sql.prepare('DELETE FROM agent_away').run();
        else sql.prepare('INSERT OR REPLACE INTO agent_away (id, until_ms) VALUES (1, ?)').run(untilMs);
      });
    },
    reports: () =>
      sql
        .prepare<{ number: number; report: string }>(
          'SELECT number, report FROM readiness_reports ORDER BY number DESC',
        )
        .all()
        .flatMap(({ number, report }) => {
          const parsed = readinessReportSchema.safeParse(JSON.parse(report));
          return parsed.success ? [{ number, report: parsed.data }] : [];
        }),
    addSaved({ dataSet, questions, papers }) {
      sql.transaction(() =>
        sql
          .prepare(
            `INSERT INTO saved (data_set, times, questions, papers) VALUES (?, 1, ?, ?)
             ON CONFLICT (data_set) DO UPDATE SET times = times + 1,
               questions = questions + excluded.questions, papers = papers + excluded.papers`,
          )
          .run(dataSet, questions, papers),
      );
    },
    saved: () =>
      sql
        .prepare<Saved>(
          'SELECT data_set AS dataSet, times, questions, papers FROM saved ORDER BY questions DESC, data_set',
        )
        .all(),
    countOwed: () => sql.prepare<{ count: number }>('SELECT count(*) AS count FROM owed').find()!.count,
  };
}

interface PaperRow {
  readonly counter: number;
  readonly roll_since_ms: number | null;
  readonly roll_lines: number;
  readonly all_lines: number;
  readonly all_slips: number;
}

function toPaper({ counter, roll_since_ms, roll_lines, all_lines, all_slips }: PaperRow): PaperUse {
  return {
    counter,
    rollSinceMs: roll_since_ms,
    rollLines: roll_lines,
    allLines: all_lines,
    allSlips: all_slips,
  };
}
