import { useState } from 'react';
import { describeParts } from '../../../catalog/describe-parts.ts';
import type { AnswerParts } from '../../../catalog/schema.ts';
import type { PageOf } from '../pages/page-of.ts';
import { NextKey, QuestionFrame, SkipKey } from '../pages/QuestionFrame.tsx';
import { type Answering, useAnswer } from '../pages/use-answer.ts';
import { StepBackKey } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText } from '../words/format.ts';
import { OneChoice } from './Choices.tsx';
import styles from './DateQuestion.module.css';
import { NearDate, Pick } from './DateQuestion.tsx';
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

/** So many days are read before one chooses; who wants a later one asks for them. */
const DAYS_AT_FIRST = 9;

/** First the day, then the hour: a month of days fills a page. */
function TimesPage(props: SlotProps & { times: Times; isAsking: boolean }) {
  const { page, question, answering, times, isAsking } = props;
  const { t, say, view, language } = useScreen();
  const { value, choose, send, localProblem, skips } = answering;
  const parts = partsOf(value);
  const [day, setDay] = useState(wordsAt(parts, 'day'));
  const [isTime, setTime] = useState(day !== '');
  const problem = localProblem ?? page.problem;
  const days = [...new Set(times.map((time) => time.day))];
  const [shown, setShown] = useState(Math.max(DAYS_AT_FIRST, days.indexOf(day) + 1));
  if (isTime && days.includes(day))
    return (
      <QuestionFrame
        page={page}
        ask={t('slot.time')}
        why={dateText(day, view.wallMs, language)}
        problem={problem}
        back={<StepBackKey onPress={() => setTime(false)} />}
        next={<NextKey isOpen={parts.slot === undefined || parts.day !== day} onPress={send} />}
      >
        <div className={styles.date}>
          <ChosenSlot question={question} parts={parts} />
          <div className={styles.three}>
            {times
              .filter((time) => time.day === day)
              .map(({ id, from }) => (
                <Pick key={id} isChosen={parts.slot === id} onPress={() => choose({ slot: id, day, from })}>
                  {from}
                </Pick>
              ))}
          </div>
        </div>
      </QuestionFrame>
    );
  const chooseDay = (each: string) => {
    setDay(each);
    setTime(true);
  };
  return (
    <QuestionFrame
      page={page}
      why={question.help === undefined ? question.optional && t('question.optional') : say(question.help)}
      problem={problem}
      next={
        skips && day === '' ? (
          <SkipKey onPress={send} />
        ) : (
          <NextKey isOpen={!days.includes(day)} onPress={() => setTime(true)} />
        )
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
          {days.slice(0, shown).map((each) => (
            <Pick key={each} isChosen={each === day} onPress={() => chooseDay(each)}>
              {dateText(each, view.wallMs, language)}
            </Pick>
          ))}
        </div>
        {days.length > shown && (
          <Key icon="down" onPress={() => setShown(days.length)}>
            {t('slot.later')}
          </Key>
        )}
      </div>
    </QuestionFrame>
  );
}

/** A day, then half of it; it is said on both pages that nothing is fixed by it. */
function WishPage({ page, question, answering }: SlotProps) {
  const { t, say } = useScreen();
  const { value, change, choose, send, localProblem, skips } = answering;
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
        next={<NextKey isOpen={wordsAt(parts, 'part') === ''} onPress={send} />}
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
            onChoose={(part) => choose({ wish: true, day, part })}
          />
        </div>
      </QuestionFrame>
    );
  const chooseDay = (iso: string | null) => {
    const before = parts.part === undefined ? null : { part: parts.part };
    change(iso === null ? null : { wish: true, day: iso, ...before });
    setPart(iso !== null);
  };
  return (
    <QuestionFrame
      page={page}
      why={question.help && say(question.help)}
      problem={problem}
      next={
        skips ? <SkipKey onPress={send} /> : <NextKey isOpen={day === ''} onPress={() => setPart(true)} />
      }
    >
      <div className={styles.date}>
        {wish}
        <NearDate chosen={day === '' ? null : day} range={page.dateRange} onChange={chooseDay} />
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
        <b>
          <Soft fits={12}>{say(describeParts(question, parts, 'screen'))}</Soft>
        </b>
      )}
    </output>
  );
}
