/** Emergency notices between two pages, as visitors and agents meet them. */
import type { Page, View } from '../../../terminal/api.ts';
import { DESK_ALONE } from './agent-work.ts';
import { ACTING } from './agents.ts';
import { DANGER_NOTICE } from './people.ts';

type Urgent = Extract<Page, { kind: 'urgent-notice' }>;
type Shell = Partial<Omit<View, 'page'>>;

const urgent = (change: Partial<Urgent> = {}): Page => ({
  ...{ kind: 'urgent-notice', notice: DANGER_NOTICE, asks: 'read', answered: null },
  ...change,
});

const LONG = {
  title: {
    zh: '台风今夜登陆，低处、山脚的人现在就转移',
    en: 'Typhoon tonight: leave low ground and slopes now',
  },
  body: {
    zh: '下王、董村、溪西三个村的，带上身份证和药，到文化礼堂集中。走不动的打值班电话，有车来接。关好煤气，不要过桥，不要回去拿东西。',
    en: 'Villages Xiawang, Dongcun and Xixi: bring ID card and medicine to the village hall. Who cannot walk, call: a car comes. Turn off the gas, cross no bridge, do not go back for things.',
  },
  byline: DANGER_NOTICE.byline,
  danger: true,
};

const ALONE: Shell = {
  acting: { agent: { zh: '吕*', en: '吕*' }, forWhom: null, authorityUntil: null, stale: false },
};
const AT_MS = 1_781_228_400_000;

/** The views, by name. */
export const URGENT_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  'urgent-between': [urgent(), { holder: '张*' }],
  'urgent-long': [urgent({ notice: LONG }), { holder: '张*' }],
  'urgent-nobody': [urgent()],
  'urgent-acknowledge': [urgent({ asks: 'acknowledge' }), ALONE],
  'urgent-beside': [urgent({ asks: 'acknowledge' }), ACTING],
  'urgent-answer': [urgent({ asks: 'answer' }), ALONE],
  'urgent-answered': [urgent({ asks: 'answer', answered: { atMs: AT_MS, delivered: false } }), ALONE],
  'urgent-delivered': [urgent({ asks: 'answer', answered: { atMs: AT_MS, delivered: true } }), ALONE],
  'urgent-on-desk': [
    {
      ...DESK_ALONE,
      notices: [{ noticeId: '0'.repeat(32), title: DANGER_NOTICE.title, answered: false }],
    } as Page,
    ALONE,
  ],
};
