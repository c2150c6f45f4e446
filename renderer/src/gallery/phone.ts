/** Samples of a code on the phone in the place of a card: asked for, refused, and what it opens. */
import type { Page, View } from '../../../terminal/api.ts';
import { OPEN_TILES } from './attract.ts';
import { PICTURED_TILES } from './long-lists.ts';
import { CATEGORIES } from './people.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;
type Shell = Partial<Omit<View, 'page'>>;

const phoneCode = (more: Partial<PageOf<'phone-code'>> = {}): Page => ({
  ...{ kind: 'phone-code', scanner: 'ready', app: '浙里办', checking: false, trouble: null },
  ...more,
});

const TAKES: Shell = { takesPhoneCode: true };
const BY_PHONE: Shell = { byPhone: true, holder: '陈*' };

const HOME: Page = {
  ...{ kind: 'home', stopped: null, notices: [], draft: null, lastUse: null, young: null, again: null },
  greeting: { partOfDay: 'morning', address: { zh: '陈女士', en: 'Ms Chen' } },
  likely: PICTURED_TILES.slice(0, 4).map((tile) => ({ ...tile, availability: 'open' })),
  ...{ categories: CATEGORIES, caseCount: 0, slipsOwed: 0, asks: 0, results: 0, rates: false },
  remembered: false,
};

export const PHONE_VIEWS = {
  'attract-phone-code': [
    {
      ...{ kind: 'attract', reader: 'ready', trouble: null, stopped: null, notices: [], alarm: null },
      offersHelp: false,
      tiles: OPEN_TILES,
    },
    TAKES,
  ],
  'no-card-phone-code': [{ kind: 'no-card', tiles: OPEN_TILES }, TAKES],
  'phone-code': [phoneCode()],
  'phone-code-checking': [phoneCode({ checking: true })],
  'phone-code-used': [phoneCode({ trouble: 'used' })],
  'phone-code-forged': [phoneCode({ trouble: 'forged' })],
  'phone-code-clock': [phoneCode({ trouble: 'clock' }), { network: 'offline' }],
  'phone-code-down': [phoneCode({ scanner: 'down' })],
  'home-by-phone': [HOME, BY_PHONE],
  'second-card-by-phone': [{ kind: 'second-card', phase: 'ask', secondsLeft: null }, { byPhone: true }],
  'second-card-code-again': [
    { kind: 'second-card', phase: 'lay-first-card', secondsLeft: null },
    { byPhone: true },
  ],
} as const satisfies Readonly<Record<string, readonly [Page, Shell?]>>;
