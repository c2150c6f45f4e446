import { equalBytes } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { HttpRequest, HttpResponse } from '../../base/fetch.ts';
import { CBOR_TYPE } from '../../sync/contract.ts';
import {
  type AnswerHead,
  helloFormat,
  OUTCOME,
  receiptFormat,
  releaseFormat,
} from '../../sync/formats/answers.ts';
import { FEED_KIND, pageFormat } from '../../sync/formats/feed.ts';
import { makeKeySet, parseKeySet } from '../../sync/formats/key-set.ts';
import {
  makeBatchAnswer,
  makeKeySetsAnswer,
  parseBatch,
  parseBatchAnswer,
  parseHelloRequest,
  parseKeySetsAnswer,
} from '../../sync/formats/messages.ts';
import type { Chance } from './chance.ts';

/** What somebody on the line makes of an answer: they read all of it, and have none of the platform's keys. */
export type Forger = (path: string, request: HttpRequest, response: HttpResponse) => HttpResponse;

const YEAR_MS = 365 * 24 * 3_600_000;

/** A forger who learns from what passes, and says it under the platform's names with a key of their own. */
export function createForger(crypto: Crypto, chance: Chance): Forger {
  const key = crypto.signingKey(chance.bytes(32));
  let head: AnswerHead | undefined;

  /** With one bit turned. */
  function turned(body: Uint8Array): Uint8Array {
    if (body.length === 0) return body;
    const other = Uint8Array.from(body);
    const at = chance.below(other.length);
    other[at] = other[at]! ^ (1 << chance.below(8));
    return other;
  }

  return (path, request, response) => {
    const heard = findHead(path, response.body);
    head = heard ?? head;
    const made =
      head && !chance.oneIn(3) ? madeUp(crypto, key, chance, { path, request, response, head }) : undefined;
    if (!made) return { ...response, body: turned(response.body) };
    return { status: 200, headers: { ...response.headers, 'content-type': CBOR_TYPE }, body: made };
  };
}

/** The names under which the platform speaks to this terminal, from an answer of its own. */
function findHead(path: string, body: Uint8Array): AnswerHead | undefined {
  const batch = path === '/v1/entries' ? parseBatchAnswer(body) : undefined;
  const [receipt] = batch?.ok ? batch.value.receipts : [];
  const signed =
    path === '/v1/hello'
      ? helloFormat.parse(body)
      : path === '/v1/feed'
        ? pageFormat.parse(body)
        : receipt && receiptFormat.parse(receipt);
  if (!signed?.ok) return undefined;
  const { v, suite, platformId, epoch, signKeyId, terminalId, issuedAt } = signed.value.value;
  return { v, suite, platformId, epoch, signKeyId, terminalId, issuedAt };
}

interface Overheard {
  readonly path: string;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly head: AnswerHead;
}

/** An answer of the right form that says what would do harm; `undefined` where none fits. */
function madeUp(
  crypto: Crypto,
  key: SigningKey,
  chance: Chance,
  { path, request, response, head }: Overheard,
): Uint8Array | undefined {
  const asked = request.body ?? new Uint8Array(0);
  switch (path) {
    case '/v1/entries':
      return allReleased(key, head, asked);
    case '/v1/hello': {
      const parsed = parseHelloRequest(asked);
      if (!parsed.ok) return undefined;
      const wrong = { epoch: chance.bytes(16), issuedAt: head.issuedAt + 20 * YEAR_MS, keySet: 99 };
      return helloFormat.make(key, { ...head, ...wrong, nonce: parsed.value.nonce });
    }
    case '/v1/feed': {
      const page = pageFormat.parse(response.body);
      if (!page.ok) return undefined;
      const order = { itemId: chance.bytes(16), kind: FEED_KIND.newJournal, expires: null, caseId: null };
      const items = [{ ...order, content: new Uint8Array(0) }];
      return pageFormat.make(key, { ...page.value.value, next: chance.bytes(8), items });
    }
    case '/v1/keysets':
      return withOwnKeys(crypto, key, response.body);
    default:
      return undefined;
  }
}

/** Every entry offered is held, backed up, and may go. */
function allReleased(key: SigningKey, head: AnswerHead, asked: Uint8Array): Uint8Array | undefined {
  const batch = parseBatch(asked);
  if (!batch.ok || batch.value.length === 0) return undefined;
  const [{ journalId }] = batch.value as readonly [(typeof batch.value)[number]];
  const own = batch.value.filter((entry) => equalBytes(entry.journalId, journalId));
  const items = own.map(({ seq, entryId, entryHash }) => ({
    seq,
    entryId,
    entryHash,
    outcome: OUTCOME.held,
  }));
  const ranges = own.map(({ seq, entryHash }) => ({ from: seq, to: seq, hashAtTo: entryHash }));
  return makeBatchAnswer({
    receipts: [receiptFormat.make(key, { ...head, journalId, items })],
    releases: [releaseFormat.make(key, { ...head, journalId, ranges })],
    later: [],
  });
}

/** The next key set, in which every key is the forger's. */
function withOwnKeys(crypto: Crypto, key: SigningKey, body: Uint8Array): Uint8Array | undefined {
  const sets = parseKeySetsAnswer(body);
  const last = sets.ok ? sets.value.at(-1) : undefined;
  if (!sets.ok || !last) return undefined;
  const keys = last.value.keys.map((entry) => ({ ...entry, publicKey: key.publicKey }));
  const made = makeKeySet(crypto, [key], { ...last.value, number: last.value.number + 1, keys });
  const parsed = parseKeySet(made);
  return parsed.ok ? makeKeySetsAnswer([...sets.value, parsed.value]) : undefined;
}
