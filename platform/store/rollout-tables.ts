/** Tables of roll-outs of the software: what was planned, what was done, and what each machine was told last. */
import type { Generated } from 'kysely';
import type { DialectWords } from './dialect-words.ts';

/** A roll-out; `plan` is JSON of a `Plan`. The newest alone counts. */
interface RolloutsTable {
  rolloutNo: Generated<number>;
  plan: string;
  madeMs: number;
  staffId: number;
}

/** What was done to one; `staffId` null: by itself. `stage` is the one it stands at from then on. */
interface RolloutActsTable {
  actNo: Generated<number>;
  rolloutNo: number;
  atMs: number;
  staffId: number | null;
  act: string;
  stage: number;
  words: string;
}

/** Machines that stay with what they have, or do no more; the last word on each counts. */
interface SoftwarePinsTable {
  pinNo: Generated<number>;
  terminalId: Uint8Array;
  pinned: number;
  atMs: number;
  staffId: number;
  words: string;
}

/** What each machine was told last; version null: that nothing is offered. */
interface SoftwareOffersTable {
  terminalId: Uint8Array;
  rolloutNo: number;
  version: number | null;
  /** When it was first offered in this roll-out. */
  firstMs: number;
}

/** All of them. */
export interface RolloutTables {
  rollouts: RolloutsTable;
  rolloutActs: RolloutActsTable;
  softwarePins: SoftwarePinsTable;
  softwareOffers: SoftwareOffersTable;
}

/** The step that makes them. */
export function rolloutTables({
  bytes,
  int,
  autoKey,
  strict,
  appendOnly,
  neverReplaced,
}: DialectWords): readonly string[] {
  return [
    `CREATE TABLE rollouts (
    rollout_no ${autoKey}, plan text NOT NULL, made_ms ${int} NOT NULL,
    staff_id ${int} NOT NULL REFERENCES staff (staff_id))${strict}`,
    ...appendOnly('rollouts'),
    ...neverReplaced('rollouts', 'rollout_no'),
    `CREATE TABLE rollout_acts (
    act_no ${autoKey}, rollout_no ${int} NOT NULL REFERENCES rollouts (rollout_no), at_ms ${int} NOT NULL,
    staff_id ${int} REFERENCES staff (staff_id), act text NOT NULL, stage ${int} NOT NULL, words text NOT NULL)${strict}`,
    'CREATE INDEX rollout_acts_by_rollout ON rollout_acts (rollout_no, act_no)',
    ...appendOnly('rollout_acts'),
    ...neverReplaced('rollout_acts', 'act_no'),
    `CREATE TABLE software_pins (
    pin_no ${autoKey}, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), pinned ${int} NOT NULL,
    at_ms ${int} NOT NULL, staff_id ${int} NOT NULL REFERENCES staff (staff_id), words text NOT NULL)${strict}`,
    'CREATE INDEX software_pins_by_terminal ON software_pins (terminal_id, pin_no)',
    ...appendOnly('software_pins'),
    ...neverReplaced('software_pins', 'pin_no'),
    `CREATE TABLE software_offers (
    terminal_id ${bytes} PRIMARY KEY REFERENCES terminals (terminal_id),
    rollout_no ${int} NOT NULL REFERENCES rollouts (rollout_no), version ${int}, first_ms ${int} NOT NULL)${strict}`,
  ];
}
