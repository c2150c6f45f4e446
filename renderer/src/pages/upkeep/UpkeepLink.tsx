import { Key } from '../../parts/Key.tsx';
import { useScreen } from '../../screen-context.ts';
import styles from './Upkeep.module.css';

/** The quiet way in for whoever looks after the machine. */
export function UpkeepLink() {
  const { t, act } = useScreen();
  return (
    <div className={styles.link}>
      <Key look="quiet" onPress={() => act({ type: 'upkeep', command: { do: 'open' } })}>
        {t('upkeep.link')}
      </Key>
    </div>
  );
}
