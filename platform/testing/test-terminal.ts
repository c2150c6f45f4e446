/** A terminal for tests: real keys, real formats, real HTTP, and a journal in memory that can be bent. */
import { equalBytes, toBase64Url, toHex } from '../../base/bytes.ts';
import type { SigningKey } from '../../base/crypto/api.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { err, invariant, ok } from '../../base/result.ts';
import { encodeContent, readContent } from '../../sync/content-coding.ts';
import { type Place, type ProgressContent, progressContentSchema } from '../../sync/contents.ts';
import { CBOR_TYPE, ENDPOINTS, type EndpointName } from '../../sync/contract.ts';
import { type AnswerHead, helloFormat, receiptFormat, releaseFormat } from '../../sync/formats/answers.ts';
import { makeAct, sealBody } from '../../sync/formats/body.ts';
import { makeEnrolRequest, parseEnrolAnswer, parseEnrolmentCode } from '../../sync/formats/enrolment.ts';
import {
  type Entry,
  type EntryClass,
  entryBytes,
  type HeaderInput,
  makeEntry,
  NO_PREVIOUS,
} from '../../sync/formats/entry.ts';
import { type FeedItem, FIRST_CURSOR, openCaseItem, pageFormat } from '../../sync/formats/feed.ts';
import {
  makeBatch,
  makeHelloRequest,
  type OfferedEntryMessage,
  parseBatchAnswer,
  parseKeySetsAnswer,
  parseProblem,
} from '../../sync/formats/messages.ts';
import { AUTH_HEADER, makeAuth } from '../../sync/formats/request.ts';
import type { SignedFormat } from '../../sync/formats/signed.ts';
import { localNumberOf } from '../../sync/formats/slip.ts';
import {
  afterHello,
  findSealKey,
  type TrustState,
  verifyAnswer,
  verifyEnrolAnswer,
  verifyHello,
  verifyLaterKeySets,
} from '../../sync/trust.ts';

export const crypto = createCrypto();
export const nodeFetch = createNodeFetch({ tolerateDateErrors: () => false });

/** 16 fresh bytes. */
export const newId = () => crypto.randomBytes(16);

/** What `POST /v1/enrol` brought. */
export async function enrolAt(code: string, key: SigningKey) {
  const parsed = parseEnrolmentCode(code);
  invariant(parsed.ok, 'the code can be read');
  const nonce = newId();
  const request = makeEnrolRequest(crypto, key, { secret: parsed.value.secret, nonce });
  const response = await post(`${parsed.value.origin}/v1/enrol`, request);
  if (response.status !== 200) return { status: response.status };
  const answer = parseEnrolAnswer(response.body);
  invariant(answer.ok, 'the answer can be read');
  const trust = verifyEnrolAnswer(
    crypto,
    { rootHash: parsed.value.rootHash, publicKey: key.publicKey, nonce },
    answer.value,
  );
  invariant(trust.ok, 'the answer holds from the root down');
  return { status: 200, trust: trust.value, cert: answer.value.cert, origin: parsed.value.origin };
}

/** Posts CBOR without authentication. */
export async function post(url: string, body: Uint8Array, headers: Record<string, string> = {}) {
  const sent = await nodeFetch({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/cbor', ...headers },
    body,
    timeoutMs: 10_000,
    maxBytes: 8 << 20,
  });
  invariant(sent.ok, `the platform answers: ${sent.ok ? '' : sent.error.code}`);
  return sent.value;
}

/** A journal on this terminal. */
export interface TestJournal {
  readonly journalId: Uint8Array;
  seq: number;
  prev: Uint8Array;
}

export type TestTerminal = Awaited<ReturnType<typeof enrolTerminal>>;

/** Enrols a terminal with a fresh key. */
export async function enrolTerminal(code: string) {
  let key = crypto.signingKey(crypto.randomBytes(32));
  const enrolled = await enrolAt(code, key);
  invariant(enrolled.trust, 'the terminal is enrolled');
  let trust: TrustState = enrolled.trust;
  let bootId = newId();
  const { terminalId, platformId } = trust;
  const { origin, cert } = enrolled;
  const newJournal = (): TestJournal => ({ journalId: newId(), seq: 0, prev: NO_PREVIOUS });
  const journal = newJournal();
  let counter = 0;

  /** Calls an endpoint, signed and counted; answers the content, or the status and what the problem says. */
  async function call(endpoint: EndpointName, content?: Uint8Array, query = '') {
    const { method, path, status } = ENDPOINTS[endpoint];
    const target = `${path}${query}`;
    counter += 1;
    const proof = { platformId, terminalId, bootId, counter, method, target };
    const sent = await nodeFetch({
      ...{ method, url: `${origin}${target}`, timeoutMs: 30_000, maxBytes: 8 << 20 },
      headers: {
        [AUTH_HEADER]: makeAuth(crypto, key, { ...proof, content: content ?? new Uint8Array(0) }),
        ...(content && { 'content-type': CBOR_TYPE }),
      },
      ...(content && { body: content }),
    });
    if (!sent.ok) return err({ code: sent.error.code });
    if (sent.value.status === status) return ok(sent.value.body);
    const problem = parseProblem(sent.value.body);
    return err({
      code: 'http',
      status: sent.value.status,
      problem: problem.ok ? problem.value.code : undefined,
    });
  }

  /** Makes the next entry of a journal; `bend` changes the header before it is signed. */
  function entry(
    content: object | Uint8Array,
    options: {
      journal?: TestJournal;
      class?: EntryClass;
      entryId?: Uint8Array;
      bend?: Partial<HeaderInput>;
      sealTo?: Uint8Array;
      /** Signs the content as an agent. */
      agentKey?: SigningKey;
    } = {},
  ): Entry {
    const on = options.journal ?? journal;
    const sealPublicKey = options.sealTo ?? findSealKey(trust.keySet);
    invariant(sealPublicKey, 'there is a key to seal to');
    const entryId = options.entryId ?? newId();
    const encoded = content instanceof Uint8Array ? content : encodeContent(content);
    const { agentKey } = options;
    const acts = agentKey ? [makeAct(crypto, agentKey, { entryId, content: encoded })] : [];
    const body = sealBody(crypto, { terminalId, entryId, sealPublicKey, content: encoded, acts });
    invariant(body.ok, 'the body fits');
    const made = makeEntry(
      crypto,
      key,
      {
        terminalId,
        journalId: on.journalId,
        seq: on.seq + 1,
        prev: on.prev,
        class: options.class ?? 1,
        attachments: [],
        supersedes: null,
        wallMs: systemClock.wallMs(),
        clock: { trusted: true, offsetMs: 0, ageMs: 0 },
        bootId,
        monoMs: 1,
        software: 'test',
        ...options.bend,
      },
      body.value,
    );
    invariant(made.ok, 'the entry fits');
    on.seq = made.value.header.seq;
    on.prev = made.value.entryHash;
    return made.value;
  }

  function offered(one: Entry): OfferedEntryMessage {
    const { journalId, seq, entryId } = one.header;
    return { journalId, seq, entryId, entryHash: one.entryHash, entry: entryBytes(one) };
  }

  /** Offers entries; every receipt and release is verified before it is told. */
  async function offer(entries: readonly (Entry | OfferedEntryMessage)[]) {
    const messages = entries.map((one) => ('entry' in one ? one : offered(one)));
    const answered = await call('entries', makeBatch(messages));
    if (!answered.ok) return { trouble: answered.error, outcomes: [], releases: [], later: [] };
    const answer = parseBatchAnswer(answered.value);
    invariant(answer.ok, 'the answer can be read');
    const receipts = answer.value.receipts.map((bytes) => verified(receiptFormat, bytes));
    const releases = answer.value.releases.map((bytes) => verified(releaseFormat, bytes));
    const items = receipts.flatMap((receipt) => receipt.items);
    return {
      outcomes: messages.map(
        (message) => items.find((item) => equalBytes(item.entryHash, message.entryHash))?.outcome,
      ),
      receipts,
      releases,
      later: answer.value.later,
    };
  }

  function verified<T extends AnswerHead>(format: SignedFormat<T>, bytes: Uint8Array): T {
    const signed = format.parse(bytes);
    invariant(signed.ok, 'an answer can be read');
    const value = verifyAnswer(crypto, trust, format, signed.value);
    invariant(value.ok, `an answer counts: ${value.ok ? '' : value.error.code}`);
    return value.value;
  }

  /** Says hello with the heads of these journals, and takes epoch and key sets from the answer. */
  async function hello(journals: readonly TestJournal[] = []) {
    const nonce = newId();
    const heads = journals.map((one) => ({ journalId: one.journalId, seq: one.seq, entryHash: one.prev }));
    const answered = await call('hello', makeHelloRequest({ nonce, heads }));
    if (!answered.ok) return { trouble: answered.error };
    const signed = helloFormat.parse(answered.value);
    invariant(signed.ok, 'a hello can be read');
    const said = verifyHello(crypto, trust, signed.value, nonce);
    if (!said.ok) return { doubt: said.error.code };
    trust = afterHello(trust, said.value);
    return { hello: said.value };
  }

  async function fetchKeySets() {
    const answered = await call('keySets', undefined, `?after=${trust.keySet.value.number}`);
    invariant(answered.ok, 'key sets are public');
    const sets = parseKeySetsAnswer(answered.value);
    invariant(sets.ok, 'key sets can be read');
    const newest = verifyLaterKeySets(crypto, trust.keySet, sets.value);
    invariant(newest.ok, 'each follows from the one before');
    trust = { ...trust, keySet: newest.value };
  }

  /** Another header, in another journal, around the body of `one`. */
  function reheader(one: Entry, on: TestJournal): Entry {
    const { entryId, sealKeyId, bodyHash, bodyBytes, ...header } = one.header;
    const body = { entryId, sealKeyId, bodyHash, bodyBytes, sealed: one.body! };
    const made = makeEntry(
      crypto,
      key,
      { ...header, journalId: on.journalId, seq: on.seq + 1, prev: on.prev },
      body,
    );
    invariant(made.ok, 'the entry fits');
    on.seq += 1;
    on.prev = made.value.entryHash;
    return made.value;
  }

  /** A new start of the terminal program. */
  function reboot(next: Uint8Array = newId()): void {
    bootId = next;
    counter = 0;
  }

  /** Uploads a file in parts of `partBytes`, in a boot of its own; answers the status of each request. */
  async function upload(name: string, file: Uint8Array, partBytes: number): Promise<number[]> {
    const target = `/v1/files/${toHex(terminalId)}/${name}`;
    reboot();
    let counter = 0;
    const send = async (method: 'POST' | 'PATCH', content: Uint8Array, headers: Record<string, string>) => {
      const proof = { platformId, terminalId, bootId, counter: ++counter, method, target, content };
      const sent = await nodeFetch({
        ...{ method, url: `${origin}${target}`, timeoutMs: 10_000, maxBytes: 100_000 },
        headers: { 'tus-resumable': '1.0.0', ...headers, [AUTH_HEADER]: makeAuth(crypto, key, proof) },
        ...(content.length > 0 && { body: content }),
      });
      invariant(sent.ok, 'the platform answers');
      return sent.value.status;
    };
    const statuses = [await send('POST', new Uint8Array(0), { 'upload-length': String(file.length) })];
    for (let offset = 0; offset < file.length; offset += partBytes) {
      const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
      statuses.push(await send('PATCH', file.subarray(offset, offset + partBytes), headers));
    }
    reboot();
    return statuses;
  }

  /** One page of the feed after `cursor`. */
  async function feed(cursor: Uint8Array = FIRST_CURSOR, waitS = 0) {
    const answered = await call('feed', undefined, `?after=${toBase64Url(cursor)}&waitS=${waitS}`);
    invariant(answered.ok, `the feed answers: ${answered.ok ? '' : answered.error.code}`);
    const page = verified(pageFormat, answered.value);
    invariant(equalBytes(page.after, cursor), 'a page follows the cursor it was asked with');
    return page;
  }

  /** Signs with another key from now on. */
  function changeKey(next: SigningKey): void {
    key = next;
  }

  return {
    get key() {
      return key;
    },
    changeKey,
    ...{ terminalId, platformId, origin, cert, journal },
    ...{ newJournal, entry, reheader, upload, offered, offer, hello, fetchKeySets, feed, call },
    trust: () => trust,
    bootId: () => bootId,
    reboot,
  };
}

/** Content of a filed case, and the private half of its reply key. */
export function filedCase(place: Place, fields: Record<string, unknown> = {}) {
  const secret = crypto.randomBytes(32);
  const replyKey = crypto.openingKey(secret);
  const caseId = (fields.caseId as Uint8Array | undefined) ?? newId();
  const person = {
    name: '陈桂芳',
    number: '330699195503124026',
    kind: 'citizen',
    birth: '1955-03-12',
    sex: '2',
    address: '浙江省示例县示例镇示例村1号',
  };
  const content = {
    schema: 1,
    kind: 'case.submitted',
    matter: ['old-age-allowance', 1, new Uint8Array(32)],
    caseId,
    localNumber: localNumberOf(caseId),
    slipCode: '042917',
    submissionId: newId(),
    submitter: person,
    subject: person,
    basis: 'self',
    assurance: 'card',
    evidence: [],
    answers: {},
    actors: [],
    attachments: [],
    caseReplyKey: replyKey.publicKey,
    lang: 'zh',
    place,
    ...fields,
  };
  return { content, caseId, replyKey, localNumber: content.localNumber as string };
}

/** Opens progress items of one case, as its owner does. */
export function openProgress(
  filed: { caseId: Uint8Array; replyKey: ReturnType<typeof filedCase>['replyKey'] },
  items: readonly FeedItem[],
): readonly ProgressContent[] {
  return items
    .filter((item) => item.kind === 1 && item.caseId !== null && equalBytes(item.caseId, filed.caseId))
    .map((item) => {
      const opened = openCaseItem(filed.replyKey, {
        itemId: item.itemId,
        caseId: filed.caseId,
        content: item.content,
      });
      invariant(opened.ok, 'progress opens with the reply key');
      const read = readContent(progressContentSchema, opened.value);
      invariant(read.ok, 'progress can be read');
      return read.value;
    });
}

/** Bytes with one bit turned over. */
export function bent(bytes: Uint8Array, at = 0): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
}
