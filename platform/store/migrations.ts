/**
 * The schema as numbered steps, one list for both databases: what differs between SQLite and PostgreSQL is in
 * `DialectWords`. A step, once released, is never edited; a change is a new step.
 */

import { agentTables } from './agent-tables.ts';
import { agentWorkTables } from './agent-work-tables.ts';
import { answeredTables } from './answered-tables.ts';
import { authorityTables } from './authority-tables.ts';
import { callWishTables } from './call-wish-tables.ts';
import { cardTables } from './card-tables.ts';
import { cashEndTables, cashTables } from './cash-tables.ts';
import { noticeTables, pictureTables } from './community-tables.ts';
import type { DialectWords } from './dialect-words.ts';
import { crashesOfUpdates, fleetLooks, fleetTables, timesOfUpdates } from './fleet-tables.ts';
import { messageTables } from './message-tables.ts';
import { misuseTables } from './misuse-tables.ts';
import { orderAnswerTables } from './order-tables.ts';
import { phoneTables } from './phone-tables.ts';
import { ratingTables } from './rating-tables.ts';
import { rolloutTables } from './rollout-tables.ts';

/** One step: its number, a name for people, and its statements. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  statements(words: DialectWords): readonly string[];
}

/** Every step, in order, numbered from 1 without holes. */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'first tables',
    statements: (words) => [
      ...trust(words),
      ...ledger(words),
      ...cases(words),
      ...keeping(words),
      `INSERT INTO counters (name, value) VALUES ('held', 0), ('feed', 0)`,
    ],
  },
  {
    number: 2,
    name: 'where a boot stood when the next one began',
    statements: ({ int }) => [`ALTER TABLE boots ADD COLUMN left_at ${int}`],
  },
  {
    number: 3,
    name: 'how far a journal is safe in one line',
    statements: ({ bytes, int }) => [
      `ALTER TABLE journals ADD COLUMN line_seq ${int} NOT NULL DEFAULT 0`,
      `ALTER TABLE journals ADD COLUMN line_hash ${bytes}`,
      `ALTER TABLE journals ADD COLUMN forked ${int} NOT NULL DEFAULT 0`,
    ],
  },
  { number: 4, name: 'case centre', statements: centre },
  { number: 5, name: 'notices and orders to machines', statements: orders },
  { number: 6, name: 'fetches of shared data', statements: sharedData },
  {
    number: 7,
    name: 'which key of a terminal is in use',
    statements: ({ int }) => [
      `ALTER TABLE terminal_keys ADD COLUMN used_ms ${int}`,
      `ALTER TABLE terminal_keys ADD COLUMN retired_ms ${int}`,
      'CREATE INDEX terminal_keys_by_terminal ON terminal_keys (terminal_id)',
    ],
  },
  {
    number: 8,
    name: 'the head that another machine with the same disk names',
    statements: ({ bytes, int }) => [
      `ALTER TABLE journals ADD COLUMN other_seq ${int}`,
      `ALTER TABLE journals ADD COLUMN other_hash ${bytes}`,
    ],
  },
  { number: 9, name: 'appointments', statements: bookings },
  { number: 10, name: 'payments', statements: payments },
  { number: 11, name: 'printed certificates', statements: certificates },
  {
    number: 12,
    name: 'notices of a payment provider, and tries to give money back',
    statements: ({ bytes, int, strict }) => [
      `CREATE TABLE payment_notices (
    notice_id text PRIMARY KEY, case_id ${bytes} NOT NULL REFERENCES payments (case_id), said ${bytes} NOT NULL,
    taken_ms ${int} NOT NULL)${strict}`,
      `ALTER TABLE refunds ADD COLUMN tries ${int} NOT NULL DEFAULT 0`,
      `ALTER TABLE refunds ADD COLUMN not_before_ms ${int} NOT NULL DEFAULT 0`,
    ],
  },
  { number: 13, name: 'desks of three levels, and what staff did', statements: desks },
  {
    number: 14,
    name: 'what is told beside the words',
    statements: () => ['ALTER TABLE case_actions ADD COLUMN parts text'],
  },
  { number: 15, name: 'village agents', statements: agentTables },
  { number: 16, name: 'ratings', statements: ratingTables },
  {
    number: 17,
    name: 'whether a case was decided in time',
    statements: ({ int }) => [
      `ALTER TABLE cases ADD COLUMN decided_ms ${int}`,
      `ALTER TABLE cases ADD COLUMN decided_late ${int}`,
      'CREATE INDEX cases_by_decision ON cases (desk_code, decided_ms) WHERE decided_ms IS NOT NULL',
    ],
  },
  { number: 18, name: 'what may be misuse', statements: misuseTables },
  { number: 19, name: 'what villages say to emergency notices', statements: noticeTables },
  { number: 20, name: 'cash that agents take', statements: cashTables },
  { number: 21, name: 'what people are told of their card', statements: messageTables },
  { number: 22, name: 'what agents are to do', statements: agentWorkTables },
  { number: 23, name: 'recorded authority', statements: authorityTables },
  {
    number: 24,
    name: 'the days of each level, and until when something was asked for',
    statements: () => [
      'ALTER TABLE cases ADD COLUMN desk_due_date text',
      'ALTER TABLE cases ADD COLUMN ask_by text',
      'CREATE INDEX ratings_by_case ON ratings (case_id) WHERE case_id IS NOT NULL',
    ],
  },
  { number: 25, name: 'codes from phones that were used', statements: phoneTables },
  { number: 26, name: 'pictures of what came of a case', statements: pictureTables },
  { number: 27, name: 'cards that cases were filed with', statements: cardTables },
  { number: 28, name: 'what desks found out of cash', statements: cashEndTables },
  { number: 29, name: 'what machines answer to orders', statements: orderAnswerTables },
  { number: 30, name: 'machines as they report themselves', statements: fleetTables },
  { number: 31, name: 'wishes to be called', statements: callWishTables },
  { number: 32, name: 'roll-outs of the software', statements: rolloutTables },
  { number: 33, name: 'what changed of the fleet', statements: fleetLooks },
  { number: 34, name: 'crashes since an update', statements: crashesOfUpdates },
  { number: 35, name: 'who answered, who entered, and what alerts are told', statements: answeredTables },
  { number: 36, name: 'since when an update stands', statements: timesOfUpdates },
];

/** Who may speak: terminals, their keys, codes, counters. */
const trust = ({ bytes, int, strict }: DialectWords) => [
  `CREATE TABLE settings (name text PRIMARY KEY, value ${bytes} NOT NULL)${strict}`,
  `CREATE TABLE counters (name text PRIMARY KEY, value ${int} NOT NULL)${strict}`,
  `CREATE TABLE terminals (
    terminal_id ${bytes} PRIMARY KEY, place text NOT NULL, enrolled_ms ${int} NOT NULL, revoked_ms ${int},
    current_boot_id ${bytes})${strict}`,
  `CREATE TABLE terminal_keys (
    key_id ${bytes} PRIMARY KEY, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id),
    public_key ${bytes} NOT NULL, cert ${bytes} NOT NULL, certified_ms ${int} NOT NULL)${strict}`,
  `CREATE TABLE enrolment_codes (
    code_id ${bytes} PRIMARY KEY, secret ${bytes} NOT NULL, place text NOT NULL, made_ms ${int} NOT NULL,
    used_by_key ${bytes}, terminal_id ${bytes} REFERENCES terminals (terminal_id))${strict}`,
  `CREATE TABLE boots (
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), boot_id ${bytes} NOT NULL,
    highest ${int} NOT NULL, seen ${bytes} NOT NULL, began_ms ${int} NOT NULL,
    PRIMARY KEY (terminal_id, boot_id))${strict}`,
];

/** What terminals owe and have delivered. */
const ledger = ({ bytes, int, strict }: DialectWords) => [
  `CREATE TABLE journals (
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), journal_id ${bytes} NOT NULL,
    claimed_seq ${int}, claimed_hash ${bytes}, said_seq ${int} NOT NULL, first_ms ${int} NOT NULL,
    PRIMARY KEY (terminal_id, journal_id))${strict}`,
  `CREATE TABLE headers (
    entry_hash ${bytes} PRIMARY KEY, terminal_id ${bytes} NOT NULL, journal_id ${bytes} NOT NULL,
    seq ${int} NOT NULL, prev ${bytes}, entry_id ${bytes} NOT NULL, supersedes ${bytes},
    header ${bytes} NOT NULL, signature ${bytes} NOT NULL, outcome ${int} NOT NULL, held_order ${int}, backup_no ${int},
    received_ms ${int} NOT NULL,
    FOREIGN KEY (terminal_id, journal_id) REFERENCES journals (terminal_id, journal_id),
    CHECK ((outcome = 0) = (held_order IS NOT NULL)))${strict}`,
  'CREATE INDEX headers_by_seq ON headers (terminal_id, journal_id, seq)',
  'CREATE INDEX headers_by_entry ON headers (entry_id)',
  'CREATE INDEX headers_by_held ON headers (held_order)',
  'CREATE INDEX headers_by_superseded ON headers (supersedes) WHERE supersedes IS NOT NULL',
  `CREATE TABLE bodies (
    entry_id ${bytes} PRIMARY KEY, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id),
    entry_hash ${bytes} NOT NULL REFERENCES headers (entry_hash), held_order ${int} NOT NULL,
    body ${bytes} NOT NULL, body_hash ${bytes} NOT NULL, kind text, filing text NOT NULL, oddity text)${strict}`,
  `CREATE TABLE waiting (
    entry_id ${bytes} PRIMARY KEY REFERENCES bodies (entry_id), case_id ${bytes} NOT NULL)${strict}`,
  'CREATE INDEX waiting_by_case ON waiting (case_id)',
  `CREATE TABLE attachments (
    name ${bytes} PRIMARY KEY, bytes ${int} NOT NULL, content ${bytes} NOT NULL,
    received_ms ${int} NOT NULL)${strict}`,
  `CREATE TABLE uploads (
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), name ${bytes} NOT NULL,
    length ${int} NOT NULL, "offset" ${int} NOT NULL, began_ms ${int} NOT NULL,
    PRIMARY KEY (terminal_id, name))${strict}`,
  `CREATE TABLE upload_parts (
    terminal_id ${bytes} NOT NULL, name ${bytes} NOT NULL, "offset" ${int} NOT NULL, content ${bytes} NOT NULL,
    PRIMARY KEY (terminal_id, name, "offset"),
    FOREIGN KEY (terminal_id, name) REFERENCES uploads (terminal_id, name) ON DELETE CASCADE)${strict}`,
  `CREATE TABLE feed_items (
    position ${int} PRIMARY KEY, item_id ${bytes} NOT NULL UNIQUE,
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), kind ${int} NOT NULL, expires_ms ${int},
    case_id ${bytes}, content ${bytes} NOT NULL, made_ms ${int} NOT NULL)${strict}`,
  'CREATE INDEX feed_items_by_terminal ON feed_items (terminal_id, position)',
];

/** What staff handle, and staff. */
const cases = ({ bytes, int, autoKey, strict, appendOnly }: DialectWords) => [
  `CREATE TABLE staff (
    staff_id ${autoKey}, sign_in text NOT NULL UNIQUE, name text NOT NULL, desk_code text NOT NULL,
    password text NOT NULL, disabled ${int} NOT NULL)${strict}`,
  `CREATE TABLE sessions (
    token_hash ${bytes} PRIMARY KEY, staff_id ${int} NOT NULL REFERENCES staff (staff_id),
    form_token text NOT NULL, began_ms ${int} NOT NULL, last_ms ${int} NOT NULL)${strict}`,
  `CREATE TABLE cases (
    case_id ${bytes} PRIMARY KEY, entry_id ${bytes} NOT NULL UNIQUE REFERENCES bodies (entry_id),
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), kind text NOT NULL, matter_id text,
    matter_version text, local_number text NOT NULL, town_code text NOT NULL, village_name text NOT NULL,
    desk_code text NOT NULL, status text NOT NULL, frozen ${int} NOT NULL, reply_key ${bytes},
    submitted_ms ${int} NOT NULL, received_ms ${int} NOT NULL, accepted_ms ${int}, due_date text,
    province_number text, action_count ${int} NOT NULL)${strict}`,
  'CREATE INDEX cases_by_desk ON cases (desk_code, status, due_date)',
  'CREATE INDEX cases_by_number ON cases (local_number)',
  `CREATE TABLE case_actions (
    case_id ${bytes} NOT NULL REFERENCES cases (case_id), no ${int} NOT NULL, action_key text NOT NULL UNIQUE,
    action text NOT NULL, status_after text NOT NULL, at_ms ${int} NOT NULL,
    staff_id ${int} REFERENCES staff (staff_id), entry_id ${bytes} REFERENCES bodies (entry_id),
    words text NOT NULL, PRIMARY KEY (case_id, no))${strict}`,
  ...appendOnly('case_actions'),
  `CREATE TABLE case_views (
    view_id ${autoKey}, case_id ${bytes} NOT NULL REFERENCES cases (case_id),
    staff_id ${int} NOT NULL REFERENCES staff (staff_id), at_ms ${int} NOT NULL)${strict}`,
];

/** Alarms and backups. */
const keeping = ({ bytes, int, autoKey, strict }: DialectWords) => [
  `CREATE TABLE alarms (
    alarm_id ${autoKey}, alarm_key text NOT NULL UNIQUE, kind text NOT NULL, terminal_id ${bytes},
    detail text NOT NULL, at_ms ${int} NOT NULL, seen_by_staff_id ${int}, seen_ms ${int})${strict}`,
  `CREATE TABLE backups (
    backup_no ${int} PRIMARY KEY, at_ms ${int} NOT NULL, held_order ${int} NOT NULL, file text NOT NULL,
    bytes ${int} NOT NULL, sha256 text NOT NULL)${strict}`,
];

/** What is owed to a province's case centre, and the numbers it gave. */
function centre({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE centre_duties (
    case_id ${bytes} NOT NULL REFERENCES cases (case_id), kind text NOT NULL, position ${int} NOT NULL,
    action_no ${int} NOT NULL, made_ms ${int} NOT NULL, tries ${int} NOT NULL, claim ${bytes},
    not_before_ms ${int} NOT NULL, trouble text, refusal text, done_ms ${int},
    PRIMARY KEY (case_id, kind),
    FOREIGN KEY (case_id, action_no) REFERENCES case_actions (case_id, no))${strict}`,
    'CREATE INDEX centre_duties_owed ON centre_duties (made_ms) WHERE done_ms IS NULL AND refusal IS NULL',
    `CREATE TABLE registrations (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id), number text NOT NULL UNIQUE,
    password ${bytes} NOT NULL, seal_key_id ${bytes} NOT NULL, at_ms ${int} NOT NULL)${strict}`,
  ];
}

/** What was fetched on whose consent, without what it was; and consents that count no more. */
function sharedData({ bytes, int, strict, appendOnly }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE consent_withdrawals (
    consent_id ${bytes} NOT NULL, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id),
    entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id), at_ms ${int} NOT NULL,
    PRIMARY KEY (consent_id, terminal_id))${strict}`,
    ...appendOnly('consent_withdrawals'),
    `CREATE TABLE fetches (
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), nonce ${bytes} NOT NULL,
    consent_id ${bytes} NOT NULL REFERENCES bodies (entry_id), data_set text NOT NULL, at_ms ${int} NOT NULL,
    PRIMARY KEY (terminal_id, nonce))${strict}`,
    'CREATE INDEX fetches_by_consent ON fetches (consent_id, data_set)',
    'CREATE INDEX fetches_by_time ON fetches (at_ms)',
    'CREATE INDEX fetches_by_terminal ON fetches (terminal_id, at_ms)',
    ...appendOnly('fetches'),
    `CREATE TABLE fetch_ends (
    terminal_id ${bytes} NOT NULL, nonce ${bytes} NOT NULL, outcome text NOT NULL, records ${int} NOT NULL,
    at_ms ${int} NOT NULL, PRIMARY KEY (terminal_id, nonce),
    FOREIGN KEY (terminal_id, nonce) REFERENCES fetches (terminal_id, nonce))${strict}`,
    ...appendOnly('fetch_ends'),
  ];
}

/** Places at a time: one that stands is one case's alone. */
function bookings({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE bookings (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id), service text NOT NULL, day text NOT NULL,
    from_time text NOT NULL, seat ${int} NOT NULL, made_ms ${int} NOT NULL, freed_ms ${int})${strict}`,
    'CREATE UNIQUE INDEX bookings_standing ON bookings (service, day, from_time, seat) WHERE freed_ms IS NULL',
  ];
}

/** Certificates that were given a number, and those that count no more; whose they are is masked. */
function certificates({ bytes, int, strict, appendOnly }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE certificates (
    number text PRIMARY KEY, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id),
    consent_id ${bytes} NOT NULL REFERENCES bodies (entry_id), data_set text NOT NULL, template text NOT NULL,
    said ${bytes} NOT NULL, name text NOT NULL, as_of_ms ${int} NOT NULL, issued_ms ${int} NOT NULL,
    replaces text UNIQUE)${strict}`,
    ...appendOnly('certificates'),
    `CREATE TABLE certificate_voids (
    number text NOT NULL, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), reason text NOT NULL,
    at_ms ${int} NOT NULL, PRIMARY KEY (number, terminal_id))${strict}`,
    ...appendOnly('certificate_voids'),
  ];
}

/** Payments of bills: one that stands is the only one of its bill. Money is given back once. */
function payments({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE payments (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id), terminal_id ${bytes} NOT NULL, biller text NOT NULL,
    reference text NOT NULL, amount_fen ${int} NOT NULL, made_ms ${int} NOT NULL, code text, closes_ms ${int},
    paid_ms ${int}, provider_number text, posted_ms ${int}, receipt text, ended_ms ${int}, ending text,
    tries ${int} NOT NULL, not_before_ms ${int} NOT NULL,
    CHECK ((paid_ms IS NULL) = (provider_number IS NULL)), CHECK ((ended_ms IS NULL) = (ending IS NULL)),
    CHECK (posted_ms IS NULL OR (paid_ms IS NOT NULL AND ended_ms IS NULL)))${strict}`,
    'CREATE UNIQUE INDEX payments_standing ON payments (biller, reference) WHERE ended_ms IS NULL',
    'CREATE INDEX payments_owed ON payments (not_before_ms) WHERE ended_ms IS NULL AND posted_ms IS NULL',
    `CREATE TABLE refunds (
    provider_number text PRIMARY KEY, case_id ${bytes} NOT NULL REFERENCES payments (case_id),
    amount_fen ${int} NOT NULL, made_ms ${int} NOT NULL, done_ms ${int})${strict}`,
    'CREATE INDEX refunds_owed ON refunds (made_ms) WHERE done_ms IS NULL',
  ];
}

/** What staff say to machines: notices by area, and orders, which stay on record. */
function orders({ bytes, int, autoKey, strict, appendOnly }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE notices (
    notice_id ${bytes} PRIMARY KEY, area_code text NOT NULL, desk_code text NOT NULL, content ${bytes} NOT NULL,
    until_ms ${int} NOT NULL, published_by_staff_id ${int} NOT NULL REFERENCES staff (staff_id),
    published_ms ${int} NOT NULL, withdrawn_by_staff_id ${int} REFERENCES staff (staff_id),
    withdrawn_ms ${int})${strict}`,
    'CREATE INDEX notices_by_time ON notices (published_ms)',
    `CREATE TABLE machine_orders (
    order_no ${autoKey}, kind ${int} NOT NULL, area_code text, terminal_id ${bytes} REFERENCES terminals (terminal_id),
    matter_id text, content ${bytes} NOT NULL, words text NOT NULL,
    staff_id ${int} NOT NULL REFERENCES staff (staff_id), at_ms ${int} NOT NULL,
    CHECK ((area_code IS NULL) <> (terminal_id IS NULL)))${strict}`,
    'CREATE INDEX machine_orders_by_terminal ON machine_orders (terminal_id, order_no)',
    ...appendOnly('machine_orders'),
  ];
}

/** Cases that stay with the county, and a record of what staff did that nobody can change. */
function desks({ int, autoKey, strict, appendOnly, neverReplaced }: DialectWords): readonly string[] {
  return [
    `ALTER TABLE cases ADD COLUMN county_only ${int} NOT NULL DEFAULT 0`,
    `UPDATE cases SET county_only = 1 WHERE kind = 'not-me'`,
    `CREATE TABLE staff_acts (
    act_no ${autoKey}, at_ms ${int} NOT NULL, staff_id ${int} REFERENCES staff (staff_id), desk_code text NOT NULL,
    operation text NOT NULL, subject text NOT NULL, decision text NOT NULL)${strict}`,
    'CREATE INDEX staff_acts_by_desk ON staff_acts (desk_code, act_no)',
    ...appendOnly('staff_acts'),
    ...neverReplaced('staff_acts', 'act_no'),
    ...appendOnly('case_views'),
    ...neverReplaced('case_views', 'view_id'),
  ];
}
