import type { ReactNode } from 'react';
import { useScreen } from '../screen-context.ts';
import { ListenKey, VoiceRow } from '../voice/VoiceControls.tsx';
import styles from './Foot.module.css';
import { Key } from './Key.tsx';

/** The foot of a page: rows of keys, always in the same place. */
export function Foot({ children }: { children: ReactNode }) {
  return (
    <footer className={styles.foot} data-open="">
      <VoiceRow />
      {children}
    </footer>
  );
}

/** One row of keys in the foot. */
export function FootRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Language, help and leaving: on every page of a visit. */
export function VisitFoot(props: {
  children?: ReactNode;
  withHelp?: boolean;
  /** Words that belong to the keys, above them. */
  words?: ReactNode;
}) {
  const { children, withHelp = true, words } = props;
  return (
    <Foot>
      <FootRow>
        <LanguageKey />
        <SettingsKey />
        {withHelp && <HelpKey />}
        <LeaveKey />
      </FootRow>
      {words}
      {children && <FootRow>{children}</FootRow>}
    </Foot>
  );
}

/** Reads this page aloud, and opens the sheet on which the screen is set: size, voice, contrast, reach. */
export function SettingsKey() {
  const { t, openSettings } = useScreen();
  return (
    <>
      <ListenKey />
      <Key look="foot" icon="letters" onPress={openSettings}>
        {t('settings.open')}
      </Key>
    </>
  );
}

/** Changes to the other language. */
export function LanguageKey() {
  const { t, act, language } = useScreen();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Key
      look="foot"
      icon="language"
      onPress={() => act({ type: 'language', language: other })}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
    >
      {t('key.language')}
    </Key>
  );
}

/** Opens the page that says how to find the agent. */
export function HelpKey() {
  const { t, act } = useScreen();
  return (
    <Key look="foot" icon="help" onPress={() => act({ type: 'go', to: 'agent' })}>
      {t('key.help')}
    </Key>
  );
}

/** Leaves at once. */
export function LeaveKey() {
  const { t, act } = useScreen();
  return (
    <Key look="foot" icon="leave" onPress={() => act({ type: 'leave' })}>
      {t('key.leave')}
    </Key>
  );
}

/** Goes back one page within a question of several. */
export function StepBackKey({ onPress }: { onPress: () => void }) {
  const { t } = useScreen();
  return (
    <Key icon="back" onPress={onPress}>
      {t('key.back')}
    </Key>
  );
}

/** Goes back one page. */
export function BackKey({ isStep = false }: { isStep?: boolean }) {
  const { t, act } = useScreen();
  return (
    <Key icon="back" grow={!isStep} onPress={() => act({ type: 'back' })}>
      {t(isStep ? 'key.back' : 'key.backPlain')}
    </Key>
  );
}
