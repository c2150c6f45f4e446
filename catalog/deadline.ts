/** Matters that count only when they arrive in time (design.md law 6). */
import { findDateStartMs, isoDate } from '../base/calendar.ts';
import { findAnswer } from './conditions.ts';
import type { Answers, Matter, Text } from './schema.ts';
import { dayText } from './text.ts';

const HOUR_MS = 3_600_000;

/** When it is asked. */
export interface DeadlineContext {
  readonly nowMs: number;
  /** Whether the platform can be reached now. */
  readonly online: boolean;
}

/** It would come too late: the words say so and hold `phone`, the way that is left. */
export interface DeadlineProblem {
  readonly code: 'too-late';
  readonly words: Text;
  readonly phone: string;
}

/** The last moment at which the case may arrive, in ms since 1970; `undefined` without a deadline or its date. */
export function findLatestMs(matter: Matter, answers: Answers): number | undefined {
  if (matter.deadline === undefined) return undefined;
  const date = findAnswer(answers, matter.deadline.question);
  const startMs = typeof date === 'string' ? findDateStartMs(date) : undefined;
  return startMs === undefined ? undefined : startMs - matter.deadline.leadHours * HOUR_MS;
}

/** The last whole day on which it still arrives in time: `最迟 6月17日`. */
export function findLatestDay(matter: Matter, answers: Answers): Text | undefined {
  const latestMs = findLatestMs(matter, answers);
  if (latestMs === undefined) return undefined;
  const day = dayText(isoDate(latestMs - 1));
  return { zh: `最迟 ${day.zh}`, en: `${day.en} at the latest` };
}

/**
 * Why the case cannot arrive in time, or `undefined` when it can. Without network it is taken to need the
 * matter's `offlineHours` to arrive: rather a phone call now than a case that comes after the day.
 */
export function findDeadlineProblem(
  matter: Matter,
  answers: Answers,
  { nowMs, online }: DeadlineContext,
): DeadlineProblem | undefined {
  const latestMs = findLatestMs(matter, answers);
  if (matter.deadline === undefined || latestMs === undefined) return undefined;
  const { offlineHours, phone } = matter.deadline;
  if (nowMs > latestMs) {
    const latest = findLatestDay(matter, answers);
    const words = {
      zh: `来不及了，${latest?.zh}要报。请打 ${phone}`,
      en: `It is too late here: ${latest?.en}. Please call ${phone}`,
    };
    return { code: 'too-late', words, phone };
  }
  if (online || nowMs + offlineHours * HOUR_MS <= latestMs) return undefined;
  const words = {
    zh: `现在没网，来不及送到。请打 ${phone}`,
    en: `There is no network now and it may not arrive in time. Please call ${phone}`,
  };
  return { code: 'too-late', words, phone };
}
