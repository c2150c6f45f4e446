import type { MachineCommand } from '../../../../terminal/api.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { Pairs } from './Pairs.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

const GIGABYTE = 1e9;

/** What this machine is and how it stands: versions, keys, journals, disk, clock, network, maintainers' cards. */
export function Machine({ page: { report, cards, adding } }: { page: PageOf<'machine'> }) {
  const { t, act, view, language } = useScreen();
  const ask = (command: MachineCommand) => act({ type: 'upkeep', command });
  const time = (ms: number | null) =>
    ms === null ? t('care.machine.unknown') : momentText(ms, view.wallMs, language);
  const { versions, keys, journals, disk, clock, network } = report;
  const gigabytes = (bytes: number) => (bytes / GIGABYTE).toFixed(1);
  return (
    <UpkeepFrame title={t('upkeep.bar.maintainer')}>
      <Title>{t('care.machine.title')}</Title>
      <Stack>
        <Row
          icon="list"
          below={t('care.machine.logHow')}
          onPress={() => ask({ do: 'look-at', page: 'machine-log' })}
        >
          {t('care.machine.log')}
        </Row>
        <Row
          icon="send"
          below={t('care.machine.diagnosticsHow')}
          onPress={() => ask({ do: 'look-at', page: 'diagnostics' })}
        >
          {t('care.machine.diagnostics')}
        </Row>
      </Stack>
      <Section title={t('care.machine.versions')}>
        <Pairs
          pairs={[
            [t('care.machine.software'), versions.software],
            [t('care.machine.built'), time(versions.builtAtMs)],
            [t('care.machine.runtime'), versions.runtime],
            [t('care.machine.hash'), versions.programHash ?? t('care.machine.unknown')],
            [
              t('care.machine.catalog'),
              `${versions.catalog ?? t('care.machine.shipped')} · ${t('care.machine.matters', { n: versions.matters })}`,
            ],
          ]}
        />
      </Section>
      <Section title={t('care.machine.keys')}>
        <Pairs
          pairs={[
            [t('care.machine.terminal'), keys.terminal ?? t('care.machine.none')],
            [
              t('care.machine.keySet'),
              keys.keySet === null ? t('care.machine.none') : t('care.machine.keySetNo', { n: keys.keySet }),
            ],
            [t('care.machine.own'), keys.own],
            [t('care.machine.since'), time(keys.certifiedAtMs)],
          ]}
        />
      </Section>
      <Section title={t('care.machine.journals')}>
        {journals.map((one) => (
          <p key={one.journal}>
            {t('care.machine.journal', { journal: one.journal, head: one.head, owed: one.owed })}
            {one.rebuilt && ` ${t('care.machine.rebuilt')}`}
          </p>
        ))}
      </Section>
      <Section
        title={`${t('care.machine.disk')} · ${t('care.machine.clock')} · ${t('care.machine.network')}`}
      >
        <Pairs
          pairs={[
            [
              t('care.machine.disk'),
              disk === null
                ? t('care.machine.unknown')
                : t('care.machine.freeOf', {
                    free: gigabytes(disk.freeBytes),
                    total: gigabytes(disk.totalBytes),
                  }),
            ],
            [
              t('care.machine.clock'),
              `${time(clock.nowMs)} · ${t(`care.machine.${clock.trusted ? 'trusted' : 'untrusted'}`)}`,
            ],
            [
              t('care.machine.offset'),
              clock.offsetMs === null
                ? t('care.machine.unknown')
                : t('care.machine.seconds', { n: Math.round(clock.offsetMs / 1000) }),
            ],
            [t('care.machine.network'), t(`care.machine.${network.online ? 'online' : 'offline'}`)],
            [t('care.machine.heard'), time(network.lastContactMs)],
            ...(network.trouble === null ? [] : [[t('care.machine.trouble'), network.trouble] as const]),
          ]}
        />
      </Section>
      <Section title={t('care.machine.cards')}>
        <div className={styles.block}>
          {adding === 'lay' && <Notice look="waiting" icon="card" title={t('care.machine.lay')} announce />}
          {adding === 'added' && (
            <Notice look="plain" icon="check" title={t('care.machine.added')} announce />
          )}
          {adding === 'unfit' && (
            <Notice look="danger" icon="warn" title={t('care.machine.unfit')} announce />
          )}
        </div>
        <p>{cards === 0 ? t('care.machine.cardsNone') : t('care.machine.cardsCount', { n: cards })}</p>
        <Stack>
          <Row icon="card" onPress={() => ask({ do: 'add-card' })}>
            {t('care.machine.addCard')}
          </Row>
          {cards > 0 && (
            <Row icon="wipe" onPress={() => ask({ do: 'drop-cards' })}>
              {t('care.machine.dropCards')}
            </Row>
          )}
        </Stack>
      </Section>
    </UpkeepFrame>
  );
}
