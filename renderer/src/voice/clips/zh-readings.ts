/** How figures are said in Chinese, the particular before the general. */
import { type Reading, reading, spelled } from './readings.ts';
import { zhCardinal, zhCounted, zhDecimal, zhDigits, zhTime, zhYuan } from './zh-numbers.ts';

/** What is counted so that two is 两. */
const COUNTED = '[个位张份页件天年次户亩人步条间台桌层顿盒部块只套项种小周倍斤公平吨米里段把]|分钟';
/** What stands behind a quantity of any size. */
const UNIT = `${COUNTED}|[元月日号岁度秒厘毫千万亿折届楼期]`;
const START = '(?<![\\d.,A-Za-z])';
const END = '(?![\\d]|[.,]\\d)';

const commaless = (digits: string): string => digits.replaceAll(',', '');
const WHOLE = '(\\d{1,3}(?:,\\d{3})+|\\d+)';
const minus = (sign: string): string => (sign === '' ? '' : '负');
const year = (digits: string): string => zhDigits(digits, '一');

/** Ways of writing in Chinese texts. */
export const ZH_READINGS: readonly Reading[] = [
  reading(
    new RegExp(`${START}(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${END}`),
    (of = '', month = '', day = '') => `${year(of)}年${zhCardinal(month)}月${zhCardinal(day)}日`,
  ),
  reading(
    new RegExp(`${START}(\\d{4})年(?:(\\d{1,2})月)?(?:(\\d{1,2})日)?`),
    (of = '', month = '', day = '') =>
      `${year(of)}年${month === '' ? '' : `${zhCardinal(month)}月`}${day === '' ? '' : `${zhCardinal(day)}日`}`,
  ),
  reading(
    new RegExp(`${START}(\\d{1,2})月(\\d{1,2})日`),
    (month = '', day = '') => `${zhCardinal(month)}月${zhCardinal(day)}日`,
  ),
  reading(
    new RegExp(`${START}([01]?\\d|2[0-4])[:：]([0-5]\\d)(?:[:：][0-5]\\d)?${END}`),
    (hour = '', minute = '') => zhTime(hour, minute),
  ),
  reading(
    new RegExp(`${START}([-−])?[¥￥]?${WHOLE}(?:\\.(\\d{1,2}))?元`),
    (sign = '', whole = '', fraction = '') => `${minus(sign)}${zhYuan(commaless(whole), fraction)}`,
  ),
  reading(
    new RegExp(`${START}[¥￥]([-−])?${WHOLE}(?:\\.(\\d{1,2}))?${END}`),
    (sign = '', whole = '', fraction = '') => `${minus(sign)}${zhYuan(commaless(whole), fraction)}`,
  ),
  reading(
    new RegExp(`${START}(\\d+)(?:\\.(\\d+))?%`),
    (whole = '', fraction = '') =>
      `百分之${fraction === '' ? zhCardinal(whole) : zhDecimal(whole, fraction)}`,
  ),
  // Numbers that are dialled or copied: groups of digits, long runs, with masked parts, or with letters.
  reading(new RegExp(`${START}(\\d{2,}(?:[ -]\\d{2,}){1,5})${END}`), (text = '') => spelled(text, zhDigits)),
  reading(
    new RegExp(
      `${START}(?=[\\dA-Za-z]*\\*)([\\dA-Za-z]*\\d[\\dA-Za-z]*\\*+[\\dA-Za-z* -]*[\\dA-Za-z]|\\d+\\*+)`,
    ),
    (text = '') => spelled(text, zhDigits),
  ),
  reading(
    /(?<![\dA-Za-z])(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])([\dA-Za-z]+(?:-[\dA-Za-z]+)*)(?![\dA-Za-z])/,
    (text = '') => spelled(text, zhDigits),
  ),
  reading(
    new RegExp(`${START}(0\\d+|\\d{5,}|11[049]|12[02]|\\d{4})${END}(?!${UNIT}|(?:到|至|[-–—~～])\\d)`),
    (digits = '') => zhDigits(digits),
  ),
  reading(new RegExp(`第(\\d{1,9})${END}`), (digits = '') => `第${zhCardinal(digits)}`),
  reading(
    new RegExp(`${START}([-−])?${WHOLE}\\.(\\d+)(?![\\d.,])`),
    (sign = '', whole = '', fraction = '') => `${minus(sign)}${zhDecimal(commaless(whole), fraction)}`,
  ),
  reading(new RegExp(`${START}${WHOLE}${END}(?=${COUNTED})`), (whole = '') => zhCounted(commaless(whole))),
  reading(new RegExp(`${START}${WHOLE}${END}`), (whole = '') => zhCardinal(commaless(whole))),
  // From one to another.
  reading(/(?<=[\d日月年点号%元])[-–—~～](?=\d)|(?<=\p{Script=Han})–(?=\p{Script=Han})/u, () => '到'),
  reading(/℃|°C/, () => '摄氏度'),
  reading(/㎡|m²/, () => '平方米'),
  reading(/\+/, () => '加'),
  reading(/&/, () => '和'),
];
