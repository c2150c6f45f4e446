import { Key } from '../../parts/Key.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import type { PageOf } from '../page-of.ts';
import logStyles from './MachineLog.module.css';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** Common troubles, those that stand now first. */
export function Fixes({ page: { fixes } }: { page: PageOf<'fixes'> }) {
  const { t, act } = useScreen();
  return (
    <UpkeepFrame title={t('upkeep.bar.maintainer')}>
      <Title why={t('care.fixes.how')}>{t('care.fixes.title')}</Title>
      <Stack>
        {fixes.map(({ fix, stands }) => (
          <Row
            key={fix}
            look={stands ? 'tinted' : 'plain'}
            icon={stands ? 'warn' : 'tool'}
            below={t(`care.fixes.${stands ? 'stands' : 'well'}`)}
            onPress={() => act({ type: 'upkeep', command: { do: 'open-fix', fix } })}
          >
            {t(`care.fix.${fix}.title`)}
          </Row>
        ))}
      </Stack>
    </UpkeepFrame>
  );
}

const STEPS = ['one', 'two', 'three', 'four'] as const;

/** One of them, step by step, with a key that tries whether it is gone. */
export function FixSteps({ page: { fix, tried } }: { page: PageOf<'fix'> }) {
  const { t, act } = useScreen();
  return (
    <UpkeepFrame
      title={t('upkeep.bar.maintainer')}
      keys={
        tried !== 'running' && (
          <Key look="main" grow onPress={() => act({ type: 'upkeep', command: { do: 'try-fix' } })}>
            {t('care.fixes.try')}
          </Key>
        )
      }
    >
      <Title>{t(`care.fix.${fix}.title`)}</Title>
      <ol className={logStyles.steps}>
        {STEPS.map((step) => (
          <li key={step}>{t(`care.fix.${fix}.${step}`)}</li>
        ))}
      </ol>
      <div className={styles.block}>
        {tried === 'running' && (
          <Notice look="waiting" icon="clock" title={t('care.fixes.running')} announce />
        )}
        {tried === 'well' && <Notice look="plain" icon="check" title={t('care.fixes.good')} announce />}
        {tried === 'not-well' && <Notice look="waiting" icon="warn" title={t('care.fixes.bad')} announce />}
      </div>
    </UpkeepFrame>
  );
}
