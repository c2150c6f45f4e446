import { HolderBar, PlaceBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Urgent } from '../parts/Urgent.tsx';
import { useScreen } from '../screen-context.ts';
import { whenText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';
import styles from './UrgentNotice.module.css';

/** An emergency between two pages: one key leads on; an agent says by it that the village has it, and how things stand. */
export function UrgentNotice({ page }: { page: PageOf<'urgent-notice'> }) {
  const { t, act, view } = useScreen();
  const know = () => act({ type: 'notice', command: { do: 'know' } });
  return (
    <>
      {view.holder === null ? <PlaceBar /> : <HolderBar />}
      <Pane>
        <Urgent notice={page.notice} />
        <div className={styles.below}>
          <Below page={page} />
        </div>
      </Pane>
      <VisitFoot>
        {page.asks === 'answer' ? (
          <>
            <Key grow onPress={know}>
              {t('notice.urgent.later')}
            </Key>
            <Key look="main" grow onPress={() => act({ type: 'notice', command: { do: 'answer' } })}>
              {t(page.answered === null ? 'notice.urgent.report' : 'notice.urgent.reportAgain')}
            </Key>
          </>
        ) : (
          <Key look="main" grow onPress={know}>
            {t(page.asks === 'acknowledge' ? 'notice.urgent.agentKnow' : 'notice.urgent.know')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

/** What stands below it: what the key does, or what the village said. */
function Below({ page: { asks, answered } }: { page: PageOf<'urgent-notice'> }) {
  const { t, view } = useScreen();
  if (asks === 'read') return view.holder === null ? null : <p>{t('notice.urgent.goesOn')}</p>;
  if (asks === 'acknowledge') return <p>{t('notice.urgent.agentHow')}</p>;
  if (answered === null)
    return (
      <>
        <Line look="done">{t('notice.urgent.said')}</Line>
        <p>{t('notice.urgent.reportHow')}</p>
      </>
    );
  return (
    <Line look={answered.delivered ? 'done' : 'waiting'}>
      {t('notice.urgent.reported', { when: whenText(answered.atMs, view.wallMs, view.language) })}
      {' · '}
      {t(answered.delivered ? 'notice.urgent.delivered' : 'notice.urgent.kept')}
    </Line>
  );
}
