import type { UpkeepCommand } from '../../../../terminal/api.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { Pairs } from './Pairs.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** The catalog of matters: the release in use, a newer one from the county or a stick, a step back. */
export function Catalog({ page }: { page: PageOf<'catalog'> }) {
  const { t, say, act, view, language } = useScreen();
  const { number, matters, leftOut, builtAtMs, waiting, looking, sticks, canStepBack, saved } = page;
  const built =
    builtAtMs === null ? t('upkeep.catalog.shipped') : momentText(builtAtMs, view.wallMs, language);
  const ask = (command: UpkeepCommand) => act({ type: 'upkeep', command });
  return (
    <UpkeepFrame title={t('upkeep.bar.maintainer')}>
      <Title why={t('upkeep.catalog.how')}>{t('upkeep.catalog.title')}</Title>
      <div className={styles.block}>
        <Came page={page} />
        {waiting !== null && (
          <Notice look="waiting" icon="clock" title={t('upkeep.catalog.waiting', { n: waiting })} announce>
            {t('upkeep.catalog.waitingHow')}
          </Notice>
        )}
      </div>
      <Pairs
        pairs={[
          [t('upkeep.catalog.number'), number === null ? t('upkeep.catalog.none') : String(number)],
          [t('upkeep.catalog.built'), built],
          [t('upkeep.catalog.matters'), String(matters)],
          [t('upkeep.catalog.leftOut'), String(leftOut)],
        ]}
      />
      <Section title={t('upkeep.catalog.newer')}>
        {!looking && (
          <Stack>
            <Row look="tinted" icon="find" onPress={() => ask({ do: 'look-for-catalog', stick: null })}>
              {t('upkeep.catalog.look')}
            </Row>
            {sticks.map((stick) => (
              <Row key={stick} icon="send" onPress={() => ask({ do: 'look-for-catalog', stick })}>
                {t('upkeep.catalog.fromStick', { name: stick })}
              </Row>
            ))}
            {canStepBack && (
              <Row icon="back" onPress={() => ask({ do: 'catalog-back' })}>
                {t('upkeep.catalog.back')}
              </Row>
            )}
          </Stack>
        )}
      </Section>
      {saved.length > 0 && (
        <Section title={t('upkeep.catalog.saved')}>
          <Pairs
            pairs={saved.map(({ name, ...counts }) => [say(name), t('upkeep.catalog.savedOf', counts)])}
          />
        </Section>
      )}
    </UpkeepFrame>
  );
}

/** What the last look came to, in words that say what to do. */
function Came({ page: { last, looking } }: { page: PageOf<'catalog'> }) {
  const { t } = useScreen();
  if (looking) return <Notice look="waiting" icon="clock" title={t('upkeep.catalog.looking')} announce />;
  if (last === null || last === 'taken') return null;
  const isBad = last !== 'newest' && last !== 'unreachable';
  return (
    <Notice
      look={isBad ? 'danger' : 'plain'}
      icon={isBad ? 'warn' : 'check'}
      title={t(`upkeep.catalog.came.${last}`)}
      announce
    />
  );
}
