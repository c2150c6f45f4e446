import type { View } from '../../../terminal/api.ts';
import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber, whenText } from '../words/format.ts';
import styles from './Agent.module.css';
import { UpkeepLink } from './upkeep/UpkeepLink.tsx';

/** Who helps, when, and what to call. */
export function Agent() {
  const { t, say, view } = useScreen();
  const { agentName, agentPhone, agentHours, townPhone } = view.support;
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('agent.how')}>{t('agent.title')}</Title>
        <section className={styles.agent}>
          <div className={styles.face}>
            <Icon name="people" />
          </div>
          <div>
            <p className={styles.role}>{t('agent.name')}</p>
            <p className={styles.name} lang="zh-CN">
              {agentName}
            </p>
          </div>
          <p className={styles.phone}>{groupedNumber(agentPhone)}</p>
          {view.agentNow !== null && <Whereabouts now={view.agentNow} />}
          <p className={styles.hours}>
            <span>{t('agent.hours')}</span>
            {say(agentHours)}
          </p>
        </section>
        <section className={styles.town}>
          <p>{t(view.agentNow === null || view.agentNow.at === 'here' ? 'agent.town' : 'agent.elsewhere')}</p>
          <p className={styles.second}>{groupedNumber(townPhone)}</p>
        </section>
        {view.holder === null && (
          <div className={styles.upkeep}>
            <UpkeepLink />
          </div>
        )}
      </Pane>
      <VisitFoot withHelp={false}>
        <BackKey />
      </VisitFoot>
    </>
  );
}

/** Whether the agent is there now, and if not, when. */
function Whereabouts({ now }: { now: NonNullable<View['agentNow']> }) {
  const { t, view, language } = useScreen();
  if (now.at === 'here')
    return (
      <p className={`${styles.now} ${styles.here}`}>
        <Icon name="check" small />
        {t('agent.here')}
      </p>
    );
  const words =
    now.backMs === null
      ? t('agent.outNow')
      : t(now.at === 'away' ? 'agent.away' : 'agent.out', {
          when: whenText(now.backMs, view.wallMs, language),
        });
  return (
    <p className={styles.now}>
      <Icon name="clock" small />
      {words}
    </p>
  );
}
