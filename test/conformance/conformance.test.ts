import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import type { Matter } from '../../catalog/schema.ts';
import { slotsAnswer } from '../../platform/bookings/offer.ts';
import { type Broker, createBroker } from '../../platform/broker/broker.ts';
import { consentsAnswer } from '../../platform/broker/earlier-consents.ts';
import { matterBook } from '../../platform/cases/matters.ts';
import { underWayAnswer } from '../../platform/cases/under-way-answer.ts';
import { cashAnswer } from '../../platform/cash/answer.ts';
import { certificateAnswer } from '../../platform/certificates/answer.ts';
import type { PlatformContext } from '../../platform/context.ts';
import { createGateway } from '../../platform/gateway/gateway.ts';
import type { OwnAnswer, OwnAnswers } from '../../platform/gateway/own-answers.ts';
import type { Opening } from '../../platform/intake/open-entry.ts';
import { paymentAnswers } from '../../platform/payments/answers.ts';
import { openPayBench, type PayBench } from '../../platform/payments/testing/pay-bench.ts';
import { makeEnrolmentCode } from '../../platform/terminals/enrol.ts';
import { DONGCUN, describeOnBoth } from '../../platform/testing/test-platform.ts';
import { enrolTerminal, newId } from '../../platform/testing/test-terminal.ts';
import type { QueryContent } from '../../sync/contents.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import { ALL_CHECKS } from './all-checks.ts';
import { type Check, type Finding, runChecks } from './check.ts';
import { CARD_AND_CASH_CHECKS } from './checks/card-and-cash.ts';
import { OWN_QUESTION_CHECKS } from './checks/own-questions.ts';
import { QUERY_CHECKS } from './checks/queries.ts';

/** Refuses what must be refused; what is granted it could not fetch. */
const withoutSources = (context: PlatformContext) =>
  createBroker(context, {
    dataSets: () => [],
    sources: new Map(),
    consentGoodForMs: 1_800_000,
    mostADay: 400,
  });

const BOOKING = { matter: 'hospital-appointment', question: 'time', service: 'hospital' };
const PAYING = { matter: 'power-bill', biller: 'power', account: '3306990001' };

/** What the reference platform answers itself. */
function ownAnswers({ context, tills, payments }: PayBench): OwnAnswers {
  return new Map<string, OwnAnswer>([
    [OWN_QUESTIONS.slots, slotsAnswer(context)],
    [OWN_QUESTIONS.consents, consentsAnswer(context)],
    [OWN_QUESTIONS.certificate, certificateAnswer(context)],
    [OWN_QUESTIONS.underWay, underWayAnswer(context)],
    [OWN_QUESTIONS.cash, cashAnswer(context)],
    ...paymentAnswers(context, tills, payments),
  ]);
}

/** One of them answered otherwise. */
function otherwise(
  question: string,
  bend: (right: OwnAnswer) => OwnAnswer,
): (right: OwnAnswers) => OwnAnswers {
  return (answers) => {
    const right = answers.get(question);
    invariant(right, 'the reference answers it');
    return new Map([...answers, [question, bend(right)]]);
  };
}

type Records = Extract<QueryContent, { outcome: 'found' }>['records'];

/** Answers with other records than the right ones. */
const withRecords =
  (bend: (records: Records) => Records) =>
  (right: OwnAnswer): OwnAnswer =>
  async (asked) => {
    const said = await right(asked);
    return said !== 'malformed' && said.outcome === 'found' ? { ...said, records: bend(said.records) } : said;
  };

/** Takes whoever asks for the terminal that asked first. */
function takingAllForOne(right: OwnAnswer): OwnAnswer {
  let terminalId: Uint8Array | undefined;
  return (asked) => {
    terminalId ??= asked.terminalId;
    return right({ ...asked, terminalId });
  };
}

describeOnBoth('the conformance suite', (host) => {
  async function openBench() {
    const bench = await openPayBench(host);
    return { ...bench, [Symbol.asyncDispose]: () => bench.stop() };
  }

  /** What came of every check, at a gateway over a bent context. */
  async function findings(
    bend: (context: PlatformContext) => Partial<PlatformContext>,
    brokerOf: (context: PlatformContext) => Broker | null = withoutSources,
    bendOwn: (right: OwnAnswers) => OwnAnswers = (right) => right,
    checks: readonly Check[] = ALL_CHECKS,
  ): Promise<readonly Finding[]> {
    await using bench = await openBench();
    const { context } = bench;
    const bent = { ...context, ...bend(context) };
    const own = bendOwn(ownAnswers(bench));
    const gateway = createGateway(bent, { tls: null, fonts: null, broker: brokerOf(bent), own });
    const origin = await gateway.listen({ host: '127.0.0.1', port: 0 });
    try {
      const usedCode = await makeEnrolmentCode(context, origin, DONGCUN);
      const other = await enrolTerminal(await makeEnrolmentCode(context, origin, DONGCUN));
      const terminal = await enrolTerminal(usedCode);
      const subject = { terminal, other, usedCode, booking: BOOKING, paying: PAYING };
      return await runChecks(checks, subject, () => undefined);
    } finally {
      await gateway.close();
    }
  }

  /** The promises that it does not keep. */
  async function broken(...how: Parameters<typeof findings>): Promise<string[]> {
    const found = await findings(...how);
    return found.flatMap(({ check, seen }) => (seen === null ? [] : [`${check.promise}: ${seen}`]));
  }

  it('finds nothing wrong with the reference gateway', async () => {
    expect(await broken(() => ({}))).toEqual([]);
  });

  it('says that it did not try what a gateway does not answer itself, and finds no fault in that', async () => {
    const found = await findings(
      () => ({}),
      withoutSources,
      () => new Map(),
    );
    expect(found.filter(({ seen }) => seen !== null)).toEqual([]);
    const skipped = found.filter((one) => one.skipped !== null).map(({ check }) => check);
    expect(skipped).toEqual([...OWN_QUESTION_CHECKS, ...CARD_AND_CASH_CHECKS]);
  });

  it.each<readonly [string, string, (right: OwnAnswer) => OwnAnswer, RegExp]>([
    [
      'takes every question as well put',
      OWN_QUESTIONS.payment,
      (right) => async (asked) => {
        const said = await right(asked);
        return said === 'malformed' ? { schema: 1, outcome: 'unavailable' } : said;
      },
      /parameter missing, unread or unknown is malformed.*own-payment/,
    ],
    [
      'offers a time twice',
      OWN_QUESTIONS.slots,
      withRecords((records) => [...records, ...records.slice(0, 1)]),
      /times are offered.*offered twice/,
    ],
    [
      'offers today',
      OWN_QUESTIONS.slots,
      withRecords((records) => records.map((one) => ({ ...one, day: '2020-01-01' }))),
      /times are offered.*before tomorrow/,
    ],
    [
      'names the owner of a bill',
      OWN_QUESTIONS.bills,
      withRecords((records) => records.map((one) => ({ ...one, owner: '陈国初' }))),
      /a bill is told with its owner masked/,
    ],
    [
      'tells a payment to everybody',
      OWN_QUESTIONS.payment,
      takingAllForOne,
      /a payment is told.*told to another terminal/,
    ],
    [
      'shows everybody where a bill is being paid',
      OWN_QUESTIONS.bills,
      takingAllForOne,
      /a payment is told.*the bill, elsewhere/,
    ],
    [
      'makes another code each time',
      OWN_QUESTIONS.payment,
      withRecords((records) => records.map((one) => ({ ...one, code: toHex(newId()) }))),
      /a payment is told.*asked again/,
    ],
    [
      'gives numbers for certificates that there are not',
      OWN_QUESTIONS.certificate,
      (right) => async (asked) => {
        const said = await right(asked);
        const from = { zh: '县里', en: 'The county' };
        return said === 'malformed' ? said : { schema: 1, outcome: 'nothing', from, asOfMs: 0 };
      },
      /no other number is had/,
    ],
    [
      'tells consents of other terminals',
      OWN_QUESTIONS.consents,
      takingAllForOne,
      /earlier consents are told.*told to another terminal/,
    ],
    [
      'forgets what was taken back',
      OWN_QUESTIONS.consents,
      withRecords((records) => records.map((one) => ({ ...one, withdrawn: false }))),
      /earlier consents are told.*taken back/,
    ],
    [
      'lets anyone ask for everybody’s consents',
      OWN_QUESTIONS.consents,
      (right) => async (asked) => {
        const said = await right(asked);
        const from = { zh: '县里', en: 'The county' };
        const isLater = said !== 'malformed' && said.outcome === 'later';
        return isLater ? { schema: 1, outcome: 'nothing', from, asOfMs: 0 } : said;
      },
      /who asks for the consents of many people/,
    ],
  ])('finds a gateway that %s', async (_how, question, bend, words) => {
    const found = await broken(() => ({}), withoutSources, otherwise(question, bend), OWN_QUESTION_CHECKS);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  });

  it.each<readonly [string, string, (right: OwnAnswer) => OwnAnswer, RegExp]>([
    [
      'tells the number of a case handed in elsewhere',
      OWN_QUESTIONS.underWay,
      withRecords((records) => records.map((one) => ({ ...one, number: '830625120047' }))),
      /day, place and status alone/,
    ],
    [
      'tells of a case to whoever asks with another card',
      OWN_QUESTIONS.underWay,
      (right) => {
        let first: Parameters<OwnAnswer>[0] | undefined;
        return (asked) => {
          if (asked.parameters.card?.match(/^[1-9a-f]/)) first ??= asked;
          return right(asked.parameters.card?.length === 64 ? { ...asked, ...first } : asked);
        };
      },
      /nothing of another card/,
    ],
    [
      'lets anybody take cash',
      OWN_QUESTIONS.cash,
      (right) => async (asked) => {
        const said = await right(asked);
        const from = { zh: '县里', en: 'The county' };
        const fields = [{ id: 'capFen', label: from, type: 'fen' as const }];
        return said === 'malformed'
          ? said
          : { schema: 1, outcome: 'found', from, asOfMs: 0, fields, records: [{ capFen: 200_000 }] };
      },
      /whom nobody knows may take no cash/,
    ],
  ])('finds a gateway that %s', async (_how, question, bend, words) => {
    const found = await broken(() => ({}), withoutSources, otherwise(question, bend), CARD_AND_CASH_CHECKS);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  });

  it('finds a gateway that books nothing', async () => {
    const books = (matter: Matter) => matter.kind === 'book';
    const found = await broken(
      ({ book }) => ({ book: matterBook(book.all().filter((one) => !books(one))) }),
      withoutSources,
      (right) => right,
      OWN_QUESTION_CHECKS,
    );
    expect(found).toEqual([expect.stringMatching(/told once whether it has it.*booked/)]);
  });

  it('says what it did not try where a gateway has no broker, and finds no fault in that', async () => {
    const found = await findings(
      () => ({}),
      () => null,
    );
    expect(found.filter(({ seen }) => seen !== null)).toEqual([]);
    const skipped = found.filter((one) => one.skipped !== null);
    expect(skipped.length).toBe(QUERY_CHECKS.length);
  });

  it('finds a gateway that asks for nobody’s consent', async () => {
    const content = { schema: 1, outcome: 'unavailable' } as const;
    const found = await broken(
      () => ({}),
      () => ({ dataSets: () => [], answer: async () => ({ kind: 'answered', content }) }),
    );
    expect(found.join('\n')).toMatch(/a query without a consent is refused/);
    expect(found.join('\n')).toMatch(/a consent proves nothing of another person/);
    expect(found.join('\n')).toMatch(/a consent that was withdrawn proves nothing/);
  });

  it('finds a gateway that believes every signature', async () => {
    const found = await broken(({ crypto }) => ({ crypto: { ...crypto, verify: () => true } }));
    expect(found.join('\n')).toMatch(/a signature that does not hold/);
    expect(found.join('\n')).toMatch(/a new key is certified only for the terminal that asks/);
  });

  it('finds a gateway that receipts what it cannot open', async () => {
    const openNothing = async (tasks: readonly unknown[]): Promise<Opening[]> =>
      tasks.map(() => ({ ok: true, value: { content: new Map(), acts: [] } }) as unknown as Opening);
    const found = await broken(({ opener }) => ({ opener: { ...opener, open: openNothing } }));
    expect(found.join('\n')).toMatch(/a body that does not open is refused/);
  });

  it('finds a gateway whose epoch changes as it goes', async () => {
    const epoch = newId();
    const found = await broken(({ clock }) => ({
      epoch,
      clock: {
        ...clock,
        wallMs() {
          epoch.set(newId());
          return clock.wallMs();
        },
      },
    }));
    expect(found.join('\n')).toMatch(/the epoch stays/);
  });
});
