/** Words of pages that lead to a person: the agent, the counter, a grown-up, and what to do about a card. */

import { enCallWish, zhCallWish } from './call-wish-words.ts';

export const zhAgent = {
  title: '找代办员',
  how: '看不清、不会填，都可以请代办员来帮忙',
  name: '本村代办员',
  hours: '在村里的时间',
  town: '打不通，请打镇便民中心',
  here: '现在在村里',
  out: '现在不在，{{when}} 来',
  outNow: '现在不在村里',
  away: '有事走开了，{{when}} 回来',
  elsewhere: '等不及，请打镇便民中心',
  call: zhCallWish,
} as const;

export const zhExpired = {
  title: '身份证过期了',
  until: '有效期到 {{date}}',
  renew: '请到派出所换证',
  renewHow: '带上旧证去，哪个派出所都能换。急用可以先办临时身份证。',
  still: '这些不用身份证，现在就能办',
} as const;

export const zhNotYetValid = {
  title: '身份证还没到生效的日子',
  from: '{{date}}起有效',
  use: '请用现在有效的证件',
  useHow: '有旧证的，放旧证就行。日期印错了，请带上它去派出所。',
} as const;

export const zhAtCounter = {
  title: '请到镇便民中心核对身份',
  why: '这张卡的事，要当面说一说',
  how: '带上身份证，家里人也可以一起去。交过的都还在，不会丢',
  phone: '先打电话问，也行',
} as const;

export const zhYoung = {
  'under-14': '你可以反映问题、看指南，别的请大人来办',
  'under-16': '你可以反映问题、看指南，别的请家长来办',
  how: '大人放好了，选“给孩子办”。没有这一项，请找代办员',
} as const;

export const zhPlay = {
  line: '不知道从哪里点起？',
  how: '找代办员，带您走一遍',
} as const;

export const zhLostCard = {
  title: '身份证丢了怎么办',
  first: '先去派出所挂失、补领',
  firstHow: '哪个派出所都能办，最好带户口本',
  second: '急着用，办临时身份证',
  secondHow: '补领时一起说，几天就能拿到',
  third: '银行卡、社保卡也丢了',
  thirdHow: '打银行的电话，社保卡打 12333',
  fourth: '等新证的时候要办事',
  fourthHow: '请找代办员，或到镇便民中心',
} as const;

export const enAgent = {
  title: 'Find the agent',
  how: 'The agent helps when you cannot see or do not know what to fill in',
  name: 'Village agent',
  hours: 'In the village',
  town: 'No answer? Call the town service centre',
  here: 'In the village now',
  out: 'Not here now, back {{when}}',
  outNow: 'Not in the village now',
  away: 'Away for a while, back {{when}}',
  elsewhere: 'Cannot wait? Call the town service centre',
  call: enCallWish,
} as const;

export const enExpired = {
  title: 'The ID card has expired',
  until: 'Valid to {{date}}',
  renew: 'Please renew it at a police station',
  renewHow: 'Bring the old card. Any police station can do it. A temporary card is there for urgent needs.',
  still: 'These need no card',
} as const;

export const enNotYetValid = {
  title: 'The ID card is not valid yet',
  from: 'Valid from {{date}}',
  use: 'Please use a card that is valid today',
  useHow: 'Lay the old card if you have one. If the date is a misprint, take the card to a police station.',
} as const;

export const enAtCounter = {
  title: 'Please go to the town service centre to confirm who you are',
  why: 'About this card, someone would like to talk with you in person',
  how: 'Bring the ID card; family may come along. What was handed in is still there',
  phone: 'You may also call first',
} as const;

export const enYoung = {
  'under-14': 'You can report a problem and read guides; a grown-up does the rest',
  'under-16': 'You can report a problem and read guides; a parent does the rest',
  how: 'They then choose “for a child”. Where that is not there, ask the agent',
} as const;

export const enPlay = {
  line: 'Not sure where to begin?',
  how: 'The agent will walk you through it',
} as const;

export const enLostCard = {
  title: 'If you lost your ID card',
  first: 'Report it and apply for a new one',
  firstHow: 'At any police station. Bring the household book if you can',
  second: 'In a hurry? A temporary card',
  secondHow: 'Ask for it at the same time. It takes a few days',
  third: 'Bank or social security card gone too',
  thirdHow: 'Call the bank; for social security call 12333',
  fourth: 'While you wait for the new card',
  fourthHow: 'Find the agent, or go to the town service centre',
} as const;
