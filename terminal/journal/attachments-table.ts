import { toHex } from '../../base/bytes.ts';
import type { Sql } from '../../base/sql.ts';
import type { EntryHeader } from '../../sync/formats/entry.ts';
import type { ListedFile } from '../../sync/ports.ts';
import type { JournalParts } from './journal-parts.ts';

/** Notes what the header of an owed entry lists. Inside the transaction that inserts it. */
export function insertAttachments(sql: Sql, entry: number, listed: EntryHeader['attachments']): void {
  const insert = sql.prepare('INSERT INTO attachments (entry, position, hash, bytes) VALUES (?, ?, ?, ?)');
  for (const [position, { hash, bytes }] of listed.entries()) insert.run(entry, position, hash, bytes);
}

/**
 * Erases every file that no owed entry names: of entries that are closed, of ones that did not come about, halves of
 * writes. What cannot be erased now goes the next time.
 */
export function eraseUnnamed({ sql, files }: Pick<JournalParts, 'sql' | 'files'>): void {
  const rows = sql.prepare<{ hash: Uint8Array }>('SELECT hash FROM attachments').all();
  const named = new Set(rows.map(({ hash }) => toHex(hash)));
  files.sweep((name) => named.has(name));
}

/** What one entry names, in its header's order. */
export function filesOf(sql: Sql, entry: number): readonly ListedFile[] {
  return sql
    .prepare<{ hash: Uint8Array; bytes: number }>(
      'SELECT hash, bytes FROM attachments WHERE entry = ? ORDER BY position',
    )
    .all(entry);
}
