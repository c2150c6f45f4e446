import { type ComponentType, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Language } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import { HandPanel } from './hand/HandPanel.tsx';
import styles from './Keyboard.module.css';
import { LatinPanel } from './LatinPanel.tsx';
import { type Mode, SIGNS } from './layouts.ts';
import { PinyinPanel } from './PinyinPanel.tsx';
import type { PanelProps } from './panel.ts';
import { DigitsPanel, PhrasesPanel } from './WordsPanels.tsx';

/** What each mode shows above the keys that change the mode. */
const PANELS: Readonly<Record<Mode, ComponentType<PanelProps>>> = {
  pinyin: PinyinPanel,
  hand: HandPanel,
  latin: LatinPanel,
  digits: DigitsPanel,
  phrases: PhrasesPanel,
};

/** The on-screen keyboard: a panel for each way of writing, and below it the keys that change between them. */
export function Keyboard(
  props: Omit<PanelProps, 'signs' | 'anyLetters'> &
    Partial<PanelProps> & {
      modes: readonly Mode[];
    },
) {
  const { modes, signs = SIGNS, anyLetters = false, ...panel } = props;
  const { t, language } = useScreen();
  const [mode, setMode] = useState<Mode>(firstMode(modes, language));
  const Panel = PANELS[mode];
  return (
    <section className={styles.keyboard} aria-label={t('typing.letters')}>
      <Panel {...panel} signs={signs} anyLetters={anyLetters} />
      <div className={styles.modes}>
        {modes.map((each) => (
          <Button
            key={each}
            className={styles.mode}
            aria-pressed={each === mode}
            onPress={() => {
              setMode(each);
              panel.onChange({ ...panel.state, letters: '' });
            }}
          >
            {t(`typing.${each}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

/** Chinese begins with pinyin and English with letters, where the question takes them. */
function firstMode(modes: readonly Mode[], language: Language): Mode {
  const first = language === 'zh' ? 'pinyin' : 'latin';
  return modes.includes(first) ? first : (modes[0] ?? first);
}
