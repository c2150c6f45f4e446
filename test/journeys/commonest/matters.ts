/** The ten commonest matters, each as the steps from its own page to what it ends with. */
import { zh } from '../../../renderer/src/words/zh.ts';
import { SAMPLE_PHONE, wordsOf } from '../matters.ts';
import { dials, meets, type Name, notices, pays, picks, presses, type Step, scans } from './steps.ts';

/** What differs from one going-through to the next: whoever has paid owes nothing any more. */
export interface Turn {
  /** Whose card is laid where a bill of their own is paid. */
  readonly payer: string;
  /** The account of an electricity bill. */
  readonly account: string;
  /** Whether they let the state be asked instead of themselves. */
  readonly agrees: boolean;
}

/** The turns of one village: more than these have nothing left to pay. */
export const TURNS = [
  { payer: 'man-of-70', account: '3306990001', agrees: true },
  { payer: 'daughter', account: '3306990002', agrees: true },
  { payer: 'young-man', account: '3306990002', agrees: true },
] as const satisfies readonly Turn[];

/** One of the ten. */
export interface Commonest {
  readonly matterId: string;
  /** The card that is laid; none for what needs none. */
  readonly card: (turn: Turn) => string | null;
  readonly steps: (turn: Turn) => readonly Step[];
  /** The key that ends the visit. */
  readonly leaves: string;
  /** What is asked of the state: all that it tells, or answers that are asked for where nobody agrees. */
  readonly shared: 'none' | 'fills' | 'all';
}

const CHINESE = { language: 'zh' } as const;
const NEXT = presses(zh.key.next);
const said = (matterId: string) => wordsOf(CHINESE, matterId);

/** A question with keys: what is asked, and the touch that answers it and leads on. */
const answers = (ask: string, name: Name): readonly Step[] => [meets(ask), presses(name)];
const gives = (ask: string, ...steps: readonly Step[]): readonly Step[] => [meets(ask), ...steps, NEXT];
const chooses = (matterId: string, question: string, value: string): readonly Step[] => {
  const words = said(matterId);
  // What helps to choose it stands behind its name.
  return answers(words.asks(question), new RegExp(`^${words.choice(question, value)}`));
};
/** Any number of several: what is asked, what is ticked, and on. */
const ticks = (matterId: string, question: string, ...values: readonly string[]): readonly Step[] => {
  const words = said(matterId);
  return gives(words.asks(question), ...values.map((value) => picks(words.choice(question, value))));
};
const HERE = /^就是这里/;
const givesPhone = (matterId: string) => gives(said(matterId).asks('phone'), dials(SAMPLE_PHONE));
const AGREES = [meets(zh.shared.consentTitle), presses(zh.shared.agree)] as const;
/** What is fetched where they agree, and asked where they do not. */
const unlessAgreed = (agrees: boolean, ...asked: readonly Step[]): readonly Step[] =>
  agrees ? AGREES : [meets(zh.shared.consentTitle), presses(zh.shared.notAgreeFill), ...asked];
const HANDS_IN = [meets(zh.check.title), presses(zh.key.submit), meets(zh.kept.printed)] as const;
/** One touch declares that it is true, and hands it in. */
const DECLARES = [meets(zh.check.title), presses(zh.question.declareSubmit), meets(zh.kept.printed)] as const;
const PAYS = [
  meets(/户名|查到几笔/),
  presses(/^(对，)?付 /),
  meets(/请用手机扫码付/),
  pays,
  meets(/缴好了/),
] as const;
/** What stands ready to be put together on the panel of phrases. */
const writes = (phrase: string): readonly Step[] => [presses(zh.typing.phrases), presses(phrase)];

const MOTHER = () => 'mother';
const NOBODY = () => null;
const filed = { card: MOTHER, leaves: zh.key.done } as const;

export const COMMONEST: readonly Commonest[] = [
  {
    matterId: 'money-arrived',
    shared: 'all',
    ...{ card: () => 'man-of-70', leaves: zh.key.leave },
    steps: () => [presses(zh.key.start), ...AGREES, meets('养老金和补贴到账'), notices(/\d[\s\u2060]*元/)],
  },
  {
    matterId: 'medical-premium',
    shared: 'none',
    ...{ card: ({ payer }) => payer, leaves: zh.key.done },
    steps: () => [presses(said('medical-premium').basis('self')), ...PAYS],
  },
  {
    matterId: 'power-bill',
    shared: 'none',
    ...{ card: NOBODY, leaves: zh.key.done },
    steps: ({ account }) => [
      presses(zh.key.start),
      ...gives(said('power-bill').asks('account'), scans(account), notices(new RegExp(account.slice(-4)))),
      ...PAYS,
    ],
  },
  {
    matterId: 'insurance-proof',
    shared: 'all',
    ...{ card: () => 'daughter', leaves: zh.key.done },
    steps: () => [
      presses(zh.key.start),
      ...chooses('insurance-proof', 'purpose', 'school'),
      ...AGREES,
      meets(zh.print.preview),
      presses(zh.print.go),
      meets(/^请取走 \d+ 张纸/),
      presses(zh.print.taken),
      meets(zh.print.doneTitle),
    ],
  },
  {
    matterId: 'village-certificate',
    shared: 'fills',
    ...filed,
    steps: ({ agrees }) => [
      presses(zh.key.start),
      ...chooses('village-certificate', 'kind', 'member'),
      ...chooses('village-certificate', 'who-asks', 'bank'),
      ...chooses('village-certificate', 'get', 'village'),
      ...(agrees
        ? answers(said('village-certificate').asks('phone'), /^用登记的手机号/)
        : [
            ...answers(said('village-certificate').asks('phone'), zh.shared.orType),
            ...givesPhone('village-certificate'),
          ]),
      ...DECLARES,
    ],
  },
  {
    matterId: 'old-age-allowance',
    shared: 'fills',
    ...filed,
    steps: ({ agrees }) => [
      presses(said('old-age-allowance').basis('self')),
      ...unlessAgreed(
        agrees,
        ...chooses('old-age-allowance', 'pay-to', 'passbook'),
        ...chooses('old-age-allowance', 'lives', 'as-on-card'),
        ...givesPhone('old-age-allowance'),
      ),
      ...DECLARES,
    ],
  },
  {
    matterId: 'farmland-subsidy',
    shared: 'fills',
    ...filed,
    steps: ({ agrees }) => [
      presses(said('farmland-subsidy').basis('self')),
      ...unlessAgreed(
        agrees,
        ...answers(said('farmland-subsidy').asks('village'), HERE),
        ...gives(said('farmland-subsidy').asks('area'), presses(zh.typing.digits), presses('6')),
        ...chooses('farmland-subsidy', 'state', 'all'),
        ...ticks('farmland-subsidy', 'crops', 'rice'),
      ),
      ...chooses('farmland-subsidy', 'changed', 'none'),
      ...(agrees ? [] : givesPhone('farmland-subsidy')),
      ...DECLARES,
    ],
  },
  {
    matterId: 'health-check',
    shared: 'fills',
    ...filed,
    steps: ({ agrees }) => [
      presses(zh.key.start),
      ...unlessAgreed(
        agrees,
        ...chooses('health-check', 'how', 'self'),
        ...ticks('health-check', 'illness', 'none'),
      ),
      ...answers(said('health-check').asks('time'), /\d+月\d+日/),
      ...answers(zh.slot.time, /^\d{1,2}:\d\d/),
      ...(agrees ? [] : givesPhone('health-check')),
      ...HANDS_IN,
    ],
  },
  {
    matterId: 'case-progress',
    shared: 'none',
    ...{ card: MOTHER, leaves: zh.key.leave },
    steps: () => [meets(zh.cases.title), notices(said('village-certificate').name)],
  },
  {
    matterId: 'problem-report',
    shared: 'none',
    ...{ card: NOBODY, leaves: zh.key.done },
    steps: () => [
      presses(zh.key.start),
      ...chooses('problem-report', 'what', 'lamp'),
      ...answers(said('problem-report').asks('village'), HERE),
      ...gives(said('problem-report').asks('place'), ...writes('在村口')),
      ...gives(said('problem-report').asks('words'), ...writes('不亮')),
      meets(said('problem-report').asks('photo')),
      presses(zh.photo.skip),
      ...answers(said('problem-report').asks('wants-answer'), zh.question.no),
      ...HANDS_IN,
    ],
  },
];

/** What it is called on tiles. */
export const nameOf = ({ matterId }: Commonest): Name => new RegExp(`^${said(matterId).name}`);
