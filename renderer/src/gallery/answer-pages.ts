/** The questions that take more than one touch, in their states. */
import type { Page, View } from '../../../terminal/api.ts';
import { SHELL } from './people.ts';
import { ask, BANQUET, ANSWER_QUESTIONS as Q, QUESTIONS, RELIEF, REPORT } from './questions.ts';

type Shell = Partial<Omit<View, 'page'>>;

const MINE: Shell = { holder: '张*' };
const WITH_MICROPHONE: Shell = {
  ...MINE,
  cabinet: SHELL.cabinet && { ...SHELL.cabinet, microphone: { usb: null, label: 'gallery' } },
};
const OFFLINE: Shell = { ...MINE, network: 'offline' };

const MONTHS = { min: '2026-01', max: '2027-12', today: '2026-06-12' };
const FAR_MONTHS = { min: '1980-06', max: '2026-06', today: '2026-06-12' };
const DAYS = { min: '2026-06-13', max: '2026-07-12', today: '2026-06-12' };
const TIMES = ['15', '16', '17', '18', '19', '22', '23', '24', '25', '26', '29', '30']
  .map((day) => `2026-06-${day}`)
  .flatMap((day) =>
    ['09:00', '09:30', '10:30', '14:00', '15:30'].map((from) => ({ id: `${day}-${from}`, day, from })),
  );
const SON = { relation: 'child', name: '李小明', number: '11010519491231002X' };
const WIFE = { relation: 'spouse', name: '王秀英', number: '330699197803120026' };

/** The views, by name. */
export const ANSWER_PAGES = {
  'question-amount': [ask(Q.income, { head: RELIEF }), MINE],
  'question-amount-given': [ask(Q.income, { head: RELIEF }, 12_345_650), MINE],
  'question-amount-outside': [
    ask(
      Q.income,
      {
        head: RELIEF,
        problem: {
          code: 'out-of-range',
          words: { zh: '请填 0 元 到 200,000 元', en: 'Please enter 0 yuan to 200,000 yuan' },
        },
      },
      44_000_000,
    ),
    MINE,
  ],
  'question-month': [ask(Q.start, { dateRange: MONTHS }), MINE],
  'question-month-few': [
    ask(Q.start, { dateRange: { min: '2026-06', max: '2027-02', today: '2026-06-12' } }),
    MINE,
  ],
  'question-month-given': [ask(Q.start, { dateRange: MONTHS }, '2026-11'), MINE],
  'question-month-far': [ask(Q.start, { dateRange: FAR_MONTHS }), MINE],
  'question-address': [ask(Q.place, { head: REPORT }), MINE],
  'question-address-detail': [
    ask(Q.place, { head: REPORT }, { village: '330624108248', detail: '3组12号' }),
    MINE,
  ],
  'question-address-outside': [ask(Q.place, { head: REPORT }, { detail: '' }), MINE],
  'question-bank': [ask(Q.account), MINE],
  'question-bank-number': [ask(Q.account, {}, { bank: 'rural-commercial', number: '6217001234' }), MINE],
  'question-bank-wrong': [
    ask(
      Q.account,
      {
        problem: {
          code: 'no-bank-number',
          words: {
            zh: '卡号不对，请再看看卡面',
            en: 'That is no card number. Please look at the card again',
          },
        },
      },
      { bank: 'agricultural', number: '6217001234567890123' },
    ),
    MINE,
  ],
  'question-members': [ask(Q.family, { head: RELIEF }), MINE],
  'question-members-list': [ask(Q.family, { head: RELIEF }, [WIFE, SON]), MINE],
  'question-members-relation': [ask(Q.family, { head: RELIEF }, [WIFE, {}]), MINE],
  'question-members-name': [ask(Q.family, { head: RELIEF }, [WIFE, { relation: 'child' }]), MINE],
  'question-members-number': [
    ask(Q.family, { head: RELIEF }, [WIFE, { relation: 'child', name: '李小明', number: '110105' }]),
    MINE,
  ],
  'question-signature': [ask(Q.sign), MINE],
  'question-signature-held': [ask(Q.sign, {}, 'signature-1'), MINE],
  'question-text-offer': [ask(QUESTIONS.words, { head: REPORT }), WITH_MICROPHONE],
  'question-text-begun': [ask(QUESTIONS.words, { head: REPORT }, '村口的路灯坏了好几天'), WITH_MICROPHONE],
  'question-text-said': [
    ask(QUESTIONS.words, { head: REPORT }, { spoken: 'voice-1', seconds: 12 }),
    WITH_MICROPHONE,
  ],
  'question-voice': [ask(Q.say, { head: REPORT }), WITH_MICROPHONE],
  'question-voice-held': [ask(Q.say, { head: REPORT }, 'voice-1'), WITH_MICROPHONE],
  'question-voice-missing': [ask(Q.say, { head: REPORT }), MINE],
  'question-slot': [ask(Q.visit, { head: BANQUET, slots: { state: 'offered', times: TIMES } }), MINE],
  'question-slot-given': [
    ask(
      Q.visit,
      { head: BANQUET, slots: { state: 'offered', times: TIMES } },
      { slot: '2026-06-16-09:30', day: '2026-06-16', from: '09:30' },
    ),
    MINE,
  ],
  'question-slot-asking': [ask(Q.visit, { head: BANQUET, slots: { state: 'asking', times: [] } }), MINE],
  'question-slot-none': [ask(Q.visitFixed, { head: BANQUET, slots: { state: 'none', times: [] } }), OFFLINE],
  'question-slot-wish': [
    ask(Q.visit, { head: BANQUET, dateRange: DAYS, slots: { state: 'none', times: [] } }),
    OFFLINE,
  ],
  'question-slot-wish-part': [
    ask(
      Q.visit,
      { head: BANQUET, dateRange: DAYS, slots: { state: 'none', times: [] } },
      { wish: true, day: '2026-06-18', part: 'morning' },
    ),
    OFFLINE,
  ],
} as const satisfies Record<string, readonly [Page, Shell]>;
