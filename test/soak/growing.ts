/**
 * Everything of a terminal's folders that can grow, each with what bounds it. What nothing sweeps away says so: it grows
 * with each entry, and the soak measures by how much.
 */

/** What keeps something small. */
export type Bound =
  /** Rows or files of a number that does not hang on use: one, one a key, one a device. */
  | { readonly by: 'few' }
  /** Swept away by that file of ours; `until` says what may stay. */
  | { readonly by: 'sweeper'; readonly file: string; readonly until: string }
  /** Never swept: the chain, or what somebody was promised, hangs on it. Small, and it grows with each entry. */
  | { readonly by: 'use'; readonly why: string };

const few: Bound = { by: 'few' };
const swept = (file: string, until: string): Bound => ({ by: 'sweeper', file, until });
const withUse = (why: string): Bound => ({ by: 'use', why });

/** By table of `terminal.db`. */
export const TABLES: Readonly<Record<string, Bound>> = {
  agent_authorities: withUse(
    'one for each authority that was given; its form ends, the row says that it was',
  ),
  agent_away: few,
  agent_cash: swept('terminal/cash/ledger.ts', 'settled'),
  agent_cash_slips: withUse('whether a slip for money came out'),
  agent_code_attempts: few,
  agent_days: swept('terminal/agents/day-book.ts', 'its days'),
  agents: swept('terminal/agents/agent-vault.ts', 'in the roster'),
  attachments: withUse('the name of each file; the file itself goes with its release'),
  closings: withUse('why an entry that was refused is closed'),
  device_events: swept('terminal/upkeep/device-events.ts', '2,000 of all devices'),
  ended_authorities: withUse('an authority that ended must stay ended'),
  enrolment: few,
  entries: withUse(
    'header and signature of each entry, which the chain hangs on; the body goes with its release',
  ),
  feed_items: withUse('what came down for this machine: a cursor must not bring it twice'),
  former_epochs: few,
  healings: withUse('how often the disk lost a piece by itself'),
  held_numbers: swept('terminal/journal/held-numbers.ts', 'taken'),
  journals: swept('terminal/journal/entries.ts', 'with an entry'),
  key_sets: few,
  machine_counts: few,
  machine_counts_begun: few,
  machine_lock: swept('terminal/orders/order-table.ts', 'locked'),
  machine_orders: withUse('an order is done once'),
  memory: few,
  notice_marks: swept('terminal/notices/marks.ts', 'in force'),
  owed: swept('terminal/journal/closings.ts', 'owed'),
  paper: few,
  person_drafts: swept('terminal/memory/card-memory.ts', '72 hours'),
  person_rows: swept('terminal/memory/buckets.ts', 'the buckets that are kept'),
  person_uses: swept('terminal/memory/buckets.ts', 'the buckets that are kept'),
  phone_sign_in: few,
  pin_attempts: few,
  platform_access: few,
  proofs: withUse('what the platform said of a closed entry'),
  readiness_reports: swept('terminal/upkeep/store.ts', '20'),
  receipts: withUse('the platform’s word for each entry'),
  saved: few,
  slip_jobs: withUse('whether a slip came out'),
  submissions: withUse('a submission is taken once'),
  trust: few,
  upkeep_cards: swept('terminal/upkeep/upkeep-cards.ts', 'in the roster'),
  used_phone_codes: swept('terminal/phone/used-codes.ts', 'their minute'),
};

/** What lies in a folder of the terminal, by its path there. */
interface FileRow {
  readonly path: RegExp;
  readonly bound: Bound;
}

/** In the data folder, the folder of the second copy and that of logs. */
export const FILES: readonly FileRow[] = [
  { path: /^terminal\.db$/, bound: withUse('the tables above') },
  { path: /^terminal\.db-(wal|shm)$/, bound: swept('base/node/sqlite-connection.ts', 'its checkpoint') },
  { path: /^keys\/[a-z]+\.key$/, bound: few },
  { path: /^(enrolled-with|leaving|identity\.yz)$/, bound: few },
  { path: /^backups\/terminal-\d+\.db$/, bound: swept('terminal/store/backup.ts', 'two') },
  { path: /^attachments\//, bound: swept('terminal/journal/attachment-files.ts', 'released') },
  { path: /^catalog\//, bound: swept('terminal/release/shelf.ts', 'in use, and the one before') },
  { path: /^former\//, bound: withUse('a revoked terminal’s, which goes by hand') },
  { path: /^journal\/\d+\.yzf$/, bound: swept('terminal/journal/segments.ts', 'released') },
  {
    path: /^(terminal|devices|simulator|platform)\.log(\.before)?$/,
    bound: swept('host/log-file.ts', '4 MiB, twice'),
  },
];

/** Files that no row names. */
export function strangeFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !FILES.some((row) => row.path.test(path)));
}
