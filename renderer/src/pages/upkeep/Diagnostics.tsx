import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import type { PageOf } from '../page-of.ts';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** A sealed bundle of diagnostics onto a stick. */
export function Diagnostics({ page: { sticks, outcome } }: { page: PageOf<'diagnostics'> }) {
  const { t, act } = useScreen();
  return (
    <UpkeepFrame title={t('upkeep.bar.maintainer')}>
      <Title why={t('care.diagnostics.how')}>{t('care.diagnostics.title')}</Title>
      <div className={styles.block}>
        {outcome !== null && (
          <Notice
            look={outcome === 'written' ? 'plain' : 'danger'}
            icon={outcome === 'written' ? 'check' : 'warn'}
            title={t(`care.diagnostics.${outcome}`)}
            announce
          />
        )}
        {sticks.length === 0 && <Notice look="waiting" icon="send" title={t('care.diagnostics.none')} />}
      </div>
      <Stack>
        {sticks.map((stick) => (
          <Row
            key={stick}
            look="tinted"
            icon="send"
            onPress={() => act({ type: 'upkeep', command: { do: 'write-diagnostics', stick } })}
          >
            {t('care.diagnostics.write', { name: stick })}
          </Row>
        ))}
      </Stack>
    </UpkeepFrame>
  );
}
