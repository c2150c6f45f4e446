/** What the disk lost of one copy by itself, and was given back from the other: a disk that does so wants replacing. */
import type { Sql } from '../../base/sql.ts';
import { Listeners } from './listeners.ts';

/** What was healed since this database was made; times are this machine's best guess. */
export interface Healed {
  /** Entries written to the mirror again, and databases rebuilt. */
  readonly pieces: number;
  /** How many of them the platform is told of. */
  readonly told: number;
  readonly sinceMs: number;
  readonly lastMs: number;
}

/** The note of it. What a full disk cannot take is let go of: the next piece is noted again. */
export interface HealingNote {
  /** Undefined while nothing had to be healed. */
  find(): Healed | undefined;
  add(pieces: number, atMs: number): void;
  /** An audit entry tells of so many now. */
  noteTold(pieces: number): void;
  /** Called after each healing. */
  onHealed(listener: () => void): () => void;
}

/** The note in this database. */
export function createHealingNote(sql: Sql): HealingNote {
  const healed = new Listeners();
  return {
    find() {
      const row = sql
        .prepare<{ pieces: number; told: number; since_ms: number; last_ms: number }>(
          'SELECT pieces, told, since_ms, last_ms FROM healings',
        )
        .find();
      return row && { pieces: row.pieces, told: row.told, sinceMs: row.since_ms, lastMs: row.last_ms };
    },
    add(pieces, atMs) {
      if (pieces === 0) return;
      sql.transaction(() =>
        sql
          .prepare(
            `INSERT INTO healings (id, pieces, told, since_ms, last_ms) VALUES (1, ?, 0, ?, ?)
             ON CONFLICT (id) DO UPDATE SET pieces = pieces + excluded.pieces, last_ms = excluded.last_ms`,
          )
          .run(pieces, Math.round(atMs), Math.round(atMs)),
      );
      healed.call();
    },
    noteTold(pieces) {
      sql.transaction(() => sql.prepare('UPDATE healings SET told = ?').run(pieces));
    },
    onHealed: (listener) => healed.add(listener),
  };
}
