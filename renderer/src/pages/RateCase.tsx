import { HolderBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Grades } from '../parts/Grades.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { momentText } from '../words/format.ts';
import styles from './Cases.module.css';
import type { PageOf } from './page-of.ts';
import { StageWord } from './StageWord.tsx';

/** How content somebody is with a case that has ended. Nobody has to say: one key passes it. */
export function RateCase({ page }: { page: PageOf<'rate-case'> }) {
  const { t, say, act, view, language } = useScreen();
  const { line, given } = page;
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('ownCase.rateWhy')}>{t('ownCase.rate')}</Title>
        <div className={styles.one}>
          <p className={styles.lead}>{say(line.name)}</p>
          <p>{t('ownCase.rateWhen', { time: momentText(line.keptAtMs, view.wallMs, language) })}</p>
          <StageWord stage={line.stage} />
        </div>
        <Grades given={given} isAlone />
      </Pane>
      <VisitFoot>
        {given === null ? (
          <Key grow onPress={() => act({ type: 'skip-rating' })}>
            {t('ownCase.rateNot')}
          </Key>
        ) : (
          <Key look="main" grow onPress={() => act({ type: 'home' })}>
            {t('ownCase.rated')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}
