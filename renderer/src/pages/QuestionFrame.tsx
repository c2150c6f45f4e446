import type { ReactNode } from 'react';
import type { Problem } from '../../../terminal/api.ts';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Path } from '../parts/Path.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import styles from './QuestionPage.module.css';

/** What stands around every question: the matter and the step above, what is wrong, the way back and on below. */
export function QuestionFrame(props: {
  page: PageOf<'question'>;
  why: ReactNode;
  problem: Problem | null;
  /** What is asked where one question takes several pages; else the question itself. */
  ask?: string;
  /** The way back within the question; else it leads to the page before. */
  back?: ReactNode;
  /** What stands below the answer. */
  below?: ReactNode;
  /** The key that leads on. */
  next: ReactNode;
  children: ReactNode;
}) {
  const { t, say } = useScreen();
  const { page, ask, why, problem, back, below, next, children } = props;
  return (
    <>
      <MatterBar head={page.head} end={t('bar.step', { step: page.step, steps: page.steps })} />
      <Path step={page.step} steps={page.steps} />
      <Pane>
        {ask === undefined ? (
          <Title why={why}>{say(page.question.ask)}</Title>
        ) : (
          // The page stays and asks on: whoever only listens must hear it.
          <div role="status" key={ask}>
            <Title why={why}>{ask}</Title>
          </div>
        )}
        {problem !== null && (
          <div className={styles.problem}>
            <Notice look="waiting" icon="warn" title={say(problem.words)} announce />
          </div>
        )}
        <div className={styles.answer}>{children}</div>
        {below}
      </Pane>
      <VisitFoot>
        {back ?? <BackKey isStep />}
        {next}
      </VisitFoot>
    </>
  );
}

/** Stands where the key that leads on would, while a touch on a choice does. */
export function TouchWord() {
  const { t } = useScreen();
  return <p className={styles.touch}>{t('question.touch')}</p>;
}

/** The key that leads on; while it is open what is chosen, a touch on that does. */
export function NextKey({ isOpen, onPress }: { isOpen: boolean; onPress: () => void }) {
  const { t } = useScreen();
  if (isOpen) return <TouchWord />;
  return (
    <Key look="main" onPress={onPress}>
      {t('key.next')}
    </Key>
  );
}

/** Leaves a question empty that need not be answered. */
export function SkipKey({ onPress }: { onPress: () => void }) {
  const { t } = useScreen();
  return (
    <Key look="main" onPress={onPress}>
      {t('question.skip')}
    </Key>
  );
}
