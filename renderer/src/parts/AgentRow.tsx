import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import { Row } from './Row.tsx';

/** The way on that is always there: who checks in person, when, and what to call. */
export function AgentRow() {
  const { t, say, act, view } = useScreen();
  const { agentName, agentPhone, agentHours } = view.support;
  const below = t('provePerson.agentHow', {
    name: agentName,
    phone: groupedNumber(agentPhone),
    hours: say(agentHours),
  });
  return (
    <Row icon="help" look="strong" below={below} onPress={() => act({ type: 'go', to: 'agent' })}>
      {t('provePerson.agent')}
    </Row>
  );
}
