import type { Page } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import { Icon } from './Icon.tsx';
import { Soft } from './Soft.tsx';
import styles from './Urgent.module.css';

/** An emergency notice, large: that it is one, what to do, who says so and until when. `whole`: it takes the room there is. */
export function Urgent(props: {
  notice: Extract<Page, { kind: 'urgent-notice' }>['notice'];
  look?: 'part' | 'whole';
}) {
  const { notice, look = 'part' } = props;
  const { t, say } = useScreen();
  return (
    <div className={`${styles.urgent} ${styles[look]}`} role="alert">
      <p className={styles.tag}>
        <Icon name="warn" />
        {t('notice.urgent.tag')}
      </p>
      <h1>
        <Soft fits={8}>{say(notice.title)}</Soft>
      </h1>
      <p className={styles.body}>
        <Soft fits={10}>{say(notice.body)}</Soft>
      </p>
      <p className={styles.byline}>
        <Soft fits={14}>{say(notice.byline)}</Soft>
      </p>
    </div>
  );
}
