import { useEffect, useMemo, useState } from 'react';
import { useScreen } from '../screen-context.ts';
import { Candidates } from './Candidates.tsx';
import { choose, typeLetter } from './compose.ts';
import styles from './Keyboard.module.css';
import { EraseKey, KeyCap } from './KeyCap.tsx';
import { LETTERS } from './layouts.ts';
import type { PanelProps } from './panel.ts';
import { findCandidates, indexPinyin, type PinyinIndex } from './pinyin.ts';

/** Letters of pinyin, and above them what they may stand for. */
export function PinyinPanel({ state, onChange, max, prefer, anyLetters }: PanelProps) {
  const { t } = useScreen();
  const index = usePinyin();
  const candidates = useMemo(
    () => (index === null ? [] : findCandidates(index, state.letters, prefer)),
    [index, state.letters, prefer],
  );
  const isQuiet = anyLetters && state.letters !== '';
  return (
    <>
      <Candidates
        of={state.letters}
        candidates={candidates}
        hint={isQuiet ? '' : t(hintOf(index, state.letters))}
        onChoose={(each) => onChange(choose(state, each, max))}
      />
      <div className={styles.keys}>
        {LETTERS.map((letter) => (
          <KeyCap key={letter} onPress={() => onChange(typeLetter(state, letter, max))}>
            {letter}
          </KeyCap>
        ))}
        <EraseKey state={state} onChange={onChange} />
      </div>
    </>
  );
}

function hintOf(index: PinyinIndex | null, letters: string) {
  if (index === null) return 'typing.loading';
  return letters === '' ? 'typing.empty' : 'typing.noMatch';
}

function usePinyin(): PinyinIndex | null {
  const [index, setIndex] = useState<PinyinIndex | null>(null);
  useEffect(() => {
    let isWanted = true;
    void import('./pinyin-table.json').then(({ default: table }) => {
      if (isWanted) setIndex(indexPinyin(table));
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return index;
}
