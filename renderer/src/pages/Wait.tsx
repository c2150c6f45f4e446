import { Hills } from '../parts/Hills.tsx';
import type { Words } from '../words/words.ts';
import styles from './Plain.module.css';

/** While the terminal cannot be reached: it comes back by itself. It shows nothing of anybody. */
export function Wait({ words }: { words: Words }) {
  return (
    <main className={styles.calm}>
      <span className={styles.dots} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <h1>{words.t('wait.title')}</h1>
      <p>{words.t('wait.how')}</p>
      <Hills />
    </main>
  );
}
