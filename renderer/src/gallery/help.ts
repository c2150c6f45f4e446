/** The pages of help, which anyone may open. */
import type { Page, View } from '../../../terminal/api.ts';
import { GENERAL_GUIDES, MANY_GUIDES } from './long-lists.ts';
import { CATEGORIES, HOUR_MS, NOW_MS } from './people.ts';

const AGENT: Page = {
  ...{ kind: 'agent', signIn: true, acting: null, entrusts: false, openCashFen: null },
  call: { matterId: 'agent-call', before: null, said: null },
};
const CALL_NOTED: Page = {
  ...AGENT,
  call: {
    matterId: 'agent-call',
    before: {
      ...{ ref: 'case-1', name: { zh: '请代办员回电', en: 'Ask for a call' }, private: false },
      ...{ keptAtMs: NOW_MS - 2 * HOUR_MS, stage: 'accepted', slipOwed: false },
    },
    said: '代办员吕小兰最迟6月16日给您打电话',
  },
};

/** Each by its name in the gallery. */
export const HELP_PAGES: Readonly<Record<string, readonly [Page, Pick<View, 'agentNow'>?]>> = {
  guides: [{ kind: 'guides', items: GENERAL_GUIDES, categories: CATEGORIES }],
  'guide-list': [{ kind: 'guide-list', name: { zh: '房屋', en: 'Housing' }, items: MANY_GUIDES }],
  guide: [
    {
      kind: 'guide',
      title: { zh: '家里办酒怎么报', en: 'How to file a village banquet' },
      body: [
        {
          zh: '提前两天报。来不及了，请打 12315',
          en: 'File it two days ahead. If it is too late for that, call 12315',
        },
        {
          zh: '带身份证，知道日子、桌数、厨师的名字和电话就能办',
          en: 'Bring your ID card and know the day, the number of tables, and the cook’s name and phone',
        },
        {
          zh: '不要用野蘑菇、河豚、发芽土豆、没烧熟的四季豆',
          en: 'Do not serve wild mushrooms, puffer fish, sprouted potatoes or undercooked green beans',
        },
        { zh: '每样菜留一份，放冰箱两天', en: 'Keep a portion of each dish in the fridge for two days' },
        {
          zh: '有人吃坏了，马上打 120，菜不要倒掉',
          en: 'If someone falls ill, call 120 at once and do not throw the food away',
        },
      ],
    },
  ],
  emergency: [
    {
      kind: 'emergency',
      numbers: [
        { name: { zh: '报警', en: 'Police' }, phone: '110' },
        { name: { zh: '着火、救援', en: 'Fire and rescue' }, phone: '119' },
        { name: { zh: '救护车', en: 'Ambulance' }, phone: '120' },
        { name: { zh: '交通事故', en: 'Road accidents' }, phone: '122' },
        { name: { zh: '政务热线，什么都能问', en: 'Government hotline for any question' }, phone: '12345' },
        { name: { zh: '接到可疑电话，防诈骗', en: 'Suspicious calls and fraud' }, phone: '96110' },
        { name: { zh: '停电报修', en: 'Power cuts' }, phone: '95598' },
        { name: { zh: '请律师、问法律', en: 'Legal advice' }, phone: '12348' },
        { name: { zh: '社保、养老金', en: 'Social security and pensions' }, phone: '12333' },
        { name: { zh: '医保', en: 'Medical insurance' }, phone: '12393' },
        { name: { zh: '买东西上当、吃坏肚子', en: 'Bad goods and unsafe food' }, phone: '12315' },
      ],
    },
  ],
  'lost-card': [{ kind: 'lost-card' }],
  agent: [AGENT],
  'agent-out': [AGENT, { agentNow: { at: 'out', backMs: NOW_MS + 23 * HOUR_MS } }],
  'agent-away': [AGENT, { agentNow: { at: 'away', backMs: NOW_MS + 2 * HOUR_MS } }],
  'agent-call-noted': [CALL_NOTED, { agentNow: { at: 'out', backMs: NOW_MS + 23 * HOUR_MS } }],
  'agent-hours': [AGENT, { agentNow: null }],
};
