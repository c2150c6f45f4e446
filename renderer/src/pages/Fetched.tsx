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

/** Waiting for what is looked up instead of being asked; which of several is meant, or why it is asked after all. */
export function Fetched({ page }: { page: PageOf<'fetched'> }) {
  const { t, say, act, view, language } = useScreen();
  const { state, choices, asOfMs, mayAskAgain } = page;
  const isAsking = state === 'asking';
  const title = isAsking ? say(page.name) : t(choices.length > 0 ? 'shared.foundSeveral' : 'shared.noneFill');
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
        {isAsking && (
          <>
            <Asking />
            {/* Not where the next page, which comes by itself, has the key that leads on. */}
            <Key grow onPress={() => act({ type: 'go-on', choice: null })}>
              {t('shared.skip')}
            </Key>
          </>
        )}
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
      </Pane>
      <VisitFoot>
        {mayAskAgain ? (
          <Key onPress={() => act({ type: 'ask-again' })}>{t('shared.again')}</Key>
        ) : (
          <BackKey isStep />
        )}
        {!isAsking && (
          <Key look="main" onPress={() => act({ type: 'go-on', choice: null })}>
            {t(choices.length > 0 ? 'shared.noneOfThem' : 'shared.goOn')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}
