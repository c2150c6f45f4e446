/**
 * Words that the dictionary of readings gets wrong where they stand in our texts. Found by reading through every
 * character that has more than one reading; whoever hears a further one adds it here.
 */
import { customPinyin } from 'pinyin-pro';

const WORDS: Readonly<Record<string, string>> = {
  // Places
  天姥: 'tiān mǔ',
  剡界岭: 'shàn jiè lǐng',
  长诏: 'cháng zhào',
  街道长诏: 'jiē dào cháng zhào',
  // Cut at the wrong place
  医生还是: 'yī shēng hái shì',
  看看家: 'kàn kan jiā',
  拿着意见: 'ná zhe yì jiàn',
  中间断: 'zhōng jiān duàn',
  假发票: 'jiǎ fā piào',
  学校核: 'xué xiào hé',
  学校对: 'xué xiào duì',
  人参保: 'rén cān bǎo',
  没收: 'méi shōu',
  发卡: 'fā kǎ',
  // One reading for another
  还书: 'huán shū',
  还回: 'huán huí',
  借了还: 'jiè le huán',
  还得少: 'huán de shǎo',
  够得着: 'gòu de zháo',
  用得着: 'yòng de zháo',
  用不着: 'yòng bu zháo',
  重写: 'chóng xiě',
  重签: 'chóng qiān',
  重名: 'chóng míng',
  重考: 'chóng kǎo',
  重造: 'chóng zào',
  空着: 'kòng zhe',
  空着肚子: 'kōng zhe dù zi',
  供养: 'gōng yǎng',
  应缴: 'yīng jiǎo',
  应交: 'yīng jiāo',
  活干: 'huó gàn',
  自己干: 'zì jǐ gàn',
  一起干: 'yì qǐ gàn',
  定为: 'dìng wéi',
  种粮: 'zhòng liáng',
  种田: 'zhòng tián',
  种了: 'zhòng le',
  种着: 'zhòng zhe',
  种下: 'zhòng xià',
  种茶: 'zhòng chá',
  种什么: 'zhòng shén me',
  别人种: 'bié rén zhòng',
  没种: 'méi zhòng',
  自己种: 'zì jǐ zhòng',
  改种: 'gǎi zhòng',
  补种: 'bǔ zhòng',
  怎么种: 'zěn me zhòng',
  头只: 'tóu zhī',
};

/** Behind these 只 counts animals, ships and single things; elsewhere it means "only". */
const COUNTS_BEFORE = /[一二三四五六七八九十百千万两几半每这那哪多\d犬船头]$/u;
/** In these 得 is no particle: 不得, 所得, 取得, 获得, and at the beginning. */
const FULL_DE_BEFORE = /(?:^|[不所取获难心只应\P{Script=Han}])$/u;

customPinyin({ ...WORDS });

/** The reading of one character where it follows from what stands before it, or `read`. */
export function readingInPlace(character: string, before: string, read: string): string {
  if (character === '只' && read === 'zhi1' && !COUNTS_BEFORE.test(before)) return 'zhi3';
  if (character === '得' && read === 'de2' && !FULL_DE_BEFORE.test(before)) return 'de5';
  return read;
}
