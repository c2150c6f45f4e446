import { useMemo, useState } from 'react';
import type { NearWord } from '../../../catalog/find/near-words.ts';
import type { AnswerValue } from '../../../catalog/schema.ts';
import type { Composition } from '../keyboard/compose.ts';
import { Keyboard } from '../keyboard/Keyboard.tsx';
import { MODES } from '../keyboard/layouts.ts';
import { type Context, contextOf } from '../keyboard/pinyin/layers.ts';
import { useScreen } from '../screen-context.ts';
import type { OfferKey } from './TextPage.tsx';
import styles from './Writing.module.css';

/** A name, a place or a short text of at most `max` characters, written by touch. */
export function Writing(props: {
  as: Context['as'];
  /** Words of the matter on hand, offered first. */
  words?: readonly NearWord[];
  max: number;
  /** What stands beside what is written. */
  offer?: OfferKey | null;
  value: AnswerValue | null;
  onChange: (value: string | null) => void;
}) {
  const { as, words, max, offer, value, onChange } = props;
  const { t } = useScreen();
  const context = useMemo(() => contextOf(as, words), [as, words]);
  const [state, setState] = useState<Composition>({
    text: typeof value === 'string' ? value : '',
    letters: '',
  });
  const left = max - [...state.text].length;
  const change = (next: Composition) => {
    setState(next);
    if (next.text !== state.text) onChange(next.text === '' ? null : next.text);
  };
  return (
    <div className={styles.writing}>
      <div className={styles.row}>
        {offer?.(state.text !== '')}
        <output
          data-private=""
          className={as === 'name' ? styles.line : styles.lines}
          aria-label={t('typing.text')}
        >
          <span className={styles.text} lang="zh-CN">
            {state.text}
          </span>
          <span className={styles.letters}>{state.letters}</span>
          <span className={styles.caret} aria-hidden="true" />
        </output>
      </div>
      {as !== 'name' && (
        <p className={styles.left}>{left === 0 ? t('typing.full') : t('typing.left', { n: left })}</p>
      )}
      <Keyboard state={state} onChange={change} modes={MODES[as]} context={context} max={max} />
    </div>
  );
}
