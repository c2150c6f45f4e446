/**
 * What a matter says in plain words: sentences short enough to be heard once and kept, in words that people use at
 * home. Held by a rule, because office words creep back.
 */
import { problem, type Rule, type RuleProblem, when } from './rule-problem.ts';

/** The longest sentence in plain Chinese, in characters; about four seconds of speech. */
export const LONGEST_PLAIN_ZH = 16;
/** The longest sentence in plain English, in words. */
export const LONGEST_PLAIN_EN = 14;

/** Words of offices, each with what people say instead. */
export const OFFICE_WORDS: Readonly<Record<string, string>> = {
  申请人: '您',
  申领: '要',
  办理: '办',
  办结: '办好',
  受理: '收下来办',
  审核: '看过',
  审批: '点头',
  核验: '对一对',
  核定: '算好',
  提交: '交',
  材料: '要带的纸',
  凭证: '单子',
  事项: '事',
  依据: '按',
  依法: '按规定',
  资格: '够不够',
  认定: '看够不够',
  备案: '记下来',
  登记: '记下来',
  缴纳: '交',
  缴费: '交钱',
  待遇: '钱',
  发放: '发',
  参保: '交保险',
  信息: '内容',
  相关: '（不说）',
  有关: '（不说）',
  户籍: '户口',
  残疾人员: '残疾人',
  监护人: '管孩子的大人',
  申报: '报',
  查询: '查',
  补贴资金: '补贴',
  出具: '开',
  本人: '自己',
  该: '这',
  须: '要',
  予以: '给',
  及: '和',
  或者: '或',
  其他: '别的',
  进行: '（不说）',
};

/** English words of offices. */
const OFFICE_ENGLISH =
  /\b(applicant|pursuant|eligib\w*|submit\w*|documentation|verification|entitle\w*|beneficiar\w*|remit\w*|aforesaid|therein|hereby|designated|commence\w*|terminate\w*)\b/iu;

/** What is not plain in the plain words of a matter. */
export const plainIsPlain: Rule = ({ plain, time }) =>
  plain.flatMap(({ zh, en }, index) => [
    ...chineseProblems(zh, `plain[${index}].zh`),
    ...englishProblems(en, `plain[${index}].en`),
    ...otherDays(zh, DAYS_ZH, time?.hearWithinDays, `plain[${index}].zh`),
    ...otherDays(en, DAYS_EN, time?.hearWithinDays, `plain[${index}].en`),
  ]);

/** After how many days without news one asks, as plain words say it: figures, or a number in words. */
const DAYS_ZH =
  /([0-9]+|[零〇一二两三四五六七八九十百]+)\s*天(?:里|内)?(?:都|还)?没有?(?:听到)?(?:消息|回话|回音)/gu;
const DAYS_EN = /\b(?:no|without) news (?:with)?in (\S+?) days?\b/giu;

/** The slip bears the day after which to ask: whoever hears the plain words must hear that very number, in figures. */
function otherDays(
  words: string,
  said: RegExp,
  onSlip: number | undefined,
  path: string,
): readonly RuleProblem[] {
  return [...words.matchAll(said)].flatMap(([quoted, days]) =>
    when(
      days !== String(onSlip),
      path,
      onSlip === undefined
        ? `“${quoted}”, but no slip says when to ask`
        : `“${quoted}”, but time.hearWithinDays says ${onSlip}`,
    ),
  );
}

/** What people say though an office word stands in it, and the names of other matters, which are quoted. */
const EVERYDAY = /来[不得]及|及时|应该|必须|“[^”]*”/gu;

function chineseProblems(zh: string, path: string): readonly RuleProblem[] {
  const said = zh.replaceAll(EVERYDAY, '');
  const sentences = zh.split(/[。！？]/u).filter((each) => each !== '');
  const problems: RuleProblem[] = [];
  for (const sentence of sentences) {
    const length = sentence.match(/\p{Script=Han}|[0-9A-Za-z]+/gu)?.length ?? 0;
    if (length > LONGEST_PLAIN_ZH)
      problems.push(
        problem(
          path,
          `“${sentence}” has ${length} characters; at most ${LONGEST_PLAIN_ZH} are heard at once`,
        ),
      );
  }
  for (const [office, plain] of Object.entries(OFFICE_WORDS)) {
    if (said.includes(office))
      problems.push(problem(path, `${office} is an office word; people say ${plain}`));
  }
  return problems;
}

function englishProblems(en: string, path: string): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (const sentence of en.split(/[.!?](?:\s|$)/u).filter((each) => each !== '')) {
    const length = sentence.trim().split(/\s+/u).length;
    if (length > LONGEST_PLAIN_EN)
      problems.push(
        problem(path, `“${sentence}” has ${length} words; at most ${LONGEST_PLAIN_EN} are heard at once`),
      );
  }
  const office = OFFICE_ENGLISH.exec(en)?.[0];
  if (office !== undefined) problems.push(problem(path, `${office} is an office word`));
  return problems;
}
