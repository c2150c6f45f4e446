import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useScreen } from '../screen-context.ts';
import { typeText } from './compose.ts';
import styles from './Keyboard.module.css';
import { EraseKey, KeyCap } from './KeyCap.tsx';
import { LETTERS } from './layouts.ts';
import type { PanelProps } from './panel.ts';

/** Latin letters, a capital first and after each space. */
export function LatinPanel({ state, onChange, max }: PanelProps) {
  const { t } = useScreen();
  const [isCapital, setCapital] = useState(true);
  const write = (letter: string) => {
    onChange(typeText(state, letter, max));
    setCapital(letter === ' ');
  };
  return (
    <>
      <div className={styles.keys}>
        {LETTERS.map((letter) => {
          const written = isCapital ? letter.toUpperCase() : letter;
          return (
            <KeyCap key={letter} onPress={() => write(written)}>
              {written}
            </KeyCap>
          );
        })}
        <EraseKey state={state} onChange={onChange} />
      </div>
      <div className={styles.modes}>
        <Button className={styles.mode} aria-pressed={isCapital} onPress={() => setCapital(!isCapital)}>
          {t('typing.capitals')}
        </Button>
        <Button className={styles.mode} onPress={() => write(' ')}>
          {t('typing.space')}
        </Button>
      </div>
    </>
  );
}
