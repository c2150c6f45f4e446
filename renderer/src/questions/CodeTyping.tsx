import { useState } from 'react';
import type { Composition } from '../keyboard/compose.ts';
import { Keyboard } from '../keyboard/Keyboard.tsx';
import { CODE_SIGNS, MODES } from '../keyboard/layouts.ts';
import { contextOf } from '../keyboard/pinyin/layers.ts';
import { Pad } from '../parts/Pad.tsx';
import { useScreen } from '../screen-context.ts';
import { pressPad } from './pad-text.ts';
import type { Asked, QuestionOf } from './question-of.ts';
import styles from './Writing.module.css';

const WRITING = contextOf('text');

/** A code written by touch: on the number pad where it has digits alone. */
export function CodeTyping({ question, value, onChange }: Asked<'code'>) {
  const { t } = useScreen();
  const [text, setText] = useState(typeof value === 'string' ? value : '');
  const change = (next: string) => {
    setText(next);
    onChange(next === '' ? null : next);
  };
  const written: Composition = { text, letters: '' };
  return (
    <div className={styles.writing}>
      <output data-private="" className={styles.line} aria-label={t('code.typed')}>
        <span>{text}</span>
        <span className={styles.caret} aria-hidden="true" />
      </output>
      {hasDigitsAlone(question) ? (
        <Pad onKey={(key) => change(pressPad(text, key, question.maxLength))} />
      ) : (
        <Keyboard
          state={written}
          onChange={(next) => change(next.text)}
          modes={MODES.code}
          signs={CODE_SIGNS}
          context={WRITING}
          max={question.maxLength}
        />
      )}
    </div>
  );
}

function hasDigitsAlone({ pattern }: QuestionOf<'code'>): boolean {
  return (
    pattern?.every((part) => ('exactly' in part ? /^\d+$/.test(part.exactly) : part.of === 'digits')) === true
  );
}
