import { utf8 } from '../../base/bytes.ts';
import { cborMap, encodeCbor } from '../../base/cbor.ts';
import type { Crypto, OpeningKey, SigningKey } from '../../base/crypto/api.ts';
import { invariant } from '../../base/result.ts';
import { sealBody } from './body.ts';
import { type Entry, type HeaderInput, makeEntry, NO_PREVIOUS } from './entry.ts';
import { certFormat, type KeySet, makeKeySet, parseKeySet } from './key-set.ts';
import { KEY_USE, keyId } from './keys.ts';

/**
 * A platform and a terminal whose every key and id follows from its name: for the published vectors and for
 * tests. SHA-256("yizhan/sample/1\0" ‖ name) gives seeds and private keys, its first 16 bytes ids.
 */
export interface SampleWorld {
  readonly platformId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly journalId: Uint8Array;
  readonly bootId: Uint8Array;
  readonly epoch: Uint8Array;
  readonly root: SigningKey;
  readonly sealing: OpeningKey;
  readonly answering: SigningKey;
  readonly certifying: SigningKey;
  readonly ordering: SigningKey;
  readonly terminal: SigningKey;
  readonly keySetBytes: Uint8Array;
  readonly keySet: KeySet;
  readonly certBytes: Uint8Array;
}

/** The moment of everything in the sample: 2026-03-01 08:00:00 in China. */
export const SAMPLE_MS = 1_772_323_200_000;

/** 32 bytes that follow from `name`. */
export function sample32(crypto: Crypto, name: string): Uint8Array {
  return crypto.sha256(utf8('yizhan/sample/1\0'), utf8(name));
}

/** 16 bytes that follow from `name`. */
export function sampleId(crypto: Crypto, name: string): Uint8Array {
  return sample32(crypto, name).slice(0, 16);
}

/** The sample world. */
export function sampleWorld(crypto: Crypto): SampleWorld {
  const signing = (name: string) => crypto.signingKey(sample32(crypto, name));
  const root = signing('root');
  const sealing = crypto.openingKey(sample32(crypto, 'sealing'));
  const answering = signing('answering');
  const certifying = signing('certifying');
  const ordering = signing('ordering');
  const terminal = signing('terminal');
  const platformId = sampleId(crypto, 'platformId');
  const terminalId = sampleId(crypto, 'terminalId');

  const keySetBytes = makeKeySet(crypto, [root], {
    v: 1,
    suite: 1,
    platformId,
    number: 1,
    roots: [root.publicKey],
    keys: [
      { publicKey: sealing.publicKey, uses: [KEY_USE.seal], holder: null },
      { publicKey: answering.publicKey, uses: [KEY_USE.answer], holder: null },
      { publicKey: certifying.publicKey, uses: [KEY_USE.certify], holder: null },
      { publicKey: ordering.publicKey, uses: [KEY_USE.order], holder: '示例' },
    ],
    make: [1],
  });
  const keySet = parseKeySet(keySetBytes);
  invariant(keySet.ok, 'the sample key set is one');

  return {
    platformId,
    terminalId,
    journalId: sampleId(crypto, 'journalId'),
    bootId: sampleId(crypto, 'bootId'),
    epoch: sampleId(crypto, 'epoch'),
    root,
    sealing,
    answering,
    certifying,
    ordering,
    terminal,
    keySetBytes,
    keySet: keySet.value,
    certBytes: certFormat.make(certifying, {
      v: 1,
      suite: 1,
      issuerKeyId: keyId(crypto, certifying.publicKey),
      terminalId,
      publicKey: terminal.publicKey,
      place: '330624108201',
      issuedAt: SAMPLE_MS,
    }),
  };
}

/** The content of every sample entry. */
export const SAMPLE_CONTENT = encodeCbor(cborMap({ schema: 1, kind: 'audit.sample', words: '示例' }));

/** An entry of the sample terminal; `input` changes its header. */
export function sampleEntry(crypto: Crypto, world: SampleWorld, input: Partial<HeaderInput> = {}): Entry {
  const seq = input.seq ?? 1;
  const journalId = input.journalId ?? world.journalId;
  const body = sealBody(crypto, {
    terminalId: input.terminalId ?? world.terminalId,
    entryId: sampleId(crypto, `entryId ${journalId.join()} ${seq}`),
    sealPublicKey: world.sealing.publicKey,
    content: SAMPLE_CONTENT,
    acts: [],
  });
  invariant(body.ok, 'the sample content is small');
  const header: HeaderInput = {
    terminalId: world.terminalId,
    journalId,
    seq,
    prev: NO_PREVIOUS,
    class: 1,
    attachments: [],
    supersedes: null,
    wallMs: SAMPLE_MS,
    clock: { trusted: true, offsetMs: -250, ageMs: 60_000 },
    bootId: world.bootId,
    monoMs: 90_000,
    software: '0.1.0',
    ...input,
  };
  const entry = makeEntry(crypto, world.terminal, header, body.value);
  invariant(entry.ok, 'the sample header is within its limits');
  return entry.value;
}

/** The head that every sample answer of the platform begins with. */
export function sampleHead(crypto: Crypto, world: SampleWorld) {
  return {
    v: 1,
    suite: 1,
    platformId: world.platformId,
    epoch: world.epoch,
    signKeyId: keyId(crypto, world.answering.publicKey),
    terminalId: world.terminalId,
    issuedAt: SAMPLE_MS,
  } as const;
}
