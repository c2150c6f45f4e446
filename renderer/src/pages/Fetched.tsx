import { AskedTrouble, Asking } from '../parts/AskedState.tsx';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { momentText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';
import styles from './Shared.module.css';

/** What was looked up instead of being asked, before it stands; or why it is asked after all. */
export function Fetched({ page }: { page: PageOf<'fetched'> }) {
  const { t, say, act, view, language } = useScreen();
  const { state, facts, choices, asOfMs, mayAskAgain } = page;
  const isAsking = state === 'asking';
  const helps = facts.length > 0;
  const title = isAsking ? say(page.name) : t(titleOf(page));
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
        {choices.length > 0 && (
          <Section title={t('shared.which')}>
            <Stack>
              {choices.map((choice, index) => (
                <Row
                  key={choice.map(({ value }) => value.zh).join('/')}
                  look="strong"
                  below={choice
                    .slice(1)
                    .map(({ label, value }) => `${say(label)} ${say(value)}`)
                    .join(' · ')}
                  onPress={() => act({ type: 'go-on', choice: index })}
                >
                  {say(choice[0]?.value ?? page.name)}
                </Row>
              ))}
            </Stack>
          </Section>
        )}
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
        <Key look="main" onPress={() => act({ type: 'go-on', choice: null })}>
          {t(isAsking ? 'shared.skip' : choices.length > 0 ? 'shared.noneOfThem' : 'shared.goOn')}
        </Key>
      </VisitFoot>
    </>
  );
}

function titleOf({ facts, choices }: PageOf<'fetched'>) {
  if (choices.length > 0) return 'shared.foundSeveral';
  return facts.length > 0 ? 'shared.foundFill' : 'shared.noneFill';
}
