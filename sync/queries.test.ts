import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { label } from '../base/bytes.ts';
import { encodeCbor } from '../base/cbor.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import { err, invariant, ok } from '../base/result.ts';
import type { Client } from './client.ts';
import { encodeContent } from './content-coding.ts';
import { keyId } from './formats/keys.ts';
import type { ProblemCode } from './formats/messages.ts';
import {
  makeQueryAnswer,
  makeQueryRequest,
  openQuestion,
  parseQueryRequest,
  QUERY_LIMITS,
  type QueryRequest,
  type Question,
  queryWordFormat,
} from './formats/query.ts';
import { SAMPLE_MS, sample32, sampleHead, sampleId, sampleWorld } from './formats/sample.ts';
import { createQueries } from './queries.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const { platformId, terminalId } = world;
const NUMBER = '330699194103121024';
const ABOUT = { consentId: sampleId(crypto, 'consentId'), number: NUMBER };
const QUERY = {
  about: ABOUT,
  dataSet: 'household',
  parameters: [{ name: 'year', value: '2026' }],
};
const FROM = { from: { zh: '县公安局', en: 'Police' }, asOfMs: SAMPLE_MS };
const FOUND = {
  ...{ schema: 1, outcome: 'found', ...FROM },
  fields: [{ id: 'name', label: { zh: '姓名', en: 'Name' }, type: 'text' }],
  records: [{ name: '张桂兰' }],
};

interface Asked {
  readonly request: QueryRequest;
  readonly question: Question;
}
type Answer = (asked: Asked, nth: number) => Uint8Array | { status: number; code: ProblemCode };

/** What the platform would say; `change` bends it. */
function word({ request, question }: Asked, change: object = {}, key = world.answering): Uint8Array {
  return makeQueryAnswer(crypto, key, {
    ...sampleHead(crypto, world),
    ...{ nonce: question.nonce, replyKey: question.replyKey },
    ...{ consentId: request.consentId, dataSet: request.dataSet, content: encodeContent(FOUND) },
    ...change,
  });
}

/** Queries against a platform that answers as told. */
function queriesAt(answer: Answer | 'unreachable') {
  const ignored: string[] = [];
  const asked: Asked[] = [];
  const sent: Uint8Array[] = [];
  const client: Client = async ({ endpoint, query, content = new Uint8Array(0) }) => {
    expect([endpoint, query]).toEqual(['queries', undefined]);
    if (answer === 'unreachable') return err({ code: 'unreachable' });
    sent.push(content);
    const request = parseQueryRequest(content);
    invariant(request.ok, 'the query can be read');
    const question = openQuestion(world.sealing, request.value, { platformId, terminalId });
    invariant(question.ok, 'the platform opens it');
    asked.push({ request: request.value, question: question.value });
    const said = answer(asked.at(-1)!, asked.length);
    if (said instanceof Uint8Array) return ok(said);
    return err({ code: 'http', status: said.status, problem: said.code, retryAfterMs: 0 });
  };
  const { keySet, epoch } = world;
  const trust = () => ({ platformId, terminalId, keySet, epoch, formerEpochs: [] });
  const queries = createQueries({ client, crypto, trust, onIgnored: (code) => ignored.push(code) });
  const ask = () => queries.ask(QUERY, new AbortController().signal);
  return { ask, asked, sent, ignored };
}

describe('a query', () => {
  test('says what is asked to the platform alone, under a nonce and a key of its own', async () => {
    const { ask, asked, sent, ignored } = queriesAt((one) => word(one));
    expect(await ask()).toEqual({ ok: true, value: FOUND });
    await ask();
    const { dataSet, parameters } = QUERY;
    const { consentId, number: person } = ABOUT;
    expect(asked).toMatchObject(
      Array(2).fill({ request: { consentId, dataSet }, question: { person, parameters } }),
    );
    expect(asked[0]?.question.nonce).not.toEqual(asked[1]?.question.nonce);
    expect(asked[0]?.question.replyKey).not.toEqual(asked[1]?.question.replyKey);
    for (const bytes of sent) expect(Buffer.from(bytes).includes(NUMBER.slice(0, 6))).toBe(false);
    expect(ignored).toEqual([]);
  });

  test.each([
    { ...FROM, outcome: 'nothing' },
    { outcome: 'refused', reason: 'other-person' },
    { outcome: 'unavailable' },
    { outcome: 'later', afterS: 30 },
  ])('is answered by a value whatever comes of it: $outcome', async (outcome) => {
    const said = { schema: 1, ...outcome };
    const { ask } = queriesAt((one) => word(one, { content: encodeContent(said) }));
    expect(await ask()).toEqual({ ok: true, value: said });
  });

  const otherKey = crypto.openingKey(sample32(crypto, 'caseReplyKey'));
  const stranger = crypto.signingKey(sample32(crypto, 'agent'));
  const keyIdOf = (key: { readonly publicKey: Uint8Array }) => keyId(crypto, key.publicKey);
  const other = sampleId(crypto, 'other');

  test.each<[string, Answer, string]>([
    ['signed by somebody who saw the request go by', (one) => word(one, {}, stranger), 'bad-signature'],
    [
      'signed by a key that may not answer',
      (one) => word(one, { signKeyId: keyIdOf(world.certifying) }, world.certifying),
      'wrong-use',
    ],
    ['to another nonce', (one) => word(one, { nonce: other }), 'wrong-nonce'],
    ['on another consent', (one) => word(one, { consentId: other }), 'wrong-consent'],
    ['on another data set', (one) => word(one, { dataSet: 'bank-account' }), 'wrong-data-set'],
    ['for another terminal', (one) => word(one, { terminalId: other }), 'wrong-terminal'],
    ['of another platform', (one) => word(one, { platformId: other }), 'wrong-platform'],
    ['of another epoch', (one) => word(one, { epoch: other }), 'wrong-epoch'],
    ['sealed to another key', (one) => word(one, { replyKey: otherKey.publicKey }), 'unopenable'],
    ['that is no answer', () => new Uint8Array(3), 'malformed'],
    [
      'with no known outcome',
      (one) => word(one, { content: encodeContent({ schema: 1, outcome: 'maybe' }) }),
      'misfit',
    ],
    ['without a record', (one) => word(one, { content: encodeContent({ ...FOUND, records: [] }) }), 'misfit'],
    [
      'of an unpadded size',
      ({ question: { replyKey } }) => sealedBare(replyKey, new Uint8Array(100)),
      'unopenable',
    ],
  ])('believes no answer %s', async (_what, answer, code) => {
    const { ask, ignored } = queriesAt(answer);
    expect(await ask()).toEqual({ ok: false, error: 'no-answer' });
    expect(ignored).toEqual([code]);
  });

  test('believes no word on an earlier question, sealed anew', async () => {
    let first: Asked | undefined;
    const { ask, ignored } = queriesAt((one) => {
      first ??= one;
      const plain = queryWordFormat.make(world.answering, {
        ...sampleHead(crypto, world),
        ...{ nonce: first.question.nonce, replyKey: first.question.replyKey },
        ...{ consentId: ABOUT.consentId, dataSet: QUERY.dataSet, content: encodeContent(FOUND) },
      });
      return sealedBare(one.question.replyKey, padded(plain));
    });
    expect((await ask()).ok).toBe(true);
    expect(await ask()).toEqual({ ok: false, error: 'no-answer' });
    expect(ignored).toEqual(['wrong-key']);
  });

  test.each<[Answer | 'unreachable', string]>([
    ['unreachable', 'offline'],
    [() => ({ status: 429, code: 'slow-down' }), 'too-many'],
    [() => ({ status: 404, code: 'not-found' }), 'not-offered'],
    [() => ({ status: 409, code: 'replayed' }), 'no-answer'],
    [() => ({ status: 503, code: 'busy' }), 'no-answer'],
  ])('takes trouble as a value: %#', async (answer, trouble) => {
    expect(await queriesAt(answer).ask()).toEqual({ ok: false, error: trouble });
  });
});

describe('a sealed question', () => {
  const binding = { platformId, terminalId, consentId: ABOUT.consentId, dataSet: QUERY.dataSet };
  const asked = {
    ...{ nonce: sampleId(crypto, 'nonce'), replyKey: sample32(crypto, 'replyKey') },
    ...{ person: NUMBER, parameters: [] as Question['parameters'] },
  };
  const made = (parameters = asked.parameters) =>
    makeQueryRequest(crypto, world.sealing.publicKey, binding, { ...asked, parameters });

  test('opens as no other terminal’s, on no other platform, consent or data set', () => {
    const bytes = made();
    invariant(bytes.ok, 'it fits');
    const request = parseQueryRequest(bytes.value);
    invariant(request.ok, 'it can be read');
    const other = sampleId(crypto, 'other');
    const open = (change: Partial<QueryRequest>, from: object = {}) =>
      openQuestion(world.sealing, { ...request.value, ...change }, { platformId, terminalId, ...from }).ok;
    expect(open({})).toBe(true);
    const bent = [
      open({}, { terminalId: other }),
      open({}, { platformId: other }),
      open({ consentId: other }),
    ];
    expect([...bent, open({ dataSet: 'bank-account' }), open({ sealKeyId: other })]).toEqual(
      Array(5).fill(false),
    );
  });

  test('has one of two sizes, whatever is asked', () => {
    const lengths = new Set<number>();
    const value = fc.string({ maxLength: 200 });
    const parameters = fc.array(fc.record({ name: fc.constant('year'), value }), { maxLength: 5 });
    fc.assert(
      fc.property(parameters, (given) => {
        const bytes = made(given);
        invariant(bytes.ok, 'it fits');
        expect(bytes.value.length).toBeLessThanOrEqual(QUERY_LIMITS.requestBytes);
        lengths.add(bytes.value.length);
      }),
      { numRuns: 60 },
    );
    expect(lengths.size).toBeLessThanOrEqual(2);
  });

  test('is refused when it is too much, made or read', () => {
    const many = Array.from({ length: 16 }, () => ({ name: 'year', value: '年'.repeat(256) }));
    expect(made(many)).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(parseQueryRequest(new Uint8Array(QUERY_LIMITS.requestBytes + 1))).toMatchObject({
      error: { code: 'too-large' },
    });
  });
});

/** An answer around bytes of somebody's choice. */
function sealedBare(replyKey: Uint8Array, plain: Uint8Array): Uint8Array {
  const info = label('yizhan/query-reply/1');
  const sealed = crypto.seal({ recipient: replyKey, info, aad: encodeCbor([1, 1, replyKey]), plain });
  return encodeCbor([1, 1, sealed]);
}

/** Padded as answers are. */
function padded(plain: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4096);
  new DataView(bytes.buffer).setUint32(0, plain.length);
  bytes.set(plain, 4);
  return bytes;
}
