/**
 * Opens the durable half of the terminal: database, mirror, keys and memory, held against each other and
 * healed where they can be. The one place that knows all of them.
 */
import { toHex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Crypto, SigningKey } from '../base/crypto/api.ts';
import type { Disk } from '../base/disk.ts';
import type { Random } from '../base/random.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Sql, SqlFailure, type SqlStore } from '../base/sql.ts';
import { keyId } from '../sync/formats/keys.ts';
import type { FileTrouble } from '../sync/ports.ts';
import { createTimeKeeper, type TimeKeeper } from '../sync/time.ts';
import { dropOldLists } from './agents/agent-lists.ts';
import { type AgentVault, createAgentVault } from './agents/agent-vault.ts';
import { type AuthorityStore, createAuthorityStore } from './agents/authorities.ts';
import { createDayBook, type DayBook, forgetOldDays } from './agents/day-book.ts';
import { type CashLedger, createCashLedger } from './cash/ledger.ts';
import { createFleetStore, type FleetStore } from './fleet/fleet-store.ts';
import { type AccessNote, createAccessNote } from './journal/access-table.ts';
import { AttachmentFiles } from './journal/attachment-files.ts';
import { eraseUnnamed } from './journal/attachments-table.ts';
import { isAnyReleased } from './journal/closings.ts';
import { findCurrentJournal } from './journal/entries.ts';
import { forgetExpired, itemsOfKind, type KeptItem } from './journal/feed-table.ts';
import { checkFiles, type Damage, fullCheck, isSound } from './journal/full-check.ts';
import { createHealingNote, type HealingNote } from './journal/healings-table.ts';
import { forgetHeldNumbers } from './journal/held-numbers.ts';
import { JournalKeeper } from './journal/journal.ts';
import type { JournalParts } from './journal/journal-parts.ts';
import { createJournalPort, type OwnJournalPort } from './journal/journal-port.ts';
import { Mirror } from './journal/mirror.ts';
import { healMirror, type Reconciled, reconcile, type StoreOrigin } from './journal/recovery.ts';
import { dropClosedSegments } from './journal/segments.ts';
import { doubtWantedSlips } from './journal/slip-jobs.ts';
import { type Enrolment, type EnrolmentWish, TrustTable } from './journal/trust-table.ts';
import { EntryWriter, type OpeningReason } from './journal/writer.ts';
import type { Keeper, KeepTrouble } from './keeper.ts';
import type { KeyStore, KeyTrouble } from './keys/key-file.ts';
import { toKeepTrouble } from './memory/card-memory.ts';
import { MemoryTable } from './memory/memory-table.ts';
import { createNoticeMarks, type NoticeMarks } from './notices/marks.ts';
import { createOrderTable, type OrderTable } from './orders/order-table.ts';
import { createUsedCodes, type UsedCodes } from './phone/used-codes.ts';
import type { RescueSource } from './rescue/source.ts';
import { type BackupParts, type BackupTrouble, makeBackup } from './store/backup.ts';
import { startMaintenance } from './store/maintenance.ts';
import { type OpenedStore, openStore, type StoreTrouble, suspectStore } from './store/open-store.ts';
import { findSecondCopy, type SecondCopy, writeSecondCopy } from './store/second-copy.ts';
import { createPhoneTries, type PhoneTriesStore } from './upkeep/phone-sign-in.ts';
import { createUpkeepStore, type UpkeepStore } from './upkeep/store.ts';
import { createUpkeepCards, type UpkeepCards } from './upkeep/upkeep-cards.ts';

/** What the durable half is made of; a simulation hands in its own of each. */
export interface KeeperParts {
  /** The database. */
  readonly store: SqlStore;
  /** Backups, marks, and the files that go with cases. */
  readonly disk: Disk;
  /** The mirror and what identifies this terminal, a second time: another partition where there is one. */
  readonly mirrorDisk: Disk;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  /** Name and version of this release, as headers say it. */
  readonly software: string;
  /** When this release was built: time has reached at least this. */
  readonly builtAtMs: number;
  /** Told when the database is found damaged while running: the program ends, and its next start rebuilds it. */
  readonly onDamage: (damage: Damage) => void;
  /**
   * Told of each file of an owed entry that the full check does not find as it was written. Its entry stays, and waits
   * for a person where the platform has not got the file.
   */
  readonly onFileTrouble: (trouble: FileTrouble) => void;
  /** Told when a backup could not be made; the ones before stay. */
  readonly onBackupTrouble: (trouble: BackupTrouble) => void;
}

/** What was found and done at this start: numbers, and names of files. */
interface RecoveryReport extends Reconciled {
  readonly origin: StoreOrigin;
  /** The tag in the name of a damaged database that was set aside. */
  readonly setAside: string | null;
  /** Slips a former run still wanted: they may have come out. */
  readonly slipsUnknown: number;
  /** Why a new journal was opened at this start. */
  readonly opened: OpeningReason | null;
}

/** Why nothing can be kept now: the screens say "out of service", and it is tried again. */
export type OpenTrouble =
  | { readonly code: 'key'; readonly trouble: KeyTrouble }
  | { readonly code: 'store'; readonly trouble: StoreTrouble }
  | { readonly code: 'mirror'; readonly detail: string };

/** The durable half of the terminal, open. */
export interface OpenedKeeper {
  readonly keeper: Keeper;
  /** For the engine, once `findEnrolment` answers. */
  readonly port: OwnJournalPort;
  readonly time: TimeKeeper;
  /** The key this terminal signs with. */
  readonly key: SigningKey;
  /** Where it lies, beside what waits to take its place and what came before. */
  readonly keys: KeyStore;
  /** 16 random bytes made at this start. */
  readonly bootId: Uint8Array;
  readonly recovery: RecoveryReport;
  findEnrolment(): Enrolment | undefined;
  /** Writes a verified enrolment and opens the first journal of its key. */
  enrol(wish: EnrolmentWish): Result<void, KeepTrouble>;
  /** What the platform sent down of one kind, in order, without what has certainly expired. */
  feedItems(kind: number): readonly KeptItem[];
  /** A time that certainly has been reached. */
  sureMs(): number;
  /** What the disk lost by itself and was given back. */
  readonly healings: HealingNote;
  /** Where the keys of village agents lie. */
  readonly agents: AgentVault;
  /** Codes from phones that were used up here. */
  readonly phoneCodes: UsedCodes;
  /** What they did here, each under their own key. */
  readonly dayBook: DayBook;
  /** The cash they took here. */
  readonly cash: CashLedger;
  /** For whom agents may act who is not here. */
  readonly authorities: AuthorityStore;
  /** What was said of emergency notices. */
  readonly noticeMarks: NoticeMarks;
  /** Whether the platform serves this terminal, through restarts. */
  readonly access: AccessNote;
  /** Both copies of the journal and its files, for whoever carries what is owed to the platform by hand. */
  readonly rescue: RescueSource;
  /** What whoever looks after the machine wants kept, outside the journal. */
  readonly upkeep: UpkeepStore;
  /** What is counted for whoever keeps machines running, outside the journal. */
  readonly fleet: FleetStore;
  /** Orders of the platform that this machine answers. */
  readonly orders: OrderTable;
  /** Of signing in by telephone. */
  readonly phoneTries: PhoneTriesStore;
  readonly upkeepCards: UpkeepCards;
  /** Called after each entry that was kept: there is something to hand over. */
  onKept(listener: () => void): () => void;
  /** Writes a verified backup and lets the old ones go. */
  backUp(): Result<string, BackupTrouble>;
  /** Ends timers and the database. Memories opened before answer no more. */
  close(): void;
}

/** Opens everything and heals it. Expected trouble of disk and database is a value, whatever a start meets. */
export function openKeeper(parts: KeeperParts): Result<OpenedKeeper, OpenTrouble> {
  const key = parts.keys.signingKey();
  if (!key.ok) return err({ code: 'key', trouble: key.error });
  const bootId = parts.random.bytes(16);
  const { store, disk, crypto } = parts;
  const backups: BackupParts = { store, disk, isSound: (sql) => isSound(sql, crypto) };
  const opened = openStore(backups, `damaged-${toHex(bootId.subarray(0, 4))}`);
  if (!opened.ok) return err({ code: 'store', trouble: opened.error });
  return startOrClose(opened.value.sql, () =>
    start(parts, { backups, opened: opened.value, key: key.value, bootId }),
  );
}

interface Beginning {
  readonly backups: BackupParts;
  readonly opened: OpenedStore;
  readonly key: SigningKey;
  readonly bootId: Uint8Array;
}

function start(parts: KeeperParts, beginning: Beginning): Result<OpenedKeeper, OpenTrouble> {
  const { sql, origin, setAside } = beginning.opened;
  const { clock, random, crypto, disk, mirrorDisk, software } = parts;
  const copy = findSecondCopy(mirrorDisk, crypto);
  const trust = new TrustTable(sql);
  const taken = copy?.enrolment ? trust.takeNewer(copy.enrolment) : ok(undefined);
  if (!taken.ok) return err({ code: 'store', trouble: taken.error });
  const { keys } = parts;
  const cert = keys.findCert();
  const certified = cert ? trust.takeCert(cert, beginning.key.publicKey) : ok(undefined);
  if (!certified.ok) return err({ code: 'store', trouble: certified.error });
  const time = createTimeKeeper(clock, Math.max(parts.builtAtMs, trust.findRecord()?.floorMs ?? 0));
  const memory = new MemoryTable({ sql, random, clock, time, known: copy?.memory });
  memory.sweep();

  const journal: JournalParts = {
    ...{ sql, trust, crypto, random, clock, software, mirror: new Mirror(mirrorDisk, crypto) },
    files: new AttachmentFiles(disk, crypto, random),
    ...{ signKey: beginning.key, bootId: beginning.bootId, headerClock: () => time.headerClock() },
  };
  const healed = reconcile(journal, { origin, bucket: memory.base().bucket.number });
  if (!healed.ok) return err({ code: 'mirror', detail: healed.error.detail });
  const healings = createHealingNote(sql);
  healings.add(healed.value.healed + (setAside === null ? 0 : 1), time.nowMs());
  const slips = sql.transaction(() => {
    if (origin !== 'as-it-was') forgetHeldNumbers(sql);
    return doubtWantedSlips(sql);
  });
  if (!slips.ok) return err({ code: 'store', trouble: slips.error });

  const writer = new EntryWriter(journal);
  const reason = findReasonToOpen(journal, writer, origin);
  const openedJournal = reason ? writer.open(reason) : ok(undefined);
  if (!openedJournal.ok) return err({ code: 'mirror', detail: openedJournal.error.detail });
  dropClosedSegments(journal);
  // Only now is it known what every entry names: the two copies agree.
  eraseUnnamed(journal);

  const saveCopy = () => writeSecondCopy(mirrorDisk, crypto, copyOf(memory, trust));
  const copied = saveCopy();
  if (!copied.ok) return err({ code: 'mirror', detail: copied.error.detail });
  // A disk that cannot do it now is asked again at the next start.
  if (isAnyReleased(sql, keyId(crypto, beginning.key.publicKey))) keys.forgetFormer();
  const recovery = { ...healed.value, origin, setAside, slipsUnknown: slips.value, opened: reason };
  // A machine's very first start has lost nothing.
  const isWhole = origin === 'as-it-was' || (origin === 'empty' && setAside === null && copy === undefined);
  const phoneCodes = createUsedCodes(sql, isWhole);
  const made = { journal, writer, memory, time, healings, phoneCodes, saveCopy, recovery };
  return ok(assemble(parts, beginning, made));
}

function findReasonToOpen(
  { sql }: JournalParts,
  writer: EntryWriter,
  origin: StoreOrigin,
): OpeningReason | null {
  if (!writer.canSeal()) return null;
  const current = findCurrentJournal(sql);
  if (!current) return origin === 'as-it-was' ? 'enrolled' : 'restored';
  return writer.isOpen(current) ? null : (current.doubt ?? 'new-key');
}

interface Assembly {
  readonly journal: JournalParts;
  readonly writer: EntryWriter;
  readonly memory: MemoryTable;
  readonly time: TimeKeeper;
  readonly healings: HealingNote;
  readonly phoneCodes: UsedCodes;
  readonly saveCopy: () => Result<void, { readonly detail: string }>;
  readonly recovery: RecoveryReport;
}

function assemble(parts: KeeperParts, { backups, key, bootId }: Beginning, made: Assembly): OpenedKeeper {
  const { journal, writer, memory, time, healings, saveCopy, recovery } = made;
  const { sql, trust } = journal;
  const keeper = new JournalKeeper(journal, writer, memory);
  const port = createJournalPort(journal, writer, {
    changed: () => keeper.changed.call(),
    // A copy that could not be written now is written at the next change or start.
    trustChanged: () => void saveCopy(),
  });
  const backUp = () => makeBackup(backups, sql);
  const stop = startMaintenance(parts.clock, {
    sweep: () => {
      if (memory.sweep()) saveCopy();
      forgetExpired(sql, memory.sureMs());
      forgetOldDays(sql, memory.sureMs());
      dropOldLists(sql);
    },
    backUp: () => {
      const made = backUp();
      if (!made.ok) parts.onBackupTrouble(made.error);
    },
    checkStep: checkInSteps(parts, journal, (pieces) => healings.add(pieces, time.nowMs())),
  });

  return {
    ...{ keeper, port, time, key, bootId, recovery, backUp, upkeep: createUpkeepStore(sql) },
    keys: parts.keys,
    rescue: { sql, mirror: journal.mirror, readFile: (hash) => journal.files.read(hash) },
    findEnrolment: () => trust.findEnrolment(),
    enrol(wish) {
      const written = sql.transaction(() => trust.writeEnrolment(wish));
      trust.refresh();
      if (!written.ok) return err(toKeepTrouble(written.error));
      // What is stored as the floor is one from now on: nothing may be stored below it.
      time.raiseFloor(wish.trust.floorMs);
      saveCopy();
      const current = findCurrentJournal(sql);
      if (current && writer.isOpen(current)) return ok(undefined);
      return writer.open(current ? (current.doubt ?? 'new-key') : 'enrolled');
    },
    feedItems: (kind) => {
      const sureMs = memory.sureMs();
      return itemsOfKind(sql, kind).filter(({ expiresMs }) => expiresMs === null || expiresMs > sureMs);
    },
    sureMs: () => memory.sureMs(),
    healings,
    phoneCodes: made.phoneCodes,
    access: createAccessNote(sql),
    fleet: createFleetStore(sql, parts.random),
    orders: createOrderTable(sql, parts.crypto),
    phoneTries: createPhoneTries(sql),
    upkeepCards: createUpkeepCards(sql, parts.crypto),
    noticeMarks: createNoticeMarks(sql),
    dayBook: createDayBook(sql),
    cash: createCashLedger(sql),
    authorities: createAuthorityStore(sql),
    agents: createAgentVault({
      sql,
      crypto: parts.crypto,
      random: parts.random,
      salt: () => memory.base().salt,
    }),
    onKept: (listener) => keeper.kept.add(listener),
    close() {
      stop();
      sql.close();
    },
  };
}

/**
 * The full check in the background: the database, then the mirror, then the files. What it finds in the database makes
 * the next start distrust that.
 */
function checkInSteps(
  parts: KeeperParts,
  journal: JournalParts,
  onHealed: (pieces: number) => void,
): () => boolean {
  const { crypto, disk, onDamage, onFileTrouble } = parts;
  const { sql, files } = journal;
  const steps = fullCheck(sql, crypto);
  const mirrorSteps = healMirror(journal);
  const fileSteps = checkFiles(sql, files);
  return () => {
    const step = steps.next();
    if (!step.done) return true;
    if (step.value) {
      suspectStore(disk);
      onDamage(step.value);
      return false;
    }
    const mirrorStep = mirrorSteps.next();
    if (!mirrorStep.done) return true;
    if (mirrorStep.value) onHealed(mirrorStep.value);
    const file = fileSteps.next();
    if (file.value) onFileTrouble(file.value);
    return !file.done;
  };
}

function copyOf(memory: MemoryTable, trust: TrustTable): SecondCopy {
  const enrolment = trust.findEnrolment();
  return { memory: memory.base(), enrolment: enrolment ? { ...enrolment, trust: trust.load() } : null };
}

function startOrClose<T>(sql: Sql, work: () => Result<T, OpenTrouble>): Result<T, OpenTrouble> {
  let result: Result<T, OpenTrouble> | undefined;
  try {
    result = work();
    return result;
  } catch (error) {
    if (!(error instanceof SqlFailure)) throw error;
    return err({ code: 'store', trouble: error.trouble });
  } finally {
    if (!result?.ok) sql.close();
  }
}
