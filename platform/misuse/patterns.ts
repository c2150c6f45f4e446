/**
 * What may be a card used by somebody else, as data: for each pattern what is compared, and from how many on a person has
 * to look. A flag accuses nobody: most have a good reason, which somebody finds out and writes down.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** One pattern. */
export interface Pattern {
  /** What it is called where staff read it. */
  readonly words: string;
  /** What is worth asking. */
  readonly ask: string;
  /** More different ones than this within {@link windowMs} are flagged. */
  readonly most: number;
  readonly windowMs: number;
  /** Where what is usual at a machine adds to `most`: so many times the average of so many nights before. */
  readonly usual?: { readonly nights: number; readonly times: number };
  /** What goes into one flag: cases of the same day or night in China, or all there ever are. */
  readonly period: 'day' | 'night' | 'ever';
}

/** Every pattern, with its thresholds. */
export const PATTERNS = {
  /** Different cards at one machine, where no village agent stood by under their own name. */
  'many-cards': {
    words: '一台机器上，几分钟里用了很多张身份证',
    ask: '是排队办事，还是一个人拿着很多张证？',
    ...{ most: 5, windowMs: 15 * MINUTE_MS, period: 'day' },
  },
  /** Different households: people of one address on their cards are one. */
  'one-phone': {
    words: '好几户人家的办件，留了同一个电话',
    ask: '是亲戚的电话，还是有人替别人留了自己的？',
    ...{ most: 3, windowMs: 30 * DAY_MS, period: 'ever' },
  },
  /** Different households, as with a telephone. */
  'one-account': {
    words: '好几户人家的办件，填了同一个银行账号',
    ask: '钱是打给谁的？本人知道吗？',
    ...{ most: 2, windowMs: 90 * DAY_MS, period: 'ever' },
  },
  /** Cases of one night; what cannot wait till morning is not counted ({@link URGENT}). */
  'at-night': {
    words: '夜里 11 点到早上 5 点办的，比这里平时多',
    ask: '夜里谁在用这台机器？',
    ...{ most: 2, windowMs: 6 * HOUR_MS, usual: { nights: 28, times: 3 }, period: 'night' },
  },
  /** Different cards with which something is looked up in one night. */
  'looks-at-night': {
    words: '夜里用好几张身份证查资料，比这里平时多',
    ask: '夜里谁在用这台机器？查的人是本人吗？',
    ...{ most: 2, windowMs: 6 * HOUR_MS, usual: { nights: 28, times: 3 }, period: 'night' },
  },
  /** Cases of one resident by one agent. */
  'agent-again': {
    words: '同一个代办员，一天里替同一个人办了很多件',
    ask: '本人在场吗？都是本人要办的吗？',
    ...{ most: 4, windowMs: DAY_MS, period: 'day' },
  },
  /** Cases on one recorded authority, whoever gave it and whatever it allows in a month. */
  'authority-again': {
    words: '同一份委托，一个星期里用了很多次',
    ask: '本人知道吗？都是本人要办的吗？',
    ...{ most: 4, windowMs: 7 * DAY_MS, period: 'ever' },
  },
  /** Residents of one agent; a hamlet's pension proofs in one sitting are fewer. */
  'agent-many': {
    words: '同一个代办员，一天里替很多人办了事',
    ask: '这些人都到场了吗？',
    ...{ most: 40, windowMs: DAY_MS, period: 'day' },
  },
} as const satisfies Readonly<Record<string, Pattern>>;

/** A name of the table. */
export type PatternName = keyof typeof PATTERNS;

/** Every name. */
export const PATTERN_NAMES = Object.keys(PATTERNS) as readonly PatternName[];

/** What stands in the table. */
export function patternOf(name: PatternName): Pattern {
  return PATTERNS[name];
}

/** Night in China: from this hour on, and before that one. */
export const NIGHT = { fromHour: 23, untilHour: 5 } as const;

/** What is done at night with good reason: matters where time counts, reports, and what these categories hold. */
export const URGENT = { kinds: ['report'], categories: ['safety', 'feedback'] } as const;

/** Digests are kept for as long as they can make a difference, and so much longer for machines that were cut off. */
export const KEEP_FOR_LATE_MS = 30 * DAY_MS;

/** A flag that nobody has looked into after so many days is counted on top of the page. */
export const LOOK_WITHIN_DAYS = 3;
