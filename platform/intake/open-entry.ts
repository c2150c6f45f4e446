/**
 * Trial opening: whether an entry can be held. Pure and without a store, so that it runs on any thread. An
 * entry is receipted as held only after its body, and each attachment, was opened here once.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { decodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey } from '../../base/crypto/api.ts';
import { decodeContent } from '../../sync/content-coding.ts';
import { contentAttachmentSchema } from '../../sync/contents.ts';
import { OUTCOME, type Outcome } from '../../sync/formats/answers.ts';
import { decryptAttachment } from '../../sync/formats/attachment.ts';
import { type Act, openBody } from '../../sync/formats/body.ts';
import {
  type Entry,
  type EntryHeader,
  entryHash,
  hasOwnBody,
  isEntrySignedBy,
  parseEntry,
} from '../../sync/formats/entry.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { OfferedEntryMessage } from '../../sync/formats/messages.ts';
import type { FormatTrouble } from '../../sync/formats/shape.ts';
import { type Reading, readEntry } from '../cases/reading.ts';

/** One offered entry to judge, with what the store knows of it. */
export interface OpeningTask {
  /** The entry as sent, and what was said beside it. */
  readonly offered: OfferedEntryMessage;
  /** Who offers it. */
  readonly terminalId: Uint8Array;
  /** Public halves of every key that terminal ever signed with. */
  readonly signKeys: readonly { readonly keyId: Uint8Array; readonly publicKey: Uint8Array }[];
  /** The sealed attachments its header lists, in that order; null where it is not known yet which these are. */
  readonly attachments: readonly Uint8Array[] | null;
}

/** What is known of one offered entry before the transaction. */
export type Judged =
  /** Can be held. */
  | {
      readonly kind: 'good';
      readonly name: EntryName;
      readonly entry: Entry;
      readonly reading: Reading;
      /** What agents signed, and their signatures; null where nobody did. */
      readonly signed: { readonly content: Uint8Array; readonly acts: readonly Act[] } | null;
    }
  /** Cannot be held; `entry` is null when its form was wrong or its header not this terminal's. */
  | {
      readonly kind: 'refused';
      readonly name: EntryName;
      readonly entry: Entry | null;
      readonly outcome: Outcome;
    }
  /** A key or an attachment is not here yet. */
  | { readonly kind: 'later'; readonly name: EntryName };

/** What came of it; `lists`: it can be judged once these attachments are at hand. */
export type Opening =
  | Judged
  | { readonly kind: 'lists'; readonly name: EntryName; readonly files: EntryHeader['attachments'] };

/** Private halves of opening keys, by key id in hex. */
export type Keyring = ReadonlyMap<string, OpeningKey>;

/** A keyring of these private halves. */
export function makeKeyring(crypto: Crypto, secrets: readonly Uint8Array[]): Keyring {
  return new Map(
    secrets.map((secret) => {
      const key = crypto.openingKey(secret);
      return [toHex(keyId(crypto, key.publicKey)), key];
    }),
  );
}

/** Names, verifies, opens and reads one entry. */
export function openEntry(crypto: Crypto, keyring: Keyring, task: OpeningTask): Opening {
  const { entry: whole, ...told } = task.offered;
  const parsed = parseEntry(crypto, whole);
  const name = parsed.ok
    ? nameOf(parsed.value)
    : (findEntryName(crypto, whole) ?? { ...told, terminalId: task.terminalId });
  const refuse = (outcome: Outcome, entry: Entry | null): Opening => ({
    kind: 'refused',
    name,
    entry,
    outcome,
  });
  // The header says another terminal made it: its signature cannot be this one's.
  if (!equalBytes(name.terminalId, task.terminalId)) return refuse(OUTCOME.badSignature, null);
  if (!parsed.ok) return refuse(refusalOf(parsed.error), null);
  const entry = parsed.value;
  const { signKeyId, sealKeyId, attachments: files } = entry.header;
  const signKey = task.signKeys.find(({ keyId: id }) => equalBytes(id, signKeyId));
  if (!signKey) return { kind: 'later', name };
  if (files.length > 0 && task.attachments === null) return { kind: 'lists', name, files };
  if (!isEntrySignedBy(crypto, entry, signKey.publicKey)) return refuse(OUTCOME.badSignature, entry);
  // The terminal erases only what was released: without a body there is nothing that could be held.
  if (entry.body === null) return refuse(OUTCOME.malformed, entry);
  if (!hasOwnBody(crypto, entry)) return refuse(OUTCOME.unopenable, entry);
  const key = keyring.get(toHex(sealKeyId));
  // Sealed to a key this platform does not know: it may try later.
  if (!key) return { kind: 'later', name };
  const inside = openBody(key, entry.header, entry.body);
  if (!inside.ok) return refuse(OUTCOME.unopenable, entry);
  const { content, acts } = inside.value;
  if (files.length > 0 && !attachmentsOpen(crypto, entry, content, task.attachments ?? [])) {
    return refuse(OUTCOME.unopenable, entry);
  }
  const signed = acts.length === 0 ? null : { content, acts };
  return { kind: 'good', name, entry, reading: readEntry(content), signed };
}

/** The refusal that a format's trouble stands for. */
function refusalOf(trouble: FormatTrouble): Outcome {
  if (trouble.code === 'too-large') return OUTCOME.tooLarge;
  return trouble.code === 'unsupported' ? OUTCOME.unsupported : OUTCOME.malformed;
}

/** What a receipt must name, read from an entry whose form may be wrong; nothing when it cannot be told. */
export interface EntryName {
  readonly terminalId: Uint8Array;
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryId: Uint8Array;
  readonly entryHash: Uint8Array;
}

/** Names an entry leniently: its places are the same in every `v` that a receipt could speak of. */
export function findEntryName(crypto: Crypto, whole: Uint8Array): EntryName | undefined {
  const outer = decodeCbor(whole);
  const headerBytes = outer.ok && Array.isArray(outer.value) ? outer.value[0] : undefined;
  if (!(headerBytes instanceof Uint8Array)) return undefined;
  const header = decodeCbor(headerBytes);
  if (!header.ok || !Array.isArray(header.value)) return undefined;
  const [, , terminalId, , journalId, seq, , entryId] = header.value;
  if (!isId(terminalId) || !isId(journalId) || !isId(entryId)) return undefined;
  if (typeof seq !== 'number' || seq < 1) return undefined;
  return { terminalId, journalId, seq, entryId, entryHash: entryHash(crypto, headerBytes) };
}

function nameOf({ header, entryHash }: Entry): EntryName {
  const { terminalId, journalId, seq, entryId } = header;
  return { terminalId, journalId, seq, entryId, entryHash };
}

/** The content's list must be the header's, and each file must open with the key written beside it. */
function attachmentsOpen(
  crypto: Crypto,
  entry: Entry,
  content: Uint8Array,
  attachments: readonly Uint8Array[],
): boolean {
  const plain = decodeContent(content);
  const named = plain.ok ? (plain.value as { attachments?: unknown } | null)?.attachments : undefined;
  const listed = entry.header.attachments;
  if (!Array.isArray(named) || named.length !== listed.length || attachments.length !== listed.length) {
    return false;
  }
  return listed.every((file, index) => {
    const described = contentAttachmentSchema.safeParse(named[index]);
    const sealed = attachments[index]!;
    return (
      described.success &&
      equalBytes(described.data[0], file.hash) &&
      sealed.length === file.bytes &&
      equalBytes(crypto.sha256(sealed), file.hash) &&
      decryptAttachment(crypto, described.data[1], sealed).ok
    );
  });
}

function isId(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 16;
}
