/** What must be true at the end of it all, read from the files themselves. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { toHex } from '../../base/bytes.ts';
import { systemClock } from '../../base/node/clock.ts';
import { invariant } from '../../base/result.ts';
import { accountOf } from '../../platform/ledger/account.ts';
import { openStore } from '../../platform/store/store.ts';
import { comesTrue, pause } from './processes.ts';
import type { Town } from './town.ts';
import type { Told } from './villager.ts';

/** How long a queue may take to drain once nothing is hurt any more: a back-off of five minutes and a little. */
const DRAIN_MS = 360_000;
/** For a receipt on its way. */
const SETTLE_MS = 1_500;

/** How many entries of a terminal that is down no receipt answers. */
export function owedCount(town: Town): number {
  return count(
    join(town.folders.terminal, 'terminal.db'),
    'SELECT count(*) AS n FROM owed LEFT JOIN receipts USING (entry) WHERE receipts.entry IS NULL',
  );
}

/** How many cases the platform has filed. */
export function casesHeld(town: Town): number {
  return count(join(town.folders.platform, 'platform.db'), 'SELECT count(*) AS n FROM cases');
}

function count(path: string, query: string): number {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return (db.prepare(query).get() as { n: number }).n;
  } finally {
    db.close();
  }
}

/**
 * Waits for the queue to drain by itself; answers whether it did. A running terminal has its database for itself,
 * so it is asked for a moment of rest once everything that was said to be kept has arrived.
 */
export async function drains(town: Town, told: Told): Promise<boolean> {
  for (const endMs = systemClock.monoMs() + DRAIN_MS; systemClock.monoMs() < endMs; ) {
    if (!(await comesTrue(() => casesHeld(town) >= told.kept.length, endMs - systemClock.monoMs())))
      return false;
    await pause(SETTLE_MS);
    await town.terminal.layDown();
    const owed = owedCount(town);
    town.terminal.raise();
    if (owed === 0) return true;
  }
  return false;
}

/** Everything that is wrong, in sentences; the programs must have been stopped. */
export async function faultsOf(town: Town, told: Told): Promise<readonly string[]> {
  const opened = await openStore({ kind: 'sqlite', path: join(town.folders.platform, 'platform.db') });
  invariant(opened.ok, 'the platform’s database can be opened');
  const { db } = opened.value;
  try {
    const cases = await db.selectFrom('cases').select('localNumber').execute();
    const bodies = await db.selectFrom('bodies').select(['kind', 'filing']).execute();
    const journals = await db.selectFrom('journals').select(['terminalId', 'journalId']).execute();
    const held = cases.map(({ localNumber }) => localNumber);
    const accounts = await Promise.all(
      journals.map(({ terminalId, journalId }) => accountOf(db, terminalId, journalId)),
    );
    const submitted = bodies.filter(({ kind }) => kind === 'case.submitted').length;
    return [
      ...missing(told.kept, held),
      ...twice(held),
      ...(submitted === held.length ? [] : [`${submitted} submissions held, but ${held.length} cases`]),
      ...(held.length <= told.kept.length + told.unknown
        ? []
        : [`${held.length} cases, of ${told.kept.length} told and ${told.unknown} nobody knows of`]),
      ...bodies.filter(({ filing }) => filing !== 'filed').map(({ kind }) => `a ${kind} could not be filed`),
      ...accounts.flatMap(({ journalId, missing: gaps, broken }) => [
        ...gaps.map(({ from, to }) => `journal ${toHex(journalId)} lacks ${from}–${to}`),
        ...broken.map((seq) => `journal ${toHex(journalId)} is broken at ${seq}`),
      ]),
    ];
  } finally {
    await opened.value.close();
  }
}

function missing(kept: readonly string[], held: readonly string[]): readonly string[] {
  const there = new Set(held);
  return kept
    .filter((number) => !there.has(number))
    .map((number) => `${number} was said to be kept, and is lost`);
}

function twice(held: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return held
    .filter((number) => seen.size === seen.add(number).size)
    .map((number) => `${number} is held twice`);
}
