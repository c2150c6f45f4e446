import type { ReactNode } from 'react';
import { Bar } from '../../parts/Bar.tsx';
import { BackKey, Foot, FootRow, LanguageKey, SettingsKey } from '../../parts/Foot.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Key } from '../../parts/Key.tsx';
import { Pane } from '../../parts/Pane.tsx';
import { useScreen } from '../../screen-context.ts';
import { barTime } from '../../words/format.ts';

/** What every page of upkeep has: a bar that says so, and a foot with language and the way out. */
export function UpkeepFrame(props: {
  title: string;
  children: ReactNode;
  hasBack?: boolean;
  keys?: ReactNode;
}) {
  const { title, children, hasBack = true, keys } = props;
  const { t, act, view, language } = useScreen();
  return (
    <>
      <Bar end={barTime(view.wallMs, language)}>
        <Icon name="tool" small />
        <b>{title}</b>
      </Bar>
      <Pane>{children}</Pane>
      <Foot>
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <Key look="foot" icon="leave" onPress={() => act({ type: 'leave' })}>
            {t('upkeep.leave')}
          </Key>
        </FootRow>
        {(hasBack || keys) && (
          <FootRow>
            {hasBack && <BackKey isStep={Boolean(keys)} />}
            {keys}
          </FootRow>
        )}
      </Foot>
    </>
  );
}
