/** What is known in a matter, line by line: from the card, and from the answers. Names and numbers masked. */
import { ageInYears } from '../../base/calendar.ts';
import { findAnswer } from '../../catalog/conditions.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import { maskedPhone } from '../../catalog/phone.ts';
import type { AnswerValue, CardFact, Question, Text } from '../../catalog/schema.ts';
import { dateText, same } from '../../catalog/text.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { Fact } from '../api.ts';
import { findFileRef } from '../cases/held-files.ts';
import type { Desk } from './desk.ts';
import { questionsOf } from './flow/fill.ts';
import { maskName, maskNumber } from './mask.ts';
import { findSubjectCard } from './subject.ts';
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

/** What the card tells and nobody is asked. */
function cardFactsOf(visit: Visit, filling: Filling, desk: Desk): Fact[] {
  const card = findSubjectCard(visit, filling);
  if (card === undefined) return [];
  return filling.matter.cardFacts.flatMap((fact) => {
    const value = factText(fact, card, todayIso(desk));
    return value === null ? [] : [{ label: LABELS[fact], value, source: 'card' as const, questionId: null }];
  });
}

/** What nobody need fill in: what the card tells, and what was fetched. */
export function filledFacts(visit: Visit, filling: Filling, desk: Desk): Fact[] {
  const isFetched = ({ id }: Question) => Object.hasOwn(filling.sharing.fetched, id);
  const fetched = questionsOf(filling)
    .filter(isFetched)
    .flatMap((question) => answerFact(question, filling, desk) ?? []);
  return [...cardFactsOf(visit, filling, desk), ...fetched];
}

/** Everything that will be filed, for the check page. */
export function checkFacts(visit: Visit, filling: Filling, desk: Desk): Fact[] {
  const answered = questionsOf(filling).flatMap((question) => {
    const fact = answerFact(question, filling, desk);
    return fact === undefined ? [] : [fact];
  });
  return [...cardFactsOf(visit, filling, desk), ...answered];
}

function answerFact(question: Question, filling: Filling, desk: Desk): Fact | undefined {
  const value = findAnswer(filling.answers, question.id);
  if (value === undefined) return undefined;
  const card = filling.cards.find(({ readId }) => readId === value);
  const isCard = question.type === 'person-card' && card !== undefined;
  const fetched = filling.sharing.fetched[question.id];
  const ref = findFileRef(question, value);
  const recording = filling.files.find((file) => file.ref === ref && file.seconds !== null);
  const dataSet = fetched && desk.catalog().dataSets.find(({ id }) => id === fetched.dataSet);
  return {
    label: question.label,
    value: isCard ? same(maskName(card.name)) : answerText(question, value, fetched !== undefined),
    source: isCard ? 'card' : fetched ? 'shared' : 'answer',
    questionId: question.id,
    ...(dataSet && { from: dataSet.from }),
    ...(recording && { recording: recording.ref }),
  };
}

/** Who typed a number looks whether it is right; who had it fetched need only know it again. */
function answerText(question: Question, value: AnswerValue, isFetched: boolean): Text {
  return isFetched && question.type === 'phone'
    ? same(maskedPhone(String(value)))
    : describeAnswer(question, value);
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
