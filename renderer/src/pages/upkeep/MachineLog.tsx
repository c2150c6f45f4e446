import { Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import styles from './MachineLog.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

/** What the machine's program logged since its start: declared events, the newest first. */
export function MachineLog({ page: { lines } }: { page: PageOf<'machine-log'> }) {
  const { t, view, language } = useScreen();
  return (
    <UpkeepFrame title={t('upkeep.bar.maintainer')}>
      <Title why={t('care.log.how')}>{t('care.log.title')}</Title>
      {lines.length === 0 && <p>{t('care.log.none')}</p>}
      <ol className={styles.lines} lang="en">
        {lines.map(({ atMs, event, words }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are their places
          <li key={at}>
            <span>{momentText(atMs, view.wallMs, language)}</span> <b>{event}</b> {words}
          </li>
        ))}
      </ol>
    </UpkeepFrame>
  );
}
