import type { PageOf } from '../pages/page-of.ts';
import { useScreen } from '../screen-context.ts';
import styles from './AgentWorkRows.module.css';
import { Row } from './Row.tsx';

/** An agent's own work, on their desk: what is to be done, what today came to, what of the machine is broken. */
export function AgentWorkRows({ work }: { work: PageOf<'agent-desk'>['work'] }) {
  const { t, act } = useScreen();
  return (
    <div className={styles.rows}>
      <Row
        icon="list"
        look={work !== null && work.late > 0 ? 'tinted' : 'strong'}
        below={listWords(work, t)}
        onPress={() => act({ type: 'agent', command: { do: 'open-list' } })}
      >
        {t('agentDesk.work.list')}
      </Row>
      <div className={styles.pair}>
        <Row icon="slip" look="strong" onPress={() => act({ type: 'agent', command: { do: 'open-day' } })}>
          {t('agentDesk.work.day')}
        </Row>
        <Row icon="tool" look="strong" onPress={() => act({ type: 'agent', command: { do: 'open-repair' } })}>
          {t('agentDesk.work.repair')}
        </Row>
      </div>
    </div>
  );
}

function listWords(work: PageOf<'agent-desk'>['work'], t: ReturnType<typeof useScreen>['t']): string {
  if (work === null) return t('agentDesk.work.listNotYet');
  if (work.items === 0) return t('agentDesk.work.listNone');
  return work.late > 0
    ? t('agentDesk.work.listLate', { n: work.items, late: work.late })
    : t('agentDesk.work.listCount', { n: work.items });
}
