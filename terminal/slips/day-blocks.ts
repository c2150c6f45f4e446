/** What the slip of an agent's day says: counts, numbers and money. No resident is on it. */
import type { Text } from '../../catalog/schema.ts';
import { dayText, yuanText } from '../../catalog/text.ts';
import type { SlipBlock } from '../../drivers/api.ts';
import type { DaySums } from '../agents/day-sums.ts';
import type { Language } from '../api.ts';
import { inFours, wallTime } from './blocks.ts';

/** What it is made from. */
export interface DaySlipFacts {
  readonly language: Language;
  /** The agent, masked. */
  readonly agent: string;
  /** ISO date. */
  readonly day: string;
  readonly atMs: number;
  readonly place: Text;
  readonly sums: DaySums;
  /** Neither paid nor given back, of whatever day. */
  readonly cashOpenFen: number;
  /** Neutral for a private matter. */
  readonly nameOf: (matterId: string | null) => Text;
  readonly copy: boolean;
}

const WORDS = {
  title: { zh: '今天的活', en: 'Today’s work' },
  copy: { zh: '副本', en: 'COPY' },
  agent: { zh: '代办员', en: 'Agent' },
  day: { zh: '日期', en: 'Date' },
  printed: { zh: '打印', en: 'Printed' },
  place: { zh: '地点', en: 'Place' },
  count: { zh: '{n} 件', en: '{n}' },
  nothing: { zh: '今天还没有办过', en: 'Nothing was filed today' },
  supplemented: { zh: '补材料', en: 'Supplied' },
  withdrawn: { zh: '撤回', en: 'Taken back' },
  collected: { zh: '取走结果', en: 'Collected' },
  promised: { zh: '答应回电', en: 'Calls promised' },
  called: { zh: '回了电话', en: 'Calls made' },
  cashTaken: { zh: '收现金', en: 'Cash taken' },
  cashReturned: { zh: '退现金', en: 'Cash returned' },
  cashOpen: { zh: '现金没了结', en: 'Cash not settled' },
  kept: { zh: '合计已记入台账，送到县里', en: 'The sums are filed and go to the county' },
  sign: { zh: '签字：', en: 'Signed:' },
} as const satisfies Record<string, Text>;

/** The blocks, top to bottom. */
export function dayBlocks(facts: DaySlipFacts): SlipBlock[] {
  const { sums, language, nameOf } = facts;
  const say = (text: Text) => text[language];
  const pair = (label: Text, value: string): SlipBlock => ({ type: 'pair', label: say(label), value });
  const line = (text: string, strong = false): SlipBlock => ({ type: 'text', text, strong });
  const count = (label: Text, n: number) =>
    n === 0 ? [] : [pair(label, say(WORDS.count).replace('{n}', String(n)))];
  const money = (label: Text, fen: number) => (fen === 0 ? [] : [pair(label, say(yuanText(fen)))]);
  return [
    { type: 'title', text: say(WORDS.title) },
    ...(facts.copy ? [line(say(WORDS.copy), true)] : []),
    pair(WORDS.agent, facts.agent),
    pair(WORDS.day, say(dayText(facts.day))),
    pair(WORDS.place, say(facts.place)),
    pair(WORDS.printed, wallTime(facts.atMs)),
    { type: 'rule' },
    ...(sums.filed.length === 0 ? [line(say(WORDS.nothing))] : []),
    ...sums.filed.flatMap(({ matterId, numbers }) => [
      ...count(nameOf(matterId), numbers.length),
      ...numbers.map((number) => line(inFours(number))),
    ]),
    { type: 'rule' },
    ...count(WORDS.supplemented, sums.supplemented),
    ...count(WORDS.withdrawn, sums.withdrawn),
    ...count(WORDS.collected, sums.collected),
    ...count(WORDS.promised, sums.promised),
    ...count(WORDS.called, sums.called),
    ...money(WORDS.cashTaken, sums.cash.takenFen),
    ...money(WORDS.cashReturned, sums.cash.returnedFen),
    ...money(WORDS.cashOpen, facts.cashOpenFen),
    line(say(WORDS.kept), true),
    line(say(WORDS.sign)),
  ];
}
