import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import styles from './Key.module.css';

/** What a key is for, as its look: the way on, one of several ways, the way out, what cannot be undone, or always there. */
export type KeyLook = 'main' | 'plain' | 'quiet' | 'danger' | 'foot';

/** A key to touch. `grow` lets it take the room that is left in its row. */
export function Key(props: {
  children: ReactNode;
  onPress: () => void;
  look?: KeyLook;
  icon?: IconName;
  grow?: boolean;
  label?: string;
  lang?: string;
}) {
  const { children, onPress, look = 'plain', icon, grow = false, label, lang } = props;
  return (
    <Button
      className={`${styles.key} ${styles[look]} ${grow ? styles.grow : ''}`}
      onPress={onPress}
      aria-label={label}
    >
      {icon && <Icon name={icon} small={look === 'foot'} />}
      {children !== null && <span lang={lang}>{children}</span>}
    </Button>
  );
}
