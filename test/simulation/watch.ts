import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { HttpRequest, HttpResponse } from '../../base/fetch.ts';
import type { Sql } from '../../base/sql.ts';
import { OUTCOME, receiptFormat, releaseFormat } from '../../sync/formats/answers.ts';
import { parseEntry, parseHeader } from '../../sync/formats/entry.ts';
import { readFrames } from '../../sync/formats/frame.ts';
import { parseBatchAnswer } from '../../sync/formats/messages.ts';
import { covers, isOnOwnBranch, type NamedEntry, type ReleasedRange } from './branches.ts';
import type { Hurt } from './history.ts';
import type { Breach } from './ledger.ts';
import type { PlatformRun } from './platform.ts';

/** Watches while a history runs: every erased body, and every receipt as it is signed. */
export interface Watch {
  /** The terminal's database committed. */
  onCommitted(sql: Sql): void;
  /** A disk was hurt: what is missing at the next commit was not erased. */
  onHurt(what: Hurt['what']): void;
  /** Journals that were being written when a copy was lost: nothing more may be written into them. */
  closedJournals(): ReadonlySet<string>;
  /** Entries that went as if they had never been, by id in hex: nobody may have been told of them. */
  takenBack(): ReadonlySet<string>;
  onMirrorRemoved(path: string, bytes: Uint8Array): void;
  /** A file went from the terminal's other disk. */
  onRemoved(path: string): void;
  /** A reply came to the terminal, whole or not. */
  onReply(path: string, body: Uint8Array): void;
  /** Whether a release of this entry ever came. */
  isReleased(journalId: Uint8Array, seq: number): boolean;
  /** Whether one had come when the terminal's database was last hurt. */
  wasReleasedBeforeHurt(journalId: Uint8Array, seq: number): boolean;
  /** What this machine's disks hold was copied onto another's: that one goes on from here. */
  copyTo(other: Watch): void;
  /** Takes over what another watch knew when its machine's disks were copied. */
  takeOver(known: Known): void;
  /** The platform is about to answer. */
  checkAnswer(request: HttpRequest, response: HttpResponse, run: PlatformRun): Promise<void>;
}

interface OwedRow {
  readonly entry_id: Uint8Array;
  readonly entry_hash: Uint8Array;
  readonly journal_id: Uint8Array;
  readonly seq: number;
}

const OWED = `SELECT e.entry_id, e.entry_hash, j.journal_id, e.seq FROM owed AS o
  JOIN entries AS e ON e.number = o.entry JOIN journals AS j ON j.ordinal = e.journal`;

const KNOWN = 'SELECT 1 FROM entries WHERE entry_id = ?';

const NAMED = `SELECT a.hash, e.entry_id, e.entry_hash, j.journal_id, e.seq FROM attachments AS a
  JOIN entries AS e ON e.number = a.entry JOIN journals AS j ON j.ordinal = e.journal`;

const CURRENT_JOURNAL = 'SELECT journal_id FROM journals ORDER BY ordinal DESC LIMIT 1';

interface Known {
  readonly released: readonly ReleasedRange[];
  readonly rightly: ReadonlySet<string>;
  readonly takenBack: ReadonlySet<string>;
  readonly closed: ReadonlySet<string>;
  readonly releasedBeforeHurt: readonly ReleasedRange[];
}

/** The entry that named a file, by the file's path. */
type Owners = Map<string, OwedRow>;

/** What several machines of one platform share. */
export interface Shared {
  /** Releases that the platform signed, in hex; what comes in its name and is none of these frees nothing. */
  readonly signedReleases: Set<string>;
  /** Whether a disk was copied: only then may one number have two entries. */
  isCloned: boolean;
}

/** A watch over one machine that has seen nothing yet. */
export function createWatch(crypto: Crypto, shared: Shared, onBreach: (breach: Breach) => void): Watch {
  const released: ReleasedRange[] = [];
  const { signedReleases } = shared;
  /** Of a clone, the entries whose release was for their own branch, by hash in hex. */
  const rightly = new Set<string>();
  let owed: ReadonlyMap<string, OwedRow> | undefined;
  let owners: Owners = new Map();
  let currentJournal: string | undefined;
  let closed: ReadonlySet<string> = new Set();
  let releasedBeforeHurt: readonly ReleasedRange[] = [];
  const takenBack = new Set<string>();

  const isAmong = (ranges: readonly ReleasedRange[], journalId: Uint8Array, seq: number) =>
    ranges.some((range) => covers(range, journalId, seq));

  const isReleased = (journalId: Uint8Array, seq: number) => isAmong(released, journalId, seq);

  function erased(where: string, what: string, { journalId, seq }: NamedEntry): void {
    const entry = `${toHex(journalId.subarray(0, 4))}/${seq}`;
    onBreach({ law: 'law 2', how: `${where} lost ${what} of ${entry} before any release of it came` });
  }

  /** What the database erased was released, and on its own branch. */
  function checkErased(sql: Sql, entry: NamedEntry): void {
    if (!isReleased(entry.journalId, entry.seq)) erased('the database', 'the body', entry);
    else if (shared.isCloned && !isOnOwnBranch(sql, released, entry))
      erased('the database, by a release of another branch,', 'the body', entry);
    else rightly.add(toHex(entry.entryHash));
  }

  /** What went from elsewhere had been released before, or lost with a disk. */
  function isRightlyGone({ journalId, seq, entryHash }: NamedEntry): boolean {
    if (!isReleased(journalId, seq)) return false;
    const ranges = released.filter((range) => covers(range, journalId, seq));
    return !shared.isCloned || rightly.has(toHex(entryHash)) || ranges.some(({ to }) => to !== seq);
  }

  function noteOwners(sql: Sql): void {
    type Row = OwedRow & { readonly hash: Uint8Array };
    for (const row of sql.prepare<Row>(NAMED).all()) owners.set(`attachments/${toHex(row.hash)}`, row);
  }

  return {
    onCommitted(sql) {
      const hasTable = sql.prepare("SELECT 1 FROM sqlite_master WHERE name = 'attachments'").find();
      if (!hasTable) return;
      const present = new Map(
        sql
          .prepare<OwedRow>(OWED)
          .all()
          .map((row) => [toHex(row.entry_id), row]),
      );
      for (const [name, row] of owed ?? []) {
        if (present.has(name)) continue;
        if (sql.prepare(KNOWN).find(row.entry_id)) checkErased(sql, nameOf(row));
        else takenBack.add(name);
      }
      owed = present;
      noteOwners(sql);
      const journal = sql.prepare<{ journal_id: Uint8Array }>(CURRENT_JOURNAL).find();
      currentJournal = journal && toHex(journal.journal_id);
    },
    onHurt(what) {
      if (what.startsWith('database')) releasedBeforeHurt = [...released];
      owed = undefined;
      owners = new Map();
      const isLost = what === 'database-lost' || what === 'database-broken' || what === 'mirror-lost';
      if (isLost && currentJournal !== undefined) closed = new Set([...closed, currentJournal]);
    },
    closedJournals: () => closed,
    takenBack: () => takenBack,
    copyTo: (other) => other.takeOver({ released, rightly, takenBack, closed, releasedBeforeHurt }),
    takeOver(known) {
      released.push(...known.released);
      for (const hash of known.rightly) rightly.add(hash);
      for (const name of known.takenBack) takenBack.add(name);
      closed = known.closed;
      releasedBeforeHurt = known.releasedBeforeHurt;
    },
    isReleased,
    wasReleasedBeforeHurt: (journalId, seq) => isAmong(releasedBeforeHurt, journalId, seq),
    onMirrorRemoved(_path, bytes) {
      for (const frame of readFrames(crypto, bytes)) {
        const entry = frame.kind === 'frame' ? parseEntry(crypto, frame.entryBytes) : undefined;
        if (!entry?.ok || !entry.value.body) continue;
        const named = { ...entry.value.header, entryHash: entry.value.entryHash };
        if (!isRightlyGone(named)) erased('the mirror', 'the body', named);
      }
    },
    onRemoved(path) {
      const owner = owners.get(path);
      if (!owner || takenBack.has(toHex(owner.entry_id)) || isRightlyGone(nameOf(owner))) return;
      erased('the disk', 'a photograph', nameOf(owner));
    },
    onReply(path, body) {
      const answer = path === '/v1/entries' ? parseBatchAnswer(body) : undefined;
      if (!answer?.ok) return;
      for (const bytes of answer.value.releases) {
        const release = releaseFormat.parse(bytes);
        if (!release.ok || !signedReleases.has(toHex(bytes))) continue;
        const { journalId, ranges } = release.value.value;
        for (const range of ranges) released.push({ journalId: toHex(journalId), ...range });
      }
    },
    async checkAnswer(request, response, { store }) {
      if (!request.url.endsWith('/v1/entries') || response.status !== 200) return;
      const answer = parseBatchAnswer(response.body);
      for (const bytes of answer.ok ? answer.value.releases : []) signedReleases.add(toHex(bytes));
      for (const bytes of answer.ok ? answer.value.receipts : []) {
        const receipt = receiptFormat.parse(bytes);
        for (const item of receipt.ok ? receipt.value.value.items : []) {
          const held = await store.db
            .selectFrom('bodies')
            .innerJoin('headers', 'headers.entryId', 'bodies.entryId')
            .select('headers.header')
            .where('headers.entryHash', '=', item.entryHash)
            .where('headers.outcome', '=', OUTCOME.held)
            .executeTakeFirst();
          if (item.outcome !== OUTCOME.held) {
            const about = `${toHex(item.entryId.subarray(0, 4))} with outcome ${item.outcome}`;
            onBreach({ law: 'law 1', how: `the platform refused ${about}` });
          } else if (!held) {
            const about = toHex(item.entryId.subarray(0, 4));
            onBreach({ law: 'law 1', how: `the platform receipted ${about} and does not hold it` });
          } else if (!(await hasFiles(store, held.header))) {
            const about = toHex(item.entryId.subarray(0, 4));
            onBreach({
              law: 'law 1',
              how: `the platform receipted ${about} and does not hold its photographs`,
            });
          }
        }
      }
    },
  };
}

function nameOf({ journal_id: journalId, seq, entry_hash: entryHash }: OwedRow): NamedEntry {
  return { journalId, seq, entryHash };
}

/** Whether the platform holds, whole, every file that this header lists. */
async function hasFiles({ db }: PlatformRun['store'], headerBytes: Uint8Array): Promise<boolean> {
  const header = parseHeader(headerBytes);
  if (!header.ok) return false;
  for (const { hash, bytes } of header.value.attachments) {
    const row = await db
      .selectFrom('attachments')
      .select('content')
      .where('name', '=', hash)
      .executeTakeFirst();
    if (row?.content.length !== bytes) return false;
  }
  return true;
}
