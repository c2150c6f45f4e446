import { decodeCbor, encodeCbor } from '../../base/cbor.ts';
import { ok, type Result } from '../../base/result.ts';
import { type Receipt, type Release, receiptFormat, releaseFormat } from './answers.ts';
import { type KeySet, parseKeySet } from './key-set.ts';
import {
  anything,
  type FormatTrouble,
  fromBytes,
  hash,
  id,
  list,
  malformed,
  ms,
  one,
  structure,
  textLike,
  uint,
} from './shape.ts';
import { type Signed, signedFormat } from './signed.ts';

const rescue = structure({
  v: one,
  suite: one,
  terminalId: id,
  signKeyId: id,
  rescueId: id,
  wallMs: ms,
  /** A name is a path inside the folder, and can lead nowhere else. */
  files: list(structure({ name: textLike(/^(entries\.yzf|attachments\/[0-9a-f]{64})$/), bytes: uint, hash })),
});
/** Manifests of rescue folders as signed bytes (`manifest.cbor`): they say only which files should be there. */
export const rescueFormat = signedFormat('yizhan/rescue/1', rescue);

/** The folder on a stick that holds rescue folders, each named by its rescueId in lower-case hex. */
export const RESCUE_FOLDER = 'yizhan-rescue';

/** Names inside a rescue folder. */
export const RESCUE_FILES = {
  entries: 'entries.yzf',
  manifest: 'manifest.cbor',
  answers: 'answers.cbor',
  attachment: (name: string) => `attachments/${name}`,
} as const;

/** One thing in `answers.cbor`, unverified. */
export type RescueAnswer =
  | { readonly kind: 'key-set'; readonly keySet: KeySet }
  | { readonly kind: 'receipt'; readonly receipt: Signed<Receipt> }
  | { readonly kind: 'release'; readonly release: Signed<Release> };

const answers = list(anything);

/** `answers.cbor` of these key sets, receipts and releases, each given as its own bytes. */
export function makeRescueAnswers(parts: readonly Uint8Array[]): Uint8Array {
  const values = parts.map((part) => decodeCbor(part));
  return encodeCbor(
    values.map((value) => {
      if (!value.ok) throw new Error('broken invariant: an answer is CBOR');
      return value.value;
    }),
  );
}

/** Reads `answers.cbor`. What each part is shows in its form: no two of the three share one. */
export function parseRescueAnswers(whole: Uint8Array): Result<readonly RescueAnswer[], FormatTrouble> {
  const read = fromBytes(answers, whole);
  if (!read.ok) return read;
  const found: RescueAnswer[] = [];
  for (const part of read.value) {
    const answer = findAnswer(encodeCbor(part));
    if (!answer) return malformed(`[${found.length}]`);
    found.push(answer);
  }
  return ok(found);
}

function findAnswer(part: Uint8Array): RescueAnswer | undefined {
  const keySet = parseKeySet(part);
  if (keySet.ok) return { kind: 'key-set', keySet: keySet.value };
  const receipt = receiptFormat.parse(part);
  if (receipt.ok) return { kind: 'receipt', receipt: receipt.value };
  const release = releaseFormat.parse(part);
  if (release.ok) return { kind: 'release', release: release.value };
  return undefined;
}
