/**
 * Trial opening: whether an entry can be held. Pure and without a store, so that it runs on any thread. An
 * entry is receipted as held only after its body, and each attachment, was opened here once.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { decodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey } from '../../base/crypto/api.ts';
import { contentAttachmentSchema, decodeContent } from '../../sync/contents.ts';
import { OUTCOME, type Outcome } from '../../sync/formats/answers.ts';
import { decryptAttachment } from '../../sync/formats/attachment.ts';
import { type Inside, openBody } from '../../sync/formats/body.ts';
import { type Entry, entryHash, hasOwnBody, isEntrySignedBy, parseEntry } from '../../sync/formats/entry.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { FormatTrouble } from '../../sync/formats/shape.ts';

/** One entry to open, with what the store knows of it. */
export interface OpeningTask {
  /** The entry as sent. */
  readonly entry: Uint8Array;
  /** Public half of the terminal's key that should have signed it. */
  readonly signPublicKey: Uint8Array;
  /** The sealed attachments its header lists, in that order. */
  readonly attachments: readonly Uint8Array[];
}

/** What came of it. `unknown-key`: sealed to a key this platform does not know, so it may try later. */
export type Opening =
  | { readonly kind: 'opened'; readonly content: Uint8Array }
  | { readonly kind: 'refused'; readonly outcome: Outcome }
  | { readonly kind: 'unknown-key' };

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

/** Verifies, then opens, one entry. */
export function openEntry(crypto: Crypto, keyring: Keyring, task: OpeningTask): Opening {
  const entry = parseEntry(crypto, task.entry);
  if (!entry.ok) return { kind: 'refused', outcome: refusalOf(entry.error) };
  if (!isEntrySignedBy(crypto, entry.value, task.signPublicKey)) return refused(OUTCOME.badSignature);
  // The terminal erases only what was released: without a body there is nothing that could be held.
  if (entry.value.body === null) return refused(OUTCOME.malformed);
  if (!hasOwnBody(crypto, entry.value)) return refused(OUTCOME.unopenable);
  const key = keyring.get(toHex(entry.value.header.sealKeyId));
  if (!key) return { kind: 'unknown-key' };
  const inside = openBody(key, entry.value.header, entry.value.body);
  if (!inside.ok) return refused(OUTCOME.unopenable);
  return judgeInside(crypto, entry.value, inside.value, task.attachments);
}

/** The refusal that a format's trouble stands for. */
export function refusalOf(trouble: FormatTrouble): Outcome {
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

function judgeInside(
  crypto: Crypto,
  entry: Entry,
  inside: Inside,
  attachments: readonly Uint8Array[],
): Opening {
  const listed = entry.header.attachments;
  if (listed.length > 0 && !attachmentsOpen(crypto, entry, inside.content, attachments)) {
    return refused(OUTCOME.unopenable);
  }
  return { kind: 'opened', content: inside.content };
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

function refused(outcome: Outcome): Opening {
  return { kind: 'refused', outcome };
}

function isId(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 16;
}
