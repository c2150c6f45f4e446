/** A person's cases of other machines. */
import type { Page, View } from '../../../terminal/api.ts';
import { CASES, LINES } from './own-cases.ts';
import { DAY_MS, HOUR_MS, NOW_MS } from './people.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

const MINE: Partial<Omit<View, 'page'>> = { holder: '张*' };
const OFFLINE: Partial<Omit<View, 'page'>> = { holder: '张*', network: 'offline' };

const list = (there: PageOf<'my-cases'>['there']): Page => ({
  kind: 'my-cases',
  items: LINES.slice(0, 1),
  asOfMs: NOW_MS - HOUR_MS,
  there,
});

const item = (ref: string, zh: string, en: string, stage: PageOf<'case'>['line']['stage'], days: number) => ({
  ...{ ref, name: { zh, en }, private: false, stage, slipOwed: false },
  ...{ keptAtMs: NOW_MS - days * DAY_MS, place: '安山村' },
});

const ITEMS = [
  item('there-1', '办酒备案', 'Banquet filing', 'supplement', 2),
  item('there-2', '老年优待证', 'Senior card', 'accepted', 5),
];

const oneThere: Page = {
  ...CASES.supplement,
  line: { ...CASES.supplement.line, ref: 'there-1' },
  place: '安山村',
  provinceNumber: null,
  history: [
    { stage: 'kept', atMs: NOW_MS - 2 * DAY_MS, words: null },
    { stage: 'delivered', atMs: null, words: null },
    { stage: 'supplement', atMs: NOW_MS - DAY_MS, words: null },
  ],
  slip: null,
};

/** The list with them, without network, and the page of one. */
export const THERE_VIEWS = {
  'my-cases-there': [list({ state: 'known', items: ITEMS }), MINE],
  'my-cases-there-none': [list({ state: 'known', items: [] }), MINE],
  'my-cases-there-asking': [list({ state: 'asking', items: [] }), MINE],
  'my-cases-there-offline': [list({ state: 'offline', items: [] }), OFFLINE],
  'case-there': [oneThere, MINE],
} as const;
