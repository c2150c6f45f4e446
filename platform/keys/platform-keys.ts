/**
 * The platform's keys and key sets. Made at first start: a root, and one key each to open, to answer and to
 * certify, named by key set no. 1. Private halves are files only the platform's user may read; opening keys
 * are written to a second folder as well, *before* the root signs the set that names them (journal.md
 * "Epoch"): whoever loses every copy of one can never read what was sealed to it.
 */
import { equalBytes, label, toHex } from '../../base/bytes.ts';
import type { Crypto, OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { invariant } from '../../base/result.ts';
import {
  isKeySetSignedBy,
  type KeySet,
  type KeySetValue,
  makeKeySet,
  parseKeySet,
} from '../../sync/formats/key-set.ts';
import { KEY_USE, type KeyUse, keyId } from '../../sync/formats/keys.ts';

/** Where key files live, readable by their owner alone; `copies` should be on another disk. */
export interface KeyFolders {
  readonly keys: Disk;
  readonly copies: Disk;
}

/** The platform's keys, ready for use. */
export interface PlatformKeys {
  readonly platformId: Uint8Array;
  /** SHA-256 of the first root's public key: what an enrolment code names. */
  readonly rootHash: Uint8Array;
  /** Every key set ever made, oldest first. */
  keySets(): readonly KeySet[];
  newest(): KeySet;
  /** Signs receipts, releases, hellos and feed pages. */
  answerKey(): { readonly key: SigningKey; readonly keyId: Uint8Array };
  /** Signs terminals' certificates. */
  certifyKey(): { readonly key: SigningKey; readonly keyId: Uint8Array };
  /** Public halves that ever had use 3, by which an old certificate may be signed. */
  certifyPublicKeys(): readonly Uint8Array[];
  /** Private halves of every opening key, for whoever opens bodies. */
  openingKeys(): readonly Uint8Array[];
  /**
   * For digests of what is compared across cases (`misuse/`). It follows from the first opening key, which is copied and
   * kept like no other: every gateway has it, and whoever has it could read the cases themselves.
   */
  misuseKey(): Uint8Array;
  /** Makes a new opening key and the next key set, in which it stands first. */
  addSealKey(): KeySet;
  /** Gives a named person's key the use 4, to order that an entry be abandoned, in the next key set. */
  addOrderKey(publicKey: Uint8Array, holder: string): KeySet;
  /** The next key set without a key of use 4; undefined when the newest has none of this id. */
  retireOrderKey(id: Uint8Array): KeySet | undefined;
  /** The public key of use 4 with this id in the newest set, and who holds it. */
  findOrderKey(id: Uint8Array): { readonly publicKey: Uint8Array; readonly holder: string } | undefined;
  /**
   * Takes the sets that another program has made since. One whose private keys have not come here yet, where the folder
   * is copied from another machine, waits with all that follow.
   */
  takeWritten(): void;
}

const SET_NAME = (number: number) => `key-set.${number}.cbor`;
const KEY_NAME = (use: string, id: Uint8Array) => `${use}.${toHex(id)}.key`;
const OWN_KEYS = [
  [KEY_USE.seal, 'seal'],
  [KEY_USE.answer, 'answer'],
  [KEY_USE.certify, 'certify'],
] as const satisfies readonly (readonly [KeyUse, string])[];
const SECRET_BYTES = 32;
const MISUSE_INFO = label('yizhan/misuse-key/1');
const ROOT = 'root.key';
const PLATFORM_ID = 'platform.id';

/** Whether the root's key is here, so that a key set can be made; on a real platform it is kept elsewhere. */
export function hasRoot(keys: Disk): boolean {
  return keys.findSize(ROOT) !== undefined;
}

/** Whether a platform was started on this folder before. */
export function hasPlatformKeys(keys: Disk): boolean {
  return keys.findSize(SET_NAME(1)) !== undefined;
}

/** Reads the keys, making them at the first start. Throws when a set does not follow from the one before. */
export function openPlatformKeys(crypto: Crypto, folders: KeyFolders): PlatformKeys {
  if (findFile(folders.keys, SET_NAME(1)) === undefined) makeFirst(crypto, folders);
  const sets = readSets(crypto, folders.keys);
  const platformId = findFile(folders.keys, PLATFORM_ID);
  invariant(platformId?.length === 16, 'the platform id is there');
  const rootHash = crypto.sha256(sets[0]!.value.roots[0]!);
  const newest = () => sets[sets.length - 1]!;
  const signingKeys = new Map<string, { key: SigningKey; keyId: Uint8Array }>();

  const signingKey = (use: KeyUse, word: string) => {
    const publicKey = newest().value.keys.find((entry) => entry.uses.includes(use))?.publicKey;
    invariant(publicKey, `the newest key set has a key with use ${use}`);
    const id = keyId(crypto, publicKey);
    const known = signingKeys.get(toHex(id));
    if (known) return known;
    const loaded = { key: crypto.signingKey(readKey(folders.keys, KEY_NAME(word, id))), keyId: id };
    signingKeys.set(toHex(id), loaded);
    return loaded;
  };

  const sealSecrets = () =>
    publicKeysWith(sets, KEY_USE.seal).map((publicKey) =>
      readKey(folders.keys, KEY_NAME('seal', keyId(crypto, publicKey))),
    );
  let misuseKey: Uint8Array | undefined;

  const isOf = (publicKey: Uint8Array, id: Uint8Array) => equalBytes(keyId(crypto, publicKey), id);
  const findOrderEntry = (id: Uint8Array) =>
    newest().value.keys.find(({ uses, publicKey }) => uses.includes(KEY_USE.order) && isOf(publicKey, id));

  /** Signs and keeps the next set; its keys are those before, changed. */
  function next(change: (keys: KeySetValue['keys']) => KeySetValue['keys']): KeySet {
    takeSets(crypto, folders.keys, sets);
    const before = newest().value;
    const value = { ...before, number: before.number + 1, keys: change(before.keys) };
    sets.push(writeSet(crypto, folders, value));
    return newest();
  }

  return {
    platformId,
    rootHash,
    keySets: () => sets,
    newest,
    answerKey: () => signingKey(KEY_USE.answer, 'answer'),
    certifyKey: () => signingKey(KEY_USE.certify, 'certify'),
    certifyPublicKeys: () => publicKeysWith(sets, KEY_USE.certify),
    openingKeys: sealSecrets,
    misuseKey() {
      misuseKey ??= crypto.hkdf({
        ...{ ikm: sealSecrets()[0]!, salt: new Uint8Array(0), info: MISUSE_INFO, length: SECRET_BYTES },
      });
      return misuseKey;
    },
    addSealKey() {
      const publicKey = makeSealKey(crypto, folders);
      return next((keys) => [{ publicKey, uses: [KEY_USE.seal], holder: null }, ...keys]);
    },
    addOrderKey: (publicKey, holder) =>
      next((keys) => [...keys, { publicKey, uses: [KEY_USE.order], holder }]),
    retireOrderKey: (id) =>
      findOrderEntry(id) && next((keys) => keys.filter(({ publicKey }) => !isOf(publicKey, id))),
    findOrderKey(id) {
      const entry = findOrderEntry(id);
      return entry && { publicKey: entry.publicKey, holder: entry.holder ?? '' };
    },
    takeWritten: () => takeSets(crypto, folders.keys, sets, (set) => hasKeysOf(crypto, folders.keys, set)),
  };
}

function makeFirst(crypto: Crypto, folders: KeyFolders): void {
  const root = crypto.randomBytes(32);
  const platformId = crypto.randomBytes(16);
  write(folders.keys, PLATFORM_ID, platformId);
  write(folders.keys, ROOT, root);
  const value: KeySetValue = {
    v: 1,
    suite: 1,
    platformId,
    number: 1,
    roots: [crypto.signingKey(root).publicKey],
    keys: [
      { publicKey: makeSealKey(crypto, folders), uses: [KEY_USE.seal], holder: null },
      { publicKey: makeSigningKey(crypto, folders, 'answer'), uses: [KEY_USE.answer], holder: null },
      { publicKey: makeSigningKey(crypto, folders, 'certify'), uses: [KEY_USE.certify], holder: null },
    ],
    make: [1],
  };
  writeSet(crypto, folders, value);
}

/** Both copies are durable before this returns, so before any set can name the key. */
function makeSealKey(crypto: Crypto, folders: KeyFolders): Uint8Array {
  const secret = crypto.randomBytes(32);
  const key: OpeningKey = crypto.openingKey(secret);
  const name = KEY_NAME('seal', keyId(crypto, key.publicKey));
  write(folders.copies, name, secret);
  write(folders.keys, name, secret);
  return key.publicKey;
}

function makeSigningKey(crypto: Crypto, folders: KeyFolders, word: string): Uint8Array {
  const seed = crypto.randomBytes(32);
  const { publicKey } = crypto.signingKey(seed);
  write(folders.keys, KEY_NAME(word, keyId(crypto, publicKey)), seed);
  return publicKey;
}

function writeSet(crypto: Crypto, folders: KeyFolders, value: KeySetValue): KeySet {
  const bytes = makeKeySet(crypto, [crypto.signingKey(readKey(folders.keys, ROOT))], value);
  write(folders.keys, SET_NAME(value.number), bytes);
  return readSet(bytes);
}

function readSets(crypto: Crypto, files: Disk): KeySet[] {
  const sets: KeySet[] = [];
  takeSets(crypto, files, sets);
  return sets;
}

/** Adds the sets that follow those known, as far as they are complete. */
function takeSets(
  crypto: Crypto,
  files: Disk,
  sets: KeySet[],
  isComplete: (set: KeySet) => boolean = () => true,
): void {
  for (let number = sets.length + 1; ; number += 1) {
    const bytes = findFile(files, SET_NAME(number));
    if (bytes === undefined) return;
    const set = readSet(bytes);
    const roots = sets.at(-1)?.value.roots ?? set.value.roots;
    if (!isComplete(set)) return;
    invariant(set.value.number === number, 'key sets are numbered without holes');
    invariant(isKeySetSignedBy(crypto, set, roots), 'each key set is signed by a root of the one before');
    sets.push(set);
  }
}

function readSet(bytes: Uint8Array): KeySet {
  const set = parseKeySet(bytes);
  invariant(set.ok, 'a key set of ours can be read');
  return set.value;
}

/** Whether the platform's own private keys that a set names are here; those of named persons never are. */
function hasKeysOf(crypto: Crypto, files: Disk, set: KeySet): boolean {
  return set.value.keys.every(({ publicKey, uses }) =>
    OWN_KEYS.every(
      ([use, word]) =>
        !uses.includes(use) || files.findSize(KEY_NAME(word, keyId(crypto, publicKey))) === SECRET_BYTES,
    ),
  );
}

function readKey(files: Disk, name: string): Uint8Array {
  const secret = findFile(files, name);
  invariant(secret?.length === SECRET_BYTES, `the key file ${name.split('.')[0]} is there`);
  return secret;
}

function publicKeysWith(sets: readonly KeySet[], use: KeyUse): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const entry of sets.flatMap((set) => set.value.keys)) {
    if (!entry.uses.includes(use)) continue;
    if (!found.some((known) => equalBytes(known, entry.publicKey))) found.push(entry.publicKey);
  }
  return found;
}

function findFile(files: Disk, name: string): Uint8Array | undefined {
  const read = files.read(name);
  if (read.ok) return read.value;
  invariant(read.error.code === 'not-found', `a key file cannot be read: ${read.error.detail}`);
  return undefined;
}

function write(files: Disk, name: string, bytes: Uint8Array): void {
  const written = files.writeDurably(name, bytes);
  invariant(written.ok, 'key files can be written');
}
