import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
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
          <p className={styles.hours}>
            <span>{t('agent.hours')}</span>
            {say(agentHours)}
          </p>
        </section>
        <section className={styles.town}>
          <p>{t('agent.town')}</p>
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
