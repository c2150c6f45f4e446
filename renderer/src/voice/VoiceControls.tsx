import { Icon } from '../parts/Icon.tsx';
import { Key } from '../parts/Key.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './VoiceControls.module.css';
import { usePageVoice } from './voice-context.tsx';

/** Reads this page aloud; not there where no voice was built in. */
export function ListenKey() {
  const { t } = useScreen();
  const { state, listen } = usePageVoice();
  if (!state.hasVoice) return null;
  return (
    <span className={styles.apart} data-say="">
      <Key look="foot" icon="sound" onPress={listen}>
        {t('aloud.listen')}
      </Key>
    </span>
  );
}

/** What stands above the keys of a foot while the page is read, or where it asks or failed; else nothing. */
export function VoiceRow() {
  const { state } = usePageVoice();
  if (state.at === 'asking') return <Question />;
  if (state.at === 'speaking') return <Speaking />;
  return state.lost === 'none' ? null : <Lost all={state.lost === 'all'} />;
}

function Speaking() {
  const { t, act, view } = useScreen();
  const { again, stop } = usePageVoice();
  const isSlow = view.settings.voiceSpeed === 'slow';
  return (
    <section className={styles.row} aria-label={t('aloud.controls')} data-say="">
      <Key look="foot" icon="again" onPress={again}>
        {t('aloud.again')}
      </Key>
      <Key
        look="foot"
        icon={isSlow ? 'faster' : 'slower'}
        onPress={() => act({ type: 'set', change: { voiceSpeed: isSlow ? 'normal' : 'slow' } })}
      >
        {t(isSlow ? 'aloud.faster' : 'aloud.slower')}
      </Key>
      <Key look="foot" icon="stop" onPress={stop}>
        {t('aloud.stop')}
      </Key>
    </section>
  );
}

function Question() {
  const { t } = useScreen();
  const { state, answer } = usePageVoice();
  return (
    <section className={styles.question} aria-label={t('aloud.listen')} data-say="">
      <p className={styles.words} role="alert">
        <Icon name="sound" />
        <span>{t(state.question === 'quiet' ? 'aloud.askQuiet' : 'aloud.ask')}</span>
      </p>
      <div className={styles.row}>
        <Key grow onPress={() => answer(false)}>
          {t('aloud.no')}
        </Key>
        <Key grow onPress={() => answer(true)}>
          {t('aloud.yes')}
        </Key>
      </div>
    </section>
  );
}

function Lost({ all }: { all: boolean }) {
  const { t } = useScreen();
  return (
    <p className={styles.words} role="status" data-say="">
      <Icon name="sound" />
      <span>{t(all ? 'aloud.cannot' : 'aloud.cannotSome')}</span>
    </p>
  );
}
