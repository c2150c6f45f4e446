import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import styles from './Row.module.css';
import { Soft } from './Soft.tsx';

/** A line to touch that leads on: what it is, a second word below, a word at its end. */
export function Row(props: {
  children: ReactNode;
  onPress: () => void;
  icon?: IconName;
  below?: ReactNode;
  end?: ReactNode;
  look?: 'plain' | 'strong' | 'tinted' | 'big';
}) {
  const { children, onPress, icon, below, end, look = 'plain' } = props;
  return (
    <Button className={`${styles.row} ${styles[look]}`} onPress={onPress}>
      {icon && <Icon name={icon} />}
      <span className={styles.words}>
        <span className={styles.name}>
          <Soft fits={8}>{children}</Soft>
        </span>
        {below && (
          <span className={styles.below}>
            <Soft fits={10}>{below}</Soft>
          </span>
        )}
      </span>
      {end && <span className={styles.end}>{end}</span>}
      <Icon name="go" small />
    </Button>
  );
}
