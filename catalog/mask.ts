/** Names and numbers as others may see them: the surname stays, the rest is a star. */

/** Surnames of two characters, those borne by people today. */
const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  (
    '欧阳 上官 司马 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 夏侯 轩辕 端木 独孤 南宫 西门 ' +
    '东郭 百里 呼延 拓跋 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 司空 司寇 ' +
    '亓官 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 夹谷 宰父 谷梁 段干 东门 南门 羊舌 微生 梁丘 左丘 ' +
    '公羊 公户 第五 纳兰 万俟 闻人 即墨 达奚 褚师 欧侯 贺兰 完颜 耶律 叶赫'
  ).split(' '),
);

/** What stands between the parts of a minority or transliterated name; cards and keyboards vary. */
const MIDDLE_DOT = /[·•‧・･．]/u;
/** Whatever follows, such a name is no surname and given name. */
const LATIN_START = /^\p{Script=Latin}/u;

/**
 * What a name may bring that is no letter of it, and would turn the words around it, stack on them or break their line:
 * marks of direction, joiners, signs without width, accents that pile up, halves of characters, control characters.
 */
const NO_LETTERS = /[\p{Cc}\p{Cf}\p{Cs}\p{Mn}\p{Me}\p{Zl}\p{Zp}]/gu;

/** The surname of a Chinese name; `undefined` for a name that is not surname and given name. */
export function findSurname(name: string): string | undefined {
  const trimmed = name.replaceAll(NO_LETTERS, '').trim();
  if (trimmed === '' || MIDDLE_DOT.test(trimmed) || LATIN_START.test(trimmed)) return undefined;
  const [first = '', second = '', ...rest] = trimmed;
  return rest.length > 0 && COMPOUND_SURNAMES.has(first + second) ? first + second : first;
}

/**
 * A name with only its surname left: `张*`, `欧阳*`. A name with a middle dot keeps the first character of
 * each part (`阿*·买*`), a Latin one the first letter of each word (`J* S*`). Empty becomes `*`.
 */
export function maskName(name: string): string {
  const surname = findSurname(name);
  if (surname !== undefined) return `${surname}*`;
  const dotted = MIDDLE_DOT.test(name);
  const parts = name
    .replaceAll(NO_LETTERS, '')
    .trim()
    .split(dotted ? MIDDLE_DOT : /[\s.,]+/u);
  const masked = parts.filter((part) => part !== '').map((part) => `${[...part][0]}*`);
  return masked.length === 0 ? '*' : masked.join(dotted ? '·' : ' ');
}

/** First and last character of an ID number, for screens and slips that others may look on. */
export function maskedNumber(number: string): string {
  return `${number.slice(0, 1)}${'*'.repeat(Math.max(0, number.length - 2))}${number.slice(-1)}`;
}
