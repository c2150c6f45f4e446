import {
  askSharedData,
  consentOf,
  deliverConsent,
  makeQuery,
} from '../../../platform/testing/ask-shared-data.ts';
import { crypto, newId, type TestTerminal } from '../../../platform/testing/test-terminal.ts';
import { type Check, expectSame, NotOffered } from '../check.ts';

/** Made-up people: numbers of an area that no county bears. */
const PERSON = { name: '示例甲', number: '330699194103121024' };
const OTHER_PERSON = '330699196809252244';
const DATA_SET = 'household';

/** Says that a gateway has no broker, which is no fault. */
function demandBroker(came: object): void {
  if (Reflect.get(came, 'status') === 404)
    throw new NotOffered('this gateway answers no queries of shared data');
}

/** Asks without a right to; how it was refused. */
async function refusal(
  terminal: TestTerminal,
  asking: { consentId: Uint8Array | null; person?: string | null; dataSet?: string },
) {
  const came = await askSharedData(terminal, { dataSet: DATA_SET, person: PERSON.number, ...asking });
  demandBroker(came);
  return `${Reflect.get(came, 'outcome')} ${Reflect.get(came, 'reason')}`;
}

/** Sends a query as it is; the status it is answered with. */
async function statusOf(terminal: TestTerminal, bytes: Uint8Array): Promise<unknown> {
  const came = await terminal.call('queries', bytes);
  if (came.ok) return 200;
  demandBroker(came.error);
  return Reflect.get(came.error, 'status');
}

/** Shared data: that nobody gets it without the person's own consent. */
export const QUERY_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise: 'a query without a consent is refused, in the platform’s word on that question',
    async run({ terminal }) {
      expectSame('answer', await refusal(terminal, { consentId: newId() }), 'refused no-consent');
    },
  },
  {
    section: '5',
    promise: 'a consent proves nothing of another person, another data set, or for another terminal',
    async run({ terminal, other }) {
      const consentId = await deliverConsent(terminal, consentOf(PERSON, [DATA_SET]));
      const person = await refusal(terminal, { consentId, person: OTHER_PERSON });
      expectSame('another person', person, 'refused other-person');
      const dataSet = await refusal(terminal, { consentId, dataSet: 'bank-account' });
      expectSame('another data set', dataSet, 'refused other-data-set');
      expectSame('another terminal', await refusal(other, { consentId }), 'refused no-consent');
    },
  },
  {
    section: '5',
    promise: 'a consent that was withdrawn proves nothing, even when its withdrawal came first',
    async run({ terminal }) {
      const withdrawal = (consentId: Uint8Array) =>
        terminal.entry({
          schema: 1,
          kind: 'consent.withdrawn',
          submissionId: newId(),
          consentId,
          by: 'person',
        });
      const consentId = await deliverConsent(terminal, consentOf(PERSON, [DATA_SET]));
      await terminal.offer([withdrawal(consentId)]);
      expectSame('withdrawn', await refusal(terminal, { consentId }), 'refused no-consent');
      const late = terminal.entry(consentOf(PERSON, [DATA_SET]), { class: 0 });
      await terminal.offer([withdrawal(late.header.entryId)]);
      await terminal.offer([late]);
      const answer = await refusal(terminal, { consentId: late.header.entryId });
      expectSame('withdrawn before it came', answer, 'refused no-consent');
    },
  },
  {
    section: '5',
    promise:
      'what is kept of people is never open to anyone, and a question is about a person or about nobody',
    async run({ terminal }) {
      const nobodys = { consentId: null, person: null };
      expectSame('about nobody', await refusal(terminal, nobodys), 'refused no-consent');
      const unknown = await refusal(terminal, { ...nobodys, dataSet: 'no-such-data-set' });
      expectSame('of what nobody knows', unknown, 'refused no-consent');
      const halves = [
        { consentId: null, person: PERSON.number },
        { consentId: newId(), person: null },
      ];
      for (const half of halves) {
        const { bytes } = makeQuery(terminal, { ...half, dataSet: DATA_SET });
        expectSame('half of both', await statusOf(terminal, bytes), 400);
      }
    },
  },
  {
    section: '5',
    promise:
      'a question sealed as another terminal’s, or that cannot be answered to its key alone, is malformed',
    async run({ terminal, other }) {
      const asking = { consentId: newId(), dataSet: DATA_SET, person: PERSON.number };
      const theirs = makeQuery(terminal, { ...asking, sealedAs: other });
      expectSame('of another terminal', await statusOf(terminal, theirs.bytes), 400);
      const anyones = makeQuery(terminal, { ...asking, replyKey: new Uint8Array(32) });
      expectSame('to a key that anyone has', await statusOf(terminal, anyones.bytes), 400);
      expectSame('of six thousand bytes', await statusOf(terminal, crypto.randomBytes(6_000)), 413);
    },
  },
];
