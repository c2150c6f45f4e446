import type { SoftwareView, UpkeepCommand } from '../../../../terminal/api.ts';
import { Key } from '../../parts/Key.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { Translate } from '../../words/words.ts';
import type { PageOf } from '../page-of.ts';
import { Pairs } from './Pairs.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

const useAsk = () => {
  const { act } = useScreen();
  return (command: UpkeepCommand) => act({ type: 'upkeep', command });
};

/** The software of this machine: what runs, what waits and for what, and ways to get another release. */
export function Software({ page }: { page: PageOf<'software'> }) {
  const { t } = useScreen();
  const ask = useAsk();
  const { software, asks } = page;
  return (
    <UpkeepFrame
      title={t('upkeep.bar.maintainer')}
      keys={
        asks && (
          <Key look="main" grow onPress={() => ask({ do: 'change-software', sure: true })}>
            {t('care.software.yes')}
          </Key>
        )
      }
    >
      <Title why={t('care.software.how')}>{t('care.software.title')}</Title>
      {software === null ? (
        <div className={styles.block}>
          <Notice look="waiting" icon="warn" title={t('care.software.none')}>
            {t('care.software.noneHow')}
          </Notice>
        </div>
      ) : (
        <>
          <div className={styles.block}>
            {asks ? (
              <Notice look="waiting" icon="warn" title={t('care.software.sure')} announce>
                {t('care.software.sureHow')}
              </Notice>
            ) : (
              <Standing software={software} />
            )}
          </div>
          <Ways page={page} software={software} />
          <Facts software={software} />
        </>
      )}
    </UpkeepFrame>
  );
}

/** What goes on, what waits, what is ordered, and what the last look came to. */
function Standing({ software }: { software: SoftwareView }) {
  const { t } = useScreen();
  const { backTo, waiting, looking, last } = software;
  return (
    <>
      {backTo !== null && waiting?.by !== 'order' && (
        <Notice look="waiting" icon="back" title={t('care.software.back', { n: backTo })}>
          {t('care.software.backHow')}
        </Notice>
      )}
      {waiting !== null && (
        <Notice
          look="waiting"
          icon="clock"
          title={t(`care.software.waiting.${waiting.by}`, { n: waiting.version })}
          announce
        >
          {t(`care.software.for.${waiting.for}`, { hours: hoursText(software.hours, t) })}
        </Notice>
      )}
      {looking && <Fetching fetching={software.fetching} />}
      {!looking && last !== null && last.came !== 'ready' && <Came came={last.came} />}
    </>
  );
}

const MEGABYTE = 1_000_000;

function Fetching({ fetching }: { fetching: SoftwareView['fetching'] }) {
  const { t } = useScreen();
  if (fetching === null)
    return <Notice look="waiting" icon="clock" title={t('care.software.looking')} announce />;
  const { version, missing, whole } = fetching;
  const megabytes = (bytes: number) => Math.ceil(bytes / MEGABYTE);
  return (
    <Notice look="waiting" icon="clock" title={t('care.software.fetching', { n: version })} announce>
      {t('care.software.left', { left: megabytes(missing), whole: megabytes(whole) })}
    </Notice>
  );
}

const HARMLESS: ReadonlySet<string> = new Set(['newest', 'nothing-offered', 'stopped', 'trial']);

function Came({ came }: { came: Exclude<NonNullable<SoftwareView['last']>['came'], 'ready'> }) {
  const { t } = useScreen();
  const isHarmless = HARMLESS.has(came);
  return (
    <Notice
      look={isHarmless ? 'plain' : 'danger'}
      icon={isHarmless ? 'check' : 'warn'}
      title={t(`care.software.came.${came}`)}
      announce
    />
  );
}

/** What can be done: another step while it is asked whether the machine may change, one alone while it looks. */
function Ways({ page: { sticks, asks }, software }: { page: PageOf<'software'>; software: SoftwareView }) {
  const { t } = useScreen();
  const ask = useAsk();
  const { looking, waiting } = software;
  const cancel = (words: 'stop' | 'drop' | 'no') => (
    <Row icon={words === 'drop' ? 'erase' : 'stop'} onPress={() => ask({ do: 'cancel-software' })}>
      {t(`care.software.${words}`)}
    </Row>
  );
  if (asks || looking)
    return (
      <Section title={t('care.software.newer')}>
        <Stack>{cancel(asks ? 'no' : 'stop')}</Stack>
      </Section>
    );
  return (
    <Section title={t('care.software.newer')}>
      <Stack>
        {waiting !== null && waiting.for !== 'offer' && (
          <Row
            look="tinted"
            icon="tool"
            below={waiting.for !== 'nobody' && t('care.software.changeHow')}
            onPress={() => ask({ do: 'change-software', sure: false })}
          >
            {t('care.software.change')}
          </Row>
        )}
        {waiting?.by === 'stick' && cancel('drop')}
        <Row icon="find" onPress={() => ask({ do: 'look-for-software', stick: null })}>
          {t('care.software.look')}
        </Row>
        {sticks.map((stick) => (
          <Row key={stick} icon="send" onPress={() => ask({ do: 'look-for-software', stick })}>
            {t('care.software.fromStick', { name: stick })}
          </Row>
        ))}
      </Stack>
    </Section>
  );
}

/** The release that runs, the one beside it, and how changes went. */
function Facts({ software: { running, other, trial, refused } }: { software: SoftwareView }) {
  const { t, view, language } = useScreen();
  const nameOf = ({ version, name }: { version: number; name: string }) =>
    t('care.software.release', { name, n: version });
  const cameOf = (version: number, outcome: NonNullable<SoftwareView['trial']>['outcome']) =>
    t('care.software.outcomeOf', { n: version, what: t(`care.software.outcome.${outcome}`) });
  const since = running?.sinceMs ?? null;
  const unknown = t('care.software.unknown');
  return (
    <>
      <Section title={t('care.software.now')}>
        <Pairs
          pairs={[
            [t('care.software.version'), running === null ? unknown : nameOf(running)],
            [t('care.software.hash'), running?.hash ?? unknown],
            [t('care.software.since'), since === null ? unknown : momentText(since, view.wallMs, language)],
            [t('care.software.other'), other === null ? t('care.software.nothing') : nameOf(other)],
            ...(trial === null
              ? []
              : [[t('care.software.trial'), cameOf(trial.version, trial.outcome)] as const]),
          ]}
        />
      </Section>
      {refused.length > 0 && (
        <Section title={t('care.software.refused')}>
          {refused.toReversed().map(({ version, why }) => (
            <p key={version}>{cameOf(version, why)}</p>
          ))}
        </Section>
      )}
    </>
  );
}

/** When the county lets machines change over, in words. */
function hoursText(hours: SoftwareView['hours'], t: Translate): string {
  if (hours === null) return '';
  const { days, fromMinute, toMinute } = hours;
  const span = { from: timeOfDay(fromMinute), to: timeOfDay(toMinute) };
  const named = DAYS.filter((_day, index) => days.includes(index + 1)).map((day) =>
    t(`care.software.day.${day}`),
  );
  if (named.length === DAYS.length) return t('care.software.hours.daily', span);
  return t('care.software.hours.some', { ...span, days: named.join(' ') });
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function timeOfDay(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
