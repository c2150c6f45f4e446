import type { Page } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import { Notice } from './Notice.tsx';
import styles from './PublicNotices.module.css';

type NoticeOf = Extract<Page, { kind: 'attract' }>['notices'][number];

/** Notices one below the other, each with who stands by it; first, why the machine takes nothing new, if so. */
export function PublicNotices(props: {
  notices: readonly NoticeOf[];
  stopped?: Extract<Page, { kind: 'attract' }>['stopped'];
}) {
  const { notices, stopped = null } = props;
  const { say } = useScreen();
  return (
    <div className={styles.notices}>
      {stopped !== null && <Notice look="waiting" title={say(stopped)} />}
      {notices.map((notice) => (
        <Notice
          key={`${notice.title.zh} ${notice.byline.zh}`}
          look={notice.danger ? 'danger' : 'plain'}
          title={say(notice.title)}
        >
          {say(notice.body)}
          <span className={styles.byline}>{say(notice.byline)}</span>
        </Notice>
      ))}
    </div>
  );
}
