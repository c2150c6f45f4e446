import { AgentNotices } from '../parts/AgentNotices.tsx';
import { AgentWorkRows } from '../parts/AgentWorkRows.tsx';
import { PlaceBar } from '../parts/Bar.tsx';
import { CardArt } from '../parts/CardArt.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

const MOODS = { ready: 'place', reading: 'reading', down: 'again' } as const;

/** An agent alone: nothing is shown and nothing can be done before a resident lays their card. */
export function AgentDesk({ page }: { page: PageOf<'agent-desk'> }) {
  const { t, act } = useScreen();
  const how = { ready: 'agentDesk.how', reading: 'agentDesk.reading', down: 'agentDesk.down' } as const;
  return (
    <>
      <PlaceBar />
      <Pane align="middle">
        <AgentNotices notices={page.notices} />
        <div className={styles.centre} role="status">
          <h1>
            <Soft fits={8}>{t('agentDesk.title')}</Soft>
          </h1>
          <p>
            {page.sitting.done > 0 && page.reader === 'ready'
              ? t('agentDesk.work.sitting', { n: page.sitting.done })
              : t(page.absent > 0 && page.reader === 'ready' ? 'entrust.deskHow' : how[page.reader])}
          </p>
          <CardArt mood={MOODS[page.reader]} size="small" />
        </div>
        <Stack>
          {(page.absent > 0 || page.absentThere === 'offline') && (
            <Row
              look="strong"
              icon="people"
              below={
                page.absent > 0 ? t('entrust.absentHow', { n: page.absent }) : t('entrust.absentOffline')
              }
              onPress={() => act({ type: 'agent', command: { do: 'absent-list' } })}
            >
              {t('entrust.absent')}
            </Row>
          )}
          <AgentWorkRows work={page.work} />
        </Stack>
      </Pane>
      <VisitFoot>
        <Key icon="leave" grow onPress={() => act({ type: 'leave' })}>
          {t('acting.out')}
        </Key>
      </VisitFoot>
    </>
  );
}
