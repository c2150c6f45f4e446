import type { IdentityRead } from '../api.ts';

type Sex = IdentityRead['sex'];

const SEXES: ReadonlyMap<string, Sex> = new Map<string, Sex>([
  ['0', 'unknown'],
  ['1', 'male'],
  ['2', 'female'],
  ['9', 'not-stated'],
]);

/** Sex by its code (GB/T 2261.1), or `undefined` when there is no such code. */
export function findSex(code: string): Sex | undefined {
  return SEXES.get(code);
}

/** Names of the nations 01 to 56, in the order of GB/T 3304. */
const NATIONS =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'.split(
    ' ',
  );

const NATION_NAMES: ReadonlyMap<string, string> = new Map([
  ...NATIONS.map((name, index): [string, string] => [String(index + 1).padStart(2, '0'), name]),
  ['97', '其他'],
  ['98', '外国血统中国籍'],
]);

/** Name of a nation by its two-digit code (GB/T 3304), or `undefined` when there is no such code. */
export function findNationName(code: string): string | undefined {
  return NATION_NAMES.get(code);
}

/** First two digits of an area code (GB/T 2260). */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(
    ' ',
  ),
);

/** Whether there is a province of that two-digit code. Counties change, so they are not looked at. */
export function isKnownProvince(code: string): boolean {
  return PROVINCES.has(code);
}

const PERMIT_AREAS = new Set(['810000', '820000', '830000']);

/** Whether an area is one of residence permits: Hong Kong, Macao, Taiwan (domain.md B.3). */
export function isPermitArea(area: string): boolean {
  return PERMIT_AREAS.has(area);
}
