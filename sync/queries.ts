/**
 * Asking for shared data: what the platform answers to a question sealed to it, on the proof of a consent it holds, or
 * about nobody where a data set is open to anyone.
 */
import { equalBytes } from '../base/bytes.ts';
import type { Crypto, OpeningKey } from '../base/crypto/api.ts';
import { err, invariant, ok, type Result } from '../base/result.ts';
import { findReplacement, hasCertificates } from './certificates.ts';
import { type CallTrouble, type Client, troubleCode } from './client.ts';
import { readContent } from './content-coding.ts';
import { type QueryContent, queryContentSchema } from './contents.ts';
import { certificateFormat } from './formats/certificate.ts';
import {
  makeQueryRequest,
  openQueryAnswer,
  type QueryWord,
  type Question,
  queryWordFormat,
} from './formats/query.ts';
import { CERTIFICATES_WANTED, OWN_QUESTIONS } from './own-questions.ts';
import { findSealKey, type TrustState, verifyAnswer } from './trust.ts';

/** What is asked. */
export interface Query {
  /** Null asks what is open to anyone. */
  readonly about: PersonAsked | null;
  readonly dataSet: string;
  readonly parameters: Question['parameters'];
  /** Numbers and words for a printed paper are wanted beside what is told; the answer has them, or is none. */
  readonly certificates?: CertificatesWanted;
}

/** For which paper, and how many sheets, 1 to 5: each bears a number of its own. */
export interface CertificatesWanted {
  readonly template: string;
  readonly sheets: number;
}

/** Whom a question is about, and the proof that they agreed. */
export interface PersonAsked {
  /** 16 bytes: the entry of the consent, which the platform must hold. */
  readonly consentId: Uint8Array;
  /** The number on the card of the person asked about, as printed. */
  readonly number: string;
}

/**
 * Why nothing is known: `offline` (nobody was reached), `too-many` (asked too often), `not-offered` (this platform
 * answers no queries), `no-answer` (what came back is not to be believed, or the platform cannot now).
 */
export type QueryTrouble = 'offline' | 'too-many' | 'not-offered' | 'no-answer';

/** Asks for one terminal. Keeps nothing. */
export interface Queries {
  /** Asks under a key and a nonce made for this call; what is not the platform's word on this very question is refused. */
  ask(query: Query, signal: AbortSignal): Promise<Result<QueryContent, QueryTrouble>>;
  /** Other words, under another number, in place of a certificate that did not come out and counts no more then. */
  replace(certificate: Uint8Array, signal: AbortSignal): Promise<Result<Uint8Array, QueryTrouble>>;
}

/** A source of the province's may be slow, and somebody stands and waits. */
const ASK_TIMEOUT_MS = 20_000;

/** {@link Queries}. `trust` is asked each time: a key set or an epoch may have come since. */
export function createQueries(seams: {
  readonly client: Client;
  readonly crypto: Crypto;
  readonly trust: () => TrustState;
  /** Told by a code why an answer did not count. */
  readonly onIgnored: (code: string) => void;
}): Queries {
  const { client, crypto, trust, onIgnored } = seams;

  function ignored(code: string): Result<never, QueryTrouble> {
    onIgnored(code);
    return err('no-answer');
  }

  async function ask(query: Query, signal: AbortSignal): Promise<Result<QueryContent, QueryTrouble>> {
    const replyKey = makeReplyKey(crypto);
    const nonce = crypto.randomBytes(16);
    const content = seal(crypto, trust(), query, { nonce, replyKey: replyKey.publicKey });
    const called = await client({ endpoint: 'queries', content, timeoutMs: ASK_TIMEOUT_MS, signal });
    if (!called.ok) return err(troubleOf(called.error, onIgnored));
    const opened = openQueryAnswer(replyKey, called.value);
    if (!opened.ok) return ignored(opened.error);
    const verified = verifyAnswer(crypto, trust(), queryWordFormat, opened.value);
    if (!verified.ok) return ignored(verified.error.code);
    const wrong = findWrong(verified.value, query, nonce, replyKey.publicKey);
    if (wrong) return ignored(wrong);
    const read = readContent(queryContentSchema, verified.value.content);
    if (!read.ok) return ignored(read.error.code);
    const areWhole =
      query.certificates === undefined || hasCertificates(crypto, trust().keySet, read.value, query);
    return areWhole ? ok(read.value) : ignored('wrong-certificates');
  }

  return {
    ask,
    async replace(certificate, signal) {
      const query = { about: null, dataSet: OWN_QUESTIONS.certificate, parameters: [numberOf(certificate)] };
      const answered = await ask(query, signal);
      if (!answered.ok) return answered;
      const anew = findReplacement(crypto, trust().keySet, answered.value, certificate);
      return anew === undefined ? ignored('wrong-certificates') : ok(anew);
    },
  };
}

function numberOf(certificate: Uint8Array): Question['parameters'][number] {
  const read = certificateFormat.parse(certificate);
  invariant(read.ok, 'words that were verified can be read');
  return { name: 'number', value: read.value.value.number };
}

function makeReplyKey(crypto: Crypto): OpeningKey {
  const secret = crypto.randomBytes(32);
  const replyKey = crypto.openingKey(secret);
  secret.fill(0);
  return replyKey;
}

function seal(
  crypto: Crypto,
  { keySet, platformId, terminalId }: TrustState,
  query: Query,
  fresh: Pick<Question, 'nonce' | 'replyKey'>,
): Uint8Array {
  const { about, dataSet } = query;
  const parameters = [...query.parameters, ...wanted(query)];
  const sealPublicKey = findSealKey(keySet);
  invariant(sealPublicKey, 'a key set has a key to seal to');
  const binding = { platformId, terminalId, consentId: about?.consentId ?? null, dataSet };
  const person = about?.number ?? null;
  const made = makeQueryRequest(crypto, sealPublicKey, binding, { ...fresh, person, parameters });
  invariant(made.ok, 'a question of ours is small');
  return made.value;
}

function wanted({ certificates }: Query): Question['parameters'] {
  if (certificates === undefined) return [];
  return [{ name: CERTIFICATES_WANTED.name, value: `${certificates.template} ${certificates.sheets}` }];
}

/** In what a word is not on this question. */
function findWrong(
  word: QueryWord,
  { about, dataSet }: Query,
  nonce: Uint8Array,
  replyKey: Uint8Array,
): string | undefined {
  if (!equalBytes(word.replyKey, replyKey)) return 'wrong-key';
  if (!equalBytes(word.nonce, nonce)) return 'wrong-nonce';
  if (!isSame(word.consentId, about?.consentId ?? null)) return 'wrong-consent';
  return word.dataSet === dataSet ? undefined : 'wrong-data-set';
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equalBytes(a, b);
}

function troubleOf(trouble: CallTrouble, onIgnored: (code: string) => void): QueryTrouble {
  if (trouble.code === 'http' && trouble.status === 429) return 'too-many';
  if (trouble.code === 'http' && trouble.status === 404) return 'not-offered';
  if (trouble.code !== 'http' && trouble.code !== 'too-large') return 'offline';
  onIgnored(troubleCode(trouble));
  return 'no-answer';
}
