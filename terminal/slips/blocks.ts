/**
 * What a slip says (journal.md "Slip", design "A visit" 5): what was filed, when, its number and code, and
 * the truth about where it is. No ID number, a masked name, no name of a private matter.
 */

import { civilTime } from '../../base/calendar.ts';
import type { Office } from '../../catalog/route.ts';
import type { Text } from '../../catalog/schema.ts';
import { dayText, yuanText } from '../../catalog/text.ts';
import type { SlipBlock } from '../../drivers/api.ts';
import type { Language } from '../api.ts';
import type { PaymentOnSlip } from '../visit/paying.ts';

/** What a slip is made from. */
export interface SlipFacts {
  readonly language: Language;
  /** Neutral for a private matter. */
  readonly matterName: Text;
  readonly sample: boolean;
  /** It is for what was asked for after filing, under the numbers of the case. */
  readonly supplements: boolean;
  /** Masked; null where nobody is known. */
  readonly holder: string | null;
  readonly keptAtMs: number;
  /** Twelve and six digits. */
  readonly localNumber: string;
  readonly slipCode: string;
  /** Whether a verified receipt says that the platform holds it. */
  readonly delivered: boolean;
  /** Who accepts it. */
  readonly office: Office;
  readonly workingDays: number | null;
  /** When to ask if nothing was heard, an ISO date, and whom. */
  readonly hearBy: { readonly date: string; readonly phone: string } | null;
  /** Village and town. */
  readonly place: Text;
  /** A time asked for or a wish, not known to be booked when the slip is made; null where there is none. */
  readonly appointment: {
    readonly day: string;
    readonly from: string | null;
    readonly part: 'morning' | 'afternoon' | null;
  } | null;
  /** What was filed with it: each a case with numbers of its own. */
  readonly bundle: readonly {
    /** Neutral for a private matter. */
    readonly matterName: Text;
    readonly localNumber: string;
    readonly slipCode: string;
    readonly hearBy: SlipFacts['hearBy'];
  }[];
  /** How its payment stands; null where nothing is paid. */
  readonly payment: PaymentOnSlip | null;
  readonly qr: string;
  readonly copy: boolean;
}

/** Where it goes, while the machine alone has it. */
const KEPT: Readonly<Record<Office, Text>> = {
  town: {
    zh: '机器已收下，网络通了自动送到镇里',
    en: 'Kept on this machine. It goes to the town by itself when the network is back',
  },
  county: {
    zh: '机器已收下，网络通了自动送到县里',
    en: 'Kept on this machine. It goes to the county by itself when the network is back',
  },
  either: {
    zh: '机器已收下，网络通了自动送出',
    en: 'Kept on this machine. It is sent by itself when the network is back',
  },
};

/** From when the days run. */
const DAYS: Readonly<Record<Office, Text>> = {
  town: {
    zh: '{days} 个工作日，从镇里受理那天算起',
    en: '{days} working days from the day the town accepts it',
  },
  county: {
    zh: '{days} 个工作日，从县里受理那天算起',
    en: '{days} working days from the day the county accepts it',
  },
  either: {
    zh: '{days} 个工作日，从受理那天算起',
    en: '{days} working days from the day it is accepted',
  },
};

/** Words of the slip itself; `{…}` is filled in. */
const WORDS = {
  title: { zh: '回执', en: 'Slip' },
  copy: { zh: '副本', en: 'COPY' },
  sample: { zh: '示例', en: 'SAMPLE' },
  filed: { zh: '办的事', en: 'Filed' },
  supplemented: { zh: '补的材料', en: 'Supplied for' },
  holder: { zh: '卡主', en: 'Card of' },
  when: { zh: '时间', en: 'Time' },
  place: { zh: '地点', en: 'Place' },
  number: { zh: '办件号', en: 'Number' },
  code: { zh: '查询码', en: 'Code' },
  delivered: { zh: '县里已收到', en: 'The county has received it' },
  hearBy: {
    zh: '到 {date} 还没消息，请打 {phone} 或带回执来',
    en: 'No word by {date}? Call {phone} or bring this slip',
  },
  asked: { zh: '想约的时间', en: 'Time asked for' },
  askedHow: {
    zh: '约上没有，看屏幕，或扫下面的码查。县里回话前不算约上',
    en: 'Whether it is booked: see the screen, or scan below. It is not before the county says so',
  },
  wishHow: {
    zh: '这是登记意向，还没约上。工作人员会打电话',
    en: 'This is a wish, not an appointment. Staff will call',
  },
  amount: { zh: '金额', en: 'Amount' },
  receipt: { zh: '凭证号', en: 'Receipt' },
  posted: { zh: '缴好了', en: 'Paid and credited' },
  paid: {
    zh: '付好了，正在入账。入不了账会原路退回',
    en: 'Paid, being credited. If it cannot be, it goes back',
  },
  notKnown: {
    zh: '付没付成正在查，请先不要再付。多付自动退',
    en: 'Whether it was paid is being checked: do not pay again. Too much goes back by itself',
  },
  notPaid: { zh: '没有付成，没有收钱', en: 'Not paid: no money was taken' },
  cashBack: { zh: '没有缴成，交的现金要退给本人', en: 'Not paid: the cash goes back to who handed it over' },
  morning: { zh: '上午', en: 'morning' },
  afternoon: { zh: '下午', en: 'afternoon' },
  bundle: { zh: '一起收下 {n} 件，各有办件号', en: 'Kept with it: {n}, each with a number' },
  lookUp: {
    zh: '查办到哪一步：扫码，或报办件号和查询码',
    en: 'To ask how far it is: scan, or give number and code',
  },
} as const satisfies Record<string, Text>;

/** A number in groups of four: `830625120047` → `8306 2512 0047`. */
export function inFours(digits: string): string {
  return digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}

/** The blocks of one slip, top to bottom. */
export function slipBlocks(facts: SlipFacts): SlipBlock[] {
  const say = (text: Text) => text[facts.language];
  const marks = [facts.copy ? WORDS.copy : null, facts.sample ? WORDS.sample : null].filter(
    (mark) => mark !== null,
  );
  return [
    { type: 'title', text: say(WORDS.title) },
    ...marks.map((mark) => strongLine(say(mark))),
    pair(say(facts.supplements ? WORDS.supplemented : WORDS.filed), say(facts.matterName)),
    ...(facts.holder === null ? [] : [pair(say(WORDS.holder), facts.holder)]),
    pair(say(WORDS.when), wallTime(facts.keptAtMs)),
    pair(say(WORDS.place), say(facts.place)),
    ...(facts.appointment === null ? [] : appointmentBlocks(facts.appointment, say)),
    ...(facts.payment === null ? [] : paymentBlocks(facts.payment, say)),
    { type: 'rule' },
    line(say(WORDS.number)),
    { type: 'number', text: inFours(facts.localNumber) },
    line(say(WORDS.code)),
    { type: 'number', text: facts.slipCode },
    { type: 'rule' },
    strongLine(say(facts.delivered ? WORDS.delivered : KEPT[facts.office])),
    ...(facts.workingDays === null
      ? []
      : [line(filled(say(DAYS[facts.office]), { days: String(facts.workingDays) }))]),
    ...hearByBlocks(facts.hearBy, say),
    ...bundleBlocks(facts.bundle, say),
    { type: 'qr', data: facts.qr },
    line(say(WORDS.lookUp)),
  ];
}

/** Never more than is true: nobody has an appointment by having asked for it. */
function appointmentBlocks(
  { day, from, part }: NonNullable<SlipFacts['appointment']>,
  say: (text: Text) => string,
): SlipBlock[] {
  const half = part === null ? '' : say(WORDS[part]);
  return [
    pair(say(WORDS.asked), `${say(dayText(day))} ${from ?? half}`),
    strongLine(say(from === null ? WORDS.wishHow : WORDS.askedHow)),
  ];
}

function hearByBlocks(hearBy: SlipFacts['hearBy'], say: (text: Text) => string): SlipBlock[] {
  if (hearBy === null) return [];
  const { date, phone } = hearBy;
  return [line(filled(say(WORDS.hearBy), { date: say(dayText(date)), phone }))];
}

/** What was kept with it, one below the other; the code to scan is of the first alone. */
function bundleBlocks(bundle: SlipFacts['bundle'], say: (text: Text) => string): SlipBlock[] {
  if (bundle.length === 0) return [];
  const title = strongLine(filled(say(WORDS.bundle), { n: String(bundle.length) }));
  const each = bundle.flatMap(({ matterName, localNumber, slipCode, hearBy }): SlipBlock[] => [
    { type: 'rule' },
    pair(say(WORDS.filed), say(matterName)),
    pair(say(WORDS.number), inFours(localNumber)),
    pair(say(WORDS.code), slipCode),
    ...hearByBlocks(hearBy, say),
  ]);
  return [{ type: 'rule' }, title, ...each, { type: 'rule' }];
}

function filled(words: string, values: Readonly<Record<string, string>>): string {
  return words.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

const PAYMENT_WORDS = {
  posted: WORDS.posted,
  paid: WORDS.paid,
  'not-known': WORDS.notKnown,
  'not-paid': WORDS.notPaid,
  'cash-back': WORDS.cashBack,
} as const satisfies Record<PaymentOnSlip['state'], Text>;

/** The amount and how it stands, by the platform's word alone. */
function paymentBlocks(
  { amountFen, state, receipt }: PaymentOnSlip,
  say: (text: Text) => string,
): SlipBlock[] {
  return [
    pair(say(WORDS.amount), say(yuanText(amountFen))),
    ...(receipt === null ? [] : [pair(say(WORDS.receipt), receipt)]),
    strongLine(say(PAYMENT_WORDS[state])),
  ];
}

function line(text: string): SlipBlock {
  return { type: 'text', text, strong: false };
}

function strongLine(text: string): SlipBlock {
  return { type: 'text', text, strong: true };
}

function pair(label: string, value: string): SlipBlock {
  return { type: 'pair', label, value };
}

/** `2026-06-12 09:47`, China Standard Time. */
export function wallTime(wallMs: number): string {
  const at = civilTime(wallMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.year}-${two(at.month)}-${two(at.day)} ${two(at.hour)}:${two(at.minute)}`;
}
