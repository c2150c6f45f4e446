import { useEffect, useMemo, useState } from 'react';
import type { AnswerValue, Text } from '../../../catalog/schema.ts';
import type { Problem } from '../../../terminal/api.ts';
import { browserClock } from '../browser/clock.ts';
import { createDebounce } from '../debounce.ts';
import { isUnanswered, missingWord } from '../questions/missing.ts';
import { isAtOnce } from '../questions/question-of.ts';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';

/** How long the terminal is not told while somebody goes on typing. */
const TYPING_MS = 300;

/** The answer of a question page while it is being given. */
export interface Answering {
  readonly value: AnswerValue | null;
  /** Whether going on now means leaving it empty. */
  readonly skips: boolean;
  /** What this page itself found wrong. */
  readonly localProblem: Problem | null;
  readonly change: (next: AnswerValue | null) => void;
  /** Tells the terminal what was typed last, before another page of the question stands in this one's place. */
  readonly settle: () => void;
  /** Answers with this at once, and asks for the next page. */
  readonly choose: (next: AnswerValue | null) => void;
  /** Says what is wrong before the terminal is asked, or takes that back. */
  readonly complain: (words: Text | null) => void;
  /** Asks for the next page. */
  readonly send: () => void;
}

/** What is typed is held by the terminal, and judged only when the next page is asked for. */
export function useAnswer(page: PageOf<'question'>): Answering {
  const { act } = useScreen();
  const { question } = page;
  const [value, setValue] = useState<AnswerValue | null>(page.value);
  const [localProblem, setLocalProblem] = useState<Problem | null>(null);
  const debounce = useMemo(() => createDebounce(browserClock, TYPING_MS), []);
  useEffect(() => debounce.cancel, [debounce]);

  // The terminal alone knows which card was read, and which of several keys was touched: a tap too many marks none.
  const isToldBack = question.type === 'person-card' || isAtOnce(question);
  const present = isToldBack ? page.value : value;

  // A code that was read takes the place of one that was being typed.
  const isCodeRead = page.code?.state === 'read';
  const codeShown = page.code?.shown;
  useEffect(() => {
    if (!isCodeRead || codeShown === null) return;
    setValue(null);
    setLocalProblem(null);
  }, [isCodeRead, codeShown]);
  const isMissing = isUnanswered(question, present) && !isCodeRead;

  const complain = (words: Text | null) =>
    setLocalProblem(words === null ? null : { code: 'missing', words });
  const change = (next: AnswerValue | null) => {
    setValue(next);
    setLocalProblem(null);
    debounce.run(() => act({ type: 'typing', questionId: question.id, value: next }));
  };
  const choose = (next: AnswerValue | null) => {
    debounce.cancel();
    act({ type: 'answer', questionId: question.id, value: next });
  };
  const send = () => {
    if (isMissing && !question.optional) {
      complain(missingWord(question));
      return;
    }
    choose(isUnanswered(question, present) ? null : present);
  };
  return {
    value: present,
    change,
    settle: debounce.flush,
    choose,
    send,
    complain,
    localProblem,
    skips: question.optional && isMissing,
  };
}
