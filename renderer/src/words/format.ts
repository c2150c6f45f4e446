import { addDays, civilTime, findDateStartMs, isoDate } from '../../../base/calendar.ts';
import { monthDayText, monthText as textOfMonth } from '../../../catalog/text.ts';
import type { Language } from '../../../terminal/api.ts';

const WEEKDAYS_ZH = ['日', '一', '二', '三', '四', '五', '六'] as const;
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const clockTime = (hour: number, minute: number): string => `${hour}:${String(minute).padStart(2, '0')}`;

const monthDay = (month: number, day: number, language: Language): string =>
  monthDayText(month, day)[language];

/** The clock on the bar: `6月12日 星期五 9:41`, `Fri 12 Jun 9:41`. */
export function barTime(wallMs: number, language: Language): string {
  const at = civilTime(wallMs);
  const time = clockTime(at.hour, at.minute);
  if (language === 'zh') {
    return `${monthDay(at.month, at.day, language)} 星期${WEEKDAYS_ZH[at.weekday]} ${time}`;
  }
  // Whole names of long months would push the village out of the bar.
  return `${WEEKDAYS_EN[at.weekday]} ${at.day} ${monthText(at.month, language).slice(0, 3)} ${time}`;
}

/** A moment: `6月3日 14:20`; with the year when it is not the year of `nowMs`. */
export function momentText(wallMs: number, nowMs: number, language: Language): string {
  const at = civilTime(wallMs);
  const isThisYear = at.year === civilTime(nowMs).year;
  const date = monthDay(at.month, at.day, language);
  const time = clockTime(at.hour, at.minute);
  if (language === 'zh') return `${isThisYear ? '' : `${at.year}年`}${date} ${time}`;
  return `${date}${isThisYear ? '' : ` ${at.year}`} ${time}`;
}

/** When somebody is back: `14:00` today, `明天 8:30`, else the weekday, `星期一 8:30`, `Mon 8:30`. */
export function whenText(wallMs: number, nowMs: number, language: Language): string {
  const at = civilTime(wallMs);
  const time = clockTime(at.hour, at.minute);
  const day = isoDate(wallMs);
  if (day === isoDate(nowMs)) return time;
  if (day === addDays(isoDate(nowMs), 1)) return language === 'zh' ? `明天 ${time}` : `tomorrow ${time}`;
  return language === 'zh' ? `星期${WEEKDAYS_ZH[at.weekday]} ${time}` : `${WEEKDAYS_EN[at.weekday]} ${time}`;
}

/**
 * An ISO date in words, `6月15日`; with the year when it is not the year of `nowMs`, or always when that is null.
 * Other text is left as it is.
 */
export function dateText(iso: string, nowMs: number | null, language: Language): string {
  const startMs = findDateStartMs(iso);
  if (startMs === undefined) return iso;
  const at = civilTime(startMs);
  const date = monthDay(at.month, at.day, language);
  if (nowMs !== null && at.year === civilTime(nowMs).year) return date;
  return language === 'zh' ? `${at.year}年${date}` : `${date} ${at.year}`;
}

/** The name of month 1…12 in English, the number in Chinese. */
export function monthText(month: number, language: Language): string {
  return textOfMonth(month)[language];
}

/**
 * A number people copy, in the groups they say it in: twelve digits as 4-4-4, eleven as 3-4-4, eight as 4-4.
 * Hyphens are dropped, for such numbers hold digits only; anything else stays as it came.
 */
export function groupedNumber(text: string): string {
  const digits = text.replaceAll('-', '');
  if (/^\d{12}$/.test(digits)) return grouped(digits, [4, 4, 4]);
  if (/^\d{11}$/.test(digits)) return grouped(digits, [3, 4, 4]);
  if (/^\d{8}$/.test(digits)) return grouped(digits, [4, 4]);
  return text;
}

/** Cuts `text` into groups of the given sizes, joined by spaces; what is missing is left out. */
export function grouped(text: string, sizes: readonly number[]): string {
  const groups: string[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= text.length) break;
    groups.push(text.slice(at, at + size));
    at += size;
  }
  return groups.join(' ');
}
