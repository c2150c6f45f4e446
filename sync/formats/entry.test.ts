import { createHash, createPublicKey, verify } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCbor, encodeCbor } from '../../base/cbor.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { decryptAttachment, encryptAttachment } from './attachment.ts';
import { isActBy, MAX_BODY_BYTES, makeAct, openBody, sealBody } from './body.ts';
import { entryBytes, hasOwnBody, isEntrySignedBy, LIMITS, makeEntry, parseEntry } from './entry.ts';
import { BODY_SIZES, padToSizes, unpad } from './padding.ts';
import { SAMPLE_CONTENT, sample32, sampleEntry, sampleId, sampleWorld } from './sample.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const { terminalId } = world;
const KIB = 1024;
const flip = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at % bytes.length ? byte ^ 1 : byte));

describe('an entry', () => {
  it('is what journal.md says, read with other tools', async () => {
    const entry = sampleEntry(crypto, world);
    const whole = decodeCbor(entryBytes(entry));
    if (!whole.ok) throw new Error('no CBOR');
    const [header, sig, body] = whole.value as Uint8Array[];
    const fields = decodeCbor(header!);
    if (!fields.ok) throw new Error('no header');
    const list = fields.value as never[];
    expect(list).toHaveLength(19);
    expect(list.slice(0, 3)).toEqual([1, 1, terminalId]);
    expect(list[10]).toEqual(new Uint8Array(createHash('sha256').update(body!).digest()));
    expect(list[15]).toEqual([true, -250, 60_000]);

    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), world.terminal.publicKey]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const message = Buffer.concat([Buffer.from('yizhan/entry-sig/1\0'), header!]);
    expect(verify(null, message, publicKey, sig!)).toBe(true);
    const named = createHash('sha256').update('yizhan/entry/1\0').update(header!).digest();
    expect(entry.entryHash).toEqual(new Uint8Array(named));

    const suite = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes256Gcm(),
    });
    const own = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;
    const recipientKey = await suite.kem.importKey('raw', own(sample32(crypto, 'sealing')), false);
    const aad = encodeCbor([1, 1, terminalId, entry.header.entryId, entry.header.sealKeyId]);
    const info = own(new TextEncoder().encode('yizhan/body/1\0'));
    const opened = await suite.open(
      { recipientKey, enc: own(body!.subarray(0, 32)), info },
      own(body!.subarray(32)),
      own(aad),
    );
    const plain = new Uint8Array(opened);
    const inner = encodeCbor([SAMPLE_CONTENT, []]);
    expect(plain).toHaveLength(KIB);
    expect(new DataView(plain.buffer).getUint32(0)).toBe(inner.length);
    expect(plain.slice(4, 4 + inner.length)).toEqual(inner);
    expect(plain.slice(4 + inner.length).every((byte) => byte === 0)).toBe(true);
  });

  it('comes back as it was made, signed and with its own body', () => {
    const entry = sampleEntry(crypto, world, {
      seq: 7,
      supersedes: sampleId(crypto, 'refused'),
      clock: { trusted: false, offsetMs: null, ageMs: null },
      attachments: [{ hash: sample32(crypto, 'file'), bytes: 64 * KIB + 16 }],
    });
    const read = parseEntry(crypto, entryBytes(entry));
    expect(read).toEqual({ ok: true, value: entry });
    expect(isEntrySignedBy(crypto, entry, world.terminal.publicKey)).toBe(true);
    expect(isEntrySignedBy(crypto, entry, world.answering.publicKey)).toBe(false);
    expect(hasOwnBody(crypto, entry)).toBe(true);
  });

  it('still reads, verifies and links once its body is erased', () => {
    const entry = sampleEntry(crypto, world);
    const read = parseEntry(crypto, entryBytes({ ...entry, body: null }));
    if (!read.ok) throw new Error('not read');
    expect(read.value.entryHash).toEqual(entry.entryHash);
    expect(isEntrySignedBy(crypto, read.value, world.terminal.publicKey)).toBe(true);
    expect(hasOwnBody(crypto, read.value)).toBe(false);
  });

  it('shows every changed byte of header, signature or body', () => {
    const entry = sampleEntry(crypto, world);
    fc.assert(
      fc.property(fc.nat(), (at) => {
        const header = parseEntry(crypto, entryBytes({ ...entry, headerBytes: flip(entry.headerBytes, at) }));
        if (header.ok) expect(isEntrySignedBy(crypto, header.value, world.terminal.publicKey)).toBe(false);
        const signature = flip(entry.signature, at);
        expect(isEntrySignedBy(crypto, { ...entry, signature }, world.terminal.publicKey)).toBe(false);
        expect(hasOwnBody(crypto, { ...entry, body: flip(entry.body!, at) })).toBe(false);
      }),
    );
  });

  it('of another version or suite is unsupported, whatever follows; of another form malformed', () => {
    const code = (header: Parameters<typeof encodeCbor>[0]) => {
      const read = parseEntry(crypto, encodeCbor([encodeCbor(header), new Uint8Array(64), null]));
      return read.ok ? 'ok' : read.error.code;
    };
    expect(code([2])).toBe('unsupported');
    expect(code([1, 2, 'anything'])).toBe('unsupported');
    expect(code([1, 1])).toBe('malformed');
    expect(code([null, 1])).toBe('malformed');
    expect(code('header')).toBe('malformed');
  });

  it('refuses a header with a field missing, too many or of another type', () => {
    const decoded = decodeCbor(sampleEntry(crypto, world).headerBytes);
    if (!decoded.ok) throw new Error('no header');
    const fields = decoded.value as never[];
    const isRead = (header: unknown[]) =>
      parseEntry(crypto, encodeCbor([encodeCbor(header as never), new Uint8Array(64), null])).ok;
    expect(isRead(fields)).toBe(true);
    expect(isRead([...fields, null])).toBe(false);
    for (const index of fields.keys()) {
      expect(isRead(fields.filter((_, other) => other !== index))).toBe(false);
      expect(isRead(fields.with(index, new Map() as never))).toBe(false);
      expect(isRead(fields.with(index, new Uint8Array(15) as never))).toBe(false);
    }
  });

  it('is not made, and not read, beyond the limits', () => {
    const body = sealBody(crypto, {
      terminalId,
      entryId: sampleId(crypto, 'entry'),
      sealPublicKey: world.sealing.publicKey,
      content: SAMPLE_CONTENT,
      acts: [],
    });
    if (!body.ok) throw new Error('not sealed');
    const { header } = sampleEntry(crypto, world);
    const file = { hash: sample32(crypto, 'file'), bytes: 1 };
    const beyond = [
      { software: 'x'.repeat(4 * KIB) },
      { attachments: Array.from({ length: 17 }, () => file) },
      { attachments: [{ ...file, bytes: LIMITS.attachmentBytes + 1 }] },
    ];
    for (const input of beyond) {
      const made = makeEntry(crypto, world.terminal, { ...header, ...input }, body.value);
      expect(made).toMatchObject({ ok: false, error: { code: 'too-large' } });
    }
    const large = entryBytes({ ...sampleEntry(crypto, world), body: new Uint8Array(MAX_BODY_BYTES + 1) });
    expect(parseEntry(crypto, large)).toMatchObject({ error: { code: 'too-large' } });
    const full = Array.from({ length: 16 }, () => ({ ...file, bytes: LIMITS.attachmentBytes }));
    expect(makeEntry(crypto, world.terminal, { ...header, attachments: full }, body.value).ok).toBe(true);
  });
});

describe('a body', () => {
  const entryId = sampleId(crypto, 'entry');
  const sealing = { terminalId, entryId, sealPublicKey: world.sealing.publicKey };
  const seal = (content: Uint8Array) => sealBody(crypto, { ...sealing, content, acts: [] });

  it('opens to its content and acts, and tells only one of nine sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (size) => {
        const content = crypto.randomBytes(size);
        const sealed = seal(content);
        if (!sealed.ok) throw new Error('not sealed');
        expect(BODY_SIZES).toContain(sealed.value.bodyBytes - 48);
        const header = { terminalId, entryId, sealKeyId: sealed.value.sealKeyId };
        expect(openBody(world.sealing, header, sealed.value.sealed)).toEqual({
          ok: true,
          value: { content, acts: [] },
        });
      }),
      { numRuns: 40 },
    );
  });

  it('is too large from 256 KiB on, and fits just below', () => {
    const around = (fits: number) => seal(new Uint8Array(fits)).ok;
    const overhead = encodeCbor([new Uint8Array(256 * KIB - 64), []]).length - (256 * KIB - 64) + 4;
    expect(around(256 * KIB - overhead)).toBe(true);
    expect(around(256 * KIB - overhead + 1)).toBe(false);
  });

  it('opens for nobody else and under no other header', () => {
    const sealed = seal(SAMPLE_CONTENT);
    if (!sealed.ok) throw new Error('not sealed');
    const header = { terminalId, entryId, sealKeyId: sealed.value.sealKeyId };
    const other = crypto.openingKey(crypto.randomBytes(32));
    const wrong = [
      openBody(other, header, sealed.value.sealed),
      openBody(world.sealing, { ...header, terminalId: flip(terminalId, 3) }, sealed.value.sealed),
      openBody(world.sealing, { ...header, entryId: flip(entryId, 3) }, sealed.value.sealed),
      openBody(world.sealing, { ...header, sealKeyId: flip(header.sealKeyId, 3) }, sealed.value.sealed),
      openBody(world.sealing, header, flip(sealed.value.sealed, 90)),
    ];
    for (const opened of wrong) expect(opened).toEqual({ ok: false, error: 'unopenable' });
  });

  it('holds acts that bind agent, entry and content', () => {
    const agent = crypto.signingKey(crypto.randomBytes(32));
    const act = makeAct(crypto, agent, { entryId, content: SAMPLE_CONTENT });
    const over = { entryId, content: SAMPLE_CONTENT, agentPublicKey: agent.publicKey };
    expect(isActBy(crypto, act, over)).toBe(true);
    expect(isActBy(crypto, act, { ...over, entryId: flip(entryId, 0) })).toBe(false);
    expect(isActBy(crypto, act, { ...over, content: flip(SAMPLE_CONTENT, 0) })).toBe(false);
    expect(isActBy(crypto, act, { ...over, agentPublicKey: world.root.publicKey })).toBe(false);
  });
});

describe('padding', () => {
  it('gives back what was padded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (plain) => {
        const padded = padToSizes(plain, BODY_SIZES);
        if (!padded.ok) throw new Error('not padded');
        expect(unpad(padded.value)).toEqual({ ok: true, value: plain });
      }),
    );
  });

  it('refuses anything but zeros behind, and a length beyond its end', () => {
    const padded = padToSizes(Uint8Array.of(1, 2, 3), BODY_SIZES);
    if (!padded.ok) throw new Error('not padded');
    expect(unpad(padded.value.with(KIB - 1, 1)).ok).toBe(false);
    expect(unpad(padded.value.with(7, 1)).ok).toBe(false);
    expect(unpad(padded.value.with(0, 0xff)).ok).toBe(false);
    expect(unpad(new Uint8Array(3)).ok).toBe(false);
  });
});

describe('an attachment', () => {
  const key = sample32(crypto, 'attachmentKey');

  it('comes back, is named by its hash and tells only multiples of 64 KiB', () => {
    for (const size of [0, 1, 64 * KIB - 4, 64 * KIB - 3, 200_000]) {
      const plain = crypto.randomBytes(size);
      const file = encryptAttachment(crypto, key, plain);
      if (!file.ok) throw new Error('not encrypted');
      expect(file.value.name).toBe(createHash('sha256').update(file.value.sealed).digest('hex'));
      expect((file.value.sealed.length - 16) % (64 * KIB)).toBe(0);
      expect(decryptAttachment(crypto, key, file.value.sealed)).toEqual({ ok: true, value: plain });
      expect(decryptAttachment(crypto, key, flip(file.value.sealed, 9)).ok).toBe(false);
    }
  });

  it('is not made beyond 8 MiB', () => {
    expect(encryptAttachment(crypto, key, new Uint8Array(8 * KIB * KIB)).ok).toBe(false);
  });
});
