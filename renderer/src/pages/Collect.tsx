import { HolderBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Cases.module.css';
import type { PageOf } from './page-of.ts';
import { StageWord } from './StageWord.tsx';

/** Whether the result is in the hand of whoever just laid their card again. */
export function Collect({ page }: { page: PageOf<'collect'> }) {
  const { t, say, act } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('ownCase.hasItWhy')}>{t('ownCase.hasIt')}</Title>
        <div className={styles.one}>
          <p className={styles.lead}>{say(page.line.name)}</p>
          <StageWord stage={page.line.stage} />
        </div>
      </Pane>
      <VisitFoot>
        <Key grow onPress={() => act({ type: 'back' })}>
          {t('ownCase.hasItNo')}
        </Key>
        <Key look="main" grow onPress={() => act({ type: 'collect' })}>
          {t('ownCase.hasItYes')}
        </Key>
      </VisitFoot>
    </>
  );
}
