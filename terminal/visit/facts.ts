/** What is known in a matter, line by line: from the card, and from the answers. Names and numbers masked. */
import { ageInYears } from '../../base/calendar.ts';
import { findAnswer } from '../../catalog/conditions.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import { findSubjectReadId, findTypedSubject } from '../../catalog/form.ts';
import type { CardFact, Question, Text } from '../../catalog/schema.ts';
import { dateText, same } from '../../catalog/text.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { Fact } from '../api.ts';
import type { Desk } from './desk.ts';
import { questionsOf } from './flow/fill.ts';
import { maskName, maskNumber } from './mask.ts';
import { todayIso } from './tiles.ts';
import type { Filling, Visit } from './visit.ts';

const LABELS: Readonly<Record<CardFact, Text>> = {
  name: { zh: '姓名', en: 'Name' },
  sex: { zh: '性别', en: 'Sex' },
  birth: { zh: '年龄', en: 'Age' },
  address: { zh: '住址', en: 'Address' },
  number: { zh: '身份证号', en: 'ID number' },
};

const SEX: Readonly<Record<IdentityRead['sex'], Text>> = {
  male: { zh: '男', en: 'Male' },
  female: { zh: '女', en: 'Female' },
  unknown: { zh: '未说明', en: 'Not stated' },
  'not-stated': { zh: '未说明', en: 'Not stated' },
};

/** The card of the one a matter in hand is for, once it was laid; nobody's where the matter is open. */
export function findSubjectCard(visit: Visit, filling: Filling): IdentityRead | undefined {
  if (filling.basis === 'open') return undefined;
  if (filling.basis === 'self') return visit.person?.card;
  const readId = findSubjectReadId(filling.matter, filling.basis, filling.answers);
  return filling.cards.find((card) => card.readId === readId);
}

/** The name of the one a matter in hand is for, as soon as a card or an answer tells it; null where nobody is known. */
export function findSubjectName(visit: Visit, filling: Filling): string | null {
  const typed = findTypedSubject(filling.matter, filling.basis, filling.answers);
  return findSubjectCard(visit, filling)?.name ?? typed?.name ?? null;
}

/** What the card tells and nobody is asked. */
export function cardFactsOf(visit: Visit, filling: Filling, desk: Desk): Fact[] {
  const card = findSubjectCard(visit, filling);
  if (card === undefined) return [];
  return filling.matter.cardFacts.flatMap((fact) => {
    const value = factText(fact, card, todayIso(desk));
    return value === null ? [] : [{ label: LABELS[fact], value, source: 'card' as const, questionId: null }];
  });
}

/** Everything that will be filed, for the check page. */
export function checkFacts(visit: Visit, filling: Filling, desk: Desk): Fact[] {
  const answered = questionsOf(filling).flatMap((question) => {
    const fact = answerFact(question, filling);
    return fact === undefined ? [] : [fact];
  });
  return [...cardFactsOf(visit, filling, desk), ...answered];
}

function answerFact(question: Question, filling: Filling): Fact | undefined {
  const value = findAnswer(filling.answers, question.id);
  if (value === undefined) return undefined;
  const card = filling.cards.find(({ readId }) => readId === value);
  const isCard = question.type === 'person-card' && card !== undefined;
  return {
    label: question.label,
    value: isCard ? same(maskName(card.name)) : describeAnswer(question, value),
    source: isCard ? 'card' : 'answer',
    questionId: question.id,
  };
}

function factText(fact: CardFact, card: IdentityRead, today: string): Text | null {
  switch (fact) {
    case 'name':
      return same(maskName(card.name));
    case 'number':
      return same(maskNumber(card.number));
    case 'sex':
      return SEX[card.sex];
    case 'address':
      // Cards of foreigners bear none.
      return card.address === '' ? null : same(card.address);
    case 'birth': {
      if (card.birth === null) return null;
      const years = ageInYears(card.birth, today);
      // A clock that is wrong by years would make an age nobody believes: then the date itself.
      if (years < 0 || years > 130) return dateText(card.birth);
      return { zh: `${years} 周岁`, en: `${years}` };
    }
  }
}
