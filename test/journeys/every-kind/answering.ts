/** Every type of question: one as a matter may ask it, a right answer and a wrong one at the screen. */
import { addDays } from '../../../base/calendar.ts';
import { bankCheckDigit } from '../../../catalog/bank-account.ts';
import type { AnswerValue, Question } from '../../../catalog/schema.ts';
import { zh } from '../../../renderer/src/words/zh.ts';
import { SAMPLE_VILLAGE } from '../../../scripts/stack.ts';
import type { Hands } from '../answering-hands.ts';
import type { Dock } from '../dock.ts';
import type { Visitor } from '../visitor.ts';

/** Somebody at a question. */
export interface Somebody {
  readonly visitor: Visitor;
  readonly hands: Hands;
  readonly dock: Dock;
}

type Does = (somebody: Somebody) => Promise<void>;

/** How one type of question is asked and answered. */
export interface Answering {
  /** What its question says beyond what every question does. */
  readonly asks: Readonly<Record<string, unknown>>;
  /** What the right answer is, on that day; none where only the machine knows how it names what it was given. */
  readonly value?: (todayIso: string) => AnswerValue;
  /** What stands at the desk, where that does not follow from the value. */
  readonly atDesk?: RegExp;
  /** Answers rightly, up to the key that leads on. */
  readonly answers: Does;
  /** The key that leads on; null where the touch that answers does. */
  readonly on: string | null;
  readonly wrong: Wrong;
}

/** A wrong answer as the screen lets one give it. */
interface Wrong {
  /** What it is to the terminal; null where it is none at all. */
  readonly value: AnswerValue | null;
  /** Every touch answers it rightly, and there is no key to go on without one. */
  readonly isImpossible?: boolean;
  /** What the screen says to it; the terminal's own words unless said. */
  readonly says?: string;
  readonly gives?: Does;
  /** The key after which it is refused; null where it is refused as it is given. */
  readonly on?: string | null;
  /** From there to the right answer. */
  readonly mends?: Does;
}

const both = (zhWords: string, en: string) => ({ zh: zhWords, en });
const choice = (value: string, zhWords: string, en: string) => ({ value, label: both(zhWords, en) });
/** The specimen's number, of nobody. */
const NUMBER = '11010519491231002X';
const PHONE = '13900000000';
const DIGITS = '621700123456789';
const CARD = `${DIGITS}${bankCheckDigit(DIGITS)}`;
const WRONG_CARD = `${DIGITS}${(Number(CARD.at(-1)) + 1) % 10}`;
const MONTH_KEY = 'button[aria-pressed]:not([disabled])';

const nothing = (says: string): Wrong => ({ value: null, says });
const atKey = { on: zh.key.next } as const;
const atOnce = { on: null } as const;
/** Nothing can be given wrongly at the screen, which says this instead of a key that leads on. */
const IMPOSSIBLE: Wrong = { value: null, isImpossible: true, says: zh.question.touch };

/** By type: a type without its line here does not compile. */
export const ANSWERING: Readonly<Record<Question['type'], Answering>> = {
  'one-of': {
    ...atOnce,
    asks: { choices: [choice('red', '红的', 'Red'), choice('blue', '蓝的', 'Blue')] },
    value: () => 'red',
    answers: ({ visitor }) => visitor.taps('红的'),
    wrong: IMPOSSIBLE,
  },
  'several-of': {
    ...atKey,
    asks: { choices: [choice('pear', '梨', 'Pear'), choice('plum', '李', 'Plum')] },
    value: () => ['pear'],
    answers: ({ hands }) => hands.picks('梨'),
    wrong: nothing(zh.question.chooseSome),
  },
  'yes-no': {
    ...atOnce,
    asks: {},
    value: () => false,
    answers: ({ visitor }) => visitor.taps(zh.question.no),
    wrong: IMPOSSIBLE,
  },
  quantity: {
    ...atKey,
    asks: { min: 1, max: 50, unit: { zh: '棵', en: 'trees', enOne: 'tree' } },
    value: () => 12,
    answers: ({ hands }) => hands.presses('12'),
    wrong: { value: 0, gives: ({ hands }) => hands.presses('0') },
  },
  date: {
    ...atKey,
    asks: { minDays: 0, maxDays: 10 },
    value: (todayIso) => addDays(todayIso, 1),
    answers: ({ hands }) => hands.key(zh.date.tomorrow).click(),
    wrong: nothing(zh.question.date),
  },
  month: {
    ...atKey,
    asks: { minMonths: 0, maxMonths: 3 },
    value: (todayIso) => todayIso.slice(0, 7),
    answers: ({ hands }) => hands.page.locator(MONTH_KEY).filter({ hasText: /月$/ }).first().click(),
    wrong: nothing(zh.question.month),
  },
  phone: {
    ...atKey,
    asks: {},
    value: () => PHONE,
    answers: ({ hands }) => hands.presses(PHONE),
    wrong: {
      value: PHONE.slice(0, -1),
      gives: ({ hands }) => hands.presses(PHONE.slice(0, -1)),
      mends: ({ hands }) => hands.presses(PHONE.slice(-1)),
    },
  },
  'id-number': {
    ...atKey,
    asks: {},
    value: () => NUMBER,
    answers: ({ hands }) => hands.presses(NUMBER),
    wrong: {
      value: NUMBER.slice(0, -1),
      gives: ({ hands }) => hands.presses(NUMBER.slice(0, -1)),
      mends: ({ hands }) => hands.presses(NUMBER.slice(-1)),
    },
  },
  name: {
    ...atKey,
    asks: {},
    value: () => '陈晓',
    answers: ({ hands }) => hands.writes(['chen', '陈'], ['xiao', '晓']),
    wrong: {
      value: '陈',
      gives: ({ hands }) => hands.writes(['chen', '陈']),
      mends: ({ hands }) => hands.writes(['xiao', '晓']),
    },
  },
  text: {
    ...atKey,
    asks: { maxLength: 60 },
    value: () => '桥',
    answers: ({ hands }) => hands.writes(['qiao', '桥']),
    wrong: nothing(zh.question.fill),
  },
  village: {
    ...atOnce,
    asks: {},
    value: () => SAMPLE_VILLAGE,
    answers: ({ visitor }) => visitor.taps(new RegExp(zh.village.here)),
    wrong: IMPOSSIBLE,
  },
  'person-card': {
    ...atKey,
    asks: {},
    atDesk: /陈秀英/,
    async answers({ hands, dock }) {
      await dock.lay('daughter');
      await hands.page.getByText(zh.personCard.readHow).waitFor();
    },
    wrong: nothing(zh.question.card),
  },
  code: {
    ...atKey,
    asks: { typed: true, maxLength: 20, pattern: [{ exactly: 'YZ' }, { of: 'digits', min: 4, max: 8 }] },
    value: () => 'YZ330624',
    async answers({ hands, dock }) {
      await dock.order({ order: 'scan-code', text: 'YZ330624', end: 'crlf' });
      await hands.page.getByText(/0624/).waitFor();
    },
    wrong: {
      value: 'AB330624',
      gives: ({ dock }) => dock.order({ order: 'scan-code', text: 'AB330624', end: 'crlf' }),
      on: null,
    },
  },
  photo: {
    asks: { of: 'document' },
    async answers({ hands }) {
      await hands.key(zh.photo.take).click();
      await hands.key(zh.photo.use).waitFor();
    },
    on: zh.photo.use,
    wrong: { ...nothing(zh.photo.first), ...atKey },
  },
  signature: {
    asks: {},
    answers: ({ hands }) => hands.signs(),
    on: zh.signature.use,
    wrong: nothing(zh.signature.first),
  },
  voice: {
    asks: { maxSeconds: 20 },
    async answers({ hands }) {
      await hands.key(zh.voice.start).click();
      await hands.page.getByText(zh.voice.left.replace('{{n}}', '19')).waitFor();
      await hands.key(zh.voice.stop).click();
      await hands.key(zh.voice.use).waitFor();
    },
    on: zh.voice.use,
    wrong: { ...nothing(zh.voice.first), ...atKey },
  },
  amount: {
    ...atKey,
    asks: { minFen: 10_000, maxFen: 10_000_000 },
    value: () => 50_000,
    answers: ({ hands }) => hands.presses('500'),
    wrong: {
      value: 500,
      gives: ({ hands }) => hands.presses('5'),
      mends: ({ hands }) => hands.presses('00'),
    },
  },
  address: {
    ...atKey,
    asks: {},
    value: () => ({ village: SAMPLE_VILLAGE, detail: '桥' }),
    async answers(somebody) {
      await goesToDetail(somebody);
      await somebody.hands.writes(['qiao', '桥']);
    },
    wrong: {
      value: { village: SAMPLE_VILLAGE },
      gives: goesToDetail,
      mends: ({ hands }) => hands.writes(['qiao', '桥']),
    },
  },
  'bank-account': {
    ...atKey,
    asks: {},
    value: () => ({ bank: 'agricultural', number: CARD }),
    async answers(somebody) {
      await choosesBank(somebody);
      await somebody.hands.presses(CARD);
    },
    wrong: {
      value: { bank: 'agricultural', number: WRONG_CARD },
      async gives(somebody) {
        await choosesBank(somebody);
        await somebody.hands.presses(WRONG_CARD);
      },
      async mends({ hands }) {
        await hands.key(zh.pad.erase).click();
        await hands.presses(CARD.slice(-1));
      },
    },
  },
  members: {
    asks: { min: 1, max: 3, relations: [choice('child', '儿子女儿', 'Child')], numbers: 'no' },
    value: () => [{ relation: 'child', name: '陈明' }],
    async answers(somebody) {
      await addsChild(somebody);
      await somebody.hands.writes(['chen', '陈'], ['ming', '明']);
      await somebody.visitor.taps(zh.key.next);
    },
    on: zh.members.done,
    wrong: {
      value: [{ relation: 'child', name: '陈' }],
      async gives(somebody) {
        await addsChild(somebody);
        await somebody.hands.writes(['chen', '陈']);
      },
      ...atKey,
      async mends({ hands, visitor }) {
        await hands.writes(['ming', '明']);
        await visitor.taps(zh.key.next);
      },
    },
  },
  slot: {
    ...atOnce,
    asks: { service: 'sample-service' },
    atDesk: /^\d+月\d+日 \d\d:\d\d$/,
    async answers(somebody) {
      await choosesDay(somebody);
      await choosesTime(somebody);
    },
    wrong: { ...IMPOSSIBLE, gives: choosesDay, mends: choosesTime },
  },
  declaration: {
    ...atOnce,
    asks: {},
    value: () => true,
    answers: ({ visitor }) => visitor.taps(zh.question.declareKey),
    wrong: IMPOSSIBLE,
  },
};

async function goesToDetail({ visitor }: Somebody): Promise<void> {
  await visitor.taps(new RegExp(zh.village.here));
  await visitor.sees(zh.address.detail);
}

async function choosesBank({ visitor }: Somebody): Promise<void> {
  await visitor.taps('农业银行');
  await visitor.sees(zh.bank.number);
}

async function addsChild({ visitor, hands }: Somebody): Promise<void> {
  await hands.key(zh.members.add).click();
  await visitor.sees(zh.members.relation);
  await visitor.taps('儿子女儿');
  await visitor.sees(zh.members.name);
}

async function choosesDay({ visitor, hands }: Somebody): Promise<void> {
  await hands.page
    .getByRole('button', { name: /^\d+月\d+日$/, disabled: false })
    .first()
    .click();
  await visitor.sees(zh.slot.time);
}

async function choosesTime({ visitor }: Somebody): Promise<void> {
  await visitor.taps(/^\d\d:\d\d$/);
}
