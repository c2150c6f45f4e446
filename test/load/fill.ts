/** Fills a database with what other terminals brought long ago, by SQL alone: rows as intake writes them, bodies of noise. */
import { type RawBuilder, sql } from 'kysely';
import { toHex } from '../../base/bytes.ts';
import { systemRandom } from '../../base/node/random.ts';
import { type Store, takeNumbers } from '../../platform/store/store.ts';
import { PLACE } from './county.ts';

/** Entries of one made-up terminal. */
const ENTRIES_EACH = 300;
const HEADER_BYTES = 330;
const BODY_BYTES = 1_072;

/** The words the two databases have for the same thing. */
interface FillWords {
  /** So many bytes, the first sixteen of them random in each row. */
  bytes(count: number): RawBuilder<unknown>;
  series(count: number): RawBuilder<unknown>;
  readonly twelveDigits: RawBuilder<unknown>;
  readonly settle: RawBuilder<unknown>;
}

const WORDS: Readonly<Record<Store['kind'], FillWords>> = {
  sqlite: {
    bytes: (count) => sql`randomblob(${sql.lit(count)})`,
    series: (count) =>
      sql`(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ${sql.lit(count)}) SELECT n FROM s)`,
    twelveDigits: sql`printf('%012d', n)`,
    settle: sql`PRAGMA wal_checkpoint(TRUNCATE)`,
  },
  postgres: {
    bytes: (count) => {
      const rest = toHex(systemRandom.bytes(count - 16));
      return sql`uuid_send(gen_random_uuid()) || decode(${sql.lit(rest)}, 'hex')`;
    },
    series: (count) => sql`(SELECT generate_series(1, ${sql.lit(count)}) AS n)`,
    twelveDigits: sql`lpad(n::text, 12, '0')`,
    settle: sql`VACUUM ANALYZE`,
  },
};

/** Adds `entries` held cases of terminals that are not the county's. */
export async function fill(store: Store, entries: number): Promise<void> {
  const words = WORDS[store.kind];
  const place = sql.lit(JSON.stringify(PLACE));
  const nowMs = sql.lit(Date.now());
  await store.transaction(async (tx) => {
    const held = sql.lit((await takeNumbers(tx, 'held', entries)) - 1);
    const run = (statement: RawBuilder<unknown>) => statement.execute(tx);
    const bytes = (count: number) => words.bytes(count);
    const machines = Math.ceil(entries / ENTRIES_EACH);
    await run(sql`CREATE TEMPORARY TABLE machines AS
      SELECT n - 1 AS machine, ${bytes(16)} AS terminal_id, ${bytes(16)} AS journal_id
      FROM ${words.series(machines)} AS series`);
    await run(sql`CREATE TEMPORARY TABLE entries AS
      SELECT n, terminal_id, journal_id, (n - 1) % ${sql.lit(ENTRIES_EACH)} + 1 AS seq,
        ${bytes(32)} AS entry_hash, ${bytes(16)} AS entry_id, ${bytes(16)} AS case_id
      FROM ${words.series(entries)} AS series
      JOIN machines ON machine = (n - 1) / ${sql.lit(ENTRIES_EACH)}`);
    await run(sql`INSERT INTO terminals (terminal_id, place, enrolled_ms)
      SELECT terminal_id, ${place}, ${nowMs} FROM machines`);
    await run(sql`INSERT INTO journals (terminal_id, journal_id, said_seq, first_ms)
      SELECT terminal_id, journal_id, ${sql.lit(ENTRIES_EACH)}, ${nowMs} FROM machines`);
    await run(sql`INSERT INTO headers (entry_hash, terminal_id, journal_id, seq, prev, entry_id, header, signature,
        outcome, held_order, backup_no, received_ms)
      SELECT entry_hash, terminal_id, journal_id, seq, ${bytes(32)}, entry_id, ${bytes(HEADER_BYTES)}, ${bytes(64)},
        0, ${held} + n, 1, ${nowMs} FROM entries`);
    await run(sql`INSERT INTO bodies (entry_id, terminal_id, entry_hash, held_order, body, body_hash, kind, filing)
      SELECT entry_id, terminal_id, entry_hash, ${held} + n, ${bytes(BODY_BYTES)}, ${bytes(32)}, 'case.submitted',
        'filed' FROM entries`);
    await run(sql`INSERT INTO cases (case_id, entry_id, terminal_id, kind, matter_id, matter_version, local_number,
        town_code, village_name, desk_code, status, frozen, reply_key, submitted_ms, received_ms, action_count)
      SELECT case_id, entry_id, terminal_id, 'case', 'old-age-allowance', '1', ${words.twelveDigits},
        ${sql.lit(PLACE.town.code)}, ${sql.lit(PLACE.village.name)}, ${sql.lit(PLACE.town.code)}, 'finished', 0,
        ${bytes(32)}, ${nowMs}, ${nowMs}, 1 FROM entries`);
    await run(sql`INSERT INTO case_actions (case_id, no, action_key, action, status_after, at_ms, entry_id, words)
      SELECT case_id, 1, 'fill/' || CAST(${held} + n AS text), 'receive', 'received', ${nowMs}, entry_id, ''
      FROM entries`);
    await run(sql`DROP TABLE entries`);
    await run(sql`DROP TABLE machines`);
  });
  await words.settle.execute(store.db);
}
