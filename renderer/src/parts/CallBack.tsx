import type { AgentCommand } from '../../../terminal/api.ts';
import type { PageOf } from '../pages/page-of.ts';
import { useScreen } from '../screen-context.ts';
import { dateText } from '../words/format.ts';
import { Chip, Chips } from './Chip.tsx';
import { Line } from './Notice.tsx';
import { Section } from './Section.tsx';

const DAYS = [0, 1, 2, 7] as const satisfies Extract<AgentCommand, { do: 'promise-call' }>['days'][];

/** Beside an agent, on the page of a case: by which day they will call about it. */
export function CallBack({ promised }: { promised: NonNullable<PageOf<'case'>['callBack']> }) {
  const { t, act, view, language } = useScreen();
  if (promised.day !== null) {
    const date = dateText(promised.day, view.wallMs, language);
    return <Line look="done">{t('agentDesk.work.promiseKept', { date })}</Line>;
  }
  return (
    <Section title={t('agentDesk.work.promise')} aside={t('agentDesk.work.promiseHow')}>
      <Chips>
        {DAYS.map((days) => (
          <Chip key={days} onPress={() => act({ type: 'agent', command: { do: 'promise-call', days } })}>
            {t(`agentDesk.work.promise-${days}`)}
          </Chip>
        ))}
      </Chips>
    </Section>
  );
}
