import styles from './Icon.module.css';
import { ICONS, type IconName } from './icons.ts';

/** A line drawing beside words; it says nothing the words do not say. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg className={small ? styles.small : styles.icon} viewBox="0 0 32 32" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}
