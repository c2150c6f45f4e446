import styles from './Seal.module.css';

/** The mark of a thing that is done: it is shown for nothing else. */
export function Seal() {
  return (
    <svg className={styles.seal} viewBox="0 0 120 120" fill="none" aria-hidden="true">
      <circle className={styles.ground} cx="60" cy="60" r="56" />
      <circle className={styles.ring} cx="60" cy="60" r="45" />
      <path className={styles.tick} d="M38 62l15 15 30-34" />
    </svg>
  );
}
