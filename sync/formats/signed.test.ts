import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, findBase64Url, toBase64Url, toHex, utf8 } from '../../base/bytes.ts';
import { decodeCbor, encodeCbor } from '../../base/cbor.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { helloFormat, receiptFormat, releaseFormat } from './answers.ts';
import {
  enrolmentCodeId,
  formatEnrolmentCode,
  isEnrolRequestBy,
  makeEnrolRequest,
  parseEnrolmentCode,
  parseEnrolRequest,
} from './enrolment.ts';
import { openCaseItem, orderFormat, pageFormat, sealCaseItem } from './feed.ts';
import { certFormat, isKeySetSignedBy, keySetBytes, makeKeySet, parseKeySet } from './key-set.ts';
import { keyId } from './keys.ts';
import { lookupFormat, makeLookupAnswer, openLookupAnswer } from './lookup.ts';
import {
  isNewKeyRequestBy,
  makeBatch,
  makeBatchAnswer,
  makeNewKeyRequest,
  makeProblem,
  parseBatch,
  parseBatchAnswer,
  parseNewKeyRequest,
  parseProblem,
} from './messages.ts';
import { isAuthSignedBy, makeAuth, parseAuth } from './request.ts';
import { makeRescueAnswers, parseRescueAnswers, rescueFormat } from './rescue.ts';
import { SAMPLE_MS, sample32, sampleHead, sampleId, sampleWorld } from './sample.ts';
import type { SignedFormat } from './signed.ts';
import {
  isSlipSignedByItsCert,
  localNumberOf,
  makeSlip,
  parseSlip,
  parseSlipQrText,
  slipQrText,
} from './slip.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const { journalId } = world;
const head = sampleHead(crypto, world);
const id = (name: string) => sampleId(crypto, name);
const hash = sample32(crypto, 'hash');

const receipt = { ...head, journalId, items: [{ seq: 1, entryId: id('e'), entryHash: hash, outcome: 0 }] };
const release = { ...head, journalId, ranges: [{ from: 1, to: 9, hashAtTo: hash }] };
const hello = { ...head, nonce: id('nonce'), keySet: 3 };
const page = {
  ...head,
  after: new Uint8Array(0),
  next: utf8('next'),
  items: [{ itemId: id('i'), kind: 99, expires: SAMPLE_MS, caseId: null, content: utf8('x') }],
};
const order = {
  v: 1,
  suite: 1,
  platformId: world.platformId,
  orderKeyId: id('order key'),
  orderId: id('order'),
  terminalId: world.terminalId,
  journalId,
  seq: 1,
  entryHash: hash,
  reason: '示例',
  at: SAMPLE_MS,
} as const;
const cert = {
  v: 1,
  suite: 1,
  issuerKeyId: id('issuer'),
  terminalId: world.terminalId,
  publicKey: world.terminal.publicKey,
  place: '示例村',
  issuedAt: SAMPLE_MS,
} as const;
const rescue = {
  v: 1,
  suite: 1,
  terminalId: world.terminalId,
  signKeyId: id('key'),
  rescueId: id('rescue'),
  wallMs: SAMPLE_MS,
  files: [{ name: `attachments/${'a'.repeat(64)}`, bytes: 5, hash }],
} as const;

const formats: [string, SignedFormat<never>, unknown][] = [
  ['receipt', receiptFormat as SignedFormat<never>, receipt],
  ['release', releaseFormat as SignedFormat<never>, release],
  ['hello', helloFormat as SignedFormat<never>, hello],
  ['page', pageFormat as SignedFormat<never>, page],
  ['order', orderFormat as SignedFormat<never>, order],
  ['cert', certFormat as SignedFormat<never>, cert],
  ['rescue', rescueFormat as SignedFormat<never>, rescue],
];

describe.each(formats)('a signed %s', (name, format, value) => {
  const bytes = format.make(world.answering, value as never);
  const read = format.parse(bytes);
  if (!read.ok) throw new Error('not read');

  it('comes back, signed by its key and no other', () => {
    expect(read.value.value).toEqual(value);
    expect(format.isSignedBy(crypto, read.value, world.answering.publicKey)).toBe(true);
    expect(format.isSignedBy(crypto, read.value, world.root.publicKey)).toBe(false);
  });

  it('is an array of payload and signature over label and payload', () => {
    const signature = world.answering.sign(concat(utf8(labels[name]!), read.value.payload));
    expect(bytes).toEqual(encodeCbor([read.value.payload, signature]));
    const payload = decodeCbor(read.value.payload);
    if (!payload.ok || !Array.isArray(payload.value)) throw new Error('no array');
    expect(payload.value.slice(0, 2)).toEqual([1, 1]);
  });

  it('is signed under its own label alone', () => {
    for (const [other, format2] of formats) {
      const counts = format2.isSignedBy(crypto, read.value as never, world.answering.publicKey);
      expect(counts).toBe(other === name);
    }
  });

  it('reads no cut, prolonged or changed bytes as validly signed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(format.parse(bytes.subarray(0, at % bytes.length)).ok).toBe(false);
        const index = at % bytes.length;
        const changed = format.parse(bytes.with(index, bytes[index]! ^ change));
        if (changed.ok) {
          expect(format.isSignedBy(crypto, changed.value, world.answering.publicKey)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
    expect(format.parse(concat(bytes, Uint8Array.of(0))).ok).toBe(false);
  });

  it('of another version is unsupported, with a field less or more malformed', () => {
    const payload = decodeCbor(read.value.payload);
    if (!payload.ok || !Array.isArray(payload.value)) throw new Error('no array');
    const fields = payload.value;
    const code = (list: unknown[]) => {
      const result = format.parse(encodeCbor([encodeCbor(list as never), read.value.signature]));
      return result.ok ? 'ok' : result.error.code;
    };
    expect(code(fields)).toBe('ok');
    expect(code([2, ...fields.slice(1)])).toBe('unsupported');
    expect(code([1, 2])).toBe('unsupported');
    expect(code(fields.slice(0, -1))).toBe('malformed');
    expect(code([...fields, 0])).toBe('malformed');
  });
});

const labels: Readonly<Record<string, string>> = {
  receipt: 'yizhan/receipt/1\0',
  release: 'yizhan/release/1\0',
  hello: 'yizhan/hello/1\0',
  page: 'yizhan/feed/1\0',
  order: 'yizhan/abandon/1\0',
  cert: 'yizhan/cert/1\0',
  rescue: 'yizhan/rescue/1\0',
};

describe('lists that may not be empty', () => {
  it('are not made empty', () => {
    expect(() => receiptFormat.make(world.answering, { ...receipt, items: [] })).toThrow('broken invariant');
    expect(() => releaseFormat.make(world.answering, { ...release, ranges: [] })).toThrow('broken invariant');
  });
});

describe('a rescue manifest', () => {
  it('names files inside its folder alone', () => {
    for (const name of ['../x', '/etc/passwd', 'attachments/../../x', `attachments/${'A'.repeat(64)}`, '']) {
      const wrong = { ...rescue, files: [{ name, bytes: 1, hash }] };
      expect(() => rescueFormat.make(world.terminal, wrong)).toThrow('broken invariant');
    }
  });

  it('is answered by key sets, receipts and releases, told apart by form', () => {
    const parts = [
      world.keySetBytes,
      receiptFormat.make(world.answering, receipt),
      releaseFormat.make(world.answering, release),
    ];
    const read = parseRescueAnswers(makeRescueAnswers(parts));
    expect(read.ok && read.value.map(({ kind }) => kind)).toEqual(['key-set', 'receipt', 'release']);
    const stranger = helloFormat.make(world.answering, hello);
    expect(parseRescueAnswers(makeRescueAnswers([stranger])).ok).toBe(false);
    expect(parseRescueAnswers(utf8('x')).ok).toBe(false);
  });
});

describe('a key set', () => {
  it('comes back as its own bytes, signed by any of the roots that did', () => {
    const second = crypto.signingKey(crypto.randomBytes(32));
    const bytes = makeKeySet(crypto, [second, world.root], world.keySet.value);
    const read = parseKeySet(bytes);
    if (!read.ok) throw new Error('not read');
    expect(keySetBytes(read.value)).toEqual(bytes);
    expect(isKeySetSignedBy(crypto, read.value, [world.root.publicKey])).toBe(true);
    expect(isKeySetSignedBy(crypto, read.value, [second.publicKey])).toBe(true);
    expect(isKeySetSignedBy(crypto, read.value, [world.answering.publicKey])).toBe(false);
    expect(isKeySetSignedBy(crypto, read.value, [])).toBe(false);
  });
});

describe('a request', () => {
  const asked = {
    platformId: world.platformId,
    terminalId: world.terminalId,
    bootId: world.bootId,
    counter: 1,
    method: 'POST',
    target: '/v1/hello?x=1',
    content: utf8('content'),
  };
  const header = makeAuth(crypto, world.terminal, asked);

  it('is signed over method, target and content, in base64url', () => {
    const read = parseAuth(header);
    if (!read.ok) throw new Error('not read');
    const { content, ...proof } = asked;
    expect(read.value.value).toMatchObject({
      ...proof,
      contentHash: crypto.sha256(content),
      signKeyId: keyId(crypto, world.terminal.publicKey),
    });
    expect(isAuthSignedBy(crypto, read.value, world.terminal.publicKey)).toBe(true);
    expect(isAuthSignedBy(crypto, read.value, world.answering.publicKey)).toBe(false);
  });

  it('is refused in any other writing', () => {
    for (const wrong of ['', '=', `${header}=`, `${header} `, header.slice(1), toBase64Url(utf8('x'))]) {
      expect(parseAuth(wrong).ok).toBe(false);
    }
  });
});

describe('a slip', () => {
  const value = { localNumber: '012345678901', slipCode: '000001', entryHash: hash, wallMs: SAMPLE_MS };
  const bytes = makeSlip(world.terminal, world.certBytes, value);

  it('comes back from the text of its code, signed by its certificate', () => {
    const qr = slipQrText('https://yizhan.example', bytes);
    const read = parseSlipQrText(qr);
    if (!read.ok) throw new Error('not read');
    expect(qr.startsWith('https://yizhan.example/s#1.')).toBe(true);
    expect(qr.length).toBeGreaterThan(400);
    expect(qr.length).toBeLessThan(520);
    expect(read.value).toMatchObject({ origin: 'https://yizhan.example', slip: { value } });
    expect(isSlipSignedByItsCert(crypto, read.value.slip)).toBe(true);
  });

  it('of another key than its certificate names is not signed by it', () => {
    const forged = parseSlip(makeSlip(world.answering, world.certBytes, value));
    expect(forged.ok && isSlipSignedByItsCert(crypto, forged.value)).toBe(false);
  });

  it('has twelve and six digits', () => {
    for (const wrong of [{ localNumber: '12345678901' }, { slipCode: '12345a' }, { slipCode: '1234567' }]) {
      expect(() => makeSlip(world.terminal, world.certBytes, { ...value, ...wrong })).toThrow();
    }
    expect(localNumberOf(findBase64Url('AAAAAAAAAAAAAAAAAAAAAA')!)).toBe('000000000000');
    const view = new Uint8Array(32).fill(9).subarray(8, 24);
    expect(localNumberOf(view)).toBe(String(0x0909090909090909n % 10n ** 12n).padStart(12, '0'));
    expect(localNumberOf(new Uint8Array(16).fill(0xff))).toBe(String(2n ** 64n - 1n).slice(-12));
    expect(parseSlipQrText('https://yizhan.example/s#1.!').ok).toBe(false);
    expect(parseSlipQrText('hello').ok).toBe(false);
  });
});

describe('an enrolment code', () => {
  const code = { origin: 'https://county.example:8443', rootHash: hash, secret: id('secret') };
  const written = formatEnrolmentCode(code);

  it('comes back as typed by a person', () => {
    expect(parseEnrolmentCode(written)).toEqual({ ok: true, value: code });
    const [version, origin, root, secret] = written.split('|') as [string, string, string, string];
    const sloppy = [version, origin, root.toLowerCase(), secret.replaceAll('0', 'O')].join('|');
    expect(parseEnrolmentCode(` ${sloppy}\n`)).toEqual({ ok: true, value: code });
  });

  it('is a bad code in any other form', () => {
    const [, , root, secret] = written.split('|');
    const origins = [
      'http://county.example',
      'https://county.example/',
      'https://a b',
      'https://u@county.example',
    ];
    const wrong = origins.map((origin) => `YZ1|${origin}|${root}|${secret}`);
    wrong.push('', `YZ2${written.slice(3)}`, `${written}|`, written.slice(0, -1), `${written}0`);
    for (const typed of wrong) expect(parseEnrolmentCode(typed)).toEqual({ ok: false, error: 'bad-code' });
    expect(parseEnrolmentCode(`YZ1|http://127.0.0.1:8080|${root}|${secret}`).ok).toBe(true);
  });

  it('is proven without being sent', () => {
    const bytes = makeEnrolRequest(crypto, world.terminal, { secret: code.secret, nonce: id('nonce') });
    const read = parseEnrolRequest(bytes);
    if (!read.ok) throw new Error('not read');
    expect(read.value.codeId).toEqual(enrolmentCodeId(crypto, code.secret));
    expect(toHex(bytes)).not.toContain(toHex(code.secret));
    expect(isEnrolRequestBy(crypto, read.value, code.secret)).toBe(true);
    expect(isEnrolRequestBy(crypto, read.value, id('other'))).toBe(false);
    const changes = [
      { nonce: id('x') },
      { publicKey: world.answering.publicKey },
      { mac: hash },
      { codeId: new Uint8Array(8) },
    ];
    for (const change of changes) {
      expect(isEnrolRequestBy(crypto, { ...read.value, ...change }, code.secret)).toBe(false);
    }
  });
});

describe('sealed answers', () => {
  const replyKey = crypto.openingKey(crypto.randomBytes(32));

  it('open with their own key, item and case alone', () => {
    const item = { itemId: id('item'), caseId: id('case') };
    const content = sealCaseItem(crypto, {
      ...item,
      caseReplyKey: replyKey.publicKey,
      content: utf8('news'),
    });
    expect(openCaseItem(replyKey, { ...item, content })).toEqual({ ok: true, value: utf8('news') });
    expect(openCaseItem(replyKey, { ...item, itemId: id('x'), content }).ok).toBe(false);
    expect(openCaseItem(replyKey, { ...item, caseId: id('x'), content }).ok).toBe(false);
    expect(openCaseItem(world.sealing, { ...item, content }).ok).toBe(false);
  });

  it('of a look-up open with the key of the visit', () => {
    const value = { replyKey: replyKey.publicKey, localNumber: '012345678901', content: utf8('news') };
    const answer = makeLookupAnswer(crypto, world.answering, { ...sampleHead(crypto, world), ...value });
    const opened = openLookupAnswer(replyKey, answer);
    expect(opened).toMatchObject({ ok: true, value: { value } });
    if (!opened.ok) return;
    expect(lookupFormat.isSignedBy(crypto, opened.value, world.answering.publicKey)).toBe(true);
    expect(lookupFormat.isSignedBy(crypto, opened.value, world.certifying.publicKey)).toBe(false);
    expect(openLookupAnswer(world.sealing, answer).ok).toBe(false);
    expect(openLookupAnswer(replyKey, utf8('x')).ok).toBe(false);
  });
});

describe('messages', () => {
  const entry = { journalId, seq: 1, entryId: id('e'), entryHash: hash, entry: utf8('not even CBOR') };

  it('come back', () => {
    expect(parseBatch(makeBatch([entry, entry]))).toEqual({ ok: true, value: [entry, entry] });
    expect(parseBatch(makeBatch([]))).toEqual({ ok: true, value: [] });
    const answer = { receipts: [utf8('a')], releases: [], later: [{ entryId: id('e'), afterS: 5 }] };
    expect(parseBatchAnswer(makeBatchAnswer(answer))).toMatchObject({ ok: true, value: answer });
    expect(parseProblem(makeProblem('busy', 5))).toEqual({
      ok: true,
      value: { code: 'busy', retryAfterS: 5 },
    });
    expect(parseProblem(encodeCbor(['of-a-later-release', null]))).toMatchObject({
      value: { code: undefined },
    });
  });

  it('hold at most a hundred entries', () => {
    const many = Array.from({ length: 101 }, () => entry);
    expect(() => makeBatch(many)).toThrow('broken invariant');
    expect(parseBatch(encodeCbor([1, 1, many.map((one) => Object.values(one))]))).toMatchObject({
      error: { code: 'too-large' },
    });
  });

  it('ask for a new key as its holder, for one terminal', () => {
    const newKey = crypto.signingKey(crypto.randomBytes(32));
    const read = parseNewKeyRequest(makeNewKeyRequest(newKey, world.terminalId));
    if (!read.ok) throw new Error('not read');
    expect(isNewKeyRequestBy(crypto, read.value, world.terminalId)).toBe(true);
    expect(isNewKeyRequestBy(crypto, read.value, id('other'))).toBe(false);
    const stolen = { ...read.value, publicKey: world.terminal.publicKey };
    expect(isNewKeyRequestBy(crypto, stolen, world.terminalId)).toBe(false);
  });
});
