import { Hills } from '../parts/Hills.tsx';
import { Soft } from '../parts/Soft.tsx';
import { wordsOf } from '../words/words.ts';
import styles from './Plain.module.css';

/**
 * While the terminal cannot be reached: it comes back by itself. It shows nothing of anybody, and speaks both
 * languages since nobody knows who reads it.
 */
export function Wait() {
  const [zh, en] = [wordsOf('zh'), wordsOf('en')];
  return (
    <main className={styles.calm}>
      <span className={styles.dots} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <h1>
        <Soft fits={8}>{zh.t('wait.title')}</Soft>
      </h1>
      <p>{zh.t('wait.how')}</p>
      <p className={styles.second} lang="en">
        {en.t('wait.title')}
      </p>
      <Hills />
    </main>
  );
}
