/** What the platform answers itself of a card, and of cash that an agent may take. */
import { toHex } from '../../../base/bytes.ts';
import { newId } from '../../../platform/testing/test-terminal.ts';
import { OWN_QUESTIONS } from '../../../sync/own-questions.ts';
import { type Check, expectSame, NotOffered } from '../check.ts';
import { ask, file, foundIn, outcomeOf } from './own-questions.ts';

/** A mark that no other run makes. */
const newMark = () => Uint8Array.from([0xa1, ...newId(), ...newId().slice(1)]);

/** The checks. */
export const CARD_AND_CASH_CHECKS: readonly Check[] = [
  {
    section: '5',
    promise:
      'of what a card handed in elsewhere, day, place and status alone are told while it is open; nothing of another card or matter',
    async run({ terminal, other, booking }) {
      if (booking === null) throw new NotOffered('no --booking was named');
      const { matter } = booking;
      const [cardMark, stranger] = [newMark(), newMark()];
      const asks = (mark: Uint8Array, of = matter) =>
        ask(other, OWN_QUESTIONS.underWay, { card: toHex(mark), matter: of });
      expectSame('before anything was handed in', outcomeOf(await asks(cardMark)), 'nothing');
      const { filed } = await file(terminal, matter, { cardMark });
      const found = foundIn(await asks(cardMark))?.records ?? [];
      expectSame(
        'day, place and status alone',
        found.map((record) => Object.keys(record).sort().join()),
        ['day,place,status'],
      );
      expectSame('nothing of another card', outcomeOf(await asks(stranger)), 'nothing');
      expectSame('another matter', outcomeOf(await asks(cardMark, 'no-such-matter')), 'nothing');
      const back = { schema: 1, kind: 'case.withdrawn', caseId: filed.caseId, submissionId: newId() };
      await terminal.offer([terminal.entry({ ...back, words: null })]);
      expectSame('once it was taken back', outcomeOf(await asks(cardMark)), 'nothing');
    },
  },
  {
    section: '5',
    promise: 'an agent whom nobody knows may take no cash',
    async run({ terminal }) {
      const agent = toHex(newId());
      expectSame('outcome', outcomeOf(await ask(terminal, OWN_QUESTIONS.cash, { agent })), 'nothing');
    },
  },
];
