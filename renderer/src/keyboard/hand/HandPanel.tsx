import { Button } from 'react-aria-components/Button';
import { Icon } from '../../parts/Icon.tsx';
import { useScreen } from '../../screen-context.ts';
import { erase, typeText } from '../compose.ts';
import type { PanelProps } from '../panel.ts';
import styles from './HandPanel.module.css';
import { useHand } from './use-hand.ts';
import { WritingSquare } from './WritingSquare.tsx';

/** Characters written with a finger, one at a time, and above the square what they may be. */
export function HandPanel({ state, onChange, max }: PanelProps) {
  const { t } = useScreen();
  const hand = useHand();
  const isBlank = hand.ink.length === 0;
  const choose = (character: string) => {
    onChange(typeText(state, character, max));
    hand.clear();
  };
  return (
    <>
      {hand.candidates.length === 0 ? (
        <p className={styles.hint} role="status">
          {t(hand.isOpening ? 'typing.loading' : isBlank ? 'typing.handEmpty' : 'typing.handLooking')}
        </p>
      ) : (
        <section className={styles.candidates} aria-label={t('typing.candidates')} lang="zh-CN">
          {hand.candidates.map((each) => (
            <Button key={each} className={styles.candidate} onPress={() => choose(each)}>
              {each}
            </Button>
          ))}
        </section>
      )}
      <div className={styles.desk}>
        <WritingSquare ink={hand.ink} onDown={hand.wait} onStroke={hand.write} />
        <div className={styles.keys}>
          <Button className={styles.key} isDisabled={isBlank} onPress={hand.undo}>
            <Icon name="back" />
            {t('typing.undoStroke')}
          </Button>
          <Button className={styles.key} isDisabled={isBlank} onPress={hand.clear}>
            <Icon name="wipe" />
            {t('typing.clearInk')}
          </Button>
          <Button className={styles.key} aria-label={t('pad.erase')} onPress={() => onChange(erase(state))}>
            <Icon name="erase" />
            {t('pad.erase')}
          </Button>
        </div>
      </div>
    </>
  );
}
