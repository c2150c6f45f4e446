/** Samples of what is looked up with consent: the consent, every way it can end, records, and what is kept of one. */
import type { Fact, Page, View } from '../../../terminal/api.ts';
import { ENTRUSTED } from './entrusting.ts';
import { HOUR_MS, NOW_MS, same } from './people.ts';
import { ALLOWANCE } from './questions.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;
type Records = PageOf<'records'>;
type Shell = Partial<Omit<View, 'page'>>;

const MINE: Shell = { holder: '张*' };
const HEAD = { ...ALLOWANCE, name: { zh: '养老金发放', en: 'Pension payments' } };
const PENSION = { name: HEAD.name, from: { zh: '县人力社保局', en: 'County social insurance' } };
const BANK = {
  name: { zh: '领补贴的银行账户', en: 'Account for subsidies' },
  from: { zh: '县财政局一卡通', en: 'County finance bureau' },
};

const MONTH = { zh: '月份', en: 'Month' };
const AMOUNT = { zh: '发了多少', en: 'Amount paid' };
const month = (at: number): Records['records'][number] => [
  { label: MONTH, value: { zh: `2026年${at}月`, en: `${at}/2026` } },
  { label: AMOUNT, value: { zh: '368.50 元', en: '368.50 yuan' } },
];

const consent = (more: Partial<PageOf<'consent'>> = {}): Page => ({
  ...{ kind: 'consent', head: HEAD, ...PENSION, online: true, saves: [] },
  words: {
    zh: '我同意本机向县人力社保局查我的养老金发放记录，只用来给我自己看',
    en: 'I agree that this machine asks the county’s social insurance for my pension payments, to show them to me alone',
  },
  fields: [MONTH, AMOUNT, { zh: '打到哪家银行', en: 'Bank' }],
  ...more,
});

const NOTHING_TOLD = { asOfMs: null, afterS: null, mayAskAgain: false };

const records = (more: Partial<Records> = {}): Page => ({
  ...{ kind: 'records', head: HEAD, ...PENSION, ...NOTHING_TOLD },
  ...{ state: 'found', asOfMs: NOW_MS, asOfDay: null, sample: false, personal: true },
  ...{ records: [5, 4, 3, 2].map(month), page: 0, pages: 1, total: 4 },
  ...more,
});

const trouble = (state: Records['state'], more: Partial<Records> = {}): Page =>
  records({ ...NOTHING_TOLD, state, records: [], total: 0, ...more });

const BUSES: Partial<Records> = {
  ...{ head: { ...HEAD, name: { zh: '班车时刻', en: 'Bus times' }, forWhom: null }, personal: false },
  ...{ name: { zh: '下乡班车时刻', en: 'Country buses' }, from: { zh: '县交通局', en: 'Transport bureau' } },
  ...{ asOfMs: null, asOfDay: '2026-05-01', sample: true, pages: 3, total: 8 },
  records: ['6:40', '9:15', '12:30'].map((leaves) => [
    { label: { zh: '往哪里', en: 'To' }, value: { zh: '董村到县城', en: 'Dongcun to the county town' } },
    { label: { zh: '发车', en: 'Leaves' }, value: same(leaves) },
    { label: { zh: '电话', en: 'Phone' }, value: same('0575 8612 0000') },
  ]),
};

const FACTS: Fact[] = [
  {
    ...{ label: { zh: '开户银行', en: 'Bank' }, value: { zh: '浙江农商银行', en: 'Zhejiang Rural Bank' } },
    ...{ source: 'shared', questionId: 'bank', from: BANK.from },
  },
  {
    ...{
      label: { zh: '现在住在', en: 'Lives now' },
      value: { zh: '沙溪镇董村 12 号', en: '12 Dongcun, Shaxi' },
    },
    ...{ source: 'shared', questionId: 'lives', from: { zh: '县公安局', en: 'County police' } },
  },
];

const fetched = (more: Partial<PageOf<'fetched'>> = {}): Page => ({
  ...{ kind: 'fetched', head: ALLOWANCE, ...BANK, ...NOTHING_TOLD },
  ...{ state: 'found', asOfMs: NOW_MS, choices: [] },
  ...more,
});

const keptOfMe = (more: Partial<PageOf<'kept-of-me'>> = {}): Page => ({
  ...{ kind: 'kept-of-me', caseCount: 3, hasDraft: true, remembered: true, entrusted: [] },
  consents: [
    { fetchId: 2, ...PENSION, atMs: NOW_MS - 60_000, withdrawn: false },
    { fetchId: 1, ...BANK, atMs: NOW_MS - HOUR_MS / 6, withdrawn: true },
  ],
  earlier: {
    at: 'told',
    consents: [
      { no: 0, ...PENSION, atMs: NOW_MS - 9 * 24 * HOUR_MS, withdrawn: false },
      { no: 1, ...BANK, atMs: NOW_MS - 40 * 24 * HOUR_MS, withdrawn: true },
    ],
  },
  ...more,
});

/** What was fetched, as the check page has it. */
export const FETCHED_FACTS: readonly Fact[] = FACTS;

/** The views of what is looked up with consent, by name. */
export const SHARED_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  consent: [consent(), MINE],
  'consent-saves': [
    consent({
      ...{ head: ALLOWANCE, ...BANK, saves: [{ zh: '津贴打到', en: 'Paid to' }] },
      words: {
        zh: '我同意本机向县财政局，查我领补贴的账户，只用来办高龄津贴',
        en: 'I agree that this machine asks the county’s finance bureau for my subsidy account, only for this allowance',
      },
      fields: [
        { zh: '开户银行', en: 'Bank' },
        { zh: '账号后四位', en: 'Last four digits' },
        { zh: '在用', en: 'In use' },
      ],
      online: false,
    }),
    { ...MINE, network: 'offline' },
  ],
  'records-asking': [trouble('asking'), MINE],
  records: [records(), MINE],
  'records-many': [
    records({ records: [12, 11, 10, 9, 8, 7, 6, 5].map(month), page: 1, pages: 3, total: 20 }),
    MINE,
  ],
  'records-long': [
    records({
      ...{ pages: 2, page: 1, total: 4 },
      records: [5, 4].map((at) => [
        ...month(at),
        {
          label: { zh: '打到哪家银行', en: 'Bank' },
          value: { zh: '浙江农商银行', en: 'Zhejiang Rural Bank' },
        },
        { label: { zh: '账号后四位', en: 'Last four digits' }, value: same('**** 0417') },
        {
          label: { zh: '说明', en: 'Note' },
          value: {
            zh: '补发上个月少发的部分，不用再申请',
            en: 'Makes up for last month, nothing to apply for',
          },
        },
      ]),
    }),
    MINE,
  ],
  'records-local': [records(BUSES)],
  'records-none-fits': [records({ ...BUSES, state: 'none-fits' })],
  'records-nothing': [trouble('nothing', { asOfMs: NOW_MS }), MINE],
  'records-later': [trouble('later', { afterS: 30, mayAskAgain: true }), MINE],
  'records-unavailable': [trouble('unavailable', { mayAskAgain: true }), MINE],
  'records-offline': [trouble('offline', { mayAskAgain: true }), { ...MINE, network: 'offline' }],
  'records-refused': [trouble('refused'), MINE],
  'records-too-many': [trouble('too-many', { mayAskAgain: true }), MINE],
  'records-not-agreed': [trouble('not-agreed'), MINE],
  'fetched-asking': [fetched({ ...NOTHING_TOLD, state: 'asking' }), MINE],
  'fetched-several': [
    fetched({
      choices: ['2260', '9083', '0417'].map((tail) => [
        ...FACTS.slice(0, 1),
        {
          ...{ label: { zh: '账号后四位', en: 'Last four digits' }, value: same(`**** ${tail}`) },
          source: 'shared',
          questionId: 'tail',
        },
      ]),
    }),
    MINE,
  ],
  'fetched-nothing': [fetched({ state: 'nothing' }), MINE],
  'fetched-offline': [
    fetched({ ...NOTHING_TOLD, state: 'offline', mayAskAgain: true }),
    { ...MINE, network: 'offline' },
  ],
  'kept-of-me': [keptOfMe(), MINE],
  'kept-of-me-entrusted': [keptOfMe({ entrusted: ENTRUSTED, consents: [] }), MINE],
  'kept-of-me-none': [
    keptOfMe({ caseCount: 0, hasDraft: false, consents: [], earlier: { at: 'told', consents: [] } }),
    MINE,
  ],
  'kept-of-me-offline': [keptOfMe({ earlier: { at: 'needs-network' } }), { ...MINE, network: 'offline' }],
};
