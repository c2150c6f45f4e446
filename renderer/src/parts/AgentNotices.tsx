import type { Page } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import styles from './PublicNotices.module.css';
import { Row } from './Row.tsx';

type Listed = Extract<Page, { kind: 'agent-desk' }>['notices'];

/** The emergencies in force, on an agent's own page: each leads to what the village says to it. */
export function AgentNotices({ notices }: { notices: Listed }) {
  const { t, say, act } = useScreen();
  return (
    <div className={styles.notices}>
      {notices.map(({ noticeId, title, answered }) => (
        <Row
          key={noticeId}
          icon="warn"
          look="tinted"
          below={t(answered ? 'notice.urgent.reportAgain' : 'notice.urgent.notReported')}
          onPress={() => act({ type: 'notice', command: { do: 'open', noticeId } })}
        >
          {say(title)}
        </Row>
      ))}
    </div>
  );
}
