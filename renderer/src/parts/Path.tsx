import styles from './Path.module.css';

/** How far the questions have come, drawn; the bar says the same in words. */
export function Path({ step, steps }: { step: number; steps: number }) {
  return (
    <div className={styles.path} aria-hidden="true">
      {Array.from({ length: steps }, (_, index) => {
        const look = index + 1 < step ? styles.done : index + 1 === step ? styles.now : '';
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps are their places
        return <i key={index} className={look} />;
      })}
    </div>
  );
}
