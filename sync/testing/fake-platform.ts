import { equalBytes, findBase64Url, toHex } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { HttpRequest, HttpResponse } from '../../base/fetch.ts';
import { ENDPOINTS, type EndpointName } from '../contract.ts';
import { helloFormat, OUTCOME, type ReceiptItem, receiptFormat, releaseFormat } from '../formats/answers.ts';
import { openBody } from '../formats/body.ts';
import { type Entry, hasOwnBody, isEntrySignedBy, parseEntry } from '../formats/entry.ts';
import { type FeedItem, pageFormat } from '../formats/feed.ts';
import { type KeySet, makeKeySet, parseKeySet } from '../formats/key-set.ts';
import { keyId } from '../formats/keys.ts';
import {
  makeBatchAnswer,
  makeKeySetsAnswer,
  makeProblem,
  type OfferedEntryMessage,
  type ProblemCode,
  parseBatch,
  parseHelloRequest,
} from '../formats/messages.ts';
import { AUTH_HEADER, isAuthSignedBy, parseAuth } from '../formats/request.ts';
import { SAMPLE_MS, type SampleWorld, sampleHead } from '../formats/sample.ts';
import { createFakeFiles, type FakeFiles } from './fake-files.ts';

/** An honest platform in memory for one terminal, with knobs for everything that may go wrong. */
export interface FakePlatform {
  /** Answers a request at once; a quiet feed answers an empty page (the network makes it wait). */
  handle: (request: HttpRequest) => HttpResponse;
  /** Entries held, by entryId in hex. */
  readonly held: Map<string, Entry>;
  readonly files: FakeFiles;
  /** Requests seen, by endpoint. */
  readonly seen: EndpointName[];
  readonly knobs: Knobs;
  /** Makes everything held ready to be released. */
  backUp(): void;
  send(item: FeedItem): void;
  /** A restore from a backup: what was held since is lost, and the epoch is new. */
  restore(epoch: Uint8Array, kept: readonly string[]): void;
  publishKeySet(change: Partial<KeySet['value']>, signer?: SigningKey): KeySet;
}

/** What a file that is not there yet makes an entry wait. */
const LATER_S = 60;

/** Marks the answer of a feed with nothing new: the network holds it open. */
export const QUIET_HEADER = 'x-quiet';

/** What a test may bend. */
interface Knobs {
  nowMs: () => number;
  /** Instead of judging an entry: an outcome, or seconds for "try later". */
  judge: ((entry: Entry) => number | { laterS: number } | undefined) | undefined;
  /** A status, and a problem, instead of an answer. */
  refuse:
    | ((
        name: EndpointName,
        request: HttpRequest,
      ) => readonly [status: number, code: ProblemCode, retryAfterS?: number] | undefined)
    | undefined;
  /** Changes an answer's bytes on their way. */
  tamper: ((name: EndpointName, body: Uint8Array) => Uint8Array) | undefined;
  /** Changes what is signed into answers. */
  head: Partial<ReturnType<typeof sampleHead>>;
  answeringKey: SigningKey;
}

/** A platform that knows the sample terminal. */
export function createFakePlatform(crypto: Crypto, world: SampleWorld): FakePlatform {
  const held = new Map<string, Entry>();
  const files = createFakeFiles(crypto);
  const seen: EndpointName[] = [];
  const items: FeedItem[] = [];
  const keySets: KeySet[] = [world.keySet];
  const counters = new Set<string>();
  let backedUp = new Set<string>();
  let epoch = world.epoch;
  const knobs: Knobs = {
    nowMs: () => SAMPLE_MS,
    judge: undefined,
    refuse: undefined,
    tamper: undefined,
    head: {},
    answeringKey: world.answering,
  };

  const head = () => ({
    ...sampleHead(crypto, world),
    epoch,
    signKeyId: keyId(crypto, knobs.answeringKey.publicKey),
    issuedAt: knobs.nowMs(),
    ...knobs.head,
  });

  function judge(offered: OfferedEntryMessage): {
    item?: ReceiptItem;
    journalId: Uint8Array;
    laterS?: number;
  } {
    const { journalId, seq, entryId, entryHash } = offered;
    const refusal = (outcome: number) => ({ journalId, item: { seq, entryId, entryHash, outcome } });
    const parsed = parseEntry(crypto, offered.entry);
    if (!parsed.ok) return refusal(OUTCOME.malformed);
    const entry = parsed.value;
    const forced = knobs.judge?.(entry);
    if (typeof forced === 'number') return refusal(forced);
    if (forced) return { journalId, laterS: forced.laterS };
    if (entry.header.attachments.some(({ hash }) => !files.whole.has(toHex(hash)))) {
      return { journalId, laterS: LATER_S };
    }
    if (!isEntrySignedBy(crypto, entry, world.terminal.publicKey)) return refusal(OUTCOME.badSignature);
    if (!hasOwnBody(crypto, entry)) return refusal(OUTCOME.malformed);
    if (!openBody(world.sealing, entry.header, entry.body).ok) return refusal(OUTCOME.unopenable);
    held.set(toHex(entry.header.entryId), entry);
    return refusal(OUTCOME.held);
  }

  function entries(content: Uint8Array): Uint8Array {
    const batch = parseBatch(content);
    if (!batch.ok) throw new Error('the engine sent a malformed batch');
    const judged = batch.value.map((offered) => ({ offered, ...judge(offered) }));
    const journals = new Map(judged.map(({ journalId }) => [toHex(journalId), journalId]));
    const receipts = [...journals].flatMap(([name, journalId]) => {
      const own = judged.flatMap(({ journalId: of, item }) => (toHex(of) === name && item ? [item] : []));
      return own.length > 0
        ? [receiptFormat.make(knobs.answeringKey, { ...head(), journalId, items: own })]
        : [];
    });
    const later = judged.flatMap(({ offered, laterS }) =>
      laterS === undefined ? [] : [{ entryId: offered.entryId, afterS: laterS }],
    );
    return makeBatchAnswer({ receipts, releases: releases(), later });
  }

  /** One range from 1 to the last entry that is backed up without a hole, for each journal. */
  function releases(): Uint8Array[] {
    const journals = Map.groupBy(held.values(), ({ header }) => toHex(header.journalId));
    return [...journals.values()].flatMap((journal) => {
      const bySeq = new Map(journal.map((entry) => [entry.header.seq, entry]));
      let last: Entry | undefined;
      for (let seq = 1; ; seq++) {
        const entry = bySeq.get(seq);
        if (!entry || !backedUp.has(toHex(entry.header.entryId))) break;
        last = entry;
      }
      if (!last) return [];
      const ranges = [{ from: 1, to: last.header.seq, hashAtTo: last.entryHash }];
      const { journalId } = last.header;
      return [releaseFormat.make(knobs.answeringKey, { ...head(), journalId, ranges })];
    });
  }

  function cursorIn(query: URLSearchParams): Uint8Array {
    return findBase64Url(query.get('after') ?? '') ?? new Uint8Array(0);
  }

  function isNewest(query: URLSearchParams): boolean {
    return (cursorIn(query)[0] ?? 0) >= items.length;
  }

  function page(query: URLSearchParams): Uint8Array {
    const after = cursorIn(query);
    const [from = 0] = after;
    const next = items.length > from ? Uint8Array.of(items.length) : after;
    return pageFormat.make(knobs.answeringKey, { ...head(), after, next, items: items.slice(from) });
  }

  function answer(name: EndpointName, content: Uint8Array, query: URLSearchParams): Uint8Array {
    if (name === 'hello') {
      const asked = parseHelloRequest(content);
      if (!asked.ok) throw new Error('the engine sent a malformed hello');
      const newest = keySets.at(-1)!.value.number;
      return helloFormat.make(knobs.answeringKey, { ...head(), nonce: asked.value.nonce, keySet: newest });
    }
    if (name === 'entries') return entries(content);
    if (name === 'feed') return page(query);
    if (name === 'keySets') {
      const after = Number(query.get('after'));
      return makeKeySetsAnswer(keySets.filter(({ value }) => value.number > after));
    }
    throw new Error(`the engine called ${name}`);
  }

  /** Throws for what a correct terminal never sends. */
  function checkAuth(request: HttpRequest, url: URL, content: Uint8Array): void {
    const auth = parseAuth(request.headers[AUTH_HEADER] ?? '');
    if (!auth.ok || !isAuthSignedBy(crypto, auth.value, world.terminal.publicKey))
      throw new Error('bad auth');
    const { method, target, contentHash, bootId, counter, terminalId, platformId } = auth.value.value;
    const isRight =
      method === request.method &&
      target === `${url.pathname}${url.search}` &&
      equalBytes(contentHash, crypto.sha256(content)) &&
      equalBytes(terminalId, world.terminalId) &&
      equalBytes(platformId, world.platformId);
    const name = `${toHex(bootId)} ${counter}`;
    if (!isRight || counters.has(name)) throw new Error('auth says something else');
    counters.add(name);
  }

  return {
    held,
    files,
    seen,
    knobs,

    handle(request) {
      const url = new URL(request.url);
      const file = /^\/v1\/files\/[0-9a-f]{32}\/([0-9a-f]{64})$/.exec(url.pathname);
      const called = file ? '/v1/files/{terminalId}/{name}' : url.pathname;
      const found = Object.entries(ENDPOINTS).find(
        ([, { method, path }]) => method === request.method && path === called,
      );
      if (!found) throw new Error(`the engine called ${request.method} ${url.pathname}`);
      const name = found[0] as EndpointName;
      const content = request.body ?? new Uint8Array(0);
      seen.push(name);
      if (ENDPOINTS[name].authenticated) checkAuth(request, url, content);
      const refused = knobs.refuse?.(name, request);
      if (refused) return { status: refused[0], headers: {}, body: makeProblem(refused[1], refused[2]) };
      if (file) return files.handle(request, file[1]!);
      const isQuiet = name === 'feed' && isNewest(url.searchParams);
      const body = answer(name, content, url.searchParams);
      const headers: Record<string, string> = isQuiet ? { [QUIET_HEADER]: '1' } : {};
      return { status: 200, headers, body: knobs.tamper?.(name, body) ?? body };
    },

    backUp() {
      backedUp = new Set(held.keys());
    },

    send: (item) => void items.push(item),

    restore(newEpoch, kept) {
      epoch = newEpoch;
      for (const name of held.keys()) if (!kept.includes(name)) held.delete(name);
      backedUp = new Set(held.keys());
    },

    publishKeySet(change, signer = world.root) {
      const { value } = keySets.at(-1)!;
      const next = makeKeySet(crypto, [signer], { ...value, number: value.number + 1, ...change });
      const parsed = parseKeySet(next);
      if (!parsed.ok) throw new Error('no key set');
      keySets.push(parsed.value);
      return parsed.value;
    },
  };
}
