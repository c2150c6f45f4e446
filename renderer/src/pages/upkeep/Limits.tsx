import type { LimitLine } from '../../../../terminal/api.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useScreen } from '../../screen-context.ts';
import styles from './Upkeep.module.css';

/** What is short: that which stops something is said as such, the rest in good time. */
export function Limits({ limits }: { limits: readonly LimitLine[] }) {
  const { t } = useScreen();
  return (
    <div className={styles.limits}>
      {limits.map(({ code, stops }) => (
        <div key={code} className={`${styles.verdict} ${styles.bad}`} role="status">
          <Icon name="warn" />
          <div>
            <p className={styles.lead}>{t(`upkeep.limit.${stops ? 'stops' : 'warns'}`)}</p>
            <p>{t(`upkeep.limit.${code}`)}</p>
          </div>
        </div>
      ))}
    </div>
  );
}
