import { Icon } from '../../parts/Icon.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { groupedNumber, whenText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { Limits } from './Limits.tsx';
import { adviceWord } from './reason-words.ts';
import { StateWord } from './StateWord.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** Big and simple: what is wrong and what to do, then the few things a caretaker does, then whom to call. */
export function Caretaker({ page }: { page: PageOf<'caretaker'> }) {
  const { t, view } = useScreen();
  const isEnding = page.paper?.level === 'ending';
  return (
    <UpkeepFrame title={t('upkeep.bar.caretaker')} hasBack={false}>
      <Title>{t('upkeep.caretaker.title')}</Title>
      <Limits limits={page.limits} />
      {page.troubles.length > 0 || isEnding ? (
        <Troubles page={page} />
      ) : (
        page.limits.length === 0 && <AllWell />
      )}
      <Duties page={page} />
      <section className={styles.repair}>
        <p>{t('upkeep.caretaker.repair')}</p>
        <p className={styles.phone}>{groupedNumber(view.support.townPhone)}</p>
      </section>
    </UpkeepFrame>
  );
}

function AllWell() {
  const { t } = useScreen();
  return (
    <div className={`${styles.verdict} ${styles.good}`} role="status">
      <Icon name="check" />
      <div>
        <p className={styles.lead}>{t('upkeep.caretaker.well')}</p>
        <p>{t('upkeep.caretaker.wellHow')}</p>
      </div>
    </div>
  );
}

function Troubles({ page }: { page: PageOf<'caretaker'> }) {
  const { t, say, act } = useScreen();
  return (
    <Section title={t('upkeep.caretaker.troubles')}>
      <Stack>
        {page.troubles.map(({ device, name, state, reason }) => (
          <Row
            key={device}
            look="strong"
            below={
              <>
                <StateWord device={device} state={state} reason={reason} />
                {reason !== null && <span className={styles.advice}>{adviceWord(device, reason, t)}</span>}
              </>
            }
            onPress={() => act({ type: 'upkeep', command: { do: 'open-device', device } })}
          >
            {say(name)}
          </Row>
        ))}
        {page.paper?.level === 'ending' && (
          <p className={styles.ending}>
            <Icon name="slip" small />
            {t('upkeep.caretaker.ending')}
          </p>
        )}
      </Stack>
    </Section>
  );
}

function Duties({ page }: { page: PageOf<'caretaker'> }) {
  const { t, act, view, language } = useScreen();
  const left = page.paper?.slipsLeft;
  return (
    <Section title={t('upkeep.caretaker.do')}>
      <Stack>
        {page.paper !== null && (
          <Row
            look="big"
            icon="slip"
            below={
              left == null || page.paper.level === 'out'
                ? t(`upkeep.paper.${page.paper.level === 'unknown' ? 'noPrinter' : page.paper.level}`)
                : t('upkeep.paper.left', { n: left })
            }
            onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'paper' } })}
          >
            {t('upkeep.caretaker.paper')}
          </Row>
        )}
        <Row
          look="big"
          icon="wipe"
          below={t('upkeep.caretaker.cleanHow')}
          onPress={() => act({ type: 'upkeep', command: { do: 'clean' } })}
        >
          {t('upkeep.caretaker.clean')}
        </Row>
        <Row
          look="big"
          icon="clock"
          below={
            page.awayUntilMs === null
              ? t('upkeep.away.why')
              : t('upkeep.away.until', { when: whenText(page.awayUntilMs, view.wallMs, language) })
          }
          onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'away' } })}
        >
          {t('upkeep.away.title')}
        </Row>
        <Row
          look="big"
          icon="tool"
          below={t('upkeep.caretaker.devicesHow')}
          onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'devices' } })}
        >
          {t('upkeep.caretaker.devices')}
        </Row>
        <Row
          look="big"
          icon="send"
          below={t('upkeep.queue.wayHow')}
          onPress={() => act({ type: 'upkeep', command: { do: 'go', to: 'queue' } })}
        >
          {t('upkeep.queue.way')}
        </Row>
      </Stack>
    </Section>
  );
}
