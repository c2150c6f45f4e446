/** What some types of question need beside themselves to be drawn: the days or months to choose from, the times offered. */
import { addDays, addMonths } from '../../base/calendar.ts';
import { nearWordsOf } from '../../catalog/find/near-words.ts';
import type { Matter, Question } from '../../catalog/schema.ts';
import type { Page } from '../api.ts';
import type { Desk } from './desk.ts';
import { todayIso } from './tiles.ts';

type QuestionPage = Extract<Page, { kind: 'question' }>;

/** A date without limits of its own: within a lifetime back, and ten years on. */
const FREE_DAYS = { min: -120 * 366, max: 3653 } as const;
const FREE_MONTHS = { min: -120 * 12, max: 120 } as const;

/** What may be chosen where a day or a month is asked for; null for every other type. */
export function rangeOf(question: Question, desk: Desk): QuestionPage['dateRange'] {
  const today = todayIso(desk);
  switch (question.type) {
    case 'date': {
      const { minDays = FREE_DAYS.min, maxDays = FREE_DAYS.max } = question;
      return { min: addDays(today, minDays), max: addDays(today, maxDays), today };
    }
    case 'month': {
      const { minMonths = FREE_MONTHS.min, maxMonths = FREE_MONTHS.max } = question;
      return { min: addMonths(today, minMonths), max: addMonths(today, maxMonths), today };
    }
    case 'slot':
      return { min: addDays(today, 1), max: addDays(today, question.daysAhead), today };
    default:
      return null;
  }
}

/** The words of the matter, where some are to be written; none for every other type. */
export function nearWordsFor({ type }: Question, matter: Matter): QuestionPage['nearWords'] {
  return type === 'text' || type === 'address' ? [...nearWordsOf(matter)] : [];
}

/** The times left to choose from, no further ahead than the question looks; null for every other type. */
export function slotsPart(question: Question, desk: Desk): QuestionPage['slots'] {
  if (question.type !== 'slot') return null;
  const state = desk.slots.state(question.service);
  if (state.at === 'asking') return { state: 'asking', times: [] };
  const today = todayIso(desk);
  const last = addDays(today, question.daysAhead);
  const offered = state.at === 'offered' ? state.slots : [];
  const times = offered
    .filter(({ day }) => day >= today && day <= last)
    .sort((a, b) => `${a.day}${a.from}`.localeCompare(`${b.day}${b.from}`))
    .map(({ id, day, from }) => ({ id, day, from }));
  return { state: times.length > 0 ? 'offered' : 'none', times };
}
