/**
 * The platform's tables as Kysely sees them. Bytes are `Uint8Array`; whole numbers are numbers (every one stays
 * below 2^53); yes and no are 1 and 0. No personal data stands here in clear: bodies stay sealed as they came
 * and are opened for the one who looks (law 3 kept on this side too).
 */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { DutyKind } from '../connector/duties.ts';
import type { AgentKeysTable, AgentsTable, RostersTable } from './agent-tables.ts';
import type { AgentWorkTables } from './agent-work-tables.ts';
import type { AuthorityTables } from './authority-tables.ts';
import type { CaseCardsTable } from './card-tables.ts';
import type { CashTables } from './cash-tables.ts';
import type { CasePicturesTable, NoticeRepliesTable } from './community-tables.ts';
import type { CaseViewsTable, SessionsTable, StaffActsTable, StaffTable } from './desk-tables.ts';
import type { FleetTables } from './fleet-tables.ts';
import type { MessageTables } from './message-tables.ts';
import type { MisuseTables } from './misuse-tables.ts';
import type { OrderTables } from './order-tables.ts';
import type { PhoneCodesTable } from './phone-tables.ts';
import type { RatingEndsTable, RatingsTable } from './rating-tables.ts';
import type { RolloutTables } from './rollout-tables.ts';
import type { ConsentWithdrawalsTable, FetchEndsTable, FetchesTable } from './shared-data-tables.ts';
import type { BookingsTable, PaymentNoticesTable, PaymentsTable, RefundsTable } from './trade-tables.ts';

/** Small facts of the platform itself: `epoch`. */
interface SettingsTable {
  name: string;
  value: Uint8Array;
}

/** Counters that only grow; taking from one holds its row until commit, so numbers follow commit order. */
interface CountersTable {
  name: 'held' | 'feed';
  value: number;
}

/** A terminal as enrolled. `place` is JSON of a `Place`. `currentBootId` is the boot that began last. */
interface TerminalsTable {
  terminalId: Uint8Array;
  place: string;
  enrolledMs: number;
  revokedMs: number | null;
  currentBootId: Uint8Array | null;
}

/** Every signing key a terminal ever had, with the certificate given for it. */
interface TerminalKeysTable {
  keyId: Uint8Array;
  terminalId: Uint8Array;
  publicKey: Uint8Array;
  cert: Uint8Array;
  certifiedMs: number;
  /** When it first signed a request; null before. */
  usedMs: Generated<number | null>;
  /** When another key of its terminal took its place: it signs no request any more. */
  retiredMs: Generated<number | null>;
}

/** One-time enrolment codes. The secret stays: a repeat by the same key must be told from a stranger. */
interface EnrolmentCodesTable {
  codeId: Uint8Array;
  secret: Uint8Array;
  place: string;
  madeMs: number;
  usedByKey: Uint8Array | null;
  terminalId: Uint8Array | null;
}

/**
 * Request counters of one boot: the highest seen, and which of the 256 before it were. `leftAt` is the highest
 * when the next boot began; null for the one that began last.
 */
interface BootsTable {
  terminalId: Uint8Array;
  bootId: Uint8Array;
  highest: number;
  seen: Uint8Array;
  beganMs: number;
  leftAt: number | null;
}

/** A journal as first met, with the head its terminal last claimed. */
interface JournalsTable {
  terminalId: Uint8Array;
  journalId: Uint8Array;
  claimedSeq: number | null;
  claimedHash: Uint8Array | null;
  /** The head that a hello of a boot left before named last: one held up on its way, or a second machine's with the same disk. */
  otherSeq: Generated<number | null>;
  otherHash: Generated<Uint8Array | null>;
  /** Up to where releases were said since the terminal asked for them last. */
  saidSeq: number;
  firstMs: number;
  /** Entries 1 … `lineSeq` are safe, one header each, linked; the last one's hash is `lineHash`. */
  lineSeq: Generated<number>;
  lineHash: Uint8Array | null;
  /** Two headers were held under one number: then `lineSeq` is 0, and each branch is followed on its own. */
  forked: Generated<number>;
}

/**
 * Every header judged, by entry hash: held ones (`outcome` 0, `heldOrder` set) and refused ones. A held row is
 * never changed but for `backupNo`; a refused row is replaced when the entry is judged again.
 */
interface HeadersTable {
  entryHash: Uint8Array;
  terminalId: Uint8Array;
  journalId: Uint8Array;
  seq: number;
  /** Null, and `header` empty, where a refused header could not be read. */
  prev: Uint8Array | null;
  entryId: Uint8Array;
  supersedes: Uint8Array | null;
  header: Uint8Array;
  signature: Uint8Array;
  outcome: number;
  heldOrder: number | null;
  backupNo: number | null;
  receivedMs: number;
}

/** Sealed bodies, once per entry id. `filing` says what became of the content. */
interface BodiesTable {
  entryId: Uint8Array;
  terminalId: Uint8Array;
  entryHash: Uint8Array;
  heldOrder: number;
  body: Uint8Array;
  bodyHash: Uint8Array;
  kind: string | null;
  filing: 'filed' | 'waiting' | 'unfiled' | 'quarantined';
  /** Why it could not be filed; names fields, not what stood in them. */
  oddity: string | null;
}

/** Entries whose case has not arrived yet, in any order (law 5). */
interface WaitingTable {
  entryId: Uint8Array;
  caseId: Uint8Array;
}

/** Attachments by the SHA-256 of their sealed bytes. */
interface AttachmentsTable {
  name: Uint8Array;
  bytes: number;
  content: Uint8Array;
  receivedMs: number;
}

/** Uploads under way, and their parts in order. */
interface UploadsTable {
  terminalId: Uint8Array;
  name: Uint8Array;
  length: number;
  offset: number;
  beganMs: number;
}

interface UploadPartsTable {
  terminalId: Uint8Array;
  name: Uint8Array;
  offset: number;
  content: Uint8Array;
}

/** A case: what can be listed without opening its body. */
interface CasesTable {
  caseId: Uint8Array;
  entryId: Uint8Array;
  terminalId: Uint8Array;
  /** `case`, or `not-me`: a report that a card was used by someone else. */
  kind: 'case' | 'not-me';
  matterId: string | null;
  matterVersion: string | null;
  localNumber: string;
  townCode: string;
  villageName: string;
  /** The desk that has it now, as `cases/desks.ts` names desks. */
  deskCode: string;
  /** 1: no desk of a village or a town may ever have it, whatever becomes of its matter's route. */
  countyOnly: Generated<number>;
  status: string;
  frozen: number;
  replyKey: Uint8Array | null;
  submittedMs: number;
  receivedMs: number;
  /** The first acceptance, from which handling days count. */
  acceptedMs: number | null;
  /** ISO date by which the next step is due; null once it is closed. */
  dueDate: string | null;
  /** ISO date by which the level that has it is to be done, where its matter names a share for each. */
  deskDueDate: Generated<string | null>;
  /** ISO date until which the resident was asked to supply something; null while nothing is asked for. */
  askBy: Generated<string | null>;
  provinceNumber: string | null;
  /** When staff finished or refused it; null before, and for what nobody decided. */
  decidedMs: Generated<number | null>;
  /** 1: after the day it was due; null where no day was promised. */
  decidedLate: Generated<number | null>;
  /** How many actions it has: the next one's number, and what a page was drawn from. */
  actionCount: number;
}

/** What was done to a case, in order; rows are never changed (a trigger refuses). */
interface CaseActionsTable {
  caseId: Uint8Array;
  no: number;
  /** Made by whoever asks, so that a repeat does nothing. */
  actionKey: string;
  action: string;
  statusAfter: string;
  atMs: number;
  staffId: number | null;
  entryId: Uint8Array | null;
  /** What the villager reads, or the reason. */
  words: string;
  /** What they are told beside the words (`ProgressParts`), as JSON; null where nothing. */
  parts: Generated<string | null>;
}

/** What goes down to a terminal, in order. */
interface FeedItemsTable {
  position: number;
  itemId: Uint8Array;
  terminalId: Uint8Array;
  kind: number;
  expiresMs: number | null;
  caseId: Uint8Array | null;
  content: Uint8Array;
  madeMs: number;
}

/** What a person must look at; `alarmKey` keeps one trouble from ringing twice. */
interface AlarmsTable {
  alarmId: Generated<number>;
  alarmKey: string;
  kind: string;
  terminalId: Uint8Array | null;
  detail: string;
  atMs: number;
  seenByStaffId: number | null;
  seenMs: number | null;
}

/** Backups made and verified, and how far each reaches. */
interface BackupsTable {
  backupNo: number;
  atMs: number;
  heldOrder: number;
  file: string;
  bytes: number;
  sha256: string;
}

/** What a province's case centre is owed, once a case and kind. */
interface CentreDutiesTable {
  caseId: Uint8Array;
  kind: DutyKind;
  /** Its place among the duties of one case. */
  position: number;
  /** The row of `caseActions` it follows from. */
  actionNo: number;
  madeMs: number;
  /** Tries begun. */
  tries: number;
  /** Token of the last try whose end is not known; null when none is in doubt. */
  claim: Uint8Array | null;
  /** Not tried again before, by the wall clock: only to spare the centre. */
  notBeforeMs: number;
  /** Why the last try brought nothing: a word of ours. */
  trouble: string | null;
  /** Why the centre will not have it, in its own words: for the desk alone. */
  refusal: string | null;
  /** When the centre was seen to have it. */
  doneMs: number | null;
}

/** The centre's number of a case, and its password sealed to an opening key of ours. */
interface RegistrationsTable {
  caseId: Uint8Array;
  number: string;
  password: Uint8Array;
  sealKeyId: Uint8Array;
  atMs: number;
}

/** Notices as published, by the area whose machines show them; `content` is what goes down. */
interface NoticesTable {
  noticeId: Uint8Array;
  /** A statistics code: of the county, a town or a village. */
  areaCode: string;
  /** The desk that published it, and alone may take it back, the county aside. */
  deskCode: string;
  content: Uint8Array;
  untilMs: number;
  publishedByStaffId: number;
  publishedMs: number;
  withdrawnByStaffId: number | null;
  withdrawnMs: number | null;
}

/** A printed certificate: what it was signed over, for whom it was given, and the number it takes the place of. */
interface CertificatesTable {
  number: string;
  terminalId: Uint8Array;
  consentId: Uint8Array;
  dataSet: string;
  template: string;
  /** A hash of what was said. */
  said: Uint8Array;
  /** Masked. */
  name: string;
  asOfMs: number;
  issuedMs: number;
  replaces: string | null;
}

/** A certificate that counts no more, as the terminal it was given to said. */
interface CertificateVoidsTable {
  number: string;
  terminalId: Uint8Array;
  reason: string;
  atMs: number;
}

/** All tables; names are camelCase here and snake_case in SQL. */
export interface Tables
  extends CashTables,
    AgentWorkTables,
    AuthorityTables,
    MisuseTables,
    MessageTables,
    OrderTables,
    FleetTables,
    RolloutTables {
  settings: SettingsTable;
  counters: CountersTable;
  terminals: TerminalsTable;
  terminalKeys: TerminalKeysTable;
  enrolmentCodes: EnrolmentCodesTable;
  boots: BootsTable;
  journals: JournalsTable;
  headers: HeadersTable;
  bodies: BodiesTable;
  waiting: WaitingTable;
  attachments: AttachmentsTable;
  uploads: UploadsTable;
  uploadParts: UploadPartsTable;
  cases: CasesTable;
  caseActions: CaseActionsTable;
  caseViews: CaseViewsTable;
  feedItems: FeedItemsTable;
  alarms: AlarmsTable;
  staff: StaffTable;
  staffActs: StaffActsTable;
  sessions: SessionsTable;
  backups: BackupsTable;
  centreDuties: CentreDutiesTable;
  registrations: RegistrationsTable;
  notices: NoticesTable;
  consentWithdrawals: ConsentWithdrawalsTable;
  fetches: FetchesTable;
  fetchEnds: FetchEndsTable;
  bookings: BookingsTable;
  payments: PaymentsTable;
  paymentNotices: PaymentNoticesTable;
  refunds: RefundsTable;
  certificates: CertificatesTable;
  certificateVoids: CertificateVoidsTable;
  noticeReplies: NoticeRepliesTable;
  casePictures: CasePicturesTable;
  ratings: RatingsTable;
  caseCards: CaseCardsTable;
  ratingEnds: RatingEndsTable;
  phoneCodes: PhoneCodesTable;
  agents: AgentsTable;
  agentKeys: AgentKeysTable;
  rosters: RostersTable;
}

export type TerminalRow = Selectable<TerminalsTable>;
export type HeaderRow = Selectable<HeadersTable>;
export type BodyRow = Selectable<BodiesTable>;
export type CaseRow = Selectable<CasesTable>;
export type NewCaseRow = Insertable<CasesTable>;
export type CaseActionRow = Selectable<CaseActionsTable>;
export type CentreDutyRow = Selectable<CentreDutiesTable>;
export type NoticeRow = Selectable<NoticesTable>;
export type PaymentRow = Selectable<PaymentsTable>;
export type RefundRow = Selectable<RefundsTable>;
export type AlarmRow = Selectable<AlarmsTable>;
export type StaffRow = Selectable<StaffTable>;
