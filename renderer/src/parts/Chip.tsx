import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import styles from './Chip.module.css';

/** Small keys, four in a row. */
export function Chips({ children }: { children: ReactNode }) {
  return <div className={styles.chips}>{children}</div>;
}

/** One of {@link Chips}; a `strong` one leads to more of the same. */
export function Chip(props: { children: ReactNode; onPress: () => void; look?: 'plain' | 'strong' }) {
  const { children, onPress, look = 'plain' } = props;
  return (
    <Button className={`${styles.chip} ${look === 'strong' ? styles.strong : ''}`} onPress={onPress}>
      {children}
    </Button>
  );
}
