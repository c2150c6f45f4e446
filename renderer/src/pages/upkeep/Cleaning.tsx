import { Pane } from '../../parts/Pane.tsx';
import { useScreen } from '../../screen-context.ts';
import type { PageOf } from '../page-of.ts';
import still from '../StillThere.module.css';
import styles from './Upkeep.module.css';

/** The screen is being wiped: there is nothing to touch, and a count of how long. */
export function Cleaning({ page }: { page: PageOf<'cleaning'> }) {
  const { t } = useScreen();
  return (
    <Pane align="middle">
      <div className={styles.cleaning}>
        <h1 className={still.title}>{t('upkeep.cleaning.title')}</h1>
        <p className={styles.lead}>{t('upkeep.cleaning.how')}</p>
        <p
          className={still.count}
          role="timer"
          aria-label={t('upkeep.cleaning.left', { n: page.secondsLeft })}
        >
          <svg viewBox="0 0 120 120" aria-hidden="true">
            <circle cx="60" cy="60" r="57" />
            <circle
              className={still.arc}
              cx="60"
              cy="60"
              r="57"
              pathLength={30}
              strokeDasharray={`${page.secondsLeft} 30`}
            />
          </svg>
          {page.secondsLeft}
        </p>
      </div>
    </Pane>
  );
}
