/** From bytes a terminal offered to what may be committed: names, keys, attachments, trial opening. */
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { OUTCOME, type Outcome } from '../../sync/formats/answers.ts';
import { type Entry, LIMITS, parseEntry } from '../../sync/formats/entry.ts';
import type { OfferedEntryMessage } from '../../sync/formats/messages.ts';
import type { Db } from '../store/store.ts';
import { type EntryName, findEntryName, type Opening, type OpeningTask, refusalOf } from './open-entry.ts';
import type { Opener } from './opener.ts';

/** What is known of one offered entry before the transaction. */
export type Judged =
  /** Can be held. */
  | { readonly kind: 'good'; readonly name: EntryName; readonly entry: Entry; readonly content: Uint8Array }
  /** Cannot be held; `entry` is null when its form was wrong or its header not this terminal's. */
  | {
      readonly kind: 'refused';
      readonly name: EntryName;
      readonly entry: Entry | null;
      readonly outcome: Outcome;
    }
  /** A key or an attachment is not here yet. */
  | { readonly kind: 'later'; readonly name: EntryName };

/** Attachments held in memory for one batch: what one entry may list. What comes after is tried later. */
const ATTACHMENT_BYTES = LIMITS.attachments * LIMITS.attachmentBytes;

type Tools = { readonly crypto: Crypto; readonly db: Db; readonly opener: Opener };

/** Judges a batch of one terminal's entries, in the order given. */
export async function judgeBatch(
  tools: Tools,
  terminalId: Uint8Array,
  offered: readonly OfferedEntryMessage[],
): Promise<readonly Judged[]> {
  const keys = await signKeysOf(tools.db, terminalId);
  const budget = { bytes: ATTACHMENT_BYTES };
  const prepared: Prepared[] = [];
  for (const offer of offered) prepared.push(await prepare(tools, terminalId, keys, offer, budget));
  const openings = await tools.opener.open(
    prepared.flatMap((item) => (item.kind === 'open' ? [item.task] : [])),
  );
  let next = 0;
  return prepared.map((item) => (item.kind === 'open' ? judgeOpening(item, openings[next++]!) : item));
}

type Prepared =
  | Exclude<Judged, { kind: 'good' }>
  | { readonly kind: 'open'; readonly name: EntryName; readonly entry: Entry; readonly task: OpeningTask };

async function prepare(
  { crypto, db }: Tools,
  terminalId: Uint8Array,
  keys: ReadonlyMap<string, Uint8Array>,
  offer: OfferedEntryMessage,
  budget: { bytes: number },
): Promise<Prepared> {
  const { entry: whole, ...told } = offer;
  const name = findEntryName(crypto, whole) ?? { ...told, terminalId };
  // The header says another terminal made it: its signature cannot be this one's.
  if (!equalBytes(name.terminalId, terminalId)) {
    return { kind: 'refused', name, entry: null, outcome: OUTCOME.badSignature };
  }
  const parsed = parseEntry(crypto, whole);
  if (!parsed.ok) return { kind: 'refused', name, entry: null, outcome: refusalOf(parsed.error) };
  const signPublicKey = keys.get(toHex(parsed.value.header.signKeyId));
  if (!signPublicKey) return { kind: 'later', name };
  budget.bytes -= parsed.value.header.attachments.reduce((sum, file) => sum + file.bytes, 0);
  if (budget.bytes < 0) return { kind: 'later', name };
  const attachments = await findAttachments(db, parsed.value);
  if (!attachments) return { kind: 'later', name };
  return { kind: 'open', name, entry: parsed.value, task: { entry: whole, signPublicKey, attachments } };
}

function judgeOpening(item: Extract<Prepared, { kind: 'open' }>, opening: Opening): Judged {
  const { name, entry } = item;
  if (opening.kind === 'unknown-key') return { kind: 'later', name };
  if (opening.kind === 'refused') return { kind: 'refused', name, entry, outcome: opening.outcome };
  return { kind: 'good', name, entry, content: opening.content };
}

async function signKeysOf(db: Db, terminalId: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await db
    .selectFrom('terminalKeys')
    .select(['keyId', 'publicKey'])
    .where('terminalId', '=', terminalId)
    .execute();
  return new Map(rows.map((row) => [toHex(row.keyId), row.publicKey]));
}

/** The sealed files a header lists, in its order; nothing while one is missing. */
async function findAttachments(db: Db, entry: Entry): Promise<readonly Uint8Array[] | undefined> {
  const files: Uint8Array[] = [];
  for (const listed of entry.header.attachments) {
    const row = await db
      .selectFrom('attachments')
      .select('content')
      .where('name', '=', listed.hash)
      .executeTakeFirst();
    if (!row) return undefined;
    files.push(row.content);
  }
  return files;
}
