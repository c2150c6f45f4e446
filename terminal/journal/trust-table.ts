import { equalBytes } from '../../base/bytes.ts';
import { invariant, ok, type Result } from '../../base/result.ts';
import type { Sql, SqlTrouble } from '../../base/sql.ts';
import { FIRST_CURSOR } from '../../sync/formats/feed.ts';
import { type Cert, certFormat, type KeySet, parseKeySet } from '../../sync/formats/key-set.ts';
import type { TrustRecord } from '../../sync/ports.ts';

/** What enrolment wrote: whose terminal this is. */
export interface Enrolment {
  /** Of the platform, as in the code. */
  readonly origin: string;
  /** This terminal's certificate, as issued. */
  readonly certBytes: Uint8Array;
  readonly cert: Cert;
  /** The newest verified set. */
  readonly keySet: KeySet;
}

/** What an enrolment brings, all of it verified. */
export interface EnrolmentWish {
  readonly origin: string;
  readonly certBytes: Uint8Array;
  readonly trust: TrustRecord;
}

/** The trust in the platform, in the database. */
export class TrustTable {
  readonly #sql: Sql;
  #enrolment: Enrolment | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#enrolment = this.#readEnrolment();
  }

  /** Whose terminal this is; `undefined` before enrolment. */
  findEnrolment(): Enrolment | undefined {
    return this.#enrolment;
  }

  /** Reads the tables again: after a transaction that wrote them was taken back, or was committed. */
  refresh(): void {
    this.#enrolment = this.#readEnrolment();
  }

  /** Writes an enrolment over a former one. Inside a transaction. */
  writeEnrolment(wish: EnrolmentWish): void {
    this.#sql
      .prepare('INSERT OR REPLACE INTO enrolment (id, origin, cert) VALUES (1, ?, ?)')
      .run(wish.origin, wish.certBytes);
    this.writeRecord(wish.trust);
  }

  /** The record; there is one since enrolment. */
  load(): TrustRecord {
    const row = this.#sql
      .prepare<{ epoch: Uint8Array | null; floor_ms: number; last_contact_ms: number | null }>(
        'SELECT epoch, floor_ms, last_contact_ms FROM trust',
      )
      .find();
    const set = this.#newestKeySet();
    invariant(row && set, 'trust is asked for after enrolment');
    return {
      keySet: set.bytes,
      epoch: row.epoch,
      formerEpochs: this.#sql
        .prepare<{ epoch: Uint8Array }>('SELECT epoch FROM former_epochs ORDER BY position')
        .all()
        .map(({ epoch }) => epoch),
      floorMs: row.floor_ms,
      lastContactMs: row.last_contact_ms,
    };
  }

  /** The record, or `undefined` before enrolment. */
  findRecord(): TrustRecord | undefined {
    return this.#enrolment && this.load();
  }

  /**
   * Takes an enrolment that the second copy knows and the database has lost, or has only an older state of.
   * What is the same or older changes nothing.
   */
  takeNewer(wish: EnrolmentWish): Result<void, SqlTrouble> {
    const present = this.findRecord();
    if (present && ageOf(present) >= ageOf(wish.trust)) return ok(undefined);
    const floorMs = Math.max(wish.trust.floorMs, present?.floorMs ?? 0);
    const lastContactMs = present?.lastContactMs ?? wish.trust.lastContactMs;
    const taken = this.#sql.transaction(() =>
      this.writeEnrolment({ ...wish, trust: { ...wish.trust, floorMs, lastContactMs } }),
    );
    this.refresh();
    return taken;
  }

  /**
   * Takes the certificate that the present key was promoted with, where the database still has the one of the key
   * before: a death came between, or an older database came back.
   */
  takeCert(certBytes: Uint8Array, publicKey: Uint8Array): Result<void, SqlTrouble> {
    const cert = certFormat.parse(certBytes);
    const present = this.#enrolment?.cert;
    if (!present || !cert.ok || equalBytes(present.publicKey, publicKey)) return ok(undefined);
    const { publicKey: certified, terminalId } = cert.value.value;
    const isOurs = equalBytes(certified, publicKey) && equalBytes(terminalId, present.terminalId);
    if (!isOurs) return ok(undefined);
    const taken = this.#sql.transaction(
      () => void this.#sql.prepare('UPDATE enrolment SET cert = ?').run(certBytes),
    );
    this.refresh();
    return taken;
  }

  /** Holds `next` against what may never go back. A breach is a bug of the caller. */
  checkSuccession(next: TrustRecord): void {
    const present = this.load();
    const isFormer = present.formerEpochs.some((epoch) => next.epoch && equalBytes(epoch, next.epoch));
    invariant(!isFormer, 'a former epoch is not taken again');
    invariant(next.floorMs >= present.floorMs, 'the floor does not go back');
    invariant(numberOf(next.keySet) >= numberOf(present.keySet), 'the key set does not go back');
  }

  /** Replaces the record; a new epoch starts the feed again. Inside a transaction. */
  writeRecord(record: TrustRecord): void {
    const row = this.#sql
      .prepare<{ epoch: Uint8Array | null; feed_cursor: Uint8Array }>('SELECT epoch, feed_cursor FROM trust')
      .find();
    const sameEpoch = row && isSame(row.epoch, record.epoch);
    this.#sql
      .prepare(
        `INSERT OR REPLACE INTO trust (id, epoch, floor_ms, last_contact_ms, feed_cursor)
         VALUES (1, ?, ?, ?, ?)`,
      )
      .run(record.epoch, record.floorMs, record.lastContactMs, sameEpoch ? row.feed_cursor : FIRST_CURSOR);
    this.#sql
      .prepare('INSERT OR IGNORE INTO key_sets (number, bytes) VALUES (?, ?)')
      .run(numberOf(record.keySet), record.keySet);
    const insertFormer = this.#sql.prepare('INSERT OR IGNORE INTO former_epochs (epoch) VALUES (?)');
    for (const epoch of record.formerEpochs) insertFormer.run(epoch);
  }

  #newestKeySet(): { readonly bytes: Uint8Array } | undefined {
    return this.#sql
      .prepare<{ bytes: Uint8Array }>('SELECT bytes FROM key_sets ORDER BY number DESC LIMIT 1')
      .find();
  }

  #readEnrolment(): Enrolment | undefined {
    const row = this.#sql
      .prepare<{ origin: string; cert: Uint8Array }>('SELECT origin, cert FROM enrolment')
      .find();
    const set = this.#newestKeySet();
    if (!row || !set) return undefined;
    const cert = certFormat.parse(row.cert);
    const keySet = parseKeySet(set.bytes);
    invariant(cert.ok && keySet.ok, 'what enrolment wrote can be read');
    return { origin: row.origin, certBytes: row.cert, cert: cert.value.value, keySet: keySet.value };
  }
}

/** Both only ever grow: a state with more of them is the later one. */
function ageOf(record: TrustRecord): number {
  return record.formerEpochs.length + (record.epoch ? 1 : 0) + numberOf(record.keySet);
}

function numberOf(keySetBytes: Uint8Array): number {
  const parsed = parseKeySet(keySetBytes);
  invariant(parsed.ok, 'a verified key set can be read');
  return parsed.value.value.number;
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equalBytes(a, b);
}
