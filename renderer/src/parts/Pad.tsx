import { Button } from 'react-aria-components/Button';
import type { PadKey } from '../questions/pad-text.ts';
import { useScreen } from '../screen-context.ts';
import { Icon } from './Icon.tsx';
import styles from './Pad.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Big number keys in the order of a telephone; with `hasX` the left one of the last row is X instead of clear. */
export function Pad({ onKey, hasX = false }: { onKey: (key: PadKey) => void; hasX?: boolean }) {
  const { t } = useScreen();
  return (
    <section className={styles.pad} aria-label={t('pad.digits')}>
      {DIGITS.map((digit) => (
        <Button key={digit} className={styles.key} onPress={() => onKey(digit)}>
          {digit}
        </Button>
      ))}
      <Button
        className={`${styles.key} ${hasX ? '' : styles.word}`}
        onPress={() => onKey(hasX ? 'X' : 'clear')}
      >
        {hasX ? 'X' : t('pad.clear')}
      </Button>
      <Button className={styles.key} onPress={() => onKey('0')}>
        0
      </Button>
      <Button className={styles.key} aria-label={t('pad.erase')} onPress={() => onKey('erase')}>
        <Icon name="erase" />
      </Button>
    </section>
  );
}
