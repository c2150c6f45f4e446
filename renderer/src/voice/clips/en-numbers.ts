/** Numbers as they are said in English. Everything comes as a string of digits. */

const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const GROUPS = ['', 'thousand', 'million', 'billion', 'trillion'] as const;
const MOST_DIGITS = 15;
const ODD_ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** Digit by digit: `one one zero`. */
export function enDigits(digits: string): string {
  return [...digits].map((digit) => SMALL[Number(digit)] ?? '').join(' ');
}

/** A whole number: `one hundred and twenty-three`. */
export function enCardinal(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '');
  if (plain.length > MOST_DIGITS) return enDigits(plain);
  if (plain === '0') return 'zero';
  const groups: string[] = [];
  for (let end = plain.length; end > 0; end -= 3) groups.unshift(plain.slice(Math.max(0, end - 3), end));
  const words = groups.flatMap((group, index) => {
    const value = Number(group);
    if (value === 0) return [];
    const isLast = index === groups.length - 1;
    const joined = isLast && index > 0 && value < 100 ? `and ${underThousand(value)}` : underThousand(value);
    const name = GROUPS[groups.length - 1 - index] ?? '';
    return [name === '' ? joined : `${joined} ${name}`];
  });
  return words.join(' ');
}

/** A day of a month: `first`, `twenty-third`. */
export function enOrdinal(digits: string): string {
  const words = enCardinal(digits);
  const last = words.slice(Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1);
  const ordinal = ODD_ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return `${words.slice(0, words.length - last.length)}${ordinal}`;
}

/** A year: `twenty twenty-six`, `two thousand and five`, `nineteen oh four`. */
export function enYear(year: string): string {
  const [century, rest] = [Number(year.slice(0, 2)), Number(year.slice(2))];
  if (century % 10 === 0 && rest < 10) return enCardinal(year);
  if (rest === 0) return `${underThousand(century)} hundred`;
  return `${underThousand(century)} ${rest < 10 ? `oh ${SMALL[rest] ?? ''}` : underThousand(rest)}`;
}

/** A time of day: `fourteen twenty`, `nine oh five`, `nine o'clock`. */
export function enTime(hour: string, minute: string): string {
  if (Number(minute) === 0) return `${enCardinal(hour)} o'clock`;
  return `${enCardinal(hour)} ${minute.startsWith('0') ? `oh ${enCardinal(minute)}` : enCardinal(minute)}`;
}

/** Money: `forty-four yuan fifty`, `five fen` for 0 and 05. */
export function enYuan(whole: string, fraction: string): string {
  const fen = Number(fraction.padEnd(2, '0'));
  if (!/[1-9]/.test(whole) && fen > 0) return `${enCardinal(String(fen))} fen`;
  return `${enCardinal(whole)} yuan${fen === 0 ? '' : ` ${fen < 10 ? 'oh ' : ''}${enCardinal(String(fen))}`}`;
}

function underThousand(value: number): string {
  const [hundreds, rest] = [Math.trunc(value / 100), value % 100];
  if (hundreds === 0) return underHundred(rest);
  return `${SMALL[hundreds] ?? ''} hundred${rest === 0 ? '' : ` and ${underHundred(rest)}`}`;
}

function underHundred(value: number): string {
  if (value < SMALL.length) return SMALL[value] ?? '';
  const tens = TENS[Math.trunc(value / 10)] ?? '';
  return value % 10 === 0 ? tens : `${tens}-${SMALL[value % 10] ?? ''}`;
}
