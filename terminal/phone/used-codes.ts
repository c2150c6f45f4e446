/** Codes from phones that opened something here: on disk before they do, so that no code opens anything twice. */
import { err, ok, type Result } from '../../base/result.ts';
import type { Sql } from '../../base/sql.ts';

/** The note of used codes. */
export interface UsedCodes {
  /** Whether codes used here may be missing: a database that was set back forgets them, so a code says nothing alone. */
  readonly isWhole: boolean;
  /**
   * Notes a code, in one step with looking whether it is new: `used` where it was noted before, `not-kept` where the disk
   * cannot take it. Whoever dies right after has used the code up and opened nothing.
   */
  use(codeId: Uint8Array, untilMs: number): Result<void, 'used' | 'not-kept'>;
  has(codeId: Uint8Array): boolean;
  /** Lets go of codes that are out of force at a time that certainly has been reached. */
  forget(sureMs: number): void;
}

/** The note in this database. */
export function createUsedCodes(sql: Sql, isWhole: boolean): UsedCodes {
  return {
    isWhole,
    use(codeId, untilMs) {
      const noted = sql.transaction(() =>
        sql
          .prepare('INSERT INTO used_phone_codes (code_id, until_ms) VALUES (?, ?) ON CONFLICT DO NOTHING')
          .run(codeId, untilMs),
      );
      if (!noted.ok) return err('not-kept');
      return noted.value === 1 ? ok(undefined) : err('used');
    },
    has: (codeId) =>
      sql.prepare('SELECT 1 FROM used_phone_codes WHERE code_id = ?').find(codeId) !== undefined,
    forget(sureMs) {
      // A full disk forgets them later.
      sql.transaction(() => sql.prepare('DELETE FROM used_phone_codes WHERE until_ms <= ?').run(sureMs));
    },
  };
}
