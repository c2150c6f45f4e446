import type { Text } from './schema.ts';

/** The same words in both languages, for numbers and names that need no translation. */
export function same(words: string): Text {
  return { zh: words, en: words };
}

/** A date as people read it: `2026年6月20日`, `20 June 2026`. */
export function dateText(iso: string): Text {
  const { year, month, day } = dateParts(iso);
  const { zh, en } = monthDayText(month, day);
  return { zh: `${year}年${zh}`, en: `${en} ${year}` };
}

/** A date near enough that the year is known: `6月20日`, `20 June`. */
export function dayText(iso: string): Text {
  const { month, day } = dateParts(iso);
  return monthDayText(month, day);
}

/** The same from its parts; `month` counts from 1. */
export function monthDayText(month: number, day: number): Text {
  return { zh: `${month}月${day}日`, en: `${day} ${monthText(month).en}` };
}

/** `6月`, `June`; `month` counts from 1. */
export function monthText(month: number): Text {
  return { zh: `${month}月`, en: MONTHS[month - 1] ?? '' };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

function dateParts(iso: string): { year: number; month: number; day: number } {
  return { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)), day: Number(iso.slice(8, 10)) };
}
