/** What is asked of a resident who entrusts a village agent, and what the terminal says of it. */
import type { Question, Text } from '../../catalog/schema.ts';

/** What it is called on its pages, in lists and on its slip. */
export const ENTRUST_NAME: Text = { zh: '委托代办员', en: 'Entrust the agent' };

/** What entrusting comes to. */
export const ENTRUST_GETS: Text = {
  zh: '您来不了的时候，代办员可以替您办。您随时能收回',
  en: 'When you cannot come, the agent may do it for you. You can take it back at any time',
};

/** Asked first; the choices are the catalog's. */
export const ASK_MATTERS: Omit<Extract<Question, { type: 'several-of' }>, 'choices'> = {
  id: 'matters',
  type: 'several-of',
  ask: { zh: '哪些事，让代办员替您办？', en: 'What may the agent do for you?' },
  help: {
    zh: '只有您点了的，他才能办。钱、证件和反映问题，谁也不能替',
    en: 'Only what you tap. Nobody can do money matters, identity papers or complaints for you',
  },
  label: { zh: '委托的事', en: 'Entrusted' },
  optional: false,
};

/** For how long, in days, by the answer. */
export const ENTRUST_DAYS: Readonly<Record<string, number>> = { month: 30, 'three-months': 91, year: 365 };

/** Asked second. */
export const ASK_UNTIL: Question = {
  id: 'until',
  type: 'one-of',
  ask: { zh: '委托到什么时候？', en: 'For how long?' },
  help: { zh: '到了那天，自己就作废', en: 'After that day it ends by itself' },
  label: { zh: '委托多久', en: 'How long' },
  optional: false,
  choices: [
    { value: 'month', label: { zh: '一个月', en: 'One month' } },
    { value: 'three-months', label: { zh: '三个月', en: 'Three months' } },
    { value: 'year', label: { zh: '一年', en: 'One year' } },
  ],
};

/** Asked third. */
export const ASK_SIGNATURE: Question = {
  id: 'signature',
  type: 'signature',
  ask: { zh: '请您自己签名', en: 'Please sign yourself' },
  help: { zh: '代办员不能替您签', en: 'The agent cannot sign for you' },
  label: { zh: '本人签名', en: 'Signature' },
  optional: false,
};

/** Asked fourth. */
export const ASK_PHOTO: Question = {
  id: 'photo',
  type: 'photo',
  of: 'scene',
  ask: { zh: '请您和代办员一起拍一张', en: 'A photograph of you and the agent' },
  help: {
    zh: '拍不到人的，拍您签了名的纸',
    en: 'Where you cannot both be seen: of the paper you signed',
  },
  label: { zh: '当面拍的', en: 'Photograph' },
  optional: false,
};

/** Declared last. */
export const DECLARE: Question = {
  id: 'agreed',
  type: 'declaration',
  ask: {
    zh: '我自己愿意，委托这位代办员替我办这些事',
    en: 'Of my own will I entrust this agent with these matters',
  },
  help: {
    zh: '每办一件，都记着是谁办的。您刷身份证，随时能收回',
    en: 'Each act is on record. Lay your card, and you can take it back at any time',
  },
  label: { zh: '本人愿意', en: 'Own will' },
  optional: false,
};

/** There is nothing that could be entrusted, or no agent could take it. */
export const NOTHING_TO_ENTRUST: Text = {
  zh: '现在没有能委托的事，请问镇里',
  en: 'Nothing can be entrusted at present: please ask the town',
};

/** An agent may do this for the one who is not here no more, or never could. */
export const NOT_ENTRUSTED: Text = {
  zh: '委托里没有这件事，请本人来办',
  en: 'This was not entrusted: the person has to come',
};

/** As often as was agreed to. */
export const ENTRUSTED_ENOUGH: Text = {
  zh: '这件事这个月替他办满了，要再办，请本人来',
  en: 'This was done for them as often as agreed this month: for more they have to come',
};
