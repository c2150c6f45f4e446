/** What the platform answers itself: times, bills, payments, earlier consents, another number for a certificate. */
import { toHex } from '../../../base/bytes.ts';
import { isoDate } from '../../../base/calendar.ts';
import {
  askSharedData,
  consentOf,
  deliverConsent,
  makeQuery,
} from '../../../platform/testing/ask-shared-data.ts';
import { DONGCUN } from '../../../platform/testing/test-platform.ts';
import {
  filedCase,
  newId,
  openProgress,
  type TestTerminal,
} from '../../../platform/testing/test-terminal.ts';
import type { QueryContent } from '../../../sync/contents.ts';
import { FIRST_CURSOR } from '../../../sync/formats/feed.ts';
import { OWN_QUESTIONS } from '../../../sync/own-questions.ts';
import { type Check, expectSame, NotOffered } from '../check.ts';

type Parameters = Readonly<Record<string, string>>;
type Answered = QueryContent | { readonly status: unknown };
type Found = Extract<QueryContent, { outcome: 'found' }>;

/** Made-up people: numbers of an area that no county bears. */
const PERSON = { name: '示例乙', number: '330699196809252244' };
const OTHER_PERSON = '330699194103121024';
const STATES_OF_A_BILL = ['due', 'none', 'paid', 'being-paid'];
/** Consents are asked for so often at once by one terminal, and then it is to wait. */
const CONSENTS_AT_ONCE = 12;
const LONGEST_WAIT_S = 5;

/** Asks one of the platform's own questions: its word, or the status it refused with. Checks that it is offered at all. */
export async function ask(terminal: TestTerminal, dataSet: string, given: Parameters): Promise<Answered> {
  const parameters = Object.entries(given).map(([name, value]) => ({ name, value }));
  const came = await askSharedData(terminal, { consentId: null, person: null, dataSet, parameters });
  if ('outcome' in came) {
    if (came.outcome !== 'refused') return came;
    throw new NotOffered(`this gateway does not answer ${dataSet}`);
  }
  const status = Reflect.get(came, 'status');
  if (status === 404) throw new NotOffered(`this gateway does not answer ${dataSet}`);
  return { status };
}

export const foundIn = (answered: Answered): Found | undefined =>
  'outcome' in answered && answered.outcome === 'found' ? answered : undefined;

export const outcomeOf = (answered: Answered) =>
  'outcome' in answered ? answered.outcome : `status ${answered.status}`;

async function records(
  terminal: TestTerminal,
  dataSet: string,
  given: Parameters,
): Promise<Found['records']> {
  const answered = await ask(terminal, dataSet, given);
  expectSame(`outcome of ${dataSet}`, outcomeOf(answered), 'found');
  return foundIn(answered)?.records ?? [];
}

/** What the feed tells of a case, oldest first; waits for the first word. */
async function progressOf(terminal: TestTerminal, filed: ReturnType<typeof filedCase>): Promise<string[]> {
  let cursor: Uint8Array = FIRST_CURSOR;
  for (const told: string[] = []; ; ) {
    const { items, next } = await terminal.feed(cursor, told.length > 0 ? 0 : LONGEST_WAIT_S);
    told.push(...openProgress(filed, items).map(({ status }) => status));
    if (items.length === 0) return told;
    cursor = next;
  }
}

/** Files a case of this matter. */
export async function file(terminal: TestTerminal, matter: string, fields: Record<string, unknown>) {
  const filed = filedCase(DONGCUN, { matter: [matter, 1, new Uint8Array(32)], ...fields });
  const entry = terminal.entry(filed.content);
  expectSame('the case', (await terminal.offer([entry])).outcomes, [0]);
  return { filed, entry };
}

/** Where nothing is right for a question: parameters that it lacks or does not know. */
const MISPUT: readonly (readonly [string, readonly Parameters[]])[] = [
  [OWN_QUESTIONS.slots, [{}, { service: 'any', day: '2026-01-01' }]],
  [OWN_QUESTIONS.bills, [{}, { biller: 'any' }, { account: '1' }]],
  [OWN_QUESTIONS.payment, [{}, { case: 'no-hex' }, { case: '00' }]],
  [OWN_QUESTIONS.certificate, [{}, { number: '12345' }, { number: '12345678901x' }]],
  [OWN_QUESTIONS.consents, [{}, { person: PERSON.number, terminal: '00' }]],
  [OWN_QUESTIONS.underWay, [{}, { card: '00', matter: 'any' }, { card: '0'.repeat(64) }]],
  [OWN_QUESTIONS.cash, [{}, { agent: '00' }, { agent: '0'.repeat(32), day: '2026-01-01' }]],
];

const GENERAL_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'what the platform answers itself it answers about nobody, and without a consent',
    async run({ terminal }) {
      for (const [dataSet, [given = {}]] of MISPUT) {
        await ask(terminal, dataSet, given);
        const parameters = [{ name: 'person', value: PERSON.number }];
        const { bytes } = makeQuery(terminal, {
          ...{ consentId: newId(), person: PERSON.number, dataSet, parameters },
        });
        const came = await terminal.call('queries', bytes);
        expectSame(`${dataSet} on a consent`, came.ok ? 200 : Reflect.get(came.error, 'status'), 400);
      }
    },
  },
  {
    section: '5',
    promise: 'a question of the platform’s own with a parameter missing, unread or unknown is malformed',
    async run({ terminal }) {
      for (const [dataSet, wrong] of MISPUT)
        for (const given of wrong) {
          const what = `${dataSet} with ${JSON.stringify(Object.keys(given))}`;
          expectSame(what, outcomeOf(await ask(terminal, dataSet, given)), 'status 400');
        }
    },
  },
];

const BOOKING_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'times are offered from tomorrow on, each once, and none of a service that nobody books',
    async run({ terminal, booking }) {
      const nobodys = await ask(terminal, OWN_QUESTIONS.slots, { service: 'no-such-service' });
      expectSame('of a service that nobody books', outcomeOf(nobodys), 'nothing');
      if (booking === null) throw new NotOffered('no --booking was named');
      const answered = await ask(terminal, OWN_QUESTIONS.slots, { service: booking.service });
      expectSame('outcome', outcomeOf(answered), 'found');
      const { asOfMs = 0, records = [] } = foundIn(answered) ?? {};
      const today = isoDate(asOfMs);
      const early = records.filter(({ day }) => !(typeof day === 'string' && day > today));
      expectSame('times before tomorrow', early, []);
      const unread = records.filter(({ slot, from }) => !slot || !/^\d\d:\d\d$/.test(String(from)));
      expectSame('times that cannot be read', unread, []);
      const names = records.map(({ slot }) => slot);
      expectSame('times offered twice', names.length - new Set(names).size, 0);
    },
  },
  {
    section: '5',
    promise: 'a case that asks for a time is told once whether it has it; one that only wishes is arranged',
    async run({ terminal, booking }) {
      if (booking === null) throw new NotOffered('no --booking was named');
      const { matter, question, service } = booking;
      const [time] = await records(terminal, OWN_QUESTIONS.slots, { service });
      const asks = await file(terminal, matter, { answers: { [question]: { ...time } } });
      const again = terminal.reheader(asks.entry, terminal.newJournal());
      await terminal.offer([asks.entry, again]);
      expectSame('a free time', await progressOf(terminal, asks.filed), ['booked']);
      const wish = { wish: true, day: time?.day, part: 'morning' };
      const wishes = await file(terminal, matter, { answers: { [question]: wish } });
      expectSame('a wish', await progressOf(terminal, wishes.filed), ['arranging']);
    },
  },
];

const PAYMENT_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'of the payment of a case that there is not, nothing is told',
    async run({ terminal }) {
      const answered = await ask(terminal, OWN_QUESTIONS.payment, { case: toHex(newId()) });
      expectSame('outcome', outcomeOf(answered), 'nothing');
    },
  },
  {
    section: '5',
    promise: 'a bill is told with its owner masked, and an account that there is not is nothing',
    async run({ terminal, paying }) {
      if (paying === null) throw new NotOffered('no --paying was named');
      const { biller, account } = paying;
      const none = await ask(terminal, OWN_QUESTIONS.bills, { biller, account: `${account}00000` });
      expectSame('an account that there is not', outcomeOf(none), 'nothing');
      for (const bill of await records(terminal, OWN_QUESTIONS.bills, { biller, account })) {
        expectSame('the owner is masked', String(bill.owner).includes('*'), true);
        expectSame('its state is known', STATES_OF_A_BILL.includes(String(bill.state)), true);
        expectSame('nobody pays it yet', bill.case, null);
      }
    },
  },
  {
    section: '5',
    promise:
      'a payment is told to the terminal that filed it alone, by one code, and at most one of a bill stands',
    async run({ terminal, other, paying }) {
      if (paying === null) throw new NotOffered('no --paying was named');
      const { matter, biller, account } = paying;
      const bills = (by: TestTerminal) => records(by, OWN_QUESTIONS.bills, { biller, account });
      const due = (await bills(terminal)).find(
        ({ state, amountFen }) => state === 'due' && amountFen !== null,
      );
      if (due === undefined) throw new NotOffered('nothing is due on the account of --paying');
      const bill = { reference: due.bill, amountFen: due.amountFen };
      const { filed } = await file(terminal, matter, { bill });
      const asked = { case: toHex(filed.caseId) };
      const [first] = await records(terminal, OWN_QUESTIONS.payment, asked);
      const [again] = await records(terminal, OWN_QUESTIONS.payment, asked);
      expectSame('its state', first?.state, 'open');
      expectSame('its amount', first?.amountFen, due.amountFen);
      expectSame('its code, asked again', again?.code, first?.code);
      const elsewhere = await ask(other, OWN_QUESTIONS.payment, asked);
      expectSame('told to another terminal', outcomeOf(elsewhere), 'nothing');
      const seen = async (by: TestTerminal) => {
        const one = (await bills(by)).find((each) => each.bill === due.bill);
        return [one?.state, one?.case];
      };
      expectSame('the bill, where it is paid', await seen(terminal), ['being-paid', asked.case]);
      expectSame('the bill, elsewhere', await seen(other), ['being-paid', null]);
      const second = await file(other, matter, { bill });
      const [late] = await records(other, OWN_QUESTIONS.payment, { case: toHex(second.filed.caseId) });
      expectSame('a second payment of it', [late?.state, late?.code], ['another', null]);
    },
  },
];

const CERTIFICATE_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise:
      'no other number is had for a certificate that was never given; voiding one is held all the same',
    async run({ terminal }) {
      const number = '000000000000';
      const answered = await ask(terminal, OWN_QUESTIONS.certificate, { number });
      expectSame('outcome', outcomeOf(answered), 'unavailable');
      const content = { schema: 1, kind: 'certificate.voided', submissionId: newId(), numbers: [number] };
      const voided = terminal.entry({ ...content, reason: 'paper-jam' }, { class: 2 });
      expectSame('the voiding', (await terminal.offer([voided])).outcomes, [0]);
    },
  },
];

const CONSENT_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise:
      'earlier consents are told to the terminal where they were given alone, of one person, and whether they stand',
    async run({ terminal, other }) {
      const of = async (by: TestTerminal, person: string) => {
        const answered = await ask(by, OWN_QUESTIONS.consents, { person });
        return foundIn(answered)?.records ?? outcomeOf(answered);
      };
      const consentId = await deliverConsent(terminal, consentOf(PERSON, ['household']));
      const consent = toHex(consentId);
      const mine = async () => {
        const told = await of(terminal, PERSON.number);
        const one = typeof told === 'string' ? undefined : told.find((each) => each.consent === consent);
        return one && [one.dataSet, one.matter, one.from, typeof one.givenS, one.withdrawn];
      };
      const given = ['household', null, '县里的部门', 'number'];
      expectSame('the consent', await mine(), [...given, false]);
      const others = await of(terminal, OTHER_PERSON);
      const isAmong = typeof others !== 'string' && others.some((each) => each.consent === consent);
      expectSame('told of another person', isAmong, false);
      expectSame('told to another terminal', await of(other, PERSON.number), 'nothing');
      const submissionId = newId();
      const withdrawn = { schema: 1, kind: 'consent.withdrawn', submissionId, consentId, by: 'person' };
      await terminal.offer([terminal.entry(withdrawn)]);
      expectSame('the consent, taken back', await mine(), [...given, true]);
    },
  },
  {
    section: '5',
    promise: 'who asks for the consents of many people is told to wait',
    async run({ other }) {
      const outcomes: string[] = [];
      for (let nth = 0; nth <= CONSENTS_AT_ONCE; nth += 1)
        outcomes.push(outcomeOf(await ask(other, OWN_QUESTIONS.consents, { person: OTHER_PERSON })));
      expectSame('the last of many', outcomes.at(-1), 'later');
    },
  },
];

/** What the platform answers itself; each is skipped where a gateway does not, or where what it needs was not named. */
export const OWN_QUESTION_CHECKS: readonly Check[] = [
  ...GENERAL_CHECKS,
  ...BOOKING_CHECKS,
  ...PAYMENT_CHECKS,
  ...CERTIFICATE_CHECKS,
  ...CONSENT_CHECKS,
];
