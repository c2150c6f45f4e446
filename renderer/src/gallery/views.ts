/** Every page kind in its states, with sample people. The gallery draws them; the screenshot test walks them. */
import type { Page, View } from '../../../terminal/api.ts';
import { ACTING, AGENT_VIEWS } from './agents.ts';
import { ANSWER_PAGES } from './answer-pages.ts';
import { ATTRACT_PAGES, cabinet, HALL_SCREEN, OPEN_TILES } from './attract.ts';
import { BOOKING_VIEWS } from './bookings.ts';
import { BUNDLE_SAID, BUNDLE_VIEWS } from './bundle.ts';
import { HELP_PAGES } from './help.ts';
import { GENERAL_GUIDES, MANY_TILES, OPEN_TILES as MOST_OPEN, PICTURED_TILES } from './long-lists.ts';
import { MATTER_VIEWS, matter } from './matters.ts';
import { AFTER_FILING, CASES, kept, LINES, lastUse } from './own-cases.ts';
import { PAY_VIEWS } from './payments.ts';
import { CATEGORIES, DANGER_NOTICE, DAY_MS, HOUR_MS, NOW_MS, SHELL, TILES } from './people.ts';
import { PHONE_VIEWS } from './phone.ts';
import { PHOTO_PAGES } from './photo-pages.ts';
import { PRINT_VIEWS } from './print.ts';
import { PROVE_PAGES } from './prove.ts';
import { ALLOWANCE, ask, BANQUET, CARD_FACTS, QUESTIONS, RELIEF, REPORT } from './questions.ts';
import { FETCHED_FACTS, SHARED_VIEWS } from './shared.ts';
import { SLIP_VIEWS } from './slips.ts';
import { THERE_VIEWS } from './there.ts';
import { UPKEEP_VIEWS } from './upkeep.ts';
import { URGENT_VIEWS } from './urgent.ts';
import { youngPages } from './young.ts';

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;
type Shell = Partial<Omit<View, 'page'>>;

const MINE: Shell = { holder: '张*' };
const OFFLINE: Shell = { holder: '张*', network: 'offline' };

const home = (more: Partial<PageOf<'home'>> = {}): Page => ({
  kind: 'home',
  greeting: { partOfDay: 'morning', address: { zh: '张女士', en: 'Ms Zhang' } },
  stopped: null,
  notices: [],
  likely: PICTURED_TILES.slice(0, 4),
  categories: CATEGORIES,
  caseCount: 3,
  slipsOwed: 0,
  asks: 0,
  results: 0,
  rates: false,
  again: null,
  young: null,
  draft: null,
  lastUse: { atMs: NOW_MS - 9 * DAY_MS + 4.65 * HOUR_MS, place: { zh: '沙溪镇董村', en: 'Dongcun, Shaxi' } },
  remembered: true,
  ...more,
});

const check = (more: Partial<PageOf<'check'>> = {}): Page => ({
  kind: 'check',
  head: ALLOWANCE,
  facts: [
    ...CARD_FACTS,
    {
      label: { zh: '津贴打到', en: 'Paid to' },
      value: { zh: '一卡通存折', en: 'Subsidy passbook' },
      source: 'answer',
      questionId: 'pay-to',
    },
    {
      label: { zh: '现在住在', en: 'Lives now' },
      value: { zh: '身份证上的地址', en: 'At the address on the ID card' },
      source: 'answer',
      questionId: 'lives',
    },
    {
      label: { zh: '电话', en: 'Phone' },
      value: { zh: '138 0657 1234', en: '138 0657 1234' },
      source: 'answer',
      questionId: 'phone',
    },
  ],
  declares: {
    questionId: 'true-words',
    words: QUESTIONS.trueWords.ask,
    help: QUESTIONS.trueWords.help ?? null,
  },
  bundle: [],
  problem: null,
  ...more,
});

const NEAR = { min: '2026-06-14', max: '2026-12-09', today: '2026-06-12' };
const FAR = { min: '1936-01-01', max: '2026-06-12', today: '2026-06-12' };

const PAGES: Readonly<Record<string, readonly [Page, Shell?]>> = {
  ...ATTRACT_PAGES,
  'card-expired': [
    {
      kind: 'card-not-valid',
      why: 'expired',
      date: '2024-03-01',
      tiles: [...OPEN_TILES, TILES.insurance],
    },
    MINE,
  ],
  'card-not-yet-valid': [
    {
      kind: 'card-not-valid',
      why: 'not-yet-valid',
      date: '2031-05-04',
      tiles: [...OPEN_TILES, TILES.insurance],
    },
    MINE,
  ],
  ...youngPages(home, matter),
  'card-at-counter': [{ kind: 'card-not-valid', why: 'at-counter', date: null, tiles: OPEN_TILES }, MINE],
  'home-emergency': [home({ notices: [DANGER_NOTICE] }), MINE],
  home: [home(), MINE],
  'home-hall': [home(), { ...MINE, cabinet: cabinet('right', HALL_SCREEN) }],
  'home-asked': [home({ asks: 1, slipsOwed: 1 }), MINE],
  'home-result': [home({ results: 1 }), MINE],
  'home-rates': [home({ rates: true }), MINE],
  'home-rates-draft': [
    home({
      rates: true,
      asks: 1,
      results: 1,
      draft: { name: { zh: '一件事项', en: 'One matter' }, step: 3 },
    }),
    MINE,
  ],
  'home-offline': [
    home({ likely: [TILES.arrived, TILES.pension, TILES.power, TILES.proof], slipsOwed: 1 }),
    OFFLINE,
  ],
  'home-draft': [
    home({ draft: { name: { zh: '一件事项', en: 'One matter' }, step: 3 }, remembered: true }),
    MINE,
  ],
  'home-rare-name': [
    home({ greeting: { partOfDay: 'morning', address: { zh: '𠮷喆赟𬀩先生', en: 'Mr 𠮷喆赟𬀩' } } }),
    { holder: '𠮷*' },
  ],
  'home-not-remembered': [
    home({
      remembered: false,
      lastUse: null,
      caseCount: 0,
      greeting: {
        partOfDay: 'evening',
        address: { zh: '古丽巴哈尔·吐尔逊女士', en: 'Ms Gulibahaer Tuerxun' },
      },
    }),
    { holder: '古丽*' },
  ],
  find: [{ kind: 'find', words: '', tiles: [], guides: [] }, MINE],
  'find-some': [
    {
      kind: 'find',
      words: '津贴',
      tiles: [TILES.allowance, TILES.banquet, TILES.report],
      guides: GENERAL_GUIDES.slice(1, 2),
    },
    MINE,
  ],
  'find-none': [{ kind: 'find', words: '飞机票', tiles: [], guides: [] }, OFFLINE],
  categories: [{ kind: 'categories', categories: CATEGORIES }, MINE],
  'category-pictured': [
    { kind: 'category', name: { zh: '常办', en: 'Often done' }, tiles: PICTURED_TILES },
    MINE,
  ],
  category: [{ kind: 'category', name: { zh: '养老', en: 'Elders' }, tiles: Object.values(TILES) }, OFFLINE],
  'category-many': [
    { kind: 'category', name: { zh: '社保', en: 'Social security' }, tiles: MANY_TILES },
    MINE,
  ],
  ...MATTER_VIEWS,
  ...PROVE_PAGES,
  ...PHONE_VIEWS,
  ...AGENT_VIEWS,
  ...URGENT_VIEWS,
  'question-acting': [ask(QUESTIONS.payTo, { filled: CARD_FACTS }), ACTING],
  'question-one-of': [ask(QUESTIONS.payTo, { filled: CARD_FACTS }), MINE],
  'question-one-of-many': [ask(QUESTIONS.problem, { head: REPORT, step: 1, steps: 6 }, 'lamp')],
  'question-several-of': [
    ask(QUESTIONS.trouble, { head: RELIEF, step: 2, steps: 11 }, ['illness', 'income']),
    MINE,
  ],
  'question-yes-no': [ask(QUESTIONS.earning, { head: RELIEF, filled: CARD_FACTS }), MINE],
  'question-quantity': [ask(QUESTIONS.tables, { head: BANQUET, step: 4, steps: 12 }), MINE],
  'question-quantity-given': [
    ask(
      QUESTIONS.tables,
      {
        head: BANQUET,
        step: 4,
        steps: 12,
        problem: { code: 'range', words: { zh: '最多 200 桌', en: 'At most 200 tables' } },
      },
      260,
    ),
    MINE,
  ],
  'question-date': [ask(QUESTIONS.day, { head: BANQUET, step: 1, steps: 12, dateRange: NEAR }), MINE],
  'question-date-given': [
    ask(QUESTIONS.day, { head: BANQUET, step: 1, steps: 12, dateRange: NEAR }, '2026-08-08'),
    MINE,
  ],
  'question-date-far': [ask(QUESTIONS.since, { head: RELIEF, dateRange: FAR }), MINE],
  'question-date-far-given': [ask(QUESTIONS.since, { head: RELIEF, dateRange: FAR }, '1951-10-21'), MINE],
  'question-phone': [ask(QUESTIONS.phone), MINE],
  'question-phone-offered': [
    ask(QUESTIONS.phone, {
      offer: {
        name: { zh: '登记的手机号', en: 'registered phone number' },
        words: {
          zh: '同意向省政务服务网查我登记的手机号，只为这件事',
          en: 'I agree that my registered number is looked up with the province, for this matter',
        },
      },
    }),
    MINE,
  ],
  'question-phone-given': [
    ask(
      QUESTIONS.phone,
      { problem: { code: 'phone', words: { zh: '这个号码少了几位', en: 'This number is too short' } } },
      '1380657',
    ),
    MINE,
  ],
  'question-id-number': [ask(QUESTIONS.idNumber, {}, '11010519491231002'), MINE],
  'question-name': [ask(QUESTIONS.cook, { head: BANQUET }), MINE],
  'question-name-given': [ask(QUESTIONS.cook, { head: BANQUET }, '尉迟敬德'), MINE],
  'question-text': [ask(QUESTIONS.words, { head: REPORT }, '村口的路灯坏了好几天')],
  'question-village': [ask(QUESTIONS.village), MINE],
  'question-village-given': [ask(QUESTIONS.village, {}, '330624108248'), MINE],
  'question-person-card': [ask(QUESTIONS.elderCard, { personCard: { state: 'waiting', name: null } }), MINE],
  'question-person-card-reading': [
    ask(QUESTIONS.elderCard, { personCard: { state: 'reading', name: null } }),
    MINE,
  ],
  'question-person-card-read': [
    ask(QUESTIONS.elderCard, { personCard: { state: 'read', name: '李*' } }, 'read-1'),
    MINE,
  ],
  'question-person-card-trouble': [
    ask(QUESTIONS.elderCard, { personCard: { state: 'trouble', name: null } }),
    MINE,
  ],
  'question-code': [ask(QUESTIONS.code, { code: { state: 'waiting', shown: null } }), MINE],
  'question-code-read': [ask(QUESTIONS.code, { code: { state: 'read', shown: '*0123' } }), MINE],
  'question-code-unreadable': [ask(QUESTIONS.code, { code: { state: 'unreadable', shown: null } }), MINE],
  'question-code-wrong': [
    ask(QUESTIONS.code, {
      code: { state: 'waiting', shown: null },
      problem: { code: 'no-code', words: { zh: '这个码不对', en: 'This is not the right code' } },
    }),
    MINE,
  ],
  'question-code-down': [ask(QUESTIONS.codeScanned, { code: { state: 'down', shown: null } }), MINE],
  'question-code-typed': [ask(QUESTIONS.code, { code: { state: 'waiting', shown: null } }, 'YZ3306'), MINE],
  'question-code-typed-digits': [
    ask(QUESTIONS.codeDigits, { code: { state: 'waiting', shown: null } }, '330624'),
    MINE,
  ],
  ...PHOTO_PAGES,
  ...ANSWER_PAGES,
  'question-declaration': [ask(QUESTIONS.trueWords, { step: 5, filled: CARD_FACTS }), MINE],
  ...SHARED_VIEWS,
  ...PRINT_VIEWS,
  ...BOOKING_VIEWS,
  ...PAY_VIEWS,
  check: [check(), MINE],
  'check-fetched': [check({ facts: [...CARD_FACTS, ...FETCHED_FACTS] }), MINE],
  ...BUNDLE_VIEWS,
  'check-said': [
    check({
      head: REPORT,
      facts: [
        {
          label: { zh: '情况', en: 'What happened' },
          value: { zh: '说的话，12 秒', en: 'Said aloud, 12 seconds' },
          source: 'answer',
          questionId: 'words',
          recording: 'voice-1',
        },
      ],
    }),
    MINE,
  ],
  'check-bundle': [check({ bundle: BUNDLE_SAID }), MINE],
  'check-problem': [
    check({
      problem: {
        code: 'too-late',
        words: {
          zh: '现在没网，来不及送到。请打 12315',
          en: 'There is no network and it would arrive too late. Please call 12315',
        },
      },
    }),
    OFFLINE,
  ],
  kept: [kept(), OFFLINE],
  'kept-sending': [kept({ slip: 'printing' }), MINE],
  'kept-delivered': [kept({ delivered: true, rating: { offered: true, given: 4 } }), MINE],
  'kept-no-paper': [kept({ slip: 'not-printed', slipCode: '402917' }), OFFLINE],
  'kept-unknown': [kept({ slip: 'unknown', slipCode: '402917' }), MINE],
  'kept-printer-down': [kept({ slip: 'unknown', slipCode: '402917' }), { ...MINE, slipPrinter: 'down' }],
  'kept-no-printer': [
    kept({
      slip: 'no-printer',
      slipCode: '402917',
      head: REPORT,
      rating: { offered: false, given: null },
      workingDays: null,
    }),
    { network: 'offline' },
  ],
  'my-cases': [{ kind: 'my-cases', items: LINES, asOfMs: NOW_MS - HOUR_MS, there: null }, MINE],
  'my-cases-none': [{ kind: 'my-cases', items: [], asOfMs: null, there: null }, MINE],
  ...THERE_VIEWS,
  'prove-again': [{ kind: 'prove-again', state: 'waiting' }, MINE],
  'prove-again-other': [{ kind: 'prove-again', state: 'other-card' }, MINE],
  case: [CASES.supplement, MINE],
  'case-ask-passed': [
    { ...CASES.supplement, ask: { ...CASES.supplement.ask, by: '2026-06-10', passed: true } },
    MINE,
  ],
  'case-delivered': [CASES.delivered, MINE],
  'case-frozen': [CASES.frozen, MINE],
  'case-answered': [AFTER_FILING.answered, OFFLINE],
  'case-withdrawing': [AFTER_FILING.withdrawing, OFFLINE],
  'case-finished': [AFTER_FILING.finished, MINE],
  'case-picture': [AFTER_FILING.pictured, MINE],
  'case-printable': [AFTER_FILING.printable, MINE],
  'case-refused': [AFTER_FILING.refused, MINE],
  'case-duplicate': [AFTER_FILING.duplicate, MINE],
  withdraw: [AFTER_FILING.withdraw, MINE],
  'withdraw-books': [AFTER_FILING['withdraw-books'], MINE],
  collect: [AFTER_FILING.collect, MINE],
  'rate-case': [AFTER_FILING.rate, MINE],
  'rate-case-given': [AFTER_FILING['rate-given'], MINE],
  'last-use': [lastUse(), MINE],
  'last-use-none': [lastUse({ lastUse: null, freezes: [] }), MINE],
  'last-use-done': [lastUse({ done: { localNumber: '400118860231' }, slip: 'printing', freezes: [] }), MINE],
  'no-card': [{ kind: 'no-card', tiles: MOST_OPEN }],
  ...SLIP_VIEWS,
  ...UPKEEP_VIEWS,
  ...HELP_PAGES,
  'second-card': [{ kind: 'second-card', phase: 'ask', secondsLeft: null }],
  'second-card-last-seconds': [{ kind: 'second-card', phase: 'ask', secondsLeft: 18 }],
  'second-card-lay-first': [{ kind: 'second-card', phase: 'lay-first-card', secondsLeft: null }],
  'second-card-not-first': [{ kind: 'second-card', phase: 'not-first-card', secondsLeft: 18 }],
  'still-there': [{ kind: 'still-there', secondsLeft: 18 }],
  goodbye: [{ kind: 'goodbye', takeCard: true, takeSlip: true, takePaper: true }],
  'goodbye-plain': [{ kind: 'goodbye', takeCard: false, takeSlip: false, takePaper: false }],
  'out-of-service': [{ kind: 'out-of-service', reason: 'store' }],
  'out-of-service-new': [{ kind: 'out-of-service', reason: 'not-enrolled' }],
  'out-of-service-locked': [
    {
      kind: 'out-of-service',
      reason: 'locked',
      words: {
        zh: '村里停电检修，周五上午再开',
        en: 'Power works in the village; open again Friday morning',
      },
    },
  ],
  'out-of-service-starting': [{ kind: 'out-of-service', reason: 'starting' }],
};

/** The names of all views, in the order of a visit. `wait` is the page without a line, drawn without a view. */
export const VIEW_NAMES: readonly string[] = [...Object.keys(PAGES), 'wait'];

/** The view of a name in a language; nothing for `wait`. */
export function findView(name: string, language: View['language']): View | null {
  const entry = PAGES[name];
  if (entry === undefined) return null;
  const [page, shell] = entry;
  return { ...SHELL, ...shell, language, page };
}
