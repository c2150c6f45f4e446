import type { CameraReport, DeviceLine, EventLine } from '../../../../terminal/api.ts';
import { Key } from '../../parts/Key.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { Translate } from '../../words/words.ts';
import type { PageOf } from '../page-of.ts';
import { CameraLook } from './CameraLook.tsx';
import { adviceWord, reasonWord } from './reason-words.ts';
import { StateWord } from './StateWord.tsx';
import { TestOutcome } from './TestOutcome.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** One device: how it stands, what to do, a restart, and for the maintainer its test and its last events. */
export function Device({ page }: { page: PageOf<'device'> }) {
  const { t, say, act } = useScreen();
  const { line, role } = page;
  return (
    <UpkeepFrame
      title={t(`upkeep.bar.${role}`)}
      keys={
        page.canRestart &&
        !page.restarting && (
          <Key grow onPress={() => act({ type: 'upkeep', command: { do: 'restart' } })}>
            {t('upkeep.device.restart')}
          </Key>
        )
      }
    >
      <Title>{say(line.name)}</Title>
      <Standing page={page} />
      {page.restarting && (
        <div className={styles.block}>
          <Notice look="plain" icon="clock" title={t('upkeep.device.restarting')} announce />
        </div>
      )}
      <Repair asked={page.repairAsked} />
      {page.test !== null && <Test page={page} run={page.test.run} />}
      {role === 'maintainer' && isCamera(line.device) && <CameraLook device={line.device} />}
      {role === 'maintainer' && <Events page={page} />}
    </UpkeepFrame>
  );
}

function Standing({ page: { line } }: { page: PageOf<'device'> }) {
  const { t, view, language } = useScreen();
  const { device, state, reason, sinceMs } = line;
  const isGood = state === 'ok' || state === 'busy';
  return (
    <div className={`${styles.verdict} ${isGood ? styles.good : styles.bad}`} role="status">
      <div>
        <p className={styles.lead}>
          <StateWord device={device} state={state} reason={reason} />
        </p>
        {reason !== null && <p>{adviceWord(device, reason, t)}</p>}
        {sinceMs !== null && (
          <p className={styles.aside}>
            {t('upkeep.devices.since', { time: momentText(sinceMs, view.wallMs, language) })}
          </p>
        )}
      </div>
    </div>
  );
}

/** Somebody is to come and mend it: the county reads it on the page of this machine. */
function Repair({ asked }: { asked: boolean }) {
  const { t, act } = useScreen();
  return (
    <div className={styles.block}>
      {asked ? (
        <Notice look="done" icon="check" title={t('agentDesk.work.repairAsked')} announce />
      ) : (
        <Row icon="tool" onPress={() => act({ type: 'upkeep', command: { do: 'order-repair' } })}>
          {t('agentDesk.work.repair')}
        </Row>
      )}
    </div>
  );
}

function isCamera(device: EventLine['device']): device is CameraReport['device'] {
  return device === 'document-camera' || device === 'face-camera';
}

type Run = NonNullable<PageOf<'device'>['test']>['run'];

function Test({ page, run }: { page: PageOf<'device'>; run: Run }) {
  const { t, act } = useScreen();
  const ask = (what: 'self-test' | 'stop') => act({ type: 'upkeep', command: { do: what } });
  return (
    <div className={styles.block}>
      {run !== null && <TestOutcome run={run} device={page.line.device} />}
      <div className={styles.keys}>
        {run?.state === 'running' ? (
          <Key grow onPress={() => ask('stop')}>
            {t('upkeep.test.stop')}
          </Key>
        ) : (
          <Key look="main" grow onPress={() => ask('self-test')}>
            {t(run === null ? 'upkeep.device.test' : 'upkeep.device.testAgain')}
          </Key>
        )}
      </div>
    </div>
  );
}

function Events({ page: { line: shown, events, dropped } }: { page: PageOf<'device'> }) {
  const { t, view, language } = useScreen();
  return (
    <Section title={t('upkeep.device.events')}>
      {events.length === 0 && <p>{t('upkeep.device.noEvents')}</p>}
      <ol className={styles.events}>
        {events.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be of the same moment
          <li key={at}>
            <time>{momentText(line.atMs, view.wallMs, language)}</time>
            <span>{eventWords(shown.device, line.event, t)}</span>
          </li>
        ))}
      </ol>
      {dropped > 0 && <p className={styles.aside}>{t('upkeep.device.dropped', { n: dropped })}</p>}
    </Section>
  );
}

function eventWords(device: DeviceLine['device'], event: EventLine['event'], t: Translate): string {
  switch (event.type) {
    case 'status':
      return event.reason === null ? t(`upkeep.state.${event.state}`) : reasonWord(device, event.reason, t);
    case 'hung':
    case 'devices-lost':
    case 'roll-changed':
      return t(`upkeep.event.${event.type}`);
    case 'restarted':
    case 'signed-in':
      return t(`upkeep.event.${event.type}`, { role: t(`upkeep.signIn.${event.role}`) });
    case 'self-test':
      return t(`upkeep.event.${event.passed ? 'testPassed' : 'testFailed'}`, {
        role: t(`upkeep.signIn.${event.role}`),
      });
    case 'refused':
      return t('upkeep.event.refused', { role: t(`upkeep.signIn.${event.role}`), n: event.count });
  }
}
