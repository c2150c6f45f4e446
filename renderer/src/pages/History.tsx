import type { Stage } from '../../../terminal/api.ts';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { momentText } from '../words/format.ts';
import styles from './Cases.module.css';
import { StageWord } from './StageWord.tsx';

/** Every step a case has come, the newest first; a step whose time nobody knows stands without one. */
export function History(props: {
  steps: readonly { readonly stage: Stage; readonly atMs: number | null; readonly words: string | null }[];
}) {
  const { view, language } = useScreen();
  return (
    <ol className={styles.history}>
      {props.steps.toReversed().map(({ stage, atMs, words }, index) => (
        <li key={`${stage}/${atMs}`}>
          <StageWord stage={stage} isPast={index > 0} />
          {atMs !== null && <span className={styles.when}>{momentText(atMs, view.wallMs, language)}</span>}
          {words !== null && (
            <p className={styles.said} lang="zh-CN">
              <Soft fits={20}>{words}</Soft>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
