/** An agent's own pages: the list, one thing of it, the day, and a sitting of many. */
import type { Page, View } from '../../../terminal/api.ts';
import { NOW_MS } from './people.ts';

type WorkItem = Extract<Page, { kind: 'agent-list' }>['items'][number];
type Shell = Partial<Omit<View, 'page'>>;
const name = (masked: string) => ({ zh: masked, en: masked });
const ALONE: Shell = { acting: { agent: name('吕*'), forWhom: null, authorityUntil: null, stale: false } };

/** An agent alone, with nothing else on their desk. */
export const DESK_ALONE: Extract<Page, { kind: 'agent-desk' }> = {
  ...{ kind: 'agent-desk', reader: 'ready', notices: [], absent: 0, absentThere: 'known' },
  ...{ work: { items: 5, late: 1 }, sitting: { done: 0, again: null } },
};

const ALLOWANCE = { zh: '高龄津贴', en: 'Old-age allowance' };
const PENSION = { zh: '养老待遇资格认证', en: 'Pension: proof of life' };

const item = (change: Partial<WorkItem>): WorkItem => ({
  ...{ ref: 'a', why: 'supplement', name: ALLOWANCE, who: name('张*') },
  ...{ localNumber: '830625120047', day: '2026-06-18', late: false },
  ...change,
});

const ITEMS = [
  item({ ref: '1', why: 'call-back', day: '2026-06-11', late: true, who: name('吴*') }),
  item({ ref: '2' }),
  item({ ref: '3', why: 'due', day: '2026-06-22', name: PENSION, who: name('欧阳*') }),
  item({ ref: '4', why: 'result', day: null, name: { zh: '以前办的一件事', en: 'An earlier matter' } }),
  item({ ref: '5', why: 'refused', day: '2026-08-10', who: name('俞*') }),
];

/** The views, by name. */
export const AGENT_WORK_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  'agent-desk-sitting': [{ ...DESK_ALONE, sitting: { done: 12, again: PENSION } }, ALONE],
  'agent-list': [
    { kind: 'agent-list', madeMs: NOW_MS - 3_600_000, items: ITEMS, refused: [], page: 0, pages: 2 },
    ALONE,
  ],
  'agent-repair': [
    {
      kind: 'agent-repair',
      parts: [
        ...(['card-reader', 'slip-printer'] as const).map((part) => ({ part, asked: false })),
        { part: 'screen', asked: true },
        ...(['network', 'power', 'other'] as const).map((part) => ({ part, asked: false })),
      ],
    },
    ALONE,
  ],
  'agent-list-refused': [
    {
      ...{ kind: 'agent-list', madeMs: NOW_MS - 3_600_000, items: ITEMS.slice(1, 3), page: 0, pages: 1 },
      refused: [
        { name: ALLOWANCE, localNumber: '830625120051', atMs: NOW_MS - 86_400_000, outcome: 5 },
        { name: PENSION, localNumber: '830625120052', atMs: NOW_MS - 90_000_000, outcome: 4 },
      ],
    },
    ALONE,
  ],
  'agent-list-none': [
    { kind: 'agent-list', madeMs: NOW_MS, items: [], refused: [], page: 0, pages: 1 },
    ALONE,
  ],
  'agent-list-not-yet': [
    { kind: 'agent-list', madeMs: null, items: [], refused: [], page: 0, pages: 1 },
    ALONE,
  ],
  'agent-item': [
    {
      ...{ kind: 'agent-item', item: item({}), owner: null, reader: 'ready' },
      words: '户口本要拍到户主那一页，最好带原件来。',
    },
    ALONE,
  ],
  'agent-item-call': [
    {
      ...{ kind: 'agent-item', words: null, owner: '吕国平', reader: 'ready' },
      item: item({ why: 'call-back', day: '2026-06-11', late: true }),
    },
    ALONE,
  ],
  'agent-day': [
    {
      ...{ kind: 'agent-day', day: '2026-06-12', slip: 'none' },
      filed: [
        { name: PENSION, count: 3, numbers: ['830625120047', '830625120048', '830625120049'] },
        { name: ALLOWANCE, count: 1, numbers: ['830625120050'] },
      ],
      ...{ supplemented: 1, withdrawn: 0, collected: 2, promised: 1, called: 1 },
      cash: { takenFen: 18_640, returnedFen: 8_640, openFen: 4_215 },
    },
    ALONE,
  ],
  'agent-day-printed': [
    {
      ...{ kind: 'agent-day', day: '2026-06-12', slip: 'printed', filed: [], cash: null },
      ...{ supplemented: 1, withdrawn: 0, collected: 0, promised: 0, called: 0 },
    },
    ALONE,
  ],
};
