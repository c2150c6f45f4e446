import { useMemo } from 'react';
import { useScreen } from '../screen-context.ts';
import { Candidates } from './Candidates.tsx';
import { choose, typeLetter, typeText } from './compose.ts';
import styles from './Keyboard.module.css';
import { EraseKey, KeyCap } from './KeyCap.tsx';
import { LETTERS, NAME_POINT } from './layouts.ts';
import type { PanelProps } from './panel.ts';
import { findCandidates } from './pinyin/engine.ts';
import { useEngine } from './pinyin/use-engine.ts';

/** Letters of pinyin, and above them what they may stand for. */
export function PinyinPanel({ state, onChange, max, context, anyLetters }: PanelProps) {
  const { t } = useScreen();
  const engine = useEngine(context);
  const isFirst = state.text === '';
  const candidates = useMemo(
    () => (engine === null ? [] : findCandidates(engine, state.letters, isFirst)),
    [engine, state.letters, isFirst],
  );
  const isName = context.as === 'name';
  const isQuiet = anyLetters && state.letters !== '';
  return (
    <>
      <Candidates
        of={state.letters}
        candidates={candidates}
        hint={isQuiet ? '' : t(hintOf(engine !== null, state.letters))}
        isBusy={engine === null}
        onChoose={(each) => onChange(choose(state, each, max))}
      />
      <div className={styles.keys}>
        {LETTERS.map((letter) => (
          <KeyCap key={letter} onPress={() => onChange(typeLetter(state, letter, max))}>
            {letter}
          </KeyCap>
        ))}
        {isName && <KeyCap onPress={() => onChange(typeText(state, NAME_POINT, max))}>{NAME_POINT}</KeyCap>}
        <EraseKey state={state} onChange={onChange} look={isName ? 'letter' : 'wide'} />
      </div>
    </>
  );
}

function hintOf(isReady: boolean, letters: string) {
  if (!isReady) return 'typing.loading';
  return letters === '' ? 'typing.empty' : 'typing.noMatch';
}
