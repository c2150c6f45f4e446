import { useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Language } from '../../../terminal/api.ts';
import { Icon } from '../parts/Icon.tsx';
import { useScreen } from '../screen-context.ts';
import { columnsOf, layOut } from './candidate-pages.ts';
import { type Composition, choose, erase, typeLetter, typeText } from './compose.ts';
import styles from './Keyboard.module.css';
import { LETTERS, type Mode, SIGNS } from './layouts.ts';
import { PHRASES } from './phrases.ts';
import { type Candidate, findCandidates, indexPinyin, type PinyinIndex, type Preference } from './pinyin.ts';

/** The on-screen keyboard: pinyin with characters to choose, letters, digits and signs, and common phrases. */
export function Keyboard(props: {
  state: Composition;
  onChange: (state: Composition) => void;
  modes: readonly Mode[];
  prefer: Preference;
  max: number;
  /** What stands on the page of digits. */
  signs?: readonly string[];
  /** Letters may be initials: that they are no pinyin is not said. */
  anyLetters?: boolean;
}) {
  const { state, onChange, modes, prefer, max, signs = SIGNS, anyLetters = false } = props;
  const { t, language } = useScreen();
  const [mode, setMode] = useState<Mode>(firstMode(modes, language));
  const [isCapital, setCapital] = useState(true);
  const write = (words: string) => {
    onChange(typeText(state, words, max));
    setCapital(words === ' ');
  };
  return (
    <section className={styles.keyboard} aria-label={t('typing.letters')}>
      {mode === 'pinyin' && (
        <Candidates
          state={state}
          prefer={prefer}
          anyLetters={anyLetters}
          onChoose={(each) => onChange(choose(state, each, max))}
        />
      )}
      <div className={styles.keys}>
        {mode === 'pinyin' &&
          LETTERS.map((letter) => (
            <KeyCap key={letter} onPress={() => onChange(typeLetter(state, letter, max))}>
              {letter}
            </KeyCap>
          ))}
        {mode === 'latin' &&
          LETTERS.map((letter) => {
            const written = isCapital ? letter.toUpperCase() : letter;
            return (
              <KeyCap key={letter} onPress={() => write(written)}>
                {written}
              </KeyCap>
            );
          })}
        {mode === 'digits' &&
          signs.map((sign) => (
            <KeyCap key={sign} onPress={() => write(sign)}>
              {sign}
            </KeyCap>
          ))}
        {mode === 'phrases' &&
          PHRASES.map((phrase) => (
            <KeyCap key={phrase} look="phrase" onPress={() => write(phrase)}>
              {phrase}
            </KeyCap>
          ))}
        <KeyCap look="wide" label={t('pad.erase')} onPress={() => onChange(erase(state))}>
          <Icon name="erase" />
        </KeyCap>
      </div>
      <div className={styles.modes}>
        {modes.map((each) => (
          <Button
            key={each}
            className={styles.mode}
            aria-pressed={each === mode}
            onPress={() => {
              setMode(each);
              onChange({ ...state, letters: '' });
            }}
          >
            {t(`typing.${each}`)}
          </Button>
        ))}
        {mode === 'latin' && (
          <>
            <Button className={styles.mode} aria-pressed={isCapital} onPress={() => setCapital(!isCapital)}>
              {t('typing.capitals')}
            </Button>
            <Button className={styles.mode} onPress={() => write(' ')}>
              {t('typing.space')}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function Candidates(props: {
  state: Composition;
  prefer: Preference;
  anyLetters: boolean;
  onChoose: (candidate: Candidate) => void;
}) {
  const { state, prefer, anyLetters, onChoose } = props;
  const { t } = useScreen();
  const index = usePinyin();
  const pages = useMemo(
    () => (index === null ? [] : layOut(findCandidates(index, state.letters, prefer))),
    [index, state.letters, prefer],
  );
  const [at, setAt] = useState({ letters: '', page: 0 });
  const page = at.letters === state.letters ? at.page : 0;
  const turn = (by: number) => setAt({ letters: state.letters, page: page + by });
  if (pages.length === 0) {
    const isQuiet = anyLetters && state.letters !== '';
    return <p className={styles.hint}>{isQuiet ? '' : t(hintOf(index, state.letters))}</p>;
  }
  return (
    <section className={styles.candidates} aria-label={t('typing.candidates')} lang="zh-CN">
      {pages[page]?.flat().map((candidate) => (
        <Button
          key={candidate.text}
          className={`${styles.candidate} ${[styles.one, styles.two, styles.three][columnsOf(candidate.text) - 1]}`}
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

function KeyCap(props: {
  children: React.ReactNode;
  onPress: () => void;
  look?: 'letter' | 'wide' | 'phrase';
  label?: string;
}) {
  const { children, onPress, look = 'letter', label } = props;
  return (
    <Button className={`${styles.cap} ${styles[look]}`} aria-label={label} onPress={onPress}>
      {children}
    </Button>
  );
}

/** Chinese begins with pinyin and English with letters, where the question takes them. */
function firstMode(modes: readonly Mode[], language: Language): Mode {
  const first = language === 'zh' ? 'pinyin' : 'latin';
  return modes.includes(first) ? first : (modes[0] ?? first);
}
