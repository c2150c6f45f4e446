/** Numbers of certificates whose papers are neither out nor void: on disk, so that a death between leaves none behind. */
import { err, ok, type Result } from '../../base/result.ts';
import { type Sql, SqlFailure } from '../../base/sql.ts';
import type { KeepTrouble } from '../keeper.ts';
import { toKeepTrouble } from '../memory/card-memory.ts';

/** Notes numbers before anything bears them. */
export function holdNumbers(sql: Sql, numbers: readonly string[]): Result<void, KeepTrouble> {
  const held = sql.transaction(() => {
    const insert = sql.prepare('INSERT INTO held_numbers (number) VALUES (?) ON CONFLICT DO NOTHING');
    for (const number of numbers) insert.run(number);
  });
  return held.ok ? ok(undefined) : err(toKeepTrouble(held.error));
}

/** Lets go of numbers. What a full disk cannot strike out is voided at the next start: a paper too many, never one too few. */
export function freeNumbers(sql: Sql, numbers: readonly string[]): void {
  const freed = sql.transaction(() => {
    const strike = sql.prepare('DELETE FROM held_numbers WHERE number = ?');
    for (const number of numbers) strike.run(number);
  });
  if (!freed.ok && freed.error.code === 'corrupt') throw new SqlFailure(freed.error);
}

/** Every number that is held, in order. */
export function heldNumbers(sql: Sql): readonly string[] {
  return sql
    .prepare<{ number: string }>('SELECT number FROM held_numbers ORDER BY number')
    .all()
    .map(({ number }) => number);
}

/** A database set back to an earlier hour names papers that are long out: it knows nothing of any. Inside a transaction. */
export function forgetHeldNumbers(sql: Sql): void {
  sql.runScript('DELETE FROM held_numbers');
}
