import { Icon } from '../../parts/Icon.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { Limits } from './Limits.tsx';
import { Pairs } from './Pairs.tsx';
import { StateWord } from './StateWord.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** Every device with how it stands; for the maintainer also what the machine owes, and the way to the rest. */
export function Devices({ page }: { page: PageOf<'devices'> }) {
  const { t, say, act, view, language } = useScreen();
  const isMaintainers = page.role === 'maintainer';
  return (
    <UpkeepFrame title={t(`upkeep.bar.${page.role}`)} hasBack={!isMaintainers}>
      <Title>{t('upkeep.devices.title')}</Title>
      <Limits limits={page.limits} />
      {page.healed && (
        <div className={styles.limits}>
          <Healed healed={page.healed} />
        </div>
      )}
      {page.devices.length === 0 && <p className={styles.block}>{t('upkeep.devices.none')}</p>}
      <Stack>
        {page.devices.map(({ device, name, state, reason, sinceMs }) => (
          <Row
            key={device}
            look="strong"
            below={
              <>
                <StateWord device={device} state={state} reason={reason} />
                {sinceMs !== null && (
                  <span>
                    {t('upkeep.devices.since', { time: momentText(sinceMs, view.wallMs, language) })}
                  </span>
                )}
              </>
            }
            onPress={() => act({ type: 'upkeep', command: { do: 'open-device', device } })}
          >
            {say(name)}
          </Row>
        ))}
      </Stack>
      {isMaintainers && <Ways />}
      {page.queue !== null && <Queue queue={page.queue} />}
    </UpkeepFrame>
  );
}

/** The disk turns bits: nothing is lost, and it wants replacing. */
function Healed({ healed }: { healed: NonNullable<PageOf<'devices'>['healed']> }) {
  const { t, view, language } = useScreen();
  const { pieces, sinceMs, lastMs } = healed;
  const time = (ms: number) => momentText(ms, view.wallMs, language);
  return (
    <div className={`${styles.verdict} ${styles.bad}`} role="status">
      <Icon name="warn" />
      <div>
        <p className={styles.lead}>{t('upkeep.healed.title')}</p>
        <p>{t('upkeep.healed.pieces', { n: pieces, since: time(sinceMs), last: time(lastMs) })}</p>
        <p>{t('upkeep.healed.how')}</p>
      </div>
    </div>
  );
}

function Ways() {
  const { t, act } = useScreen();
  return (
    <Section title={t('upkeep.caretaker.do')}>
      <Stack>
        <Row
          look="tinted"
          icon="list"
          below={t('upkeep.devices.readinessHow')}
          onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'readiness' } })}
        >
          {t('upkeep.devices.readiness')}
        </Row>
        <Row icon="tool" onPress={() => act({ type: 'upkeep', command: { do: 'look-at', page: 'fixes' } })}>
          {t('care.ways.fixes')}
        </Row>
        <Row
          icon="find"
          below={t('care.ways.machineHow')}
          onPress={() => act({ type: 'upkeep', command: { do: 'look-at', page: 'machine' } })}
        >
          {t('care.ways.machine')}
        </Row>
        <Row
          icon="send"
          below={t('upkeep.rescue.wayHow')}
          onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'rescue' } })}
        >
          {t('upkeep.rescue.way')}
        </Row>
        <Row icon="send" onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'queue' } })}>
          {t('upkeep.queue.way')}
        </Row>
        <Row icon="book" onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'catalog' } })}>
          {t('upkeep.catalog.title')}
        </Row>
        <Row
          icon="again"
          below={t('care.software.way')}
          onPress={() => act({ type: 'upkeep', command: { do: 'look-at', page: 'software' } })}
        >
          {t('care.software.title')}
        </Row>
        <Row icon="slip" onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'paper' } })}>
          {t('upkeep.caretaker.paper')}
        </Row>
        <Row icon="wipe" onPress={() => act({ type: 'upkeep', command: { do: 'clean' } })}>
          {t('upkeep.caretaker.clean')}
        </Row>
      </Stack>
    </Section>
  );
}

function Queue({ queue }: { queue: NonNullable<PageOf<'devices'>['queue']> }) {
  const { t, view, language } = useScreen();
  const { owed, lastContactMs, clockTrusted, software } = queue;
  const heard =
    lastContactMs === null ? t('upkeep.devices.never') : momentText(lastContactMs, view.wallMs, language);
  return (
    <Section title={t('upkeep.devices.queue')}>
      <Pairs
        pairs={[
          [t('upkeep.devices.owed'), String(owed)],
          [t('upkeep.devices.contact'), heard],
          [t('upkeep.devices.network'), t(`upkeep.devices.${view.network}`)],
          [
            t('upkeep.devices.clock'),
            t(`upkeep.devices.${clockTrusted ? 'clockTrusted' : 'clockUntrusted'}`),
          ],
          [t('upkeep.devices.software'), software],
        ]}
      />
    </Section>
  );
}
