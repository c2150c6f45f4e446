/** How figures are said in English, the particular before the general. */
import { enCardinal, enDigits, enOrdinal, enTime, enYear, enYuan } from './en-numbers.ts';
import { type Reading, reading, spelled } from './readings.ts';

/** The months, whole and as the bar shortens them. */
export const EN_MONTHS: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');
/** The days of the week, as the bar shortens them; Sunday first. */
export const EN_WEEKDAYS: readonly string[] =
  'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const START = '(?<![\\d.,A-Za-z])';
const END = '(?![\\dA-Za-z]|[.,]\\d)';
const WHOLE = '(\\d{1,3}(?:,\\d{3})+|\\d+)';
const MONTH = `(${EN_MONTHS.map((month) => `${month.slice(0, 3)}(?:${month.slice(3)})?`).join('|')})`;
const WEEKDAY = EN_WEEKDAYS.map((day) => day.slice(0, 3)).join('|');

const commaless = (digits: string): string => digits.replaceAll(',', '');
const minus = (sign: string): string => (sign === '' ? '' : 'minus ');
const wholeMonth = (month: string): string => EN_MONTHS.find((name) => name.startsWith(month)) ?? month;
const wholeDay = (day: string): string => EN_WEEKDAYS.find((name) => name.startsWith(day)) ?? day;
const decimal = (whole: string, fraction: string): string =>
  fraction === '' ? enCardinal(whole) : `${enCardinal(whole)} point ${enDigits(fraction)}`;

/** Ways of writing in English texts. */
export const EN_READINGS: readonly Reading[] = [
  reading(new RegExp(`${START}(\\d{4})-(0\\d|1[0-2])-(\\d{2})${END}`), (year = '', month = '', day = '') => {
    return `${enOrdinal(day)} ${EN_MONTHS[Number(month) - 1] ?? ''} ${enYear(year)}`;
  }),
  reading(
    new RegExp(`${START}(\\d{1,2}) ${MONTH}(?![a-z])(?: (\\d{4})${END})?`),
    (day = '', month = '', year = '') =>
      `${enOrdinal(day)} ${wholeMonth(month)}${year === '' ? '' : ` ${enYear(year)}`}`,
  ),
  reading(new RegExp(`(?<![A-Za-z])${MONTH} (\\d{4})${END}`), (month = '', year = '') => {
    return `${wholeMonth(month)} ${enYear(year)}`;
  }),
  reading(new RegExp(`(?<![A-Za-z])(${WEEKDAY})(?![A-Za-z])`), (day = '') => wholeDay(day)),
  reading(new RegExp(`${START}([01]?\\d|2[0-4]):([0-5]\\d)(?::[0-5]\\d)?${END}`), (hour = '', minute = '') =>
    enTime(hour, minute),
  ),
  reading(
    new RegExp(`${START}([-−])?${WHOLE}(?:\\.(\\d{1,2}))? yuan(?![a-z])`),
    (sign = '', whole = '', fraction = '') => `${minus(sign)}${enYuan(commaless(whole), fraction)}`,
  ),
  reading(
    new RegExp(`${START}(\\d+)(?:\\.(\\d+))?%`),
    (whole = '', fraction = '') => `${decimal(whole, fraction)} percent`,
  ),
  // Numbers that are dialled or copied: groups of digits, long runs, with masked parts, or with letters.
  reading(new RegExp(`${START}(\\d{2,}(?:[ -]\\d{2,}){1,5})${END}`), (text = '') => spelled(text, enDigits)),
  reading(
    new RegExp(
      `${START}(?=[\\dA-Za-z]*\\*)([\\dA-Za-z]*\\d[\\dA-Za-z]*\\*+[\\dA-Za-z* -]*[\\dA-Za-z]|\\d+\\*+)`,
    ),
    (text = '') => spelled(text, enDigits),
  ),
  reading(
    /(?<![\dA-Za-z])(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])([\dA-Za-z]+(?:-[\dA-Za-z]+)*)(?![\dA-Za-z])/,
    (text = '') => spelled(text, enDigits),
  ),
  reading(new RegExp(`${START}(0\\d+|\\d{5,}|11[049]|12[02])${END}(?! [a-z])`), (digits = '') =>
    enDigits(digits),
  ),
  reading(
    new RegExp(`${START}([-−])?${WHOLE}\\.(\\d+)(?![\\d.,A-Za-z])`),
    (sign = '', whole = '', fraction = '') => `${minus(sign)}${decimal(commaless(whole), fraction)}`,
  ),
  reading(new RegExp(`${START}${WHOLE}${END}`), (whole = '') => enCardinal(commaless(whole))),
  // From one to another.
  reading(/(?<=[\dA-Za-z])–(?=[\dA-Za-z])|(?<=\d)[-~](?=\d)/, () => ' to '),
  reading(/\+/, () => ' plus '),
  reading(/&/, () => ' and '),
];
