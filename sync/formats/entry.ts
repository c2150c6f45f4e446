import { concat, equalBytes, label } from '../../base/bytes.ts';
import { encodeCbor } from '../../base/cbor.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { ok, type Result } from '../../base/result.ts';
import { MAX_BODY_BYTES, type SealedBody } from './body.ts';
import { keyId } from './keys.ts';
import {
  bool,
  bytes,
  type FormatTrouble,
  fromBytes,
  hash,
  id,
  int,
  list,
  ms,
  nullable,
  one,
  sig,
  structure,
  text,
  toBytes,
  tooLarge,
  uint,
  type ValueOf,
} from './shape.ts';

/** Bounds of journal.md part 1; the terminal refuses to make what is larger. */
export const LIMITS = {
  headerBytes: 4 * 1024,
  bodyBytes: MAX_BODY_BYTES,
  attachments: 16,
  /** Of the encrypted file, as the header lists it. */
  attachmentBytes: 8 * 1024 * 1024,
  batchEntries: 100,
  batchBytes: 4 * 1024 * 1024,
} as const;

/** The class of an entry, first served first: 0 urgent, 1 case, 2 audit. */
export const ENTRY_CLASS = { urgent: 0, case: 1, audit: 2 } as const;
/** One of {@link ENTRY_CLASS}. */
export type EntryClass = (typeof ENTRY_CLASS)[keyof typeof ENTRY_CLASS];

const header = structure({
  v: one,
  suite: one,
  terminalId: id,
  signKeyId: id,
  journalId: id,
  seq: int(1),
  prev: hash,
  entryId: id,
  class: int(0, 2),
  sealKeyId: id,
  bodyHash: hash,
  bodyBytes: uint,
  attachments: list(structure({ hash, bytes: uint }), 0, LIMITS.attachments),
  supersedes: nullable(id),
  wallMs: ms,
  clock: structure({ trusted: bool, offsetMs: nullable(int()), ageMs: nullable(uint) }),
  bootId: id,
  monoMs: uint,
  software: text(),
});

/** An entry's header, the part that stays in clear for ever. */
export type EntryHeader = ValueOf<typeof header>;

const triple = structure({ header: bytes(), signature: sig, body: nullable(bytes()) });

/** An entry as it was read: its header's form is checked, neither its signature nor its body is. */
export interface Entry {
  readonly header: EntryHeader;
  /** The header as first made: what is signed and hashed. */
  readonly headerBytes: Uint8Array;
  readonly signature: Uint8Array;
  /** The sealed body, or null once erased. */
  readonly body: Uint8Array | null;
  /** Names this header, and is `prev` of the next. */
  readonly entryHash: Uint8Array;
}

/** `prev` of a journal's first entry. */
export const NO_PREVIOUS = new Uint8Array(32);

const ENTRY_LABEL = label('yizhan/entry/1');
const SIGNATURE_LABEL = label('yizhan/entry-sig/1');

/** What the caller knows when it appends: the head it read, and where and when it is. */
export type HeaderInput = Pick<
  EntryHeader,
  | 'terminalId'
  | 'journalId'
  | 'seq'
  | 'prev'
  | 'class'
  | 'attachments'
  | 'supersedes'
  | 'wallMs'
  | 'clock'
  | 'bootId'
  | 'monoMs'
  | 'software'
>;

/**
 * Builds, hashes and signs an entry around a body sealed before; synchronous, for use inside the transaction
 * that read the head. `too-large` when a limit of journal.md is passed.
 */
export function makeEntry(
  crypto: Crypto,
  signKey: SigningKey,
  input: HeaderInput,
  body: SealedBody,
): Result<Entry, FormatTrouble> {
  const { entryId, sealKeyId, bodyHash, bodyBytes } = body;
  const value: EntryHeader = {
    v: 1,
    suite: 1,
    ...input,
    signKeyId: keyId(crypto, signKey.publicKey),
    entryId,
    sealKeyId,
    bodyHash,
    bodyBytes,
  };
  const beyond = findBeyondLimit(value);
  if (beyond) return tooLarge(beyond);
  const headerBytes = toBytes(header, value);
  if (headerBytes.length > LIMITS.headerBytes) return tooLarge('header');
  return ok({
    header: value,
    headerBytes,
    signature: signKey.sign(concat(SIGNATURE_LABEL, headerBytes)),
    body: body.sealed,
    entryHash: entryHash(crypto, headerBytes),
  });
}

/** SHA-256("yizhan/entry/1\0" ‖ header). */
export function entryHash(crypto: Crypto, headerBytes: Uint8Array): Uint8Array {
  return crypto.sha256(ENTRY_LABEL, headerBytes);
}

/** The bytes of an entry, as stored, mirrored and sent. */
export function entryBytes(entry: Pick<Entry, 'headerBytes' | 'signature' | 'body'>): Uint8Array {
  return encodeCbor([entry.headerBytes, entry.signature, entry.body]);
}

/** Reads an entry and holds it against the limits; verifies nothing. */
export function parseEntry(crypto: Crypto, whole: Uint8Array): Result<Entry, FormatTrouble> {
  const outer = fromBytes(triple, whole);
  if (!outer.ok) return outer;
  const { header: headerBytes, signature, body } = outer.value;
  const parsed = parseHeader(headerBytes);
  if (!parsed.ok) return parsed;
  if (body && body.length > LIMITS.bodyBytes) return tooLarge('body');
  return ok({
    header: parsed.value,
    headerBytes,
    signature,
    body,
    entryHash: entryHash(crypto, headerBytes),
  });
}

/** Reads a header alone, as kept after its body was erased. */
export function parseHeader(headerBytes: Uint8Array): Result<EntryHeader, FormatTrouble> {
  if (headerBytes.length > LIMITS.headerBytes) return tooLarge('header');
  const parsed = fromBytes(header, headerBytes);
  if (!parsed.ok) return parsed;
  const beyond = findBeyondLimit(parsed.value);
  return beyond ? tooLarge(beyond) : parsed;
}

/** Whether the terminal's key signed this header. */
export function isEntrySignedBy(crypto: Crypto, entry: Entry, publicKey: Uint8Array): boolean {
  const message = concat(SIGNATURE_LABEL, entry.headerBytes);
  return crypto.verify({ publicKey, message, signature: entry.signature });
}

/** Whether the body is there and is the one the header names. */
export function hasOwnBody(crypto: Crypto, entry: Entry): entry is Entry & { readonly body: Uint8Array } {
  const { body } = entry;
  return (
    body !== null &&
    body.length === entry.header.bodyBytes &&
    equalBytes(crypto.sha256(body), entry.header.bodyHash)
  );
}

function findBeyondLimit(value: EntryHeader): string | undefined {
  if (value.bodyBytes > LIMITS.bodyBytes) return 'bodyBytes';
  if (value.attachments.length > LIMITS.attachments) return 'attachments';
  if (value.attachments.some((file) => file.bytes > LIMITS.attachmentBytes)) return 'attachments';
  return undefined;
}
