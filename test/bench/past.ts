import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../base/node/clock.ts';
import { crypto, folderParts, openEnrolled } from '../../terminal/testing/keeper-world.ts';
import { type Figure, p50p99, percentile, timeInTurns, timesAsLong } from './measure.ts';
import { openCaseDesk } from './sample-cases.ts';

const PAST_CASES = 1_000_000;
const AIM_RATIO = 1.2;
const TURNS = 20;
const EACH = 10;

/**
 * Durable submit on a terminal that has kept a million cases before, beside one that has kept none: in turns, on
 * real files. The past is as a release leaves it: headers, receipts and closings stay, bodies are gone; and every
 * case has its person's row, as if all were of the last 400 days.
 */
export async function benchPast(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const [fresh, old] = [join(folder, 'fresh'), join(folder, 'old')];
  openEnrolled(folderParts(old, { clock: systemClock })).close();
  fill(join(old, 'terminal.db'));
  const terminals = [fresh, old].map((path) => openEnrolled(folderParts(path, { clock: systemClock })));
  const desks = terminals.map((opened) => openCaseDesk(opened, crypto));
  for (const desk of desks) for (let warmUp = 0; warmUp < 2 * EACH; warmUp++) desk.prepare()();
  const [few = [], many = []] = await timeInTurns(
    TURNS,
    EACH,
    desks.map((desk) => () => desk.prepare()),
  );
  for (const opened of terminals) opened.close();
  rmSync(folder, { recursive: true });
  const ratio = percentile(many, 50) / percentile(few, 50);
  return [
    {
      what: 'durable submit with 1,000,000 past cases, p50 (p99)',
      ours: p50p99(many),
      aim: { text: `≤ ${AIM_RATIO} × with none`, met: ratio <= AIM_RATIO },
      beside: [{ what: 'with none', theirs: p50p99(few), ratio: timesAsLong(many, few) }],
    },
  ];
}

/** Makes a past in an earlier journal, by the database alone. */
function fill(path: string): void {
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  db.exec(`
    BEGIN;
    INSERT INTO journals (ordinal, journal_id, sign_key_id, rebuilt) VALUES (0, randomblob(16), randomblob(16), 0);
    INSERT INTO proofs (number, bytes) VALUES (1000000, randomblob(2000));
    CREATE TEMP TABLE past AS
      WITH RECURSIVE n (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < ${PAST_CASES}) SELECT seq FROM n;
    INSERT INTO entries (number, journal, seq, entry_id, entry_hash, class, supersedes, header, signature)
      SELECT 1000 + seq, 0, seq, randomblob(16), randomblob(32), 1, NULL, randomblob(330), randomblob(64) FROM past;
    INSERT INTO submissions (submission_id, entry) SELECT randomblob(16), 1000 + seq FROM past;
    INSERT INTO receipts (entry, outcome, epoch, key_set_number, asked_again, proof)
      SELECT 1000 + seq, 0, randomblob(16), 1, 0, 1000000 FROM past;
    INSERT INTO closings (entry, cause, proof) SELECT 1000 + seq, 'released', 1000000 FROM past;
    INSERT INTO slip_jobs (entry, state) SELECT 1000 + seq, 'printed' FROM past;
    INSERT INTO person_rows (token, bucket, sealed) SELECT randomblob(32), 1 + seq % 13, randomblob(1052) FROM past;
    COMMIT;
  `);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
