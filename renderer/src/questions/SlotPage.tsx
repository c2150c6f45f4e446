import { useState } from 'react';
import { describeParts } from '../../../catalog/describe-parts.ts';
import type { AnswerParts } from '../../../catalog/schema.ts';
import type { PageOf } from '../pages/page-of.ts';
import { QuestionFrame } from '../pages/QuestionFrame.tsx';
import { type Answering, useAnswer } from '../pages/use-answer.ts';
import { StepBackKey } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText } from '../words/format.ts';
import { OneChoice } from './Choices.tsx';
import styles from './DateQuestion.module.css';
import { NearDate, Pick } from './DateQuestion.tsx';
import { missingWord } from './missing.ts';
import { partsOf, type QuestionOf, wordsAt } from './question-of.ts';
import slotStyles from './SlotPage.module.css';

type SlotQuestion = QuestionOf<'slot'>;

/** An appointment: one of the times there are, or, where none can be seen, a wish that is called one. */
export function SlotPage({ page, question }: { page: PageOf<'question'>; question: SlotQuestion }) {
  const answering = useAnswer(page);
  const slots = page.slots ?? { state: 'none', times: [] };
  if (slots.state === 'none' && question.wish)
    return <WishPage page={page} question={question} answering={answering} />;
  return (
    <TimesPage
      page={page}
      question={question}
      answering={answering}
      times={slots.times}
      isAsking={slots.state === 'asking'}
    />
  );
}

interface SlotProps {
  readonly page: PageOf<'question'>;
  readonly question: SlotQuestion;
  readonly answering: Answering;
}

type Times = NonNullable<PageOf<'question'>['slots']>['times'];

/** First the day, then the hour: a month of days fills a page. */
function TimesPage(props: SlotProps & { times: Times; isAsking: boolean }) {
  const { page, question, answering, times, isAsking } = props;
  const { t, say, view, language } = useScreen();
  const { value, change, send, complain, localProblem, skips } = answering;
  const parts = partsOf(value);
  const [day, setDay] = useState(wordsAt(parts, 'day'));
  const [isTime, setTime] = useState(day !== '');
  const problem = localProblem ?? page.problem;
  const days = [...new Set(times.map((time) => time.day))];
  const missing = () => complain(missingWord(question));
  if (isTime && days.includes(day))
    return (
      <QuestionFrame
        page={page}
        ask={t('slot.time')}
        why={dateText(day, view.wallMs, language)}
        problem={problem}
        back={<StepBackKey onPress={() => setTime(false)} />}
        next={
          <Key look="main" onPress={() => (parts.slot === undefined ? missing() : send())}>
            {t('key.next')}
          </Key>
        }
      >
        <div className={styles.date}>
          <ChosenSlot question={question} parts={parts} />
          <div className={styles.three}>
            {times
              .filter((time) => time.day === day)
              .map(({ id, from }) => (
                <Pick key={id} isChosen={parts.slot === id} onPress={() => change({ slot: id, day, from })}>
                  {from}
                </Pick>
              ))}
          </div>
        </div>
      </QuestionFrame>
    );
  const goOn = () => {
    if (days.includes(day)) setTime(true);
    else if (skips) send();
    else missing();
  };
  const choose = (each: string) => {
    if (each !== day) change(null);
    setDay(each);
  };
  return (
    <QuestionFrame
      page={page}
      why={question.help === undefined ? question.optional && t('question.optional') : say(question.help)}
      problem={problem}
      next={
        <Key look="main" onPress={goOn}>
          {t(skips && day === '' ? 'question.skip' : 'key.next')}
        </Key>
      }
    >
      <div className={styles.date}>
        {isAsking && (
          <Notice look="plain" icon="clock" title={t('slot.asking')} announce>
            {t('slot.askingHow')}
          </Notice>
        )}
        {!isAsking && times.length === 0 && (
          <Notice look="waiting" icon="calendar" title={t('slot.none')} announce>
            {t(question.optional ? 'slot.noneSkip' : 'slot.noneHow')}
          </Notice>
        )}
        <div className={styles.three}>
          {days.map((each) => (
            <Pick key={each} isChosen={each === day} onPress={() => choose(each)}>
              {dateText(each, view.wallMs, language)}
            </Pick>
          ))}
        </div>
      </div>
    </QuestionFrame>
  );
}

/** A day, then half of it; it is said on both pages that nothing is fixed by it. */
function WishPage({ page, question, answering }: SlotProps) {
  const { t, say } = useScreen();
  const { value, change, send, complain, localProblem, skips } = answering;
  const parts = partsOf(value);
  const day = wordsAt(parts, 'day');
  const [isPart, setPart] = useState(wordsAt(parts, 'part') !== '');
  if (page.dateRange === null)
    throw new Error('broken invariant: a wish is asked without days to choose from');
  const wish = <p className={slotStyles.wish}>{t('slot.wishHow')}</p>;
  const problem = localProblem ?? page.problem;
  if (isPart && day !== '')
    return (
      <QuestionFrame
        page={page}
        ask={t('slot.wishPart')}
        why={null}
        problem={problem}
        back={<StepBackKey onPress={() => setPart(false)} />}
        next={
          <Key
            look="main"
            onPress={() => (wordsAt(parts, 'part') === '' ? complain(missingWord(question)) : send())}
          >
            {t('key.next')}
          </Key>
        }
      >
        <div className={styles.date}>
          {wish}
          <ChosenSlot question={question} parts={parts} />
          <OneChoice
            ask={t('slot.wishPart')}
            choices={HALF_DAYS.map((half) => ({
              value: half,
              label: { zh: t(`slot.${half}`), en: t(`slot.${half}`) },
            }))}
            value={wordsAt(parts, 'part')}
            onChange={(part) => change({ wish: true, day, part })}
          />
        </div>
      </QuestionFrame>
    );
  const goOn = () => {
    if (day !== '') setPart(true);
    else if (skips) send();
    else complain(missingWord(question));
  };
  const choose = (iso: string | null) =>
    change(
      iso === null
        ? null
        : { wish: true, day: iso, ...(parts.part === undefined ? {} : { part: parts.part }) },
    );
  return (
    <QuestionFrame
      page={page}
      why={question.help && say(question.help)}
      problem={problem}
      next={
        <Key look="main" onPress={goOn}>
          {t(skips ? 'question.skip' : 'key.next')}
        </Key>
      }
    >
      <div className={styles.date}>
        {wish}
        <NearDate chosen={day === '' ? null : day} range={page.dateRange} onChange={choose} />
      </div>
    </QuestionFrame>
  );
}

const HALF_DAYS = ['morning', 'afternoon'] as const;

/** What is chosen so far, in the words of the check page. */
function ChosenSlot({ question, parts }: { question: SlotQuestion; parts: AnswerParts }) {
  const { t, say } = useScreen();
  const isNothing = Object.keys(parts).length === 0;
  return (
    <output className={styles.chosen}>
      {isNothing ? (
        <span className={styles.none}>{t('slot.empty')}</span>
      ) : (
        <b>{say(describeParts(question, parts, 'screen'))}</b>
      )}
    </output>
  );
}
