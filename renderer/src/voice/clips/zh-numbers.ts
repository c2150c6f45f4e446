/** Numbers as they are said in Chinese. Everything comes as a string of digits, so that no size is too large. */

const DIGITS = '零一二三四五六七八九';
const PLACES = ['', '十', '百', '千'] as const;
const GROUPS = ['', '万', '亿', '万亿'] as const;
/** Longer runs are no quantities: they are said digit by digit. */
const MOST_DIGITS = 16;

/** Digit by digit; in numbers that are dialled or copied a one is 幺, which no loudspeaker turns into a seven. */
export function zhDigits(digits: string, one: '一' | '幺' = '幺'): string {
  return [...digits].map((digit) => (digit === '1' ? one : (DIGITS[Number(digit)] ?? ''))).join('');
}

/** A whole number: 123 as 一百二十三, 10005 as 一万零五, 2200 as 两千二百. */
export function zhCardinal(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '');
  if (plain.length > MOST_DIGITS) return zhDigits(plain);
  if (plain === '0') return '零';
  const groups = groupsOf(plain);
  let words = '';
  let isGap = false;
  groups.forEach((group, index) => {
    const name = GROUPS[groups.length - 1 - index] ?? '';
    if (Number(group) === 0) {
      isGap = true;
      return;
    }
    if (words !== '' && (isGap || group.startsWith('0'))) words += '零';
    words += group === '2' && name !== '' ? `两${name}` : `${groupWords(group)}${name}`;
    isGap = false;
  });
  return words.replace(/^一十/, '十');
}

/** A whole number before what is counted: 两 where it is 2 alone, as in 两个, 两元. */
export function zhCounted(digits: string): string {
  return /^0*2$/.test(digits) ? '两' : zhCardinal(digits);
}

/** A number with a fraction: 3.50 as 三点五零. */
export function zhDecimal(whole: string, fraction: string): string {
  return `${zhCardinal(whole)}点${zhDigits(fraction, '一')}`;
}

/** Money: 10000 and 50 as 一万元五角, 10 and 05 as 十元零五分; `fraction` has up to two digits. */
export function zhYuan(whole: string, fraction: string): string {
  const [jiao = '0', fen = '0'] = fraction.padEnd(2, '0');
  const hasYuan = /[1-9]/.test(whole);
  const yuan = hasYuan ? `${zhCounted(whole)}元` : '';
  if (jiao === '0' && fen === '0') return yuan === '' ? '零元' : yuan;
  const jiaoWords = jiao === '0' ? (hasYuan ? '零' : '') : `${zhCounted(jiao)}角`;
  const fenWords = fen === '0' ? '' : `${jiao === '0' && !hasYuan ? zhCounted(fen) : zhCardinal(fen)}分`;
  return `${yuan}${jiaoWords}${fenWords}`;
}

/** A time of day: 14:20 as 十四点二十分, 2:05 as 两点零五分, 9:00 as 九点. */
export function zhTime(hour: string, minute: string): string {
  const hours = `${zhCounted(hour)}点`;
  if (Number(minute) === 0) return hours;
  return `${hours}${minute.startsWith('0') ? '零' : ''}${zhCardinal(minute)}分`;
}

/** Digits cut into fours from the end, the first group without its leading zeros. */
function groupsOf(digits: string): readonly string[] {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 4) groups.unshift(digits.slice(Math.max(0, end - 4), end));
  return groups;
}

/** Up to four digits: thousands, hundreds, tens and ones. */
function groupWords(group: string): string {
  let words = '';
  let isGap = false;
  [...group].forEach((digit, index) => {
    const place = PLACES[group.length - 1 - index] ?? '';
    if (digit === '0') {
      isGap = words !== '';
      return;
    }
    const said = digit === '2' && place === '千' ? '两' : (DIGITS[Number(digit)] ?? '');
    words += `${isGap ? '零' : ''}${said}${place}`;
    isGap = false;
  });
  return words;
}
