/**
 * The two slips of cash: the resident's says who took it, the agent's who gave it and how it ended. Each bears the other's
 * name masked, what for, how much, when, the number of the payment, and a line on which the other signs with a pen.
 */
import type { Text } from '../../catalog/schema.ts';
import { yuanText } from '../../catalog/text.ts';
import type { SlipBlock } from '../../drivers/api.ts';
import type { Language } from '../api.ts';
import { inFours, wallTime } from '../slips/blocks.ts';
import type { CashSide } from './slip-jobs.ts';

/** How the cash stands when its slip is made. */
export type CashStanding = 'held' | 'paid' | 'to-return' | 'returned';

/** What a slip of cash is made from. */
export interface CashSlipFacts {
  readonly side: CashSide;
  readonly language: Language;
  /** Neutral for a private matter. */
  readonly matterName: Text;
  /** Masked, of the account; empty where it is not known any more. */
  readonly owner: string;
  /** Masked: who gave it, and who took it. */
  readonly payer: string;
  readonly agent: string;
  readonly amountFen: number;
  readonly standing: CashStanding;
  /** Of the biller, once it is credited. */
  readonly receipt: string | null;
  readonly localNumber: string;
  readonly takenMs: number;
  readonly place: Text;
  /** Whom to call. */
  readonly phone: string;
  readonly copy: boolean;
}

const WORDS = {
  resident: { zh: '现金收条', en: 'Cash received' },
  agent: { zh: '现金底联', en: 'Cash, agent’s copy' },
  copy: { zh: '补打', en: 'PRINTED AGAIN' },
  taker: { zh: '收钱的代办员', en: 'Taken by agent' },
  payer: { zh: '交钱的人', en: 'Handed over by' },
  what: { zh: '缴什么', en: 'To pay' },
  owner: { zh: '户名', en: 'Account of' },
  amount: { zh: '现金', en: 'Cash' },
  when: { zh: '时间', en: 'Time' },
  place: { zh: '地点', en: 'Place' },
  number: { zh: '办件号', en: 'Number' },
  receipt: { zh: '凭证号', en: 'Receipt' },
  signAgent: { zh: '代办员签名', en: 'Agent signs' },
  signPayer: { zh: '交钱的人签名', en: 'Who handed it over signs' },
  keep: {
    zh: '钱交给了代办员，账单还没缴。缴好了另有回执',
    en: 'Handed to the agent, not paid yet. A slip follows',
  },
  call: { zh: '当天没缴也没退，请打 {phone}', en: 'Neither paid nor given back today? Call {phone}' },
} as const satisfies Record<string, Text>;

/** What the agent's slip says of the end. */
const STANDING: Readonly<Record<CashStanding, Text>> = {
  held: {
    zh: '付没付成正在查，现金还没了结',
    en: 'Whether it was paid is being checked; the cash is not settled',
  },
  paid: { zh: '账单缴好了，现金抵清', en: 'The bill is paid with this cash' },
  'to-return': { zh: '没有缴成，现金还没退给本人', en: 'Not paid; the cash is not given back yet' },
  returned: { zh: '没有缴成，现金退给本人了', en: 'Not paid; the cash was given back' },
};

/** Room for a pen. */
const SIGN_LINE = '＿＿＿＿＿＿';

/** The blocks of one slip, top to bottom. */
export function cashSlipBlocks(facts: CashSlipFacts): SlipBlock[] {
  const { side, owner, receipt } = facts;
  const say = (text: Text) => text[facts.language];
  const pair = (label: Text, value: string): SlipBlock => ({ type: 'pair', label: say(label), value });
  const line = (text: string, strong: boolean): SlipBlock => ({ type: 'text', text, strong });
  const isResidents = side === 'resident';
  return [
    { type: 'title', text: say(WORDS[side]) },
    ...(facts.copy ? [line(say(WORDS.copy), true)] : []),
    isResidents ? pair(WORDS.taker, facts.agent) : pair(WORDS.payer, facts.payer),
    pair(WORDS.amount, say(yuanText(facts.amountFen))),
    pair(WORDS.what, say(facts.matterName)),
    ...(owner === '' ? [] : [pair(WORDS.owner, owner)]),
    pair(WORDS.when, wallTime(facts.takenMs)),
    pair(WORDS.place, say(facts.place)),
    { type: 'rule' },
    line(say(WORDS.number), false),
    { type: 'number', text: inFours(facts.localNumber) },
    { type: 'rule' },
    ...(isResidents
      ? [line(say(WORDS.keep), true), line(say(WORDS.call).replace('{phone}', facts.phone), false)]
      : [line(say(STANDING[facts.standing]), true)]),
    ...(isResidents || receipt === null ? [] : [pair(WORDS.receipt, receipt)]),
    { type: 'rule' },
    pair(isResidents ? WORDS.signAgent : WORDS.signPayer, SIGN_LINE),
  ];
}
