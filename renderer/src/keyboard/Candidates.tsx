import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from '../parts/Icon.tsx';
import { useScreen } from '../screen-context.ts';
import { columnsOf, layOut, SHORT_CANDIDATE } from './candidate-pages.ts';
import styles from './Keyboard.module.css';

/**
 * What there is to choose from, in pages of two rows, the likeliest first; `hint` where there is nothing. Turned
 * pages begin anew when `of` changes: what the candidates are for.
 */
export function Candidates<Each extends { readonly text: string }>(props: {
  of: string;
  candidates: readonly Each[];
  hint: string;
  /** They cannot be looked up yet. */
  isBusy?: boolean;
  onChoose: (candidate: Each) => void;
}) {
  const { of, candidates, hint, isBusy = false, onChoose } = props;
  const { t } = useScreen();
  const pages = useMemo(() => layOut(candidates), [candidates]);
  const [at, setAt] = useState({ of: '', page: 0 });
  const page = at.of === of ? at.page : 0;
  const turn = (by: number) => setAt({ of, page: page + by });
  if (pages.length === 0)
    return (
      <p className={styles.hint} aria-busy={isBusy}>
        {hint}
      </p>
    );
  return (
    <section className={styles.candidates} aria-label={t('typing.candidates')} lang="zh-CN">
      {pages[page]?.flat().map((candidate) => (
        <Button
          key={candidate.text}
          className={`${styles.candidate} ${[...candidate.text].length > SHORT_CANDIDATE ? styles.long : ''}`}
          style={{ gridColumn: `span ${columnsOf(candidate.text)}` }}
          onPress={() => onChoose(candidate)}
        >
          {candidate.text}
        </Button>
      ))}
      {page > 0 && (
        <Button
          className={`${styles.turn} ${styles.fewer}`}
          aria-label={t('typing.fewer')}
          onPress={() => turn(-1)}
        >
          <Icon name="back" />
        </Button>
      )}
      {page + 1 < pages.length && (
        <Button
          className={`${styles.turn} ${styles.further}`}
          aria-label={t('typing.further')}
          onPress={() => turn(1)}
        >
          <Icon name="go" />
        </Button>
      )}
    </section>
  );
}
