/** Samples of a look-up: the slip asked for, and every answer there may be. */
import type { Page, View } from '../../../terminal/api.ts';
import { DAY_MS, HOUR_MS, NOW_MS } from './people.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

const lookUp = (more: Partial<PageOf<'slip-lookup'>> = {}): Page => ({
  kind: 'slip-lookup',
  step: 'scan',
  scanner: 'ready',
  localNumber: null,
  problem: null,
  ...more,
});

const PROOF = { place: { zh: '沙溪镇董村', en: 'Dongcun, Shaxi' }, saidAtMs: NOW_MS - 3 * DAY_MS };

const answer = (more: Partial<PageOf<'slip-answer'>>): Page => ({
  kind: 'slip-answer',
  localNumber: '830625120047',
  proof: null,
  state: 'found',
  stage: null,
  provinceNumber: null,
  picture: null,
  history: [],
  ...more,
});

const HISTORY: PageOf<'slip-answer'>['history'] = [
  { stage: 'kept', atMs: NOW_MS - 3 * DAY_MS, words: null },
  { stage: 'delivered', atMs: null, words: null },
  { stage: 'accepted', atMs: NOW_MS - 2 * DAY_MS, words: null },
  { stage: 'supplement', atMs: NOW_MS - HOUR_MS, words: '请带户口本到村里补一张照片' },
];

/** The views of a look-up, by name. */
export const SLIP_VIEWS: Readonly<Record<string, readonly [Page, Partial<Omit<View, 'page'>>?]>> = {
  'slip-lookup': [lookUp()],
  'slip-lookup-unreadable': [
    lookUp({
      problem: {
        code: 'unreadable',
        words: { zh: '没扫清楚，再扫一次', en: 'That did not scan. Please try again' },
      },
    }),
  ],
  'slip-lookup-no-scanner': [lookUp({ scanner: 'down' })],
  'slip-lookup-number': [lookUp({ step: 'number' })],
  'slip-lookup-code': [lookUp({ step: 'code', localNumber: '830625120047' })],
  'slip-asking': [answer({ state: 'asking', proof: PROOF })],
  'slip-found': [
    answer({
      proof: PROOF,
      stage: 'supplement',
      provinceNumber: '330624260609000012345',
      history: HISTORY,
    }),
  ],
  'slip-delivered': [answer({ stage: 'delivered', history: HISTORY.slice(0, 2) })],
  'slip-not-found': [answer({ state: 'not-found' })],
  'slip-not-arrived': [answer({ state: 'not-arrived', proof: PROOF })],
  'slip-offline': [answer({ state: 'offline', proof: PROOF }), { network: 'offline' }],
  'slip-too-many': [answer({ state: 'too-many' })],
  'slip-no-answer': [answer({ state: 'no-answer' })],
};
