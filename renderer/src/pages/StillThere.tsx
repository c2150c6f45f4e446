import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { chime } from '../browser/chime.ts';
import { browserClock } from '../browser/clock.ts';
import { Foot, FootRow, LanguageKey, LeaveKey, SettingsKey } from '../parts/Foot.tsx';
import { Soft } from '../parts/Soft.tsx';
import { SupportLine } from '../parts/SupportLine.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import styles from './StillThere.module.css';

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

/** Counts down by itself from what the terminal said, and follows when the terminal says anew. */
function useCountdown(secondsLeft: number): number {
  const [left, setLeft] = useState(secondsLeft);
  useEffect(() => {
    setLeft(secondsLeft);
    const endMs = browserClock.monoMs() + secondsLeft * 1_000;
    let cancel = browserClock.after(1_000, tick);
    function tick() {
      setLeft(Math.max(0, Math.round((endMs - browserClock.monoMs()) / 1_000)));
      cancel = browserClock.after(1_000, tick);
    }
    return () => cancel();
  }, [secondsLeft]);
  return left;
}
