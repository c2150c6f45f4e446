import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../result.ts';
import type { SqlStore, SqlTrouble } from '../sql.ts';
import { sqliteFile } from './sqlite.ts';

/** A database that lies elsewhere, as a copy of one's own. */
export interface SqliteCopy {
  readonly store: SqlStore;
  /** Removes the copy; its database must be closed. */
  remove(): void;
}

const FOLDER_MODE = 0o700;

/**
 * Copies a database with its log into `scratchFolder`, which is made anew: SQLite cannot read a log without writing
 * beside it, and what lies on a dead machine's disk is not to be touched.
 */
export function copySqlite(path: string, scratchFolder: string): Result<SqliteCopy, SqlTrouble> {
  const remove = () => rmSync(scratchFolder, { recursive: true, force: true });
  try {
    remove();
    mkdirSync(scratchFolder, { mode: FOLDER_MODE });
    const copy = join(scratchFolder, 'copy.db');
    for (const suffix of ['', '-wal']) {
      if (suffix === '' || existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    }
    return ok({ store: sqliteFile({ path: copy }), remove });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    remove();
    return err({ code: code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'io', detail: code });
  }
}
