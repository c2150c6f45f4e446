/**
 * Where agents' keys lie on this machine: found by their card, opened by card and PIN together (journal.md part 4).
 * Everything a thief of the disk sees is random; a PIN alone falls at any cost of hashing, so the card's key is in it.
 */
import { concat, utf8 } from '../../base/bytes.ts';
import type { Crypto, ScryptCost } from '../../base/crypto/api.ts';
import type { Random } from '../../base/random.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Sql, SqlTrouble } from '../../base/sql.ts';
import { type CardChip, derivePersonKeys, type PersonKeys } from '../memory/person-keys.ts';

/** About a tenth of a second a guess on a village machine, as for the PINs of upkeep. */
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 1 };
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const SECRET_BYTES = 32;

/** Wrong tries, and how many of them an audit entry already tells of. */
export interface Tries {
  readonly failures: number;
  readonly told: number;
}

/** The private halves of an agent's two keys, 32 bytes each. Whoever holds them overwrites them. */
export interface AgentSecret {
  readonly signSeed: Uint8Array;
  readonly openPrivate: Uint8Array;
}

/** What is known of a registered agent before their PIN. */
export interface StoredAgent extends Tries {
  readonly agentId: Uint8Array;
  readonly codeHash: Uint8Array;
}

/** The place of one card's agent. Must be closed: that overwrites the card's keys. */
export interface AgentSlot {
  find(): StoredAgent | undefined;
  /** Writes tries before anything is looked at; false where the disk cannot take it: then nothing may be looked at. */
  saveTries(tries: Tries): boolean;
  /** The keys, or `undefined` for a wrong PIN (or a changed byte: the two cannot be told apart). */
  open(pin: string): AgentSecret | undefined;
  /** Puts an agent's keys here under a PIN, in the place of whatever that agent had on this machine. */
  put(agent: {
    readonly agentId: Uint8Array;
    readonly codeHash: Uint8Array;
    readonly pin: string;
    readonly secret: AgentSecret;
  }): Result<void, SqlTrouble>;
  close(): void;
}

/** The agents' part of this database. */
export interface AgentVault {
  /** The place of this card; `undefined` where its chip can carry no key. */
  openSlot(card: CardChip): AgentSlot | undefined;
  /** Whether a code was used up here already. */
  isCodeUsed(codeHash: Uint8Array): boolean;
  codeTries(): Tries;
  saveCodeTries(tries: Tries): boolean;
}

interface AgentRow {
  readonly agent_id: Uint8Array;
  readonly code_hash: Uint8Array;
  readonly salt: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly failures: number;
  readonly told: number;
}

/** A vault on SQLite; `salt` is the one that keys of cards are made with here. */
export function createAgentVault(parts: {
  readonly sql: Sql;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly salt: () => Uint8Array;
}): AgentVault {
  const { sql, crypto } = parts;
  return {
    openSlot(card) {
      const keys = derivePersonKeys(crypto, card, parts.salt());
      return keys.ok ? slotOf(parts, keys.value) : undefined;
    },
    isCodeUsed: (codeHash) =>
      sql.prepare('SELECT 1 FROM agents WHERE code_hash = ?').find(codeHash) !== undefined,
    codeTries: () =>
      sql.prepare<Tries>('SELECT failures, told FROM agent_code_attempts').find() ?? { failures: 0, told: 0 },
    saveCodeTries: ({ failures, told }) =>
      sql.transaction(() =>
        sql
          .prepare('INSERT OR REPLACE INTO agent_code_attempts (id, failures, told) VALUES (1, ?, ?)')
          .run(failures, told),
      ).ok,
  };
}

function slotOf(
  { sql, crypto, random }: { readonly sql: Sql; readonly crypto: Crypto; readonly random: Random },
  keys: PersonKeys,
): AgentSlot {
  const token = keys.agentToken();
  const findRow = () => sql.prepare<AgentRow>('SELECT * FROM agents WHERE token = ?').find(token);

  function wrappingKey(pin: string, salt: Uint8Array): Uint8Array {
    const pinKey = crypto.scrypt({ secret: utf8(pin), salt, cost: COST, length: SECRET_BYTES });
    const wrapping = keys.agentKey(pinKey);
    pinKey.fill(0);
    return wrapping;
  }

  return {
    find() {
      const row = findRow();
      return (
        row && {
          agentId: row.agent_id,
          codeHash: row.code_hash,
          failures: row.failures,
          told: row.told,
        }
      );
    },
    saveTries: ({ failures, told }) =>
      sql.transaction(() =>
        sql.prepare('UPDATE agents SET failures = ?, told = ? WHERE token = ?').run(failures, told, token),
      ).ok,
    open(pin) {
      const row = findRow();
      if (row === undefined) return undefined;
      const key = wrappingKey(pin, row.salt);
      const opened = crypto.aesGcmOpen({
        key,
        nonce: row.wrapped.subarray(0, NONCE_BYTES),
        aad: concat(token, row.agent_id),
        sealed: row.wrapped.subarray(NONCE_BYTES),
      });
      key.fill(0);
      if (!opened.ok) return undefined;
      const secret = {
        signSeed: opened.value.slice(0, SECRET_BYTES),
        openPrivate: opened.value.slice(SECRET_BYTES),
      };
      opened.value.fill(0);
      return secret;
    },
    put({ agentId, codeHash, pin, secret }) {
      const salt = random.bytes(SALT_BYTES);
      const nonce = random.bytes(NONCE_BYTES);
      const key = wrappingKey(pin, salt);
      const plain = concat(secret.signSeed, secret.openPrivate);
      const wrapped = concat(nonce, crypto.aesGcmSeal({ key, nonce, aad: concat(token, agentId), plain }));
      plain.fill(0);
      key.fill(0);
      const put = sql.transaction(() => {
        // A new code, or a renewed card, takes the place of what this agent had here.
        sql.prepare('DELETE FROM agents WHERE agent_id = ? OR token = ?').run(agentId, token);
        sql
          .prepare(
            `INSERT INTO agents (token, agent_id, code_hash, salt, wrapped, failures, told)
             VALUES (?, ?, ?, ?, ?, 0, 0)`,
          )
          .run(token, agentId, codeHash, salt, wrapped);
      });
      return put.ok ? ok(undefined) : put;
    },
    close() {
      keys.overwrite();
    },
  };
}

/** Overwrites the private halves. */
export function wipeSecret(secret: AgentSecret): void {
  secret.signSeed.fill(0);
  secret.openPrivate.fill(0);
}
