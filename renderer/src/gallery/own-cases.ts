/** What a person has on this machine: the page after filing, their cases, the card's last use. */
import type { Page } from '../../../terminal/api.ts';
import { DAY_MS, HOUR_MS, NOW_MS } from './people.ts';
import { ALLOWANCE } from './questions.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

export const kept = (more: Partial<PageOf<'kept'>> = {}): Page => ({
  kind: 'kept',
  head: ALLOWANCE,
  localNumber: '830625120047',
  slipCode: null,
  keptAtMs: NOW_MS + HOUR_MS / 10,
  delivered: false,
  slip: 'printed',
  workingDays: 5,
  hearBy: { date: '2026-06-26', phone: '057586120000' },
  rating: { offered: true, given: null },
  booking: null,
  bundle: [],
  canDoAnother: true,
  ...more,
});

const line = (
  ref: string,
  zh: string,
  en: string,
  more: Partial<PageOf<'case'>['line']> = {},
): PageOf<'case'>['line'] => ({
  ref,
  name: { zh, en },
  private: false,
  keptAtMs: NOW_MS - 2 * DAY_MS,
  stage: 'accepted',
  slipOwed: false,
  ...more,
});

export const LINES = [
  line('1', '居民养老金申领', 'Claim pension', { stage: 'kept', slipOwed: true, keptAtMs: NOW_MS - HOUR_MS }),
  line('2', '办酒备案', 'Banquet filing'),
  line('3', '一件事项', 'One matter', { private: true, stage: 'supplement', keptAtMs: NOW_MS - 9 * DAY_MS }),
  line('4', '反映问题', 'Report a problem', { stage: 'finished', keptAtMs: NOW_MS - 200 * DAY_MS }),
];

export const lastUse = (more: Partial<PageOf<'last-use'>> = {}): Page => ({
  kind: 'last-use',
  lastUse: { atMs: NOW_MS - 9 * DAY_MS + 4.65 * HOUR_MS, place: { zh: '沙溪镇董村', en: 'Dongcun, Shaxi' } },
  freezes: [
    line('1', '居民养老金申领', 'Claim pension'),
    line('2', '一件事项', 'One matter', { private: true, stage: 'kept' }),
  ],
  done: null,
  slip: null,
  ...more,
});

/** Nothing waits for the person. */
const QUIET = {
  place: null,
  ask: null,
  crossed: null,
  result: null,
  remedy: null,
  picture: null,
  duplicateOf: null,
  canWithdraw: true,
  callBack: null,
} as const;

/** One case at a time, by how far it has come. */
export const CASES = {
  supplement: {
    kind: 'case',
    ...QUIET,
    ask: {
      items: [
        { zh: '厨师健康证', en: 'Cook’s health certificate' },
        { zh: '办几桌', en: 'Tables' },
      ],
      by: '2026-06-26',
      passed: false,
      words: '健康证要本年度的，正反面都拍。',
      canStart: true,
    },
    line: line('2', '办酒备案', 'Banquet filing', { stage: 'supplement' }),
    localNumber: '830625120047',
    slipCode: '402917',
    provinceNumber: '330624260610123456789',
    history: [
      { stage: 'kept', atMs: NOW_MS - 2 * DAY_MS, words: null },
      { stage: 'delivered', atMs: NOW_MS - 1.9 * DAY_MS, words: null },
      { stage: 'registered', atMs: NOW_MS - 1.5 * DAY_MS, words: null },
      {
        stage: 'supplement',
        atMs: NOW_MS - DAY_MS,
        words: '请补：厨师健康证、办几桌。健康证要本年度的，正反面都拍。最迟6月26日',
      },
    ],
    slip: 'unknown',
    asOfMs: NOW_MS - HOUR_MS,
  },
  delivered: {
    kind: 'case',
    ...QUIET,
    line: line('1', '居民养老金申领', 'Claim pension', { stage: 'delivered' }),
    localNumber: '400118860231',
    slipCode: '118803',
    provinceNumber: null,
    history: [
      { stage: 'kept', atMs: NOW_MS - 2 * DAY_MS, words: null },
      { stage: 'delivered', atMs: null, words: null },
    ],
    slip: 'printed',
    asOfMs: NOW_MS - HOUR_MS,
  },
  frozen: {
    kind: 'case',
    ...{ ...QUIET, canWithdraw: false },
    line: line('1', '居民养老金申领', 'Claim pension', { stage: 'frozen' }),
    localNumber: '400118860231',
    slipCode: '118803',
    provinceNumber: null,
    history: [
      { stage: 'kept', atMs: NOW_MS - 2 * DAY_MS, words: null },
      { stage: 'delivered', atMs: null, words: null },
      { stage: 'frozen', atMs: NOW_MS - DAY_MS, words: '先停下了，县里在查' },
      { stage: 'resumed', atMs: NOW_MS - DAY_MS / 2, words: '打电话核对过，是本人' },
      { stage: 'frozen', atMs: NOW_MS - DAY_MS / 4, words: '先停下了，县里在查' },
    ],
    slip: 'printed',
    asOfMs: NOW_MS - HOUR_MS,
  },
} as const satisfies Record<string, Page>;

const decided = (more: Partial<PageOf<'case'>>): Page => ({
  ...CASES.delivered,
  ...QUIET,
  ...more,
  canWithdraw: false,
});
const PENSION = (stage: PageOf<'case'>['line']['stage']) =>
  line('1', '居民养老金申领', 'Claim pension', { stage });
const COLLECT = {
  how: 'collect',
  where: '沙溪镇便民服务中心 3 号窗口',
  paper: null,
  collected: false,
} as const;
const WAYS_BACK = CASES.delivered.history;

/** What can still be done with a case, and how it ended. */
export const AFTER_FILING = {
  answered: {
    ...CASES.supplement,
    ask: null,
    line: line('2', '办酒备案', 'Banquet filing', { stage: 'answered' }),
    history: [...CASES.supplement.history, { stage: 'answered', atMs: NOW_MS, words: null }],
    slip: 'printing',
  },
  withdrawing: decided({
    line: PENSION('withdrawing'),
    history: [...WAYS_BACK, { stage: 'withdrawing', atMs: NOW_MS, words: null }],
  }),
  finished: decided({
    line: PENSION('finished'),
    result: COLLECT,
    history: [
      ...WAYS_BACK,
      {
        stage: 'finished',
        atMs: NOW_MS - DAY_MS,
        words: '证做好了。带身份证到沙溪镇便民服务中心 3 号窗口来取',
      },
    ],
  }),
  pictured: decided({
    line: PENSION('finished'),
    history: [
      ...WAYS_BACK,
      {
        stage: 'finished',
        atMs: NOW_MS - DAY_MS,
        words: '证做好了。带身份证到沙溪镇便民服务中心 3 号窗口来取',
      },
    ],
    result: null,
    picture: 'result-picture',
  }),
  printable: decided({
    line: PENSION('finished'),
    result: {
      how: 'print',
      where: null,
      paper: { matterId: 'print-insurance', name: { zh: '参保证明', en: 'Proof of insurance' } },
      collected: false,
    },
    history: [
      ...WAYS_BACK,
      { stage: 'finished', atMs: NOW_MS - DAY_MS, words: '办好了。放上身份证就能在机器上打出来' },
    ],
  }),
  refused: decided({
    line: PENSION('refused'),
    crossed: 'withdrawal-late',
    remedy: { words: '可以向县人社局申请复查，带上回执和身份证', by: '2026-08-11' },
    history: [
      ...WAYS_BACK,
      {
        stage: 'refused',
        atMs: NOW_MS - DAY_MS,
        words: '缴费年限还差两年。可以向县人社局申请复查，带上回执和身份证。最迟8月11日',
      },
    ],
  }),
  duplicate: decided({
    line: PENSION('duplicate'),
    duplicateOf: '330624260610000000001',
    history: [
      ...WAYS_BACK,
      {
        stage: 'duplicate',
        atMs: NOW_MS - DAY_MS,
        words: '同一件事已经在办，这一件不再重办。按编号 330624260610000000001 那一件办，不用再交',
      },
    ],
  }),
  withdraw: { kind: 'withdraw', line: line('2', '办酒备案', 'Banquet filing'), books: false },
  'withdraw-books': {
    kind: 'withdraw',
    line: line('5', '预约挂号', 'Hospital appointment', { stage: 'booked' }),
    books: true,
  },
  rate: { kind: 'rate-case', line: PENSION('finished'), given: null },
  'rate-given': { kind: 'rate-case', line: PENSION('finished'), given: 5 },
  collect: { kind: 'collect', line: PENSION('finished'), result: COLLECT },
} satisfies Record<string, Page>;
