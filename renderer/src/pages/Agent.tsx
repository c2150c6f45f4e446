import { yuanText } from '../../../catalog/text.ts';
import type { View } from '../../../terminal/api.ts';
import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber, whenText } from '../words/format.ts';
import styles from './Agent.module.css';
import { AskForCall } from './AskForCall.tsx';
import type { PageOf } from './page-of.ts';
import { UpkeepLink } from './upkeep/UpkeepLink.tsx';

/** Who helps, when, and what to call. */
export function Agent({ page }: { page: PageOf<'agent'> }) {
  const { t, say, view, act } = useScreen();
  const { agentName, agentPhone, agentHours, townPhone } = view.support;
  if (page.acting !== null)
    return <Mine acting={page.acting} openCashFen={page.openCashFen} entrusts={page.entrusts} />;
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
        {page.call !== null && (
          <div className={styles.mine}>
            <AskForCall call={page.call} />
          </div>
        )}
        {page.signIn && (
          <div className={styles.signIn}>
            <Key icon="people" onPress={() => act({ type: 'agent', command: { do: 'sign-in' } })}>
              {t('acting.signIn')}
            </Key>
          </div>
        )}
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

/** What an agent who is signed in may do; the resident sees it too. */
function Mine({
  acting,
  openCashFen,
  entrusts,
}: {
  acting: NonNullable<PageOf<'agent'>['acting']>;
  openCashFen: number | null;
  entrusts: boolean;
}) {
  const { t, say, act } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('acting.mineHow')}>{t('acting.mine')}</Title>
        <div className={styles.mine}>
          <Stack>
            {openCashFen !== null && (
              <Row
                look="big"
                icon="cash"
                below={t('pay.cash.openHow')}
                onPress={() => act({ type: 'cash', command: { do: 'resume' } })}
              >
                {t('pay.cash.open', { yuan: say(yuanText(openCashFen)) })}
              </Row>
            )}
            {acting === 'beside' && (
              <>
                <Row
                  look="big"
                  icon="back"
                  below={t('acting.handBackHow')}
                  onPress={() => act({ type: 'agent', command: { do: 'hand-back' } })}
                >
                  {t('acting.handBack')}
                </Row>
                <Row
                  look="big"
                  icon="people"
                  below={t('acting.nextHow')}
                  onPress={() => act({ type: 'agent', command: { do: 'next-resident' } })}
                >
                  {t('acting.next')}
                </Row>
              </>
            )}
            {entrusts && (
              <Row
                look="big"
                icon="check"
                below={t('entrust.giveHow')}
                onPress={() => act({ type: 'agent', command: { do: 'entrust' } })}
              >
                {t('entrust.give')}
              </Row>
            )}
            <Row
              look="big"
              icon="lock"
              below={t('acting.newPinHow')}
              onPress={() => act({ type: 'agent', command: { do: 'change-pin' } })}
            >
              {t('acting.newPin')}
            </Row>
          </Stack>
        </div>
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
