import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from '../parts/Icon.tsx';
import { useScreen } from '../screen-context.ts';
import { erase } from './compose.ts';
import styles from './Keyboard.module.css';
import type { PanelProps } from './panel.ts';

/** One key of a panel. */
export function KeyCap(props: {
  children: ReactNode;
  onPress: () => void;
  look?: 'letter' | 'wide' | 'phrase';
  label?: string;
}) {
  const { children, onPress, look = 'letter', label } = props;
  return (
    <Button className={`${styles.cap} ${styles[look]}`} aria-label={label} onPress={onPress}>
      {children}
    </Button>
  );
}

/** Takes back the last letter, or when there is none the last character. */
export function EraseKey(
  props: Pick<PanelProps, 'state' | 'onChange'> & {
    look?: 'letter' | 'wide';
  },
) {
  const { state, onChange, look = 'wide' } = props;
  const { t } = useScreen();
  return (
    <KeyCap look={look} label={t('pad.erase')} onPress={() => onChange(erase(state))}>
      <Icon name="erase" />
    </KeyCap>
  );
}
