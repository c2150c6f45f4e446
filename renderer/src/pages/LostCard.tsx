import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';

const STEPS = ['first', 'second', 'third', 'fourth'] as const;

/** What to do when the ID card is lost. */
export function LostCard() {
  const { t } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{t('lostCard.title')}</Title>
        <ol className={styles.steps}>
          {STEPS.map((step) => (
            <li key={step}>
              <b>
                <Soft fits={14}>{t(`lostCard.${step}`)}</Soft>
              </b>
              <span>{t(`lostCard.${step}How`)}</span>
            </li>
          ))}
        </ol>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
