import { Key } from '../../parts/Key.tsx';
import { Section, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import plain from '../Plain.module.css';
import type { PageOf } from '../page-of.ts';
import { StateWord } from './StateWord.tsx';
import { TestOutcome } from './TestOutcome.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

const STEPS = ['open', 'put', 'close', 'tell'] as const;

/** How much paper there is, how a roll is changed, and a test that it prints. */
export function Paper({ page }: { page: PageOf<'paper'> }) {
  const { t, act } = useScreen();
  const ask = (what: 'self-test' | 'roll-changed') => act({ type: 'upkeep', command: { do: what } });
  return (
    <UpkeepFrame
      title={t('upkeep.paper.title')}
      keys={
        <Key look="main" grow onPress={() => ask('roll-changed')}>
          {t('upkeep.paper.changed')}
        </Key>
      }
    >
      <Title>{t('upkeep.paper.title')}</Title>
      <Standing page={page} />
      <div className={styles.block}>
        {page.test !== null && <TestOutcome run={page.test} device="slip-printer" />}
        {page.test?.state !== 'running' && (
          <div className={styles.keys}>
            <Key icon="print" grow onPress={() => ask('self-test')}>
              {t('upkeep.paper.test')}
            </Key>
          </div>
        )}
      </div>
      <Section title={t('upkeep.paper.guide')}>
        <ol className={plain.steps}>
          {STEPS.map((step) => (
            <li key={step}>
              <b>{t(`upkeep.paper.${step}`)}</b>
              <span>{t(`upkeep.paper.${step}How`)}</span>
            </li>
          ))}
        </ol>
      </Section>
    </UpkeepFrame>
  );
}

function Standing({ page: { paper, printer } }: { page: PageOf<'paper'> }) {
  const { t, view, language } = useScreen();
  const { level, slipsLeft, changedAtMs } = paper;
  const saysPaper = level === 'out' || level === 'low';
  return (
    <div className={`${styles.verdict} ${level === 'enough' ? styles.good : styles.bad}`} role="status">
      <div>
        <p className={styles.lead}>{t(`upkeep.paper.${level === 'unknown' ? 'noPrinter' : level}`)}</p>
        {level !== 'out' && (
          <p>{slipsLeft === null ? t('upkeep.paper.unknown') : t('upkeep.paper.left', { n: slipsLeft })}</p>
        )}
        {!saysPaper && printer.state !== 'ok' && <StateWord {...printer} />}
        {changedAtMs !== null && (
          <p className={styles.aside}>
            {t('upkeep.paper.changedAt', { time: momentText(changedAtMs, view.wallMs, language) })}
          </p>
        )}
      </div>
    </div>
  );
}
