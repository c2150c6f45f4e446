import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type Sql, SqlFailure, type SqlStore, type SqlTrouble } from '../../base/sql.ts';
import { noteDoubt } from '../journal/entries.ts';
import { type BackupParts, findNewestBackup } from './backup.ts';
import { canWorkOn, migrate, NEWEST_VERSION } from './migrations.ts';

/** Why there is no store. `future`: a newer release wrote it, and this one cannot read that; it is left untouched. */
export type StoreTrouble = {
  readonly code: 'future' | 'busy' | SqlTrouble['code'] | DiskTrouble['code'];
  readonly detail: string;
};

/** The open database. */
export interface OpenedStore {
  readonly sql: Sql;
  /** `backup`: put back from the newest whole backup; `empty`: there was none, the mirror has to fill it. */
  readonly origin: 'as-it-was' | 'backup' | 'empty';
  /** Under which name a damaged database was set aside, if one was. */
  readonly setAside: string | null;
}

/** Written when damage was met while running: the next start checks the whole database before it trusts it. */
const SUSPICION = 'store-suspect';

/**
 * Opens and migrates the database. One from the future is refused, unless it says that this release can work on it; a damaged one is set aside under `tag`,
 * kept, and replaced by the newest whole backup or an empty one. Nothing is ever wiped.
 */
export function openStore(parts: BackupParts, tag: string): Result<OpenedStore, StoreTrouble> {
  const { store } = parts;
  const version = store.findVersion();
  if (version.ok && version.value !== undefined && !canWorkOn(version.value)) {
    const { schema, readableFrom } = version.value;
    const detail = `schema ${schema}, readable from ${readableFrom}, this release knows ${NEWEST_VERSION}`;
    return err({ code: 'future', detail });
  }
  if (!version.ok && version.error.code !== 'corrupt') return version;
  if (version.ok && version.value === undefined) return replace(parts, null);
  const opened: Result<Sql, SqlTrouble> = version.ok ? openTrusted(parts) : version;
  if (opened.ok) return ok({ sql: opened.value, origin: 'as-it-was', setAside: null });
  if (opened.error.code !== 'corrupt') return opened;
  const setAside = store.setAside(tag);
  if (!setAside.ok) return setAside;
  return replace(parts, tag);
}

/** Notes that the database is damaged; the caller then ends the process. */
export function suspectStore(disk: Disk): Result<void, DiskTrouble> {
  return disk.writeDurably(SUSPICION, new Uint8Array(0));
}

function openTrusted({ store, disk, isSound }: BackupParts): Result<Sql, SqlTrouble> {
  const opened = openMigrated(store, disk);
  if (!opened.ok || disk.findSize(SUSPICION) === undefined) return opened;
  if (!isSound(opened.value)) {
    opened.value.close();
    return err({ code: 'corrupt', detail: 'found damaged while running' });
  }
  disk.remove(SUSPICION);
  return opened;
}

function replace(parts: BackupParts, setAside: string | null): Result<OpenedStore, StoreTrouble> {
  const { store, disk } = parts;
  const backup = findNewestBackup(parts);
  if (backup) {
    const marked = markRestored(store, backup);
    const restored = marked.ok ? store.restore(marked.value) : marked;
    if (!restored.ok) return restored;
  }
  const opened = openMigrated(store, disk);
  if (!opened.ok) return opened;
  disk.remove(SUSPICION);
  return ok({ sql: opened.value, origin: backup ? 'backup' : 'empty', setAside });
}

/** The backup with its newest journal closed: that it was put back must not be forgotten by a death right after. */
function markRestored(store: SqlStore, backup: Uint8Array): Result<Uint8Array, SqlTrouble> {
  const opened = store.openImage(backup);
  if (!opened.ok) return opened;
  const sql = opened.value;
  try {
    const marked = triedSql(() => {
      const migrated = migrate(sql);
      return migrated.ok ? sql.transaction(() => noteDoubt(sql, 'restored')) : migrated;
    });
    return marked.ok ? ok(sql.image()) : marked;
  } finally {
    sql.close();
  }
}

function openMigrated(store: SqlStore, disk: Disk): Result<Sql, SqlTrouble> {
  const opened = store.open(() => void suspectStore(disk));
  if (!opened.ok) return opened;
  const migrated = triedSql(() => migrate(opened.value));
  if (migrated.ok) return opened;
  opened.value.close();
  return migrated;
}

function triedSql(work: () => Result<void, SqlTrouble>): Result<void, SqlTrouble> {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqlFailure) return err(error.trouble);
    throw error;
  }
}
