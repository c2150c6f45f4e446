import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
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

/**
 * Copies a database with its log into a new folder inside `scratchFolder`: SQLite cannot read a log without writing
 * beside it, and what lies on a dead machine's disk is not to be touched.
 */
export function copySqlite(path: string, scratchFolder: string): Result<SqliteCopy, SqlTrouble> {
  if (!existsSync(path)) return err({ code: 'io', detail: 'ENOENT' });
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(scratchFolder, 'copy-'));
    const copy = join(folder, 'copy.db');
    for (const suffix of ['', '-wal']) {
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    }
    return ok({ store: sqliteFile({ path: copy }), remove: removerOf(folder) });
  } catch (error) {
    if (folder !== undefined) removerOf(folder)();
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    return err({ code: code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'io', detail: code });
  }
}

function removerOf(folder: string): () => void {
  return () => rmSync(folder, { recursive: true, force: true });
}
