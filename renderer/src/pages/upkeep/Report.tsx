import { Icon } from '../../parts/Icon.tsx';
import { Key } from '../../parts/Key.tsx';
import { Line } from '../../parts/Notice.tsx';
import { Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { Pairs } from './Pairs.tsx';
import { StateWord } from './StateWord.tsx';
import { Findings } from './TestOutcome.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** One readiness report: the verdict, each device, and how the machine stood otherwise. */
export function Report({ page }: { page: PageOf<'report'> }) {
  const { t, act, view, language } = useScreen();
  const { report, printing } = page;
  const failed = report.results.filter(({ passed }) => !passed).length;
  return (
    <UpkeepFrame
      title={t('upkeep.bar.maintainer')}
      keys={
        printing !== 'now' && (
          <Key icon="print" grow onPress={() => act({ type: 'upkeep', command: { do: 'print-report' } })}>
            {t('upkeep.report.print')}
          </Key>
        )
      }
    >
      <Title why={momentText(report.atMs, view.wallMs, language)}>{t('upkeep.report.title')}</Title>
      <div className={`${styles.verdict} ${failed === 0 ? styles.good : styles.bad}`} role="status">
        <Icon name={failed === 0 ? 'check' : 'warn'} />
        <p className={styles.lead}>
          {failed === 0 ? t('upkeep.report.ready') : t('upkeep.report.notReady', { n: failed })}
        </p>
      </div>
      {printing !== 'no' && (
        <div className={styles.block}>
          <Line look={printing === 'not-printed' ? 'waiting' : 'done'}>
            {t(`upkeep.report.${printing === 'now' ? 'printing' : printing}`)}
          </Line>
        </div>
      )}
      <Results results={report.results} />
      <Facts report={report} />
    </UpkeepFrame>
  );
}

type ReportShown = PageOf<'report'>['report'];

function Results({ results }: { results: ReportShown['results'] }) {
  const { t, say } = useScreen();
  return (
    <ul className={styles.results}>
      {results.map(({ device, name, passed, state, reason, findings }) => (
        <li key={device}>
          <b>{say(name)}</b>
          <span className={`${styles.state} ${passed ? styles.well : styles.hand}`}>
            <Icon name={passed ? 'check' : 'warn'} small />
            {t(passed ? 'upkeep.test.passed' : 'upkeep.test.failed')}
          </span>
          {state !== 'ok' && <StateWord device={device} state={state} reason={reason} />}
          <Findings findings={findings} />
        </li>
      ))}
    </ul>
  );
}

function Facts({ report }: { report: ReportShown }) {
  const { t, say } = useScreen();
  const { software, cabinet, clockTrusted, online, freeBytes, owed } = report;
  const gigabytes = freeBytes === null ? null : `${(freeBytes / 1e9).toFixed(1)} GB`;
  return (
    <Pairs
      pairs={[
        [t('upkeep.devices.software'), software],
        ...(cabinet === null ? [] : [[t('upkeep.report.cabinet'), say(cabinet)] as const]),
        [t('upkeep.devices.clock'), t(`upkeep.devices.${clockTrusted ? 'clockTrusted' : 'clockUntrusted'}`)],
        [t('upkeep.devices.network'), t(`upkeep.devices.${online ? 'online' : 'offline'}`)],
        ...(gigabytes === null ? [] : [[t('upkeep.report.free'), gigabytes] as const]),
        [t('upkeep.devices.owed'), String(owed)],
      ]}
    />
  );
}
