import type { PageOf } from '../pages/page-of.ts';
import { useScreen } from '../screen-context.ts';
import { Line } from './Notice.tsx';
import { Row } from './Row.tsx';
import { Stack } from './Section.tsx';

/** An agent's own work, on their desk: how the sitting goes, what is to be done, what today came to. */
export function AgentWorkRows({ page }: { page: PageOf<'agent-desk'> }) {
  const { t, act } = useScreen();
  const { work, sitting } = page;
  return (
    <Stack>
      {sitting.done > 0 && <Line look="done">{t('agentDesk.work.sitting', { n: sitting.done })}</Line>}
      <Row
        icon="list"
        look={work !== null && work.late > 0 ? 'tinted' : 'strong'}
        below={listWords(work, t)}
        onPress={() => act({ type: 'agent', command: { do: 'open-list' } })}
      >
        {t('agentDesk.work.list')}
      </Row>
      <Row
        icon="slip"
        look="strong"
        below={t('agentDesk.work.dayHow')}
        onPress={() => act({ type: 'agent', command: { do: 'open-day' } })}
      >
        {t('agentDesk.work.day')}
      </Row>
      <Row icon="tool" onPress={() => act({ type: 'agent', command: { do: 'open-repair' } })}>
        {t('agentDesk.work.repair')}
      </Row>
    </Stack>
  );
}

function listWords(work: PageOf<'agent-desk'>['work'], t: ReturnType<typeof useScreen>['t']): string {
  if (work === null) return t('agentDesk.work.listNotYet');
  if (work.items === 0) return t('agentDesk.work.listNone');
  return work.late > 0
    ? t('agentDesk.work.listLate', { n: work.items, late: work.late })
    : t('agentDesk.work.listCount', { n: work.items });
}
