import { ToggleButton } from 'react-aria-components/ToggleButton';
import { Foot, FootRow } from '../parts/Foot.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { usePageVoice } from '../voice/voice-context.tsx';
import styles from './SettingsSheet.module.css';
import { SWITCHES, type Switch } from './switches.ts';

/**
 * Over the page that stands, which waits below as it was: how the screen is to be for this person. Each tap takes
 * effect at once and says so in words.
 */
export function SettingsSheet({ onClose }: { onClose: () => void }) {
  const { t } = useScreen();
  const { hasVoice } = usePageVoice().state;
  return (
    <div className={styles.sheet} data-sheet="settings">
      <Pane>
        <Title why={t('settings.why')}>{t('settings.title')}</Title>
        <Stack>
          {SWITCHES.filter(({ needsVoice }) => hasVoice || !needsVoice).map((each) => (
            <SwitchRow key={each.name} setting={each} />
          ))}
        </Stack>
      </Pane>
      <Foot>
        <FootRow>
          <Key look="main" onPress={onClose}>
            {t('settings.done')}
          </Key>
        </FootRow>
      </Foot>
    </div>
  );
}

function SwitchRow({ setting }: { setting: Switch }) {
  const { t, act, view } = useScreen();
  const isOn = setting.isOn(view.settings);
  return (
    <ToggleButton
      className={styles.row}
      isSelected={isOn}
      onChange={(on) => act({ type: 'set', change: setting.turn(on) })}
    >
      <Icon name={setting.icon} />
      <span className={styles.words}>
        <span className={styles.name}>{t(`settings.${setting.name}.name`)}</span>
        <span className={styles.how}>{t(`settings.${setting.name}.how`)}</span>
      </span>
      <span className={styles.state}>
        {isOn && <Icon name="check" small />}
        {t(isOn ? 'settings.on' : 'settings.off')}
      </span>
    </ToggleButton>
  );
}
