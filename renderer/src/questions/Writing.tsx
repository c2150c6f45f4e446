import { useState } from 'react';
import type { Composition } from '../keyboard/compose.ts';
import { Keyboard } from '../keyboard/Keyboard.tsx';
import { LONGEST_NAME, MODES } from '../keyboard/layouts.ts';
import { useScreen } from '../screen-context.ts';
import type { Asked } from './question-of.ts';
import styles from './Writing.module.css';

/** A name or a short text, written by touch. */
export function Writing({ question, value, onChange }: Asked<'name' | 'text'>) {
  const { t } = useScreen();
  const [state, setState] = useState<Composition>({
    text: typeof value === 'string' ? value : '',
    letters: '',
  });
  const max = question.type === 'name' ? LONGEST_NAME : question.maxLength;
  const left = max - [...state.text].length;
  const change = (next: Composition) => {
    setState(next);
    if (next.text !== state.text) onChange(next.text === '' ? null : next.text);
  };
  return (
    <div className={styles.writing}>
      <output className={question.type === 'name' ? styles.line : styles.lines} aria-label={t('typing.text')}>
        <span className={styles.text} lang="zh-CN">
          {state.text}
        </span>
        <span className={styles.letters}>{state.letters}</span>
        <span className={styles.caret} aria-hidden="true" />
      </output>
      {question.type === 'text' && (
        <p className={styles.left}>{left === 0 ? t('typing.full') : t('typing.left', { n: left })}</p>
      )}
      <Keyboard
        state={state}
        onChange={change}
        modes={MODES[question.type]}
        prefer={question.type === 'name' ? 'characters' : 'words'}
        max={max}
      />
    </div>
  );
}
