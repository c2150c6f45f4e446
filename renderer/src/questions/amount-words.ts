/** Money spelt out, so that a zero too many is noticed by whoever hears or reads the words. */
import type { Text } from '../../../catalog/schema.ts';

/** An amount in words: `四百四十元五角`, `four hundred and forty yuan fifty`. Up to a thousand million yuan. */
export function amountWords(fen: number): Text {
  return { zh: chineseWords(fen), en: englishWords(fen) };
}

const DIGITS = '零一二三四五六七八九';
const TENS = ['', '十', '百', '千'] as const;
const MYRIADS = ['', '万', '亿'] as const;

function chineseWords(fen: number): string {
  const [yuan, jiao, rest] = [Math.trunc(fen / 100), Math.trunc(fen / 10) % 10, fen % 10];
  const whole = yuan === 0 && fen > 0 ? '' : `${chineseNumber(yuan)}元`;
  const gap = whole !== '' && jiao === 0 && rest > 0 ? '零' : '';
  return `${whole}${jiao === 0 ? gap : `${DIGITS[jiao]}角`}${rest === 0 ? '' : `${DIGITS[rest]}分`}`;
}

function chineseNumber(value: number): string {
  if (value === 0) return '零';
  const parts: string[] = [];
  for (let left = value, at = 0; left > 0; left = Math.trunc(left / 10_000), at += 1) {
    const four = left % 10_000;
    const lower = value % 10_000 ** at;
    // What stands below a thousand of its own group is said to follow a gap; so is what follows an empty group.
    const gap = at > 0 && lower > 0 && lower < 10_000 ** at / 10 ? '零' : '';
    if (four > 0) parts.unshift(`${fourDigits(four)}${MYRIADS[at]}${gap}`);
  }
  return parts.join('').replaceAll(/零+/g, '零').replace(/^一十/, '十');
}

function fourDigits(value: number): string {
  return [...String(value)]
    .map((digit, index, all) =>
      digit === '0' ? '零' : `${DIGITS[Number(digit)]}${TENS[all.length - 1 - index]}`,
    )
    .join('')
    .replaceAll(/零+/g, '零')
    .replace(/零$/, '');
}

const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const DECADES = [
  '',
  '',
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'sixty',
  'seventy',
  'eighty',
  'ninety',
] as const;
const SCALES = [
  [1_000_000_000, 'billion'],
  [1_000_000, 'million'],
  [1_000, 'thousand'],
  [100, 'hundred'],
] as const;

function englishWords(fen: number): string {
  const [yuan, rest] = [Math.trunc(fen / 100), fen % 100];
  return `${englishNumber(yuan)} yuan${rest === 0 ? '' : ` and ${englishNumber(rest)} fen`}`;
}

function englishNumber(value: number): string {
  const scale = SCALES.find(([size]) => value >= size);
  if (scale !== undefined) {
    const [size, name] = scale;
    const rest = value % size;
    const head = `${englishNumber(Math.trunc(value / size))} ${name}`;
    if (rest === 0) return head;
    return `${head}${rest < 100 ? ' and' : ''} ${englishNumber(rest)}`;
  }
  if (value < SMALL.length) return SMALL[value] ?? '';
  const ones = value % 10;
  return `${DECADES[Math.trunc(value / 10)]}${ones === 0 ? '' : `-${SMALL[ones]}`}`;
}
