/** Recorded authority: those who gave it, the one who was chosen, and what they see of it themselves. */
import type { Page, View } from '../../../terminal/api.ts';
import { DESK_ALONE } from './agent-work.ts';
import { NOW_MS } from './people.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;
type Shell = Partial<Omit<View, 'page'>>;

const name = (text: string) => ({ zh: text, en: text });
const ALONE: Shell = { acting: { agent: name('吕*'), forWhom: null, authorityUntil: null, stale: false } };
/** Acting for Mrs Zhang, who is not there. */
const FOR_ABSENT: Shell = {
  acting: { agent: name('吕*'), forWhom: name('张*'), authorityUntil: '2026-07-12', stale: false },
};

const SENIOR_CARD = { zh: '敬老卡', en: 'Senior card' };
const HEALTH_CHECK = { zh: '健康体检预约', en: 'Health check' };

const people: PageOf<'absent-list'>['people'] = [
  { ref: '1', name: name('张*'), numberEnd: '3126', untilDay: '2026-07-12' },
  { ref: '2', name: name('欧阳*'), numberEnd: '001X', untilDay: '2026-09-11' },
  { ref: '3', name: name('陈*'), numberEnd: '4026', untilDay: '2027-06-12' },
];

const tile = (matterId: string, words: typeof SENIOR_CARD): PageOf<'absent'>['matters'][number]['tile'] => ({
  ...{ matterId, name: words, icon: 'heart', picture: null, availability: 'open', hint: null },
});

/** What was entrusted, as its person sees it. */
export const ENTRUSTED: PageOf<'kept-of-me'>['entrusted'] = [
  {
    ...{ ref: '1', agent: name('吕*'), matters: [SENIOR_CARD, HEALTH_CHECK] },
    ...{ untilDay: '2026-07-12', state: 'stands' },
  },
  { ref: '2', agent: name('吕*'), matters: [SENIOR_CARD], untilDay: '2026-05-02', state: 'taken-back' },
];

/** The views, by name. */
export const ENTRUST_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  'agent-desk-absent': [{ ...DESK_ALONE, absent: 3 } as Page, ALONE],
  'absent-list': [{ kind: 'absent-list', people, there: 'known' }, ALONE],
  'absent-list-offline': [
    { kind: 'absent-list', people: people.slice(0, 1), there: 'offline' },
    { ...ALONE, network: 'offline' },
  ],
  absent: [
    {
      ...{ kind: 'absent', name: name('张桂兰'), numberEnd: '3126', givenMs: NOW_MS, untilDay: '2026-07-12' },
      matters: [
        { tile: tile('senior-card', SENIOR_CARD), left: 0 },
        { tile: tile('health-check', HEALTH_CHECK), left: 2 },
      ],
    },
    FOR_ABSENT,
  ],
};
