import type { UpkeepCommand } from '../../../../terminal/api.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Row } from '../../parts/Row.tsx';
import { Section, Stack, Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { whenText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { UpkeepFrame } from './UpkeepFrame.tsx';

type Span = NonNullable<Extract<UpkeepCommand, { do: 'agent-away' }>['span']>;

const SPANS: readonly Span[] = ['hour', 'two-hours', 'half-day', 'today'];

/** The agent says for how long they go away, so that nobody waits before the machine for them. */
export function AgentAway({ page }: { page: PageOf<'agent-away'> }) {
  const { t, act, view, language } = useScreen();
  const say = (span: Span | null) => act({ type: 'upkeep', command: { do: 'agent-away', span } });
  return (
    <UpkeepFrame title={t('upkeep.away.title')}>
      <Title why={t('upkeep.away.why')}>{t('upkeep.away.title')}</Title>
      {page.awayUntilMs !== null && (
        <>
          <Notice
            look="waiting"
            icon="clock"
            title={t('upkeep.away.until', { when: whenText(page.awayUntilMs, view.wallMs, language) })}
          />
          <Stack>
            <Row icon="check" look="big" onPress={() => say(null)}>
              {t('upkeep.away.back')}
            </Row>
          </Stack>
        </>
      )}
      <Section title={t('upkeep.away.howLong')}>
        <Stack>
          {SPANS.map((span) => (
            <Row key={span} icon="clock" look="strong" onPress={() => say(span)}>
              {t(`upkeep.away.${span}`)}
            </Row>
          ))}
        </Stack>
      </Section>
    </UpkeepFrame>
  );
}
