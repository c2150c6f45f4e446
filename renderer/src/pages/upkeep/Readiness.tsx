import { ToggleButton } from 'react-aria-components/ToggleButton';
import { Icon } from '../../parts/Icon.tsx';
import { Key } from '../../parts/Key.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { handWords } from './TestOutcome.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** What is to be tested for a readiness report, the test that runs, and the reports there are. */
export function Readiness({ page }: { page: PageOf<'readiness'> }) {
  const { t, act } = useScreen();
  const { running, choices } = page;
  const ask = (what: 'run-readiness' | 'stop') => act({ type: 'upkeep', command: { do: what } });
  const canRun = choices.some(({ chosen }) => chosen);
  return (
    <UpkeepFrame
      title={t('upkeep.bar.maintainer')}
      keys={
        running === null ? (
          canRun && (
            <Key look="main" grow onPress={() => ask('run-readiness')}>
              {t('upkeep.readiness.run')}
            </Key>
          )
        ) : (
          <Key grow onPress={() => ask('stop')}>
            {t('upkeep.readiness.stop')}
          </Key>
        )
      }
    >
      <Title why={t('upkeep.readiness.how')}>{t('upkeep.readiness.title')}</Title>
      {running === null ? <Choices choices={choices} /> : <Running running={running} />}
      {running === null && <Reports reports={page.reports} />}
    </UpkeepFrame>
  );
}

function Choices({ choices }: { choices: PageOf<'readiness'>['choices'] }) {
  const { t, say, act } = useScreen();
  return (
    <div className={styles.choices}>
      {choices.map(({ device, name, chosen }) => (
        <ToggleButton
          key={device}
          className={styles.choice}
          isSelected={chosen}
          onChange={(now) => act({ type: 'upkeep', command: { do: 'choose-test', device, chosen: now } })}
        >
          <span className={styles.tick}>{chosen && <Icon name="check" small />}</span>
          <span>{say(name)}</span>
          <span className={styles.aside}>
            {t(chosen ? 'upkeep.readiness.chosen' : 'upkeep.readiness.notChosen')}
          </span>
        </ToggleButton>
      ))}
    </div>
  );
}

function Running({ running }: { running: NonNullable<PageOf<'readiness'>['running']> }) {
  const { t, say } = useScreen();
  return (
    <div className={styles.block}>
      <p className={styles.aside}>{t('upkeep.readiness.step', { n: running.step, of: running.steps })}</p>
      <Notice key={running.step} look="plain" icon="clock" title={say(running.name)} announce>
        {handWords(running.device, t)}
      </Notice>
    </div>
  );
}

function Reports({ reports }: { reports: PageOf<'readiness'>['reports'] }) {
  const { t, act, view, language } = useScreen();
  return (
    <Section title={t('upkeep.readiness.reports')}>
      {reports.length === 0 && <p>{t('upkeep.readiness.noReports')}</p>}
      <Stack>
        {reports.map(({ number, atMs, passed }) => (
          <Row
            key={number}
            icon={passed ? 'check' : 'warn'}
            end={t(passed ? 'upkeep.readiness.passed' : 'upkeep.readiness.failed')}
            onPress={() => act({ type: 'upkeep', command: { do: 'open-report', number } })}
          >
            {momentText(atMs, view.wallMs, language)}
          </Row>
        ))}
      </Stack>
    </Section>
  );
}
