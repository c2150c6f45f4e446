import type { DiskTrouble } from '../../base/disk.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Sql } from '../../base/sql.ts';
import { findCurrentJournal, getHead } from './entries.ts';
import type { JournalParts } from './journal-parts.ts';
import type { Mirror } from './mirror.ts';

/**
 * Removes the mirror's segments in which nothing is owed. When that would be the newest too, a new one is begun
 * with the journal's head, without its body: the mirror always says where the journal ends. What cannot be
 * done now (a full disk) is tried again at the next release and at the next start.
 */
export function dropClosedSegments({ sql, mirror }: Pick<JournalParts, 'sql' | 'mirror'>): void {
  const { segment, empty } = mirror.newest();
  if (empty || (!isOwed(sql, segment) && holdsMoreThanHead(mirror, segment))) {
    mirror.startSegment();
    if (!markHead(sql, mirror).ok) return;
  }
  mirror.dropSegments((number) => isOwed(sql, number));
}

/** Appends the head's header and signature alone; nothing before the first journal. */
export function markHead(sql: Sql, mirror: Mirror): Result<void, DiskTrouble> {
  const journal = findCurrentJournal(sql);
  const row =
    journal &&
    sql
      .prepare<{ header: Uint8Array; signature: Uint8Array }>(
        'SELECT header, signature FROM entries WHERE entry_hash = ?',
      )
      .find(getHead(sql, journal).entryHash);
  if (!row) return ok(undefined);
  return mirror.append({ headerBytes: row.header, signature: row.signature, body: null }, null);
}

function isOwed(sql: Sql, segment: number): boolean {
  return sql.prepare('SELECT 1 FROM owed WHERE segment = ? LIMIT 1').find(segment) !== undefined;
}

function holdsMoreThanHead(mirror: Mirror, segment: number): boolean {
  const content = mirror.readSegment(segment);
  return !content.ok || content.value.frames.some((frame) => frame.entry.body !== null);
}
