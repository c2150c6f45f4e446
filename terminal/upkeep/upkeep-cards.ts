/**
 * Cards of maintainers, known at this machine: once there is one, a PIN or an answer by telephone lets nobody in as a
 * maintainer without such a card. What is kept is a digest under a salt of its own, of the whole chip: without the card
 * nobody can tell whose it is.
 */
import { concat, equalBytes, label, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Sql } from '../../base/sql.ts';

const INFO = label('yizhan/upkeep-card/1');
const MOST = 20;

/** The parts of a card that make it this one. */
export interface CardChip {
  readonly number: string;
  readonly photo: Uint8Array;
}

/** The cards that are known. */
export interface UpkeepCards {
  count(): number;
  isKnown(card: CardChip): boolean;
  /** False where the disk cannot take it, or there are as many as a machine needs. */
  add(card: CardChip, nowMs: number): boolean;
  /** Forgets all of them. */
  clear(): boolean;
}

/** Those in this database. */
export function createUpkeepCards(sql: Sql, crypto: Pick<Crypto, 'hkdf' | 'randomBytes'>): UpkeepCards {
  const rows = () =>
    sql.prepare<{ salt: Uint8Array; digest: Uint8Array }>('SELECT salt, digest FROM upkeep_cards').all();
  const digestOf = ({ number, photo }: CardChip, salt: Uint8Array) => {
    const ikm = concat(utf8(number.toUpperCase()), photo);
    const digest = crypto.hkdf({ ikm, salt, info: INFO, length: 32 });
    ikm.fill(0);
    return digest;
  };
  const isKnown = (card: CardChip) =>
    rows().some(({ salt, digest }) => equalBytes(digestOf(card, salt), digest));
  return {
    count: () => sql.prepare<{ count: number }>('SELECT count(*) AS count FROM upkeep_cards').find()!.count,
    isKnown,
    add(card, nowMs) {
      if (isKnown(card)) return true;
      if (rows().length >= MOST) return false;
      const salt = crypto.randomBytes(32);
      const digest = digestOf(card, salt);
      return sql.transaction(() =>
        sql
          .prepare('INSERT INTO upkeep_cards (salt, digest, added_ms) VALUES (?, ?, ?)')
          .run(salt, digest, Math.trunc(nowMs)),
      ).ok;
    },
    clear: () => sql.transaction(() => sql.prepare('DELETE FROM upkeep_cards').run()).ok,
  };
}
