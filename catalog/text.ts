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

/** A month of a year: `2026年6月`, `June 2026`. */
export function yearMonthText(isoMonth: string): Text {
  const { year, month } = dateParts(isoMonth);
  const { zh, en } = monthText(month);
  return { zh: `${year}年${zh}`, en: `${en} ${year}` };
}

/** Money as people say it: `44.50 元`, `440 元`; thousands are set apart. */
export function yuanText(fen: number): Text {
  const [yuan, rest] = [Math.trunc(Math.abs(fen) / 100), Math.abs(fen) % 100];
  const grouped = String(yuan).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const number = `${fen < 0 ? '-' : ''}${grouped}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
  return { zh: `${number} 元`, en: `${number} yuan` };
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
