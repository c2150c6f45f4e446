import { AskedTrouble, Asking } from '../parts/AskedState.tsx';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { momentText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';
import styles from './Shared.module.css';

/** What was looked up instead of being asked, before it stands; or why it is asked after all. */
export function Fetched({ page }: { page: PageOf<'fetched'> }) {
  const { t, say, act, view, language } = useScreen();
  const { state, facts, asOfMs, mayAskAgain } = page;
  const isAsking = state === 'asking';
  const helps = facts.length > 0;
  const title = isAsking ? say(page.name) : t(helps ? 'shared.foundFill' : 'shared.noneFill');
  const source =
    asOfMs === null
      ? say(page.from)
      : t('shared.by', { from: say(page.from), time: momentText(asOfMs, view.wallMs, language) });
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Title why={source}>{title}</Title>
        <AskedTrouble state={state} afterS={page.afterS} />
        {isAsking && <Asking />}
        {helps && (
          <>
            <dl className={`${styles.facts} ${styles.strong}`}>
              {facts.map(({ label, value, questionId }) => (
                <div key={questionId} className={styles.line}>
                  <dt>{say(label)}</dt>
                  <dd>{say(value)}</dd>
                </div>
              ))}
            </dl>
            <p className={styles.aside}>{t('shared.foundFillWhy')}</p>
          </>
        )}
      </Pane>
      <VisitFoot>
        {mayAskAgain ? (
          <Key onPress={() => act({ type: 'ask-again' })}>{t('shared.again')}</Key>
        ) : (
          <BackKey isStep />
        )}
        <Key look="main" onPress={() => act({ type: 'go-on' })}>
          {t(isAsking ? 'shared.skip' : 'shared.goOn')}
        </Key>
      </VisitFoot>
    </>
  );
}
