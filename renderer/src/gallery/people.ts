/** Sample words of the gallery; sample people alone stand here. */
import type { Text } from '../../../catalog/schema.ts';
import { DEFAULT_SETTINGS, type MatterTile, type View } from '../../../terminal/api.ts';

/** The same words in both languages. */
export const same = (words: string): Text => ({ zh: words, en: words });

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** 12 June 2026, 9:41 in China. */
export const NOW_MS = 1_781_193_600_000 + 9.6834 * HOUR_MS;

export const SHELL: Omit<View, 'page'> = {
  revision: 1,
  language: 'zh',
  wallMs: NOW_MS,
  place: {
    county: { zh: '新昌县', en: 'Xinchang County' },
    town: { zh: '沙溪镇', en: 'Shaxi' },
    village: { zh: '董村', en: 'Dongcun' },
  },
  network: 'online',
  slipPrinter: 'ok',
  support: {
    agentName: '王小芳',
    agentPhone: '13800571234',
    agentHours: {
      zh: '周一到周五 8:30–17:00，周六上午',
      en: 'Monday to Friday 8:30–17:00, Saturday morning',
    },
    townPhone: '057586120000',
  },
  agentNow: { at: 'here' },
  cabinet: {
    readerPlace: 'lower-right',
    screen: { widthMm: 268, heightMm: 476.4 },
    cameras: [{ device: 'document-camera', usb: null, label: 'gallery' }],
  },
  acting: null,
  holder: null,
  takesPhoneCode: false,
  byPhone: false,
  settings: DEFAULT_SETTINGS,
  sound: { jack: null, quiet: false },
};

const tile = (
  matterId: string,
  zh: string,
  en: string,
  icon: string,
  hint: Text | null = null,
  availability: MatterTile['availability'] = 'open',
  picture: MatterTile['picture'] = null,
): MatterTile => ({ matterId, name: { zh, en }, icon, picture, availability, hint });

const MAY_APPLY: Text = { zh: '可以申请，镇里审核', en: 'You can apply, the town decides' };

export const TILES = {
  allowance: tile(
    'old-age-allowance',
    '高龄津贴',
    'Old-age allowance',
    'heart',
    MAY_APPLY,
    'open',
    'elder-cane',
  ),
  arrived: tile('money-arrived', '钱到了没有', 'Has it arrived', 'clock', null, 'open', 'elder-coins'),
  relief: tile('temporary-assistance', '临时救助', 'Temporary assistance', 'shield'),
  banquet: tile('village-banquet', '办酒备案', 'Banquet filing', 'bowl'),
  progress: tile('case-progress', '办件进度', 'Case progress', 'list', null, 'open', 'paper-steps'),
  report: tile('problem-report', '反映问题', 'Report a problem', 'camera', null, 'open', 'lamp-camera'),
  guides: tile('policy-guide', '办事指南', 'Guides', 'book'),
  power: tile('power-bill', '缴电费', 'Pay for electricity', 'bolt', null, 'needs-network', 'bulb-coins'),
  proof: tile(
    'household-certificate',
    '户籍证明',
    'Household certificate',
    'print',
    null,
    'needs-printer',
    'house-booklet',
  ),
  pension: tile(
    'pension-proof',
    '养老金资格认证',
    'Proof of life for the pension',
    'clock',
    null,
    'needs-proof',
  ),
  insurance: tile(
    'insurance',
    '城乡居民养老保险参保登记',
    'Resident pension insurance enrolment',
    'people',
    null,
    'needs-card',
  ),
  grownUps: tile('banquet', '办酒备案', 'Banquet filing', 'bowl', null, 'needs-guardian'),
} as const;

export const CATEGORIES = [
  ['social-security', '社保', 'Social security'],
  ['social-card', '社保卡', 'Social card'],
  ['medical', '医保', 'Medical care'],
  ['health', '看病健康', 'Health'],
  ['household', '户口', 'Household'],
  ['family', '结婚生育', 'Marriage and birth'],
  ['elders', '养老', 'Elders'],
  ['disability', '助残', 'Disability'],
  ['relief', '救助', 'Relief'],
  ['farming', '农业', 'Farming'],
  ['housing', '房屋', 'Housing'],
  ['work', '找工作', 'Work'],
  ['schooling', '上学', 'Schooling'],
  ['veterans', '退伍军人', 'Veterans'],
  ['traffic', '车辆驾照', 'Cars and licences'],
  ['law', '法律帮助', 'Legal help'],
  ['business', '做生意', 'Business'],
  ['food', '办酒', 'Banquets'],
  ['village', '村里的事', 'Village affairs'],
  ['bills', '缴费', 'Bills'],
  ['safety', '平安', 'Safety'],
  ['feedback', '反映问题', 'Report a problem'],
  ['travel', '出行游玩', 'Getting around'],
  ['look-up', '查询', 'Look up'],
].map(([id = '', zh = '', en = '']) => ({ id, name: { zh, en }, count: 3 }));

export const DANGER_NOTICE = {
  title: { zh: '今晚大雨，不要在溪边停留', en: 'Heavy rain tonight: keep away from the stream' },
  body: { zh: '安置点：董村文化礼堂。', en: 'Shelter: the village hall of Dongcun.' },
  byline: {
    zh: '沙溪镇防汛办 9:20 发布，有效至明早 8:00，值班 8612 0000',
    en: 'Shaxi flood control, issued 9:20, valid to 8:00 tomorrow, on duty 8612 0000',
  },
  danger: true,
};

export const PLAIN_NOTICE = {
  title: { zh: '周三上午量血压', en: 'Blood pressure on Wednesday morning' },
  body: { zh: '在村卫生室，不收钱。', en: 'At the village clinic, free of charge.' },
  byline: { zh: '董村卫生室，有效至 6月17日', en: 'Dongcun clinic, valid to 17 June' },
  danger: false,
};

/** As a machine says it that was taken out of service. */
export const STOPPED = {
  zh: '这台机器停用了，不再收新的。以前的办件还能看、回执还能打。办事请打 8612 0000',
  en: 'This machine is out of service and takes nothing new. Earlier cases can still be seen and slips printed. Call 8612 0000',
};
export const STOPPED_TILE = { ...TILES.report, availability: 'stopped' as const };
