/** One sample of every type of question. */
import type { AnswerValue, Question } from '../../../catalog/schema.ts';
import type { Fact, Page } from '../../../terminal/api.ts';
import { same } from './people.ts';

type QuestionPage = Extract<Page, { kind: 'question' }>;

export const ALLOWANCE = {
  name: { zh: '高龄津贴', en: 'Old-age allowance' },
  forWhom: { zh: '张* 本人', en: 'Zhang* herself' },
  sample: true,
  private: false,
};
export const BANQUET = {
  name: { zh: '办酒备案', en: 'Banquet filing' },
  forWhom: { zh: '张* 本人', en: 'Zhang* herself' },
  sample: true,
  private: false,
};
export const REPORT = {
  name: { zh: '反映问题', en: 'Report a problem' },
  forWhom: null,
  sample: true,
  private: false,
};
export const RELIEF = {
  name: { zh: '临时救助', en: 'Temporary assistance' },
  forWhom: { zh: '欧阳* 家', en: 'the household of Ouyang*' },
  sample: true,
  private: true,
};

export const CARD_FACTS: Fact[] = [
  { label: { zh: '姓名', en: 'Name' }, value: same('张*'), source: 'card', questionId: null },
  {
    label: { zh: '年龄', en: 'Age' },
    value: { zh: '80 周岁', en: '80 years' },
    source: 'card',
    questionId: null,
  },
  {
    label: { zh: '住址', en: 'Address' },
    value: same('浙江省新昌县沙溪镇董村 12 号'),
    source: 'card',
    questionId: null,
  },
];

const asked = (id: string, zh: string, en: string, helpZh?: string, helpEn?: string) => ({
  id,
  ask: { zh, en },
  label: { zh, en },
  optional: false,
  ...(helpZh && helpEn ? { help: { zh: helpZh, en: helpEn } } : {}),
});

const choice = (value: string, zh: string, en: string, helpZh?: string, helpEn?: string) => ({
  value,
  label: { zh, en },
  ...(helpZh && helpEn ? { help: { zh: helpZh, en: helpEn } } : {}),
});

export const QUESTIONS = {
  payTo: {
    type: 'one-of',
    ...asked(
      'pay-to',
      '津贴打到哪里？',
      'Where should it be paid?',
      '只能打到领津贴的人名下。以后可以改',
      'Only to an account in the name of the one who receives it. You can change it later',
    ),
    choices: [
      choice(
        'social-card',
        '社会保障卡',
        'Social-security card',
        '银行功能要先开通',
        'Its bank account must be activated',
      ),
      choice(
        'passbook',
        '一卡通存折',
        'Subsidy passbook',
        '发耕地补贴的那本',
        'The one used for the farmland subsidy',
      ),
      choice(
        'later',
        '我没有带',
        'I did not bring it',
        '先收下，代办员会打电话问您',
        'We take the request now; the village agent will call you',
      ),
    ],
  },
  problem: {
    type: 'one-of',
    ...asked(
      'what',
      '什么出了问题？',
      'What is wrong?',
      '着火打 119，有人受伤打 120',
      'For a fire call 119; if someone is hurt call 120',
    ),
    choices: [
      choice('lamp', '路灯不亮', 'A street lamp is out'),
      choice('road', '路坏了', 'A damaged road'),
      choice('rubbish', '垃圾没人收', 'Rubbish left lying'),
      choice('water', '水管漏、水不干净', 'Leaking pipe, dirty water'),
      choice('river', '河道、水沟堵了', 'A blocked stream or ditch'),
      choice('slope', '山坡、墙要塌', 'A slope or wall may give way'),
      choice('wire', '电线掉了', 'A fallen wire'),
      choice('other', '别的', 'Something else'),
    ],
  },
  trouble: {
    type: 'several-of',
    ...asked('trouble', '遇到了什么难处？', 'What happened?'),
    choices: [
      choice('illness', '生大病', 'Serious illness'),
      choice('accident', '出了意外', 'An accident'),
      choice('fire', '家里着火', 'A fire at home'),
      choice('income', '没了收入', 'Income was lost'),
    ],
  },
  earning: {
    type: 'yes-no',
    ...asked(
      'earning',
      '家里现在有人挣钱吗？',
      'Does anyone in the household earn money now?',
      '打工、种地、养老金都算',
      'Work, farming and pensions all count',
    ),
  },
  tables: {
    type: 'quantity',
    ...asked(
      'tables',
      '最多的一餐有几桌？',
      'How many tables at the largest meal?',
      '估个数就行',
      'A rough number is fine',
    ),
    min: 1,
    max: 200,
    unit: { zh: '桌', en: 'tables', enOne: 'table' },
  },
  day: {
    type: 'date',
    ...asked(
      'day',
      '哪天办酒？',
      'On which day is the banquet?',
      '办几天的，选第一天。要提前两天报',
      'If it lasts several days, choose the first. It must be filed two days ahead',
    ),
  },
  since: {
    type: 'date',
    ...asked(
      'since',
      '哪天开始的？',
      'When did it begin?',
      '记不清，选差不多的一天',
      'If unsure, choose a day close to it',
    ),
  },
  phone: {
    type: 'phone',
    ...asked(
      'phone',
      '打哪个电话能找到您？',
      'Which phone number reaches you?',
      '手机、座机都行',
      'A mobile or a landline',
    ),
  },
  idNumber: {
    type: 'id-number',
    ...asked(
      'id-number',
      '老人的身份证号是多少？',
      'What is the elder’s ID number?',
      '证上最后一行',
      'The last line of the card',
    ),
  },
  cook: { type: 'name', ...asked('cook-name', '厨师叫什么？', 'What is the cook’s name?') },
  words: {
    type: 'text',
    ...asked(
      'words',
      '是怎么回事？',
      'What happened?',
      '一两句话就行。不要写别人的身份证号',
      'A sentence or two is enough. Please write nobody’s ID number',
    ),
    maxLength: 200,
  },
  village: { type: 'village', ...asked('village', '住在哪个村？', 'In which village?') },
  elderCard: {
    type: 'person-card',
    ...asked(
      'elder-card',
      '请放老人的身份证',
      'Please lay the elder’s ID card',
      '姓名、生日、住址卡上都有，不用填',
      'Name, birthday and address are on the card; nothing to fill in',
    ),
  },
  code: {
    type: 'code',
    ...asked(
      'bill',
      '请扫缴费单上的码',
      'Please scan the code on the bill',
      '码在缴费单的右上角',
      'The code is at the upper right of the bill',
    ),
    pattern: [{ exactly: 'YZ' }, { of: 'letters-digits', min: 6, max: 18 }],
    maxLength: 20,
    typed: true,
  },
  codeScanned: {
    type: 'code',
    ...asked('token', '请扫手机上的社保码', 'Please scan the code on your phone'),
    accepts: ['qr'],
    maxLength: 300,
    typed: false,
  },
  codeDigits: {
    type: 'code',
    ...asked('meter', '请扫水表上的条码', 'Please scan the bar code on the meter'),
    pattern: [{ of: 'digits', min: 12, max: 12 }],
    maxLength: 12,
    typed: true,
  },
  scene: {
    type: 'photo',
    ...asked(
      'photo',
      '拍张照片？',
      'Add a photograph?',
      '把纸、照片或手机放在摄像头下面。不拍也收',
      'Lay the paper, print or phone under the camera. We take it without one too',
    ),
    optional: true,
    of: 'scene',
  },
  paper: {
    type: 'photo',
    ...asked('paper', '请拍诊断书', 'Please photograph the diagnosis'),
    of: 'document',
  },
  trueWords: {
    type: 'declaration',
    ...asked(
      'true-words',
      '我说的都是真的',
      'What I said is true',
      '填错了可以改。有意说假话，领到的钱要退',
      'Mistakes can be corrected. If it is untrue on purpose, the money must be paid back',
    ),
  },
} as const satisfies Record<string, Question>;

const RELATIONS = [
  choice('spouse', '爱人', 'Husband or wife'),
  choice('child', '儿子、女儿', 'Son or daughter'),
  choice('parent', '爸爸、妈妈', 'Father or mother'),
  choice('grandchild', '孙辈', 'Grandchild'),
  choice('other', '别的家里人', 'Another relative'),
];

/** Questions whose answers have parts, or are files. */
export const ANSWER_QUESTIONS = {
  income: {
    type: 'amount',
    ...asked(
      'income',
      '全家一个月挣多少钱？',
      'What does the household earn a month?',
      '记不清，填个差不多的',
      'A rough amount is fine',
    ),
    minFen: 0,
    maxFen: 20_000_000,
  },
  start: { type: 'month', ...asked('start', '从哪个月开始？', 'From which month?') },
  place: {
    type: 'address',
    ...asked('place', '住在哪里？', 'Where do you live?'),
    outside: true,
  },
  account: {
    type: 'bank-account',
    ...asked(
      'account',
      '钱打到哪张银行卡？',
      'To which bank card should it be paid?',
      '要是领钱的人自己的卡',
      'It must be a card of the person who is paid',
    ),
  },
  family: {
    type: 'members',
    ...asked(
      'family',
      '家里还有哪些人？',
      'Who else lives in the household?',
      '一起吃住的都算，一个一个填',
      'Everyone who lives and eats together, one by one',
    ),
    min: 1,
    max: 8,
    relations: RELATIONS,
    numbers: 'needed',
  },
  sign: { type: 'signature', ...asked('sign', '请签名', 'Please sign') },
  say: {
    type: 'voice',
    ...asked(
      'say',
      '说说是怎么回事？',
      'What happened? Please say it',
      '普通话、方言都行，不说也收',
      'In any dialect. We take it without one too',
    ),
    optional: true,
    maxSeconds: 60,
  },
  visit: {
    type: 'slot',
    ...asked('visit', '想约哪天来办？', 'When would you like to come?'),
    service: 'sample-service',
    daysAhead: 30,
    wish: true,
  },
  visitFixed: {
    type: 'slot',
    ...asked('visit-fixed', '约哪天体检？', 'On which day is the check-up?'),
    service: 'sample-service',
    daysAhead: 30,
    wish: false,
  },
} as const satisfies Record<string, Question>;

/** A question page with nothing answered yet. */
export function ask(
  question: Question,
  more: Partial<QuestionPage> = {},
  value: AnswerValue | null = null,
): QuestionPage {
  return {
    kind: 'question',
    head: ALLOWANCE,
    step: 3,
    steps: 5,
    question,
    value,
    problem: null,
    dateRange: null,
    personCard: null,
    code: null,
    slots: null,
    nearWords: [],
    filled: [],
    offer: null,
    ...more,
  };
}
