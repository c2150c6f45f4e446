import { HolderBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Cases.module.css';
import type { PageOf } from './page-of.ts';
import { StageWord } from './StageWord.tsx';

/** Whether a case is really to be taken back: one plain question. */
export function Withdraw({ page }: { page: PageOf<'withdraw'> }) {
  const { t, say, act } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('ownCase.withdrawWhy')}>{t('ownCase.withdraw')}</Title>
        <div className={styles.one}>
          <p className={styles.lead}>{say(page.line.name)}</p>
          <StageWord stage={page.line.stage} />
        </div>
        {page.books && <Line look="waiting">{t('ownCase.withdrawBooks')}</Line>}
      </Pane>
      <VisitFoot>
        <Key grow onPress={() => act({ type: 'back' })}>
          {t('ownCase.withdrawNo')}
        </Key>
        <Key look="danger" grow onPress={() => act({ type: 'withdraw' })}>
          {t('ownCase.withdrawYes')}
        </Key>
      </VisitFoot>
    </>
  );
}
