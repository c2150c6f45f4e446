/** What a matter is before anyone begins it, in its states. */
import type { Page, View } from '../../../terminal/api.ts';
import { LINES } from './own-cases.ts';
import { PROOF_OF_LIFE, PROOF_OF_LIFE_NAME } from './prove.ts';
import { ALLOWANCE } from './questions.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;
type Shell = Partial<Omit<View, 'page'>>;

const MINE: Shell = { holder: '张*' };
const OFFLINE: Shell = { holder: '张*', network: 'offline' };

const PLAIN: PageOf<'matter'>['plain'] = [
  {
    zh: '满八十岁的老人，每月有一笔钱。',
    en: 'From the age of eighty, an elder gets some money each month.',
  },
  { zh: '儿女可以帮着办，带上老人的身份证。', en: 'Children can do this for them. Bring the elder’s card.' },
  { zh: '镇里会来人看望，再定给不给。', en: 'Somebody from the town visits, and then decides.' },
  { zh: '定了就打到老人的卡上。', en: 'Then the money goes to the elder’s account.' },
];

/** The page of a matter before it is begun: the old-age allowance, with what a view changes. */
export const matter = (more: Partial<PageOf<'matter'>> = {}): Page => ({
  kind: 'matter',
  head: { ...ALLOWANCE, forWhom: null },
  official: { zh: '高龄津贴申请', en: 'Senior (80+) allowance application' },
  picture: 'elder-cane',
  gets: {
    zh: '可以申请，镇里审核。审核通过后每月发一笔津贴',
    en: 'You can apply and the town reviews it. Once approved, an allowance is paid every month',
  },
  plain: PLAIN,
  cost: null,
  workingDays: 5,
  bases: [
    { basis: 'self', label: { zh: '给我自己办', en: 'For myself' } },
    { basis: 'family', label: { zh: '给家里老人办', en: 'For an elder in my family' } },
  ],
  materials: [],
  before: null,
  elsewhere: null,
  blocked: null,
  willProve: [],
  willQueue: false,
  willPrint: true,
  ...more,
});

/** Views of matters, by name. */
export const MATTER_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  matter: [matter(), MINE],
  'matter-before': [matter({ before: LINES[1] ?? null }), MINE],
  'matter-elsewhere': [
    matter({ elsewhere: { day: '2026-06-03', place: '镜岭镇安山村', stage: 'accepted' } }),
    MINE,
  ],
  'matter-one': [
    matter({
      bases: [{ basis: 'self', label: { zh: '给我自己办', en: 'For myself' } }],
      willQueue: true,
      willPrint: false,
      cost: { zh: '不收钱', en: 'Free' },
    }),
    OFFLINE,
  ],
  'matter-materials': [
    matter({
      materials: [
        { name: { zh: '身份证', en: 'ID card' }, by: 'card' },
        { name: { zh: '户籍信息', en: 'Household register' }, by: 'shared' },
        { name: { zh: '诊断书', en: 'Diagnosis' }, by: 'photo' },
        { name: { zh: '收入情况', en: 'Income' }, by: 'declared' },
        { name: { zh: '出院小结原件', en: 'Discharge summary' }, by: 'later' },
      ],
    }),
    MINE,
  ],
  'matter-many': [
    matter({
      head: { ...ALLOWANCE, name: { zh: '农村建房', en: 'Build a house' }, forWhom: null },
      official: { zh: '农村宅基地建房审批', en: 'Approval to build on a homestead' },
      materials: [
        { name: { zh: '身份证', en: 'ID card' }, by: 'card' },
        {
          name: { zh: '亲人的身份证（替亲人办的）', en: 'The relative’s ID card, when acting for one' },
          by: 'card',
        },
        { name: { zh: '户口簿（系统里查）', en: 'Household register, looked up' }, by: 'shared' },
        { name: { zh: '名下房产（系统里查）', en: 'Property, looked up' }, by: 'shared' },
        { name: { zh: '现有宅基地（系统里查）', en: 'Homesteads held, looked up' }, by: 'shared' },
        { name: { zh: '房子的图，以后给镇里看', en: 'A plan of the house, seen later' }, by: 'later' },
      ],
    }),
    MINE,
  ],
  'matter-bases': [
    matter({
      bases: [
        { basis: 'guardian', label: { zh: '给我的孩子办', en: 'For my child' } },
        { basis: 'family', label: { zh: '给家里的孩子办', en: 'For a child of my family' } },
        { basis: 'agent', label: { zh: '替别人家的孩子办', en: 'For somebody else’s child' } },
      ],
      materials: [
        { name: { zh: '孩子的身份证或户口簿', en: 'The child’s ID card or register' }, by: 'card' },
        { name: { zh: '诊断书', en: 'Diagnosis' }, by: 'photo' },
        { name: { zh: '残疾人证', en: 'Disability certificate' }, by: 'shared' },
      ],
    }),
    MINE,
  ],
  'matter-blocked': [
    matter({
      blocked: {
        code: 'needs-proof',
        words: { zh: '这件事要核验本人，请找代办员', en: 'This needs proof of who you are: ask the agent' },
      },
    }),
    MINE,
  ],
  'matter-proves': [
    matter({ willProve: ['face', 'phone-code'], official: PROOF_OF_LIFE_NAME, head: PROOF_OF_LIFE }),
    MINE,
  ],
};
