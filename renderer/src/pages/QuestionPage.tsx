import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { AnswerValue } from '../../../catalog/schema.ts';
import type { Problem } from '../../../terminal/api.ts';
import { browserClock } from '../browser/clock.ts';
import { createDebounce } from '../debounce.ts';
import { Filled } from '../parts/Facts.tsx';
import { Key } from '../parts/Key.tsx';
import { isUnanswered, missingWord } from '../questions/missing.ts';
import { QuestionSwitch } from '../questions/QuestionSwitch.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import { QuestionFrame } from './QuestionFrame.tsx';

/** How long the terminal is not told while somebody goes on typing. */
const TYPING_MS = 300;

/** Questions whose keys need the room below: what is filled already is not repeated there. */
const TALL = new Set(['quantity', 'date', 'phone', 'id-number', 'name', 'text', 'village']);

/** Loaded when first asked for: few matters want a photograph. */
const PhotoPage = lazy(async () => ({ default: (await import('../photo/PhotoPage.tsx')).PhotoPage }));

/** One question. */
export function QuestionPage({ page }: { page: PageOf<'question'> }) {
  const { question } = page;
  if (question.type !== 'photo') return <AnsweredPage page={page} />;
  return (
    <Suspense fallback={<div aria-busy="true" />}>
      <PhotoPage page={page} question={question} />
    </Suspense>
  );
}

/** What is typed is held by the terminal, and judged only when the next page is asked for. */
function AnsweredPage({ page }: { page: PageOf<'question'> }) {
  const { t } = useScreen();
  const { question } = page;
  const { value, change, send, localProblem, skips } = useAnswer(page);
  return (
    <QuestionFrame
      page={page}
      why={<Why page={page} />}
      problem={localProblem ?? page.problem}
      below={!TALL.has(question.type) && <Filled facts={page.filled} />}
      next={
        <Key look="main" onPress={send}>
          {t(skips ? 'question.skip' : 'key.next')}
        </Key>
      }
    >
      <QuestionSwitch page={page} value={value} onChange={change} />
    </QuestionFrame>
  );
}

function Why({ page }: { page: PageOf<'question'> }) {
  const { t, say } = useScreen();
  const { help, optional, type } = page.question;
  if (help !== undefined) return say(help);
  if (type === 'several-of') return t('question.several');
  return optional ? t('question.optional') : null;
}

function useAnswer(page: PageOf<'question'>) {
  const { act } = useScreen();
  const { question } = page;
  const [value, setValue] = useState<AnswerValue | null>(page.value);
  const [localProblem, setLocalProblem] = useState<Problem | null>(null);
  const debounce = useMemo(() => createDebounce(browserClock, TYPING_MS), []);
  useEffect(() => debounce.cancel, [debounce]);

  // The terminal alone knows which card was read.
  const isFromReader = question.type === 'person-card';
  const present = isFromReader ? page.value : value;

  // A code that was read takes the place of one that was being typed.
  const isCodeRead = page.code?.state === 'read';
  const codeShown = page.code?.shown;
  useEffect(() => {
    if (!isCodeRead || codeShown === null) return;
    setValue(null);
    setLocalProblem(null);
  }, [isCodeRead, codeShown]);
  const isMissing = isUnanswered(question, present) && !isCodeRead;

  const change = (next: AnswerValue | null) => {
    setValue(next);
    setLocalProblem(null);
    debounce.run(() => act({ type: 'typing', questionId: question.id, value: next }));
  };
  const send = () => {
    debounce.cancel();
    if (isMissing && !question.optional) {
      setLocalProblem({ code: 'missing', words: missingWord(question) });
      return;
    }
    act({ type: 'answer', questionId: question.id, value: isUnanswered(question, present) ? null : present });
  };
  return { value: present, change, send, localProblem, skips: question.optional && isMissing };
}
