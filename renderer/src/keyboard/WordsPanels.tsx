import { typeText } from './compose.ts';
import styles from './Keyboard.module.css';
import { EraseKey, KeyCap } from './KeyCap.tsx';
import type { PanelProps } from './panel.ts';
import { PHRASES } from './phrases.ts';

/** Digits and the signs that stand beside them. */
export function DigitsPanel(props: PanelProps) {
  return <KeysAsTheyAre {...props} words={props.signs} look="letter" />;
}

/** Phrases people often need, each by one touch. */
export function PhrasesPanel(props: PanelProps) {
  return <KeysAsTheyAre {...props} words={PHRASES} look="phrase" />;
}

function KeysAsTheyAre(props: PanelProps & { words: readonly string[]; look: 'letter' | 'phrase' }) {
  const { state, onChange, max, words, look } = props;
  return (
    <div className={styles.keys}>
      {words.map((each) => (
        <KeyCap key={each} look={look} onPress={() => onChange(typeText(state, each, max))}>
          {each}
        </KeyCap>
      ))}
      <EraseKey state={state} onChange={onChange} />
    </div>
  );
}
