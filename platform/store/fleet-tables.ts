/** Tables of machines as they report themselves: states, sizes and counts, nothing of a person. */
import type { Generated, Selectable } from 'kysely';
import type { DialectWords } from './dialect-words.ts';

/** The last report of each machine; `content` is JSON of a `MachineReport`. */
interface FleetReportsTable {
  terminalId: Uint8Array;
  heardMs: number;
  content: string;
  /** Of its last update, as it says itself, '' where it says nothing; null in a row of before these columns. */
  updateVersion: string | null;
  updateState: string | null;
  /** Crashes told since what it says of its update is what it is. */
  updateCrashes: Generated<number>;
  /** Since when it says that of its update; null in a row of before this column. */
  updateMs: number | null;
}

/** How a machine was in an hour, the last of it: hours since 1970. Kept for two weeks. */
interface FleetHoursTable {
  terminalId: Uint8Array;
  hour: number;
  owed: number;
  oldestS: number | null;
  freeBytes: number | null;
  slipsLeft: number | null;
  /** Devices that are at fault or absent. */
  faults: number;
}

/** What was counted on a day, as reports grew; '' where a count names no page or no matter. Kept for three months. */
interface FleetCountsTable {
  terminalId: Uint8Array;
  day: string;
  what: string;
  page: string;
  matter: string;
  count: number;
}

/** When a version of the software was first heard of. */
interface FleetVersionsTable {
  version: string;
  firstMs: number;
}

/** An alert, from when it was seen until it was no more. `subject` is a machine's id in hex, a town's or the county's code. */
interface FleetAlertsTable {
  alertId: Generated<number>;
  kind: string;
  subject: string;
  /** How many machines it is about. */
  machines: number;
  sinceMs: number;
  endedMs: number | null;
  /** Who said they see to it, what they said and when. */
  staffId: number | null;
  saidMs: number | null;
  words: string | null;
}
export type FleetAlertRow = Selectable<FleetAlertsTable>;

/** All of them. */
export interface FleetTables {
  fleetReports: FleetReportsTable;
  fleetHours: FleetHoursTable;
  fleetCounts: FleetCountsTable;
  fleetVersions: FleetVersionsTable;
  fleetAlerts: FleetAlertsTable;
}

/** The step that makes them. */
export function fleetTables({ bytes, int, autoKey, strict }: DialectWords): readonly string[] {
  const ofTerminal = `terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id)`;
  return [
    `CREATE TABLE fleet_reports (
    terminal_id ${bytes} PRIMARY KEY REFERENCES terminals (terminal_id), heard_ms ${int} NOT NULL,
    content text NOT NULL)${strict}`,
    'CREATE INDEX fleet_reports_by_time ON fleet_reports (heard_ms)',
    `CREATE TABLE fleet_hours (
    ${ofTerminal}, hour ${int} NOT NULL, owed ${int} NOT NULL, oldest_s ${int}, free_bytes ${int},
    slips_left ${int}, faults ${int} NOT NULL, PRIMARY KEY (terminal_id, hour))${strict}`,
    'CREATE INDEX fleet_hours_by_time ON fleet_hours (hour)',
    `CREATE TABLE fleet_counts (
    ${ofTerminal}, day text NOT NULL, what text NOT NULL, page text NOT NULL, matter text NOT NULL,
    count ${int} NOT NULL CHECK (count > 0), PRIMARY KEY (terminal_id, day, what, page, matter))${strict}`,
    'CREATE INDEX fleet_counts_by_day ON fleet_counts (day, what)',
    `CREATE TABLE fleet_versions (version text PRIMARY KEY, first_ms ${int} NOT NULL)${strict}`,
    `CREATE TABLE fleet_alerts (
    alert_id ${autoKey}, kind text NOT NULL, subject text NOT NULL, machines ${int} NOT NULL,
    since_ms ${int} NOT NULL, ended_ms ${int}, staff_id ${int} REFERENCES staff (staff_id), said_ms ${int},
    words text, CHECK ((said_ms IS NULL) = (staff_id IS NULL)))${strict}`,
    'CREATE UNIQUE INDEX fleet_alerts_open ON fleet_alerts (kind, subject) WHERE ended_ms IS NULL',
    'CREATE INDEX fleet_alerts_ended ON fleet_alerts (ended_ms)',
  ];
}

/** Counted as crashes, in every statement that is to find them by their index. */
export const CRASHES = ['unclean-end', 'devices-lost', 'device-hung'] as const;

/** The step by which a look at the fleet reads what changed, and not all of it. */
export function fleetLooks(): readonly string[] {
  const crashes = CRASHES.map((one) => `'${one}'`).join(', ');
  return [
    'ALTER TABLE fleet_reports ADD COLUMN update_version text',
    'ALTER TABLE fleet_reports ADD COLUMN update_state text',
    `CREATE INDEX fleet_crashes ON fleet_counts (day, terminal_id, count) WHERE what IN (${crashes})`,
    'CREATE INDEX terminals_by_enrolment ON terminals (enrolled_ms)',
    'CREATE INDEX terminals_by_end ON terminals (revoked_ms) WHERE revoked_ms IS NOT NULL',
  ];
}

/** The step by which crashes are told apart from those before an update. */
export function crashesOfUpdates({ int }: DialectWords): readonly string[] {
  return [`ALTER TABLE fleet_reports ADD COLUMN update_crashes ${int} NOT NULL DEFAULT 0`];
}

/** The step by which crashes of an update are held against the time since it was taken. */
export function timesOfUpdates({ int }: DialectWords): readonly string[] {
  return [`ALTER TABLE fleet_reports ADD COLUMN update_ms ${int}`];
}
