/** Tables of who answered at the telephone, who entered the upkeep of machines, and what alerts are told to others. */
import type { Generated, Selectable } from 'kysely';
import type { DialectWords } from './dialect-words.ts';

/** An answer that was said over the telephone, written before it is said; rows are never changed. */
interface PhoneAnswersTable {
  answerNo: Generated<number>;
  atMs: number;
  /** The number on the machine's cabinet. */
  machine: string;
  role: string;
  challenge: string;
  /** Who answered: somebody who signs in at the desk, or null and a name. */
  staffId: number | null;
  holder: string;
}
export type PhoneAnswerRow = Selectable<PhoneAnswersTable>;

/** That somebody entered a machine's upkeep, by the machine's own word. */
interface UpkeepSignInsTable {
  entryId: Uint8Array;
  terminalId: Uint8Array;
  role: string;
  /** `pin` or `phone`. */
  way: string;
  machine: string | null;
  challenge: string | null;
  /** When the entry came. */
  atMs: number;
}
export type UpkeepSignInRow = Selectable<UpkeepSignInsTable>;

/** What is owed to whoever is told of alerts: a row for each that began and each that ended. */
interface AlertMessagesTable {
  messageNo: Generated<number>;
  /** Said with each try: whoever takes it twice knows it by this. */
  messageId: Uint8Array;
  alertId: number;
  what: 'began' | 'ended';
  kind: string;
  subject: string;
  machines: number;
  sinceMs: number;
  madeMs: number;
  tries: number;
  notBeforeMs: number;
  outcome: 'taken' | 'refused' | 'given-up' | null;
  doneMs: number | null;
}
export type AlertMessageRow = Selectable<AlertMessagesTable>;

/** All of them. */
export interface AnsweredTables {
  phoneAnswers: PhoneAnswersTable;
  upkeepSignIns: UpkeepSignInsTable;
  alertMessages: AlertMessagesTable;
}

/** The step that makes them. */
export function answeredTables({
  bytes,
  int,
  autoKey,
  strict,
  appendOnly,
  neverReplaced,
}: DialectWords): readonly string[] {
  return [
    `CREATE TABLE phone_answers (
    answer_no ${autoKey}, at_ms ${int} NOT NULL, machine text NOT NULL, role text NOT NULL,
    challenge text NOT NULL, staff_id ${int} REFERENCES staff (staff_id), holder text NOT NULL)${strict}`,
    'CREATE INDEX phone_answers_by_challenge ON phone_answers (machine, challenge)',
    ...appendOnly('phone_answers'),
    ...neverReplaced('phone_answers', 'answer_no'),
    `CREATE TABLE upkeep_sign_ins (
    entry_id ${bytes} PRIMARY KEY, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id),
    role text NOT NULL, way text NOT NULL, machine text, challenge text, at_ms ${int} NOT NULL)${strict}`,
    'CREATE INDEX upkeep_sign_ins_by_terminal ON upkeep_sign_ins (terminal_id, at_ms)',
    `CREATE TABLE alert_messages (
    message_no ${autoKey}, message_id ${bytes} NOT NULL, alert_id ${int} NOT NULL, what text NOT NULL,
    kind text NOT NULL, subject text NOT NULL, machines ${int} NOT NULL, since_ms ${int} NOT NULL,
    made_ms ${int} NOT NULL, tries ${int} NOT NULL, not_before_ms ${int} NOT NULL, outcome text, done_ms ${int},
    CHECK ((outcome IS NULL) = (done_ms IS NULL)))${strict}`,
    'CREATE INDEX alert_messages_owed ON alert_messages (message_no) WHERE outcome IS NULL',
  ];
}
