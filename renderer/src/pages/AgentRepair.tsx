import { PlaceBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './AgentWork.module.css';
import type { PageOf } from './page-of.ts';

/** What of the machine is broken: one touch each, for the county to read. */
export function AgentRepair({ page }: { page: PageOf<'agent-repair'> }) {
  const { t, act } = useScreen();
  return (
    <>
      <PlaceBar />
      <Pane>
        <Title why={t('agentDesk.work.repairHow')}>{t('agentDesk.work.repair')}</Title>
        <div className={styles.items}>
          <Stack>
            {page.parts.map(({ part, asked }) =>
              asked ? (
                <Line key={part} look="done">
                  {`${t(`agentDesk.work.part.${part}`)} · ${t('agentDesk.work.repairAsked')}`}
                </Line>
              ) : (
                <Row
                  key={part}
                  icon="tool"
                  look="strong"
                  onPress={() => act({ type: 'agent', command: { do: 'order-repair', part } })}
                >
                  {t(`agentDesk.work.part.${part}`)}
                </Row>
              ),
            )}
          </Stack>
        </div>
      </Pane>
      <VisitFoot withHelp={false}>
        <BackKey />
      </VisitFoot>
    </>
  );
}
