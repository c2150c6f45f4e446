/** The agents' pages, and pages on which an agent acts. */
import type { Page, View } from '../../../terminal/api.ts';
import { AGENT_WORK_VIEWS, DESK_ALONE } from './agent-work.ts';
import { ENTRUST_VIEWS } from './entrusting.ts';

type SignIn = Extract<Page, { kind: 'agent-sign-in' }>;
type Shell = Partial<Omit<View, 'page'>>;

const name = (masked: string) => ({ zh: masked, en: masked });

/** An agent beside Mrs Zhang. */
export const ACTING: Shell = {
  holder: '张*',
  acting: { agent: name('吕*'), forWhom: name('张*'), authorityUntil: null, stale: false },
};
const ALONE: Shell = { acting: { agent: name('吕*'), forWhom: null, authorityUntil: null, stale: false } };

const signIn = (change: Partial<SignIn> = {}): Page => ({
  ...{ kind: 'agent-sign-in', step: 'card', card: 'waiting', beside: null, trouble: null, waitSeconds: 0 },
  ...change,
});

/** The views, by name. */
export const AGENT_VIEWS: Readonly<Record<string, readonly [Page, Shell?]>> = {
  ...AGENT_WORK_VIEWS,
  ...ENTRUST_VIEWS,
  'agent-card': [signIn({ beside: name('张*') }), { holder: '张*' }],
  'agent-pin': [signIn({ step: 'pin' })],
  'agent-pin-wrong': [signIn({ step: 'pin', trouble: 'wrong' })],
  'agent-pin-wait': [signIn({ step: 'pin', trouble: 'wait', waitSeconds: 64 })],
  'agent-code': [signIn({ step: 'code' })],
  'agent-new-pin': [signIn({ step: 'new-pin', trouble: 'weak-pin' })],
  'agent-ended': [signIn({ step: 'pin', trouble: 'roster-ended' })],
  'agent-desk': [DESK_ALONE, ALONE],
  'agent-desk-stale': [
    DESK_ALONE,
    { acting: { agent: name('吕*'), forWhom: null, authorityUntil: null, stale: true } },
  ],
  'agent-beside': [
    { kind: 'agent', signIn: false, acting: 'beside', entrusts: true, openCashFen: null, call: null },
    ACTING,
  ],
  'agent-beside-cash': [
    { kind: 'agent', signIn: false, acting: 'beside', entrusts: true, openCashFen: 8640, call: null },
    ACTING,
  ],
  'agent-mine': [
    { kind: 'agent', signIn: false, acting: 'alone', entrusts: false, openCashFen: null, call: null },
    ALONE,
  ],
};
