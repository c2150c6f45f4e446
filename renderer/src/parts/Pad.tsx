import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { PadKey } from '../questions/pad-text.ts';
import { useScreen } from '../screen-context.ts';
import { Icon } from './Icon.tsx';
import styles from './Pad.module.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Big number keys in the order of a telephone; with `hasX` the left one of the last row is X instead of clear. */
export function Pad({ onKey, hasX = false }: { onKey: (key: PadKey) => void; hasX?: boolean }) {
  const { t } = useScreen();
  const corner = hasX ? (
    <PadCorner onPress={() => onKey('X')}>X</PadCorner>
  ) : (
    <PadCorner isWord onPress={() => onKey('clear')}>
      {t('pad.clear')}
    </PadCorner>
  );
  return <PadOf onKey={onKey} corner={corner} />;
}

/** The key at the lower left of a pad. */
export function PadCorner(props: {
  children: string;
  onPress: () => void;
  isWord?: boolean;
  label?: string;
}) {
  const { children, onPress, isWord = false, label } = props;
  return (
    <Button className={`${styles.key} ${isWord ? styles.word : ''}`} aria-label={label} onPress={onPress}>
      {children}
    </Button>
  );
}

type Digit = (typeof DIGITS)[number] | '0';

/** A pad with a key of one's own at its lower left. */
export function PadOf({ onKey, corner }: { onKey: (key: Digit | 'erase') => void; corner: ReactNode }) {
  const { t } = useScreen();
  return (
    <section className={styles.pad} aria-label={t('pad.digits')}>
      {DIGITS.map((digit) => (
        <Button key={digit} className={styles.key} onPress={() => onKey(digit)}>
          {digit}
        </Button>
      ))}
      {corner}
      <Button className={styles.key} onPress={() => onKey('0')}>
        0
      </Button>
      <Button className={styles.key} aria-label={t('pad.erase')} onPress={() => onKey('erase')}>
        <Icon name="erase" />
      </Button>
    </section>
  );
}
