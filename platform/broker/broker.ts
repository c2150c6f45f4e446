/**
 * The broker: answers a question about a person whose consent the platform holds, or about nobody where a data set is open
 * to anyone, from the source that keeps the data.
 * What a source says is believed only of the person it was asked about, and only the declared fields go on.
 */
import { toHex, utf8 } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { DataSet } from '../../catalog/data-set.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { QUERY_LIMITS, type Question } from '../../sync/formats/query.ts';
import { type CertificateWish, issueCertificates } from '../certificates/register.ts';
import { takeWanted } from '../certificates/wanted.ts';
import type { PlatformContext } from '../context.ts';
import { type AlarmKind, raiseAlarm } from '../ledger/alarms.ts';
import { createLimiter, type Limiter } from '../limits/limiter.ts';
import { fieldsOf, takeParameters, takeRecords } from './data-sets.ts';
import type { DataSource, SourceAnswer } from './data-source.ts';
import { beginFetch, endFetch } from './fetches.ts';
import { type Claim, findProof, NEVER_ASKED, type NoProof } from './proof.ts';

/** What a broker is made of. */
export interface BrokerOptions {
  /** As the catalog knows them at this moment. */
  readonly dataSets: () => readonly DataSet[];
  /** By data set; one without a source is known, and unavailable. */
  readonly sources: Pick<ReadonlyMap<string, DataSource>, 'get'>;
  /** How long after it was received a consent proves anything, by the platform's clock. */
  readonly consentGoodForMs: number;
  /**
   * The most fetches of one terminal within a day. Whoever has a terminal's key can claim a consent: this is how many
   * people he can claim it of before somebody is called.
   */
  readonly mostADay: number;
}

/** A question of a terminal, opened. */
export interface BrokerQuestion {
  readonly terminalId: Uint8Array;
  /** Null asks what is open to anyone. */
  readonly consentId: Uint8Array | null;
  readonly dataSet: string;
  readonly question: Question;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** An answer to say, or why there is none: asked before, asked too often, or with parameters nobody takes. */
export type BrokerAnswer =
  | { readonly kind: 'answered'; readonly content: QueryContent }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'slow-down'; readonly waitS: number }
  | { readonly kind: 'malformed' };

/** Answers questions. */
export interface Broker {
  readonly dataSets: () => readonly DataSet[];
  answer(asked: BrokerQuestion): Promise<BrokerAnswer>;
}

type Context = Pick<PlatformContext, 'store' | 'openingKeys' | 'clock' | 'crypto' | 'keys' | 'log'>;

/** Of one person: whoever asks, and wherever. */
const PERSON_RATE = { burst: 20, perMinute: 2 } as const;
/** Of one terminal, for what is open to anyone: nobody's data, so it is counted and not put on record. */
const OPEN_RATE = { burst: 40, perMinute: 4 } as const;

/** Room for the words of five certificates beside what is told. */
const CERTIFICATES_BYTES = 5 * 512;

/** After too many in a day. */
const FLOOD_WAIT_S = 3_600;

/** A {@link Broker}. */
export function createBroker(context: Context, options: BrokerOptions): Broker {
  const { dataSets, sources, consentGoodForMs, mostADay } = options;
  const people = createPeopleLimiter(context);
  const openAsks = createLimiter(context.clock, OPEN_RATE);

  /** A proof that does not hold; what no good terminal asks is seen by a person. */
  async function refuse(claim: Claim, { refusal, why }: NoProof): Promise<BrokerAnswer> {
    if (NEVER_ASKED.has(why)) {
      const { terminalId, consentId } = claim;
      const about = `${toHex(terminalId)}/${toHex(consentId)}/${why}`;
      await ring(context, 'query-refused', { about, terminalId, detail: `${why} ${toHex(consentId)}` });
    }
    return { kind: 'answered', content: { schema: 1, outcome: 'refused', reason: refusal } };
  }

  /** More in a day than a village asks: no more for now, and somebody is told, once a day. */
  async function stopFlood(terminalId: Uint8Array): Promise<BrokerAnswer> {
    const about = `${toHex(terminalId)}/${isoDate(context.clock.wallMs())}`;
    await ring(context, 'query-flood', { about, terminalId, detail: '' });
    return { kind: 'slow-down', waitS: FLOOD_WAIT_S };
  }

  /** What a source says of this person, or to anyone; the parameters are those it takes. */
  async function ask(
    dataSet: DataSet,
    source: DataSource,
    who: { readonly number: string; readonly name: string } | null,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<QueryContent> {
    const reference = toHex(context.crypto.randomBytes(16));
    const came = await source.fetch({ reference, dataSet: dataSet.id, person: who, parameters }, signal);
    return judge(context, dataSet, who?.number ?? null, came);
  }

  /** What was told, with the words of certificates on it, where there is something to certify. */
  async function certified(
    told: QueryContent,
    wish: Omit<CertificateWish, 'content'>,
  ): Promise<QueryContent> {
    if (told.outcome !== 'found' && told.outcome !== 'nothing') return told;
    return { ...told, certificates: await issueCertificates(context, { ...wish, content: told }) };
  }

  async function answerOpen({
    terminalId,
    dataSet: name,
    question,
    signal,
  }: BrokerQuestion): Promise<BrokerAnswer> {
    const dataSet = dataSets().find(({ id }) => id === name);
    // Whatever is not open to anyone is kept of people, who must agree: also what nobody knows.
    if (dataSet?.about !== 'anyone') return { kind: 'answered', content: NO_CONSENT };
    const waitS = openAsks.spend(toHex(terminalId));
    if (waitS > 0) return { kind: 'slow-down', waitS };
    const source = sources.get(name);
    if (!source) return { kind: 'answered', content: UNAVAILABLE };
    const parameters = takeParameters(dataSet, question.parameters);
    if (!parameters.ok) return { kind: 'malformed' };
    return { kind: 'answered', content: await ask(dataSet, source, null, parameters.value, signal) };
  }

  async function answerOfPerson(
    { terminalId, dataSet: name, question, signal }: BrokerQuestion,
    { consentId, person }: { readonly consentId: Uint8Array; readonly person: string },
  ): Promise<BrokerAnswer> {
    const { nonce } = question;
    const claim: Claim = { terminalId, consentId, dataSet: name, person };
    const proof = await findProof(context, claim, consentGoodForMs);
    if (!proof.ok) return refuse(claim, proof.error);
    const waitS = people.spend(person);
    if (waitS > 0) return { kind: 'slow-down', waitS };
    const dataSet = dataSets().find(({ id }) => id === name);
    const source = sources.get(name);
    if (!dataSet || !source) return { kind: 'answered', content: UNAVAILABLE };
    const wanted = takeWanted(question.parameters);
    if (!wanted.ok) return { kind: 'malformed' };
    const parameters = takeParameters(dataSet, wanted.value.parameters);
    if (!parameters.ok) return { kind: 'malformed' };

    const begun = await beginFetch(context, { terminalId, nonce, consentId, dataSet: name }, mostADay);
    if (begun === 'replayed') return { kind: 'replayed' };
    if (begun === 'too-many') return stopFlood(terminalId);
    if (begun === 'used-up') return { kind: 'answered', content: NO_CONSENT };
    const who = { number: person, name: proof.value.name };
    const told = await ask(dataSet, source, who, parameters.value, signal);
    await endFetch(context, { terminalId, nonce }, told);
    const { certificates } = wanted.value;
    const content = certificates
      ? await certified(told, { terminalId, consentId, dataSet: name, name: who.name, ...certificates })
      : told;
    return { kind: 'answered', content };
  }

  return {
    dataSets,
    async answer(asked) {
      const { consentId, question } = asked;
      if (consentId === null && question.person === null) return answerOpen(asked);
      if (consentId === null || question.person === null) return { kind: 'malformed' };
      return answerOfPerson(asked, { consentId, person: question.person });
    },
  };
}

const NO_CONSENT: QueryContent = { schema: 1, outcome: 'refused', reason: 'no-consent' };
const UNAVAILABLE: QueryContent = { schema: 1, outcome: 'unavailable' };

/** What may be said of a source's answer. */
async function judge(
  context: Context,
  dataSet: DataSet,
  person: string | null,
  came: SourceAnswer,
): Promise<QueryContent> {
  if (came.kind === 'later') return { schema: 1, outcome: 'later', afterS: came.afterS };
  if (came.kind === 'unavailable') {
    context.log('broker.source-away', { dataSet: dataSet.id, code: came.code });
    return UNAVAILABLE;
  }
  if (came.number !== person) return distrust(context, dataSet, 'other-person');
  const origin = { from: { zh: dataSet.from.zh, en: dataSet.from.en }, asOfMs: came.asOfMs };
  if (came.records.length === 0) return { schema: 1, outcome: 'nothing', ...origin };
  const records = takeRecords(dataSet, came.records);
  if (!records.ok) return distrust(context, dataSet, `misfit-${records.error.at}`);
  const content: QueryContent = {
    ...{ schema: 1, outcome: 'found', ...origin },
    ...{ fields: fieldsOf(dataSet), records: [...records.value] },
  };
  const isSmall = encodeContent(content).length + CERTIFICATES_BYTES <= QUERY_LIMITS.contentBytes;
  return isSmall ? content : distrust(context, dataSet, 'too-large');
}

/** What a source said is not to be believed: nobody sees it, and somebody is told, once a day. */
async function distrust(context: Context, dataSet: DataSet, why: string): Promise<QueryContent> {
  const day = isoDate(context.clock.wallMs());
  const about = `${dataSet.id}/${why}/${day}`;
  await ring(context, 'source-wrong', { about, terminalId: null, detail: `${dataSet.id} ${why}` });
  return UNAVAILABLE;
}

async function ring(
  { store, clock, log }: Context,
  kind: AlarmKind,
  alarm: { readonly about: string; readonly terminalId: Uint8Array | null; readonly detail: string },
): Promise<void> {
  log('platform.alarm', { kind });
  await raiseAlarm(store.db, { kind, ...alarm }, clock.wallMs());
}

/** Rates of people, whose numbers are not remembered: each stands under a name of this run alone. */
function createPeopleLimiter({ clock, crypto }: Context): Pick<Limiter, 'spend'> {
  const limiter = createLimiter(clock, PERSON_RATE);
  const key = crypto.randomBytes(32);
  return {
    spend: (number) => limiter.spend(toHex(crypto.hmacSha256(key, utf8(number)))),
  };
}
