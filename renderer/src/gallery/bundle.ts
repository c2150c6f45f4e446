/** Samples of several matters filed with the same answers. */
import type { BundleOfferPart, Page, View } from '../../../terminal/api.ts';
import { kept } from './own-cases.ts';
import { same } from './people.ts';

type Shell = Partial<Omit<View, 'page'>>;

const MINE: Shell = { holder: '张*' };
const HEAD = {
  name: { zh: '死亡登记', en: 'Register a death' },
  forWhom: same('李*'),
  sample: true,
  private: false,
};

const offer = (
  matterId: string,
  zh: string,
  en: string,
  more: Partial<BundleOfferPart> = {},
): BundleOfferPart => ({
  ...{ matterId, name: { zh, en }, declares: [], state: 'open' },
  gets: {
    zh: '可以申请，民政审核。通过后退基本丧葬费：接运、存放、火化',
    en: 'You can apply; civil affairs reviews it. Basic costs are refunded: transport, keeping, cremation',
  },
  ...more,
});

const GRANT = offer('grant', '丧葬补助金', 'Funeral grant', {
  gets: {
    zh: '可以申请，社保审核。通过后一次发给家里，账户里剩的钱也退',
    en: 'You can apply and social insurance reviews it. It is paid once to the family, with what is left in the account',
  },
  declares: [{ zh: '家里商量好了，由我来领', en: 'The family has agreed that I receive it' }],
});
const CLOSE = offer('close', '居民养老注销', 'Close resident pension', {
  gets: {
    zh: '账户停了，个人账户里剩的钱退给本人或家里',
    en: 'The account is closed; what is left of the own account goes to you or the family',
  },
});
const COSTS = offer('costs', '殡葬费减免', 'Funeral costs');

const page = (offers: BundleOfferPart[], decided: boolean): Page => ({
  ...{ kind: 'bundle', head: HEAD, offers, decided },
});

/** What the check page lists of them. */
export const BUNDLE_SAID: BundleOfferPart[] = [
  { ...GRANT, state: 'chosen' },
  { ...CLOSE, state: 'kept' },
  { ...COSTS, state: 'declined' },
];

/** The views of further matters, by name. */
export const BUNDLE_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  bundle: [page([GRANT, CLOSE, COSTS], false), MINE],
  'bundle-said': [page(BUNDLE_SAID, true), MINE],
  'bundle-one': [page([COSTS], false), MINE],
  'kept-bundle': [
    kept({
      head: HEAD,
      bundle: [
        { name: GRANT.name, localNumber: '204417730052', slipCode: null },
        { name: CLOSE.name, localNumber: '771300264418', slipCode: null },
        { name: { zh: '一件事项', en: 'One matter' }, localNumber: '630081274455', slipCode: null },
      ],
    }),
    MINE,
  ],
  'kept-bundle-no-paper': [
    kept({
      head: HEAD,
      slip: 'no-printer',
      slipCode: '402917',
      bundle: [
        { name: GRANT.name, localNumber: '204417730052', slipCode: '118832' },
        { name: { zh: '一件事项', en: 'One matter' }, localNumber: '630081274455', slipCode: '760045' },
      ],
    }),
    MINE,
  ],
};
