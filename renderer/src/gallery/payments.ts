/** Samples of paying: whose bill it is, the code, and every way a payment can stand. */
import type { Page, View } from '../../../terminal/api.ts';
import { ACTING } from './agents.ts';
import { ALLOWANCE } from './questions.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;
type Shell = Partial<Omit<View, 'page'>>;
type Bill = PageOf<'bill'>['bills'][number];

const HEAD = { ...ALLOWANCE, name: { zh: '缴电费', en: 'Power bill' }, forWhom: null };
const OFFLINE: Shell = { network: 'offline' };

const OCTOBER: Bill = {
  ...{ owner: '陈*初', address: '沙溪镇董村****', period: '2026年10月', amountFen: 8640, state: 'due' },
  forCash: false,
};

const bill = (more: Partial<PageOf<'bill'>> = {}): Page => ({
  ...{ kind: 'bill', head: HEAD, state: 'found', bills: [OCTOBER], problem: null },
  ...more,
});

const payment = (more: Partial<PageOf<'payment'>> = {}): Page => ({
  ...{ kind: 'payment', head: HEAD, state: 'open', lost: false, owner: '陈*初', amountFen: 8640 },
  ...{ code: 'https://pay.example.cn/pay/5f0c2a91d3e84b76', secondsLeft: 284, receipt: null },
  ...{ localNumber: '830625120047', slipCode: '402917', slip: null, cash: null },
  ...more,
});

const settled = (state: PageOf<'payment'>['state'], more: Partial<PageOf<'payment'>> = {}): Page =>
  payment({ state, code: null, secondsLeft: 0, slip: 'printed', slipCode: null, ...more });

const NAMES = { agent: { zh: '吕*', en: '吕*' }, payer: { zh: '张*', en: '张*' } };

const cash = (state: PageOf<'cash'>['state'], takenFen: number | null = 45_000): Page => ({
  ...{ kind: 'cash', head: HEAD, state, owner: '陈*初', amountFen: 8640, ...NAMES },
  today: takenFen === null ? null : { takenFen, capFen: 200_000 },
});

type CashOf = NonNullable<PageOf<'payment'>['cash']>;
const held = (state: CashOf['state'], more: Partial<CashOf> = {}): CashOf => ({
  ...{ ...NAMES, state, mayReturn: state === 'to-return' },
  slips: {
    resident: { state: 'printed', again: true },
    agent: { state: state === 'held' || state === 'to-return' ? null : 'printed', again: false },
  },
  ...more,
});

export const PAY_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  bill: [bill()],
  'bill-cash': [bill({ bills: [{ ...OCTOBER, forCash: true }] }), ACTING],
  'bill-asking': [bill({ state: 'asking', bills: [] })],
  'bill-several': [
    bill({
      bills: [
        { ...OCTOBER, period: '2026年9月', amountFen: 4215 },
        OCTOBER,
        { ...OCTOBER, period: '2026年8月', amountFen: 3990, state: 'being-paid' },
      ],
    }),
  ],
  'bill-none': [bill({ bills: [{ ...OCTOBER, period: '', amountFen: null, state: 'none' }] })],
  'bill-paid': [bill({ bills: [{ ...OCTOBER, state: 'paid' }] })],
  'bill-being-paid': [bill({ bills: [{ ...OCTOBER, state: 'being-paid' }] })],
  'bill-begun-here': [bill({ bills: [{ ...OCTOBER, state: 'begun-here' }] })],
  'bill-unknown': [bill({ state: 'unknown', bills: [] })],
  'bill-offline': [bill({ state: 'offline', bills: [] }), OFFLINE],
  cash: [cash('ready'), ACTING],
  'cash-asking': [cash('asking', null), ACTING],
  'cash-over': [cash('over', 196_000), ACTING],
  'cash-no-printer': [cash('no-printer', null), ACTING],
  'payment-cash': [payment({ cash: held('held') }), ACTING],
  'payment-cash-lost': [payment({ cash: held('held'), lost: true, code: null }), { ...OFFLINE, ...ACTING }],
  'payment-cash-offline': [
    payment({ cash: held('held'), state: 'sending', lost: true, code: null }),
    { ...OFFLINE, ...ACTING },
  ],
  'payment-cash-posted': [settled('posted', { receipt: '00000001', cash: held('paid') }), ACTING],
  'payment-cash-back': [settled('unpaid', { cash: held('to-return') }), ACTING],
  'payment-cash-returned': [settled('unpaid', { cash: held('returned') }), ACTING],
  'payment-cash-alone': [settled('unpaid', { cash: held('to-return', { mayReturn: false }) })],
  'payment-sending': [settled('sending', { slip: null })],
  payment: [payment()],
  'payment-lost': [payment({ lost: true, code: null }), OFFLINE],
  'payment-paid': [settled('paid', { slip: null, slipCode: '402917' })],
  'payment-posted': [settled('posted', { receipt: '00000001' })],
  'payment-unpaid': [settled('unpaid')],
  'payment-refunded': [settled('refunded')],
  'payment-another': [settled('another')],
};
