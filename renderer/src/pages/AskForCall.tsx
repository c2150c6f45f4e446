import { Row } from '../parts/Row.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import { StageWord } from './StageWord.tsx';

/** To be called by the agent: asked for by one touch, or the wish that is open with what was said of it. */
export function AskForCall({ call }: { call: NonNullable<PageOf<'agent'>['call']> }) {
  const { t, act } = useScreen();
  const { matterId, before, said } = call;
  if (before === null)
    return (
      <Row
        icon="clock"
        look="tinted"
        below={t('agent.call.how')}
        onPress={() => act({ type: 'open-matter', matterId })}
      >
        {t('agent.call.ask')}
      </Row>
    );
  return (
    <Row
      icon="check"
      look="tinted"
      below={said ? <span lang="zh-CN">{said}</span> : <StageWord stage={before.stage} />}
      onPress={() => act({ type: 'open-case', ref: before.ref })}
    >
      {t('agent.call.noted')}
    </Row>
  );
}
