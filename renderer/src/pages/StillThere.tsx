import { useEffect } from 'react';
import { Button } from 'react-aria-components/Button';
import { chime } from '../browser/chime.ts';
import { Foot, FootRow, LanguageKey, LeaveKey, SettingsKey } from '../parts/Foot.tsx';
import { Soft } from '../parts/Soft.tsx';
import { SupportLine } from '../parts/SupportLine.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import styles from './StillThere.module.css';
import { useCountdown } from './use-countdown.ts';

/** The last seconds before a visit ends. Any touch but leaving goes on, however often. */
export function StillThere({ page }: { page: PageOf<'still-there'> }) {
  const { t, act } = useScreen();
  const left = useCountdown(page.secondsLeft);
  useEffect(() => chime(), []);
  return (
    <>
      <main className={styles.page}>
        <h1 className={styles.title}>
          <Soft fits={7}>{t('stillThere.title')}</Soft>
        </h1>
        <Button className={styles.stay} onPress={() => act({ type: 'touch' })}>
          <span
            className={styles.count}
            role="timer"
            aria-label={t('stillThere.left', { n: left })}
            data-say=""
          >
            <svg viewBox="0 0 120 120" aria-hidden="true">
              <circle cx="60" cy="60" r="57" />
              <circle
                className={styles.arc}
                cx="60"
                cy="60"
                r="57"
                pathLength={20}
                strokeDasharray={`${left} 20`}
              />
            </svg>
            {left}
          </span>
          <span className={styles.left}>{t('stillThere.left', { n: left })}</span>
          <span className={styles.key}>{t('stillThere.stay')}</span>
          <span className={styles.anywhere}>{t('stillThere.anywhere')}</span>
        </Button>
      </main>
      <Foot>
        <SupportLine />
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <LeaveKey />
        </FootRow>
      </Foot>
    </>
  );
}
