import { equalBytes, toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import type { SqlRow } from '../../base/sql.ts';
import { getContent } from '../../platform/intake/read-body.ts';
import { decodeContent, encodeContent } from '../../sync/content-coding.ts';
import { contentAttachmentSchema } from '../../sync/contents.ts';
import { OUTCOME } from '../../sync/formats/answers.ts';
import { decryptAttachment } from '../../sync/formats/attachment.ts';
import { parseEntry, parseHeader } from '../../sync/formats/entry.ts';
import { readFrames } from '../../sync/formats/frame.ts';
import type { PersonMemory, RememberedCase } from '../../terminal/keeper.ts';
import { checkBooks } from './books.ts';
import type { Breach, Filed } from './ledger.ts';
import type { Machine } from './machine.ts';
import type { Card } from './people.ts';
import type { PlatformRun } from './platform.ts';
import type { SimulatedTerminal } from './terminal.ts';
import type { Watch } from './watch.ts';

const crypto = createCrypto();

/** What the laws are held against once faults have stopped and time has passed. */
export interface Aftermath {
  readonly machines: readonly Machine[];
  /** Those among them that the platform serves no more. */
  readonly lockedOut: readonly Machine[];
  readonly platform: PlatformRun;
  readonly cards: readonly Card[];
}

/** The same of one machine. */
interface OneMachine extends Machine {
  readonly platform: PlatformRun;
  /** Whether the platform has forgotten a key that it certified: a machine that is locked out cannot make it known again. */
  readonly isForgotten: (keyId: Uint8Array | undefined) => boolean;
  readonly cards: readonly Card[];
}

/** Every law that is broken. */
export async function checkLaws({
  machines,
  lockedOut,
  platform,
  cards,
}: Aftermath): Promise<readonly Breach[]> {
  const breaches = [...(await checkBooks({ platform, isCloned: machines.length > 1 }))];
  breaches.push(...(await heldIsKnown(platform, machines)));
  const keys = await platform.store.db.selectFrom('terminalKeys').select('keyId').execute();
  const certified = new Set(keys.map(({ keyId }) => toHex(keyId)));
  for (const machine of machines) {
    const isOut = lockedOut.includes(machine);
    const isForgotten = (id: Uint8Array | undefined) =>
      isOut && id !== undefined && !certified.has(toHex(id));
    const after = { ...machine, platform, cards, isForgotten };
    breaches.push(...(await exactlyOnce(after)), ...(await noGap(after)), ...(await takenBackUnsaid(after)));
    breaches.push(...checkMirror(machine.terminal, machine.watch), ...(await signedByDueKey(after)));
    // What the platform tells nobody any more is not here; what it holds is.
    if (isOut) continue;
    breaches.push(...(await receiptedIsHeld(after)), ...(await peopleFindTheirs(after)));
    breaches.push(...photographsAreErased(after));
  }
  return breaches;
}

/** One journal, one key: what was filed after a new key was promoted is signed by it. */
async function signedByDueKey({ platform, ledger }: OneMachine): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  for (const { kept, dueKeyId } of ledger.filed.values()) {
    const row =
      kept &&
      (await platform.store.db
        .selectFrom('headers')
        .select('header')
        .where('entryHash', '=', kept.entryHash)
        .executeTakeFirst());
    const header = row && parseHeader(row.header);
    if (!header?.ok || !dueKeyId || equalBytes(header.value.signKeyId, dueKeyId)) continue;
    breaches.push({
      law: 'keys',
      how: `entry ${shortId(kept!.entryId)} is signed by another key than is due`,
    });
  }
  return breaches;
}

/** Law 1: what was kept is held once, with the same body; what was not said to be kept, at most once. */
async function exactlyOnce({ platform, ledger, isForgotten }: OneMachine): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const say = (how: string) => breaches.push({ law: 'law 1', how });
  const { db } = platform.store;
  const bodies = await db.selectFrom('bodies').select(['entryId', 'kind']).orderBy('heldOrder').execute();
  const contents = new Map<string, string[]>();
  for (const { entryId } of bodies) {
    const content = await getContent({ ...platform.context(), store: platform.store }, entryId);
    const as = await filedAs(platform, content);
    contents.set(as, [...(contents.get(as) ?? []), toHex(entryId)]);
  }
  for (const [name, { submission, ...filed }] of ledger.filed) {
    const held = contents.get(nameOfFiled(submission.content, submission.photographs)) ?? [];
    if (held.length > 1) say(`submission ${name} is held ${held.length} times`);
    if (!filed.kept) continue;
    if (held.length === 0 && isForgotten(filed.dueKeyId)) continue;
    if (held.length === 0) say(`submission ${name} was kept and is not held as it was filed`);
    else if (!held.includes(toHex(filed.kept.entryId))) say(`submission ${name} is held as another entry`);
  }
  const waiting = await db.selectFrom('waiting').select('entryId').execute();
  if (waiting.length > 0) say(`${waiting.length} held entries still wait for a case that was filed before`);
  return breaches;
}

/** What was filed, photographs and all, as one string to compare. */
function nameOfFiled(content: object, photographs: readonly { readonly bytes: Uint8Array }[]): string {
  const plain = photographs.map(({ bytes }) => toHex(crypto.sha256(bytes)));
  return `${toHex(encodeContent(content))} ${plain.join()}`;
}

/** The same of a held entry: its photographs opened with the keys that its content names. */
async function filedAs({ store }: PlatformRun, bytes: Uint8Array): Promise<string> {
  const decoded = decodeContent(bytes);
  const content = decoded.ok ? (decoded.value as { readonly attachments?: unknown }) : {};
  const listed = contentAttachmentSchema.array().safeParse(content.attachments);
  if (!listed.success) return nameOfFiled(content, []);
  const photographs: { readonly bytes: Uint8Array }[] = [];
  for (const [hash, key] of listed.data) {
    const row = await store.db
      .selectFrom('attachments')
      .select('content')
      .where('name', '=', hash)
      .executeTakeFirst();
    const plain = row && decryptAttachment(crypto, key, row.content);
    photographs.push({ bytes: plain?.ok ? plain.value : new Uint8Array(0) });
  }
  return nameOfFiled({ ...content, attachments: [] }, photographs);
}

/** What was taken back (a disk was full) was said to nobody, and offered to nobody. */
async function takenBackUnsaid(after: OneMachine): Promise<readonly Breach[]> {
  const { terminal, platform, ledger, watch } = after;
  const said = [...ledger.filed.values()].flatMap(({ kept }) => (kept ? [toHex(kept.entryId)] : []));
  const headers = await platform.store.db.selectFrom('headers').select('entryId').execute();
  // A database that lost its last commits may have lost the taking back: then it owes the entry like any other.
  const offered = terminal.hurts().database > 0 ? [] : headers.map(({ entryId }) => toHex(entryId));
  const known = new Set([...said, ...offered]);
  return [...watch.takenBack()]
    .filter((name) => known.has(name))
    .map((name) => ({ law: 'law 2', how: `entry ${name.slice(0, 8)} was taken back after it was said` }));
}

/** Once nothing is owed, no photograph is left on the terminal, nor half of one. */
function photographsAreErased({ terminal }: OneMachine): readonly Breach[] {
  return terminal.files().map((path) => ({ law: 'files', how: `${path} is left when nothing is owed` }));
}

interface OwedRow extends SqlRow {
  readonly journal_id: Uint8Array;
  readonly seq: number;
  readonly entry_hash: Uint8Array;
  readonly body: Uint8Array;
}

const OWED = `SELECT j.journal_id, e.seq, e.entry_hash, o.body FROM owed AS o
  JOIN entries AS e ON e.number = o.entry JOIN journals AS j ON j.ordinal = e.journal`;
const HEAD = 'SELECT entry_hash FROM entries ORDER BY journal DESC, seq DESC LIMIT 1';

/**
 * The second copy: every owed entry is in the mirror, body and all, and its last frame is the journal's head. A
 * database that went back to before a release owes again what the mirror has rightly dropped.
 */
export function checkMirror(terminal: SimulatedTerminal, { isReleased }: Watch): readonly Breach[] {
  const breaches: Breach[] = [];
  const say = (how: string) => breaches.push({ law: 'mirror', how });
  const paths = [...terminal.mirror().keys()].filter((path) => path.startsWith('journal/')).sort();
  const entries = paths
    .flatMap((path) => [...readFrames(crypto, terminal.mirror().get(path)!)])
    .flatMap((frame) => (frame.kind === 'frame' ? [parseEntry(crypto, frame.entryBytes)] : []))
    .flatMap((entry) => (entry.ok ? [entry.value] : []));
  const whole = entries.filter(({ body }) => body !== null);
  const bodies = new Map(whole.map(({ entryHash, body }) => [toHex(entryHash), body]));
  const database = terminal.database();
  for (const row of database.prepare<OwedRow>(OWED).all()) {
    const mirrored = bodies.get(toHex(row.entry_hash));
    if (mirrored && equalBytes(mirrored, row.body)) continue;
    if (isReleased(row.journal_id, row.seq)) continue;
    say(`an owed entry is not in the mirror: ${shortId(row.entry_hash)}`);
  }
  const head = database.prepare<{ entry_hash: Uint8Array }>(HEAD).find();
  const last = entries.at(-1);
  if (head && !(last && equalBytes(last.entryHash, head.entry_hash)))
    say("the mirror does not end at the journal's head");
  return breaches;
}

interface LocalRow extends SqlRow {
  readonly entry_id: Uint8Array;
  readonly entry_hash: Uint8Array;
  readonly outcome: number | null;
  readonly cause: string | null;
}

const LOCAL = `SELECT e.entry_id, e.entry_hash, r.outcome, c.cause FROM entries AS e
  LEFT JOIN receipts AS r ON r.entry = e.number LEFT JOIN closings AS c ON c.entry = e.number`;

/** Law 1: receipted at the terminal ⇒ held; and everything it knows is receipted, or closed. */
async function receiptedIsHeld({ terminal, platform }: OneMachine): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const say = (how: string) => breaches.push({ law: 'law 1', how });
  const held = await heldHeaders(platform);
  for (const row of terminal.database().prepare<LocalRow>(LOCAL).all()) {
    const name = toHex(row.entry_hash);
    const isSaid = row.outcome === OUTCOME.held || row.cause !== null;
    if (isSaid && !held.has(name)) say(`entry ${shortId(row.entry_id)} is receipted and not held`);
    if (!isSaid) say(`entry ${shortId(row.entry_id)} has no receipt after all this time`);
  }
  return breaches;
}

/** What is held came from one of the machines. A database that was lost knows nothing of what was released before. */
async function heldIsKnown(platform: PlatformRun, machines: readonly Machine[]): Promise<readonly Breach[]> {
  if (machines.some(({ terminal }) => terminal.hurts().database > 0)) return [];
  const known = new Set(
    machines.flatMap(({ terminal }) =>
      terminal
        .database()
        .prepare<LocalRow>(LOCAL)
        .all()
        .map((row) => toHex(row.entry_hash)),
    ),
  );
  return [...(await heldHeaders(platform))]
    .filter(([name]) => !known.has(name))
    .map(([, entryId]) => ({
      law: 'law 1',
      how: `entry ${shortId(entryId)} is held, and no terminal knows it`,
    }));
}

/** The ids of held entries, by the hash of each of their headers in hex. */
async function heldHeaders({ store }: PlatformRun): Promise<ReadonlyMap<string, Uint8Array>> {
  const headers = await store.db
    .selectFrom('headers')
    .innerJoin('bodies', 'bodies.entryId', 'headers.entryId')
    .select(['headers.entryHash', 'headers.entryId'])
    .where('headers.outcome', '=', OUTCOME.held)
    .execute();
  return new Map(headers.map((row) => [toHex(row.entryHash), row.entryId]));
}

interface ChainRow extends SqlRow {
  readonly journal: number;
  readonly rebuilt: number;
  readonly seq: number;
  readonly entry_hash: Uint8Array;
  readonly header: Uint8Array;
}

const CHAIN = `SELECT e.journal, j.rebuilt, e.seq, e.entry_hash, e.header FROM entries AS e
  JOIN journals AS j ON j.ordinal = e.journal ORDER BY e.journal, e.seq`;

/** Law 4: numbers without holes, each link in place, and no journal goes on when one of its copies was lost. */
async function noGap({ terminal, platform, ledger }: OneMachine): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const say = (how: string) => breaches.push({ law: 'law 4', how });
  let before: ChainRow | undefined;
  for (const row of terminal.database().prepare<ChainRow>(CHAIN).all()) {
    const follows = before?.journal === row.journal ? before : undefined;
    const expected = (follows?.seq ?? 0) + 1;
    const isRebuilt = row.rebuilt === 1;
    if (row.seq !== expected && !isRebuilt)
      say(`journal ${row.journal} goes from ${expected - 1} to ${row.seq}`);
    const header = parseHeader(row.header);
    const isLinked =
      !follows ||
      follows.seq !== row.seq - 1 ||
      (header.ok && equalBytes(header.value.prev, follows.entry_hash));
    if (!isLinked) say(`entry ${row.seq} of journal ${row.journal} does not name the one before`);
    before = row;
  }
  const { db } = platform.store;
  for (const { kept, closedJournals } of ledger.filed.values()) {
    const header =
      kept &&
      (await db
        .selectFrom('headers')
        .select('journalId')
        .where('entryHash', '=', kept.entryHash)
        .executeTakeFirst());
    if (header && closedJournals.has(toHex(header.journalId))) {
      say(`a journal was written on after one of its copies was lost: entry ${shortId(kept.entryId)}`);
    }
  }
  return breaches;
}

/** Each person finds every case that was kept for them, once, with all that came down for it. */
async function peopleFindTheirs(after: OneMachine): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  for (const card of after.cards) {
    const person = after.terminal.remember(card);
    const found = person.cases();
    const filed = [...after.ledger.filed.values()].filter(({ submission }) => submission.card === card);
    breaches.push(...(await checkRows(after, found, filed)));
    for (const remembered of found) breaches.push(...(await checkProgress(after, person, remembered)));
    person.close();
  }
  return breaches;
}

async function checkRows(
  after: OneMachine,
  found: readonly RememberedCase[],
  filed: readonly Filed[],
): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const say = (how: string) => breaches.push({ law: 'memory', how });
  const names = found.map(({ caseId }) => toHex(caseId));
  if (new Set(names).size !== names.length) say('a person finds a case twice');
  for (const { submission, kept } of filed) {
    if (!submission.row || !kept) continue;
    const { caseId } = submission.row;
    const row = found.find((remembered) => equalBytes(remembered.caseId, caseId));
    if (!row && !(await mayBeForgotten(after, kept.entryHash)))
      say(`a person does not find case ${shortId(caseId)}, which was kept`);
    if (row && !equalBytes(row.entryId, kept.entryId)) say(`case ${shortId(caseId)} names another entry`);
  }
  return breaches;
}

/** What was released before the database was hurt is in a backup or nowhere; what was owed then is in the mirror. */
async function mayBeForgotten({ platform, watch }: OneMachine, entryHash: Uint8Array): Promise<boolean> {
  const header = await platform.store.db
    .selectFrom('headers')
    .select(['journalId', 'seq'])
    .where('entryHash', '=', entryHash)
    .executeTakeFirst();
  return header !== undefined && watch.wasReleasedBeforeHurt(header.journalId, header.seq);
}

interface ItemRow extends SqlRow {
  readonly item_id: Uint8Array;
  readonly content: Uint8Array;
}

const ITEMS = 'SELECT item_id, content FROM feed_items WHERE case_id = ? ORDER BY position';

/** What came down for a case: all of it, each once, in the order it was sent, and readable with the card. */
async function checkProgress(
  { terminal, platform }: OneMachine,
  person: PersonMemory,
  remembered: RememberedCase,
): Promise<readonly Breach[]> {
  const { caseId } = remembered;
  const sent = await platform.store.db
    .selectFrom('feedItems')
    .select('itemId')
    .where('caseId', '=', caseId)
    .orderBy('position')
    .execute();
  const breaches: Breach[] = [];
  const say = (how: string) => breaches.push({ law: 'feed', how: `case ${shortId(caseId)} ${how}` });
  const told = person.progressOf(remembered);
  if (sent.length > told.length) say(`shows ${told.length} of ${sent.length} steps that came down`);
  const rows = terminal.database().prepare<ItemRow>(ITEMS).all(caseId);
  if (new Set(rows.map(({ content }) => toHex(content))).size < rows.length) say('took a step twice');
  let at = 0;
  for (const row of rows) if (at < sent.length && equalBytes(row.item_id, sent[at]!.itemId)) at += 1;
  if (at < sent.length) say('has its steps in another order');
  return breaches;
}

function shortId(id: Uint8Array): string {
  return toHex(id.subarray(0, 4));
}
