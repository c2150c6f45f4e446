import type { QueueEntryLine } from '../../../../terminal/api.ts';
import { Key } from '../../parts/Key.tsx';
import { Title } from '../../parts/Section.tsx';
import { useScreen } from '../../screen-context.ts';
import { momentText } from '../../words/format.ts';
import type { PageOf } from '../page-of.ts';
import { Limits } from './Limits.tsx';
import { Pairs } from './Pairs.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

const KINDS = ['urgent', 'case', 'audit'] as const;
/** Outcomes of a receipt, by their number (journal.md "Receipt"). */
const REASONS = [
  null,
  'signature',
  'unopenable',
  'large',
  'version',
  'format',
  'reused',
  'superseded',
] as const;

/** What the machine owes, entry by entry, and the key that sends it at once. Nothing here is of a person. */
export function Queue({ page }: { page: PageOf<'queue'> }) {
  const { t, act } = useScreen();
  const isMaintainers = page.role === 'maintainer';
  return (
    <UpkeepFrame
      title={t(`upkeep.bar.${page.role}`)}
      keys={
        <Key look="main" grow onPress={() => act({ type: 'upkeep', command: { do: 'try-now' } })}>
          {t('upkeep.queue.tryNow')}
        </Key>
      }
    >
      <Title>{t('upkeep.queue.title')}</Title>
      <Limits limits={page.limits} />
      {page.line && <Line line={page.line} />}
      {page.entries.length === 0 && <p className={styles.block}>{t('upkeep.queue.none')}</p>}
      <ul className={styles.queue}>
        {page.entries.map((entry) => (
          <Entry key={entry.ref} entry={entry} canOffer={isMaintainers} />
        ))}
      </ul>
      {page.more > 0 && <p className={styles.aside}>{t('upkeep.queue.more', { n: page.more })}</p>}
      {page.newKey && <NewKey state={page.newKey} />}
    </UpkeepFrame>
  );
}

/** Another signing key: rare, so it stands last. */
function NewKey({ state }: { state: NonNullable<PageOf<'queue'>['newKey']> }) {
  const { t, act } = useScreen();
  return (
    <section className={styles.owed}>
      <p className={styles.lead}>{t('upkeep.queue.newKey.title')}</p>
      <p className={styles.aside}>{t(`upkeep.queue.newKey.${state}`)}</p>
      {(state === 'possible' || state === 'failed') && (
        <Key onPress={() => act({ type: 'upkeep', command: { do: 'renew-key' } })}>
          {t('upkeep.queue.newKey.change')}
        </Key>
      )}
    </section>
  );
}

function Line({ line }: { line: NonNullable<PageOf<'queue'>['line']> }) {
  const { t, view, language } = useScreen();
  const pairs: [string, string][] = [
    [t('upkeep.queue.line'), t(`upkeep.queue.${line.online ? 'online' : 'offline'}`)],
  ];
  if (line.access !== 'served') pairs.push([t('upkeep.queue.access'), t(`upkeep.queue.${line.access}`)]);
  if (line.trouble !== null) pairs.push([t('upkeep.queue.trouble'), line.trouble]);
  if (line.nextTryMs !== null)
    pairs.push([t('upkeep.queue.next'), momentText(line.nextTryMs, view.wallMs, language)]);
  return <Pairs pairs={pairs} />;
}

function Entry({ entry, canOffer }: { entry: QueueEntryLine; canOffer: boolean }) {
  const { t, act, view, language } = useScreen();
  const { ref, journal, seq, state, outcome, tries, trouble, lostFiles } = entry;
  const reason = REASONS[outcome ?? 0] ?? null;
  return (
    <li className={styles.owed}>
      <div>
        <p className={styles.lead}>{t('upkeep.queue.entry', { journal, seq })}</p>
        <p className={styles.aside}>
          {t(`upkeep.queue.kind.${KINDS[entry.entryClass] ?? 'case'}`)} ·{' '}
          {momentText(entry.keptAtMs, view.wallMs, language)}
          {tries > 0 && ` · ${t('upkeep.queue.tries', { n: tries })}`}
          {trouble !== null && ` · ${trouble}`}
        </p>
      </div>
      <p className={state === 'refused' ? styles.look : undefined}>
        {t(`upkeep.queue.state.${state}`)}
        {reason !== null && ` · ${t(`upkeep.queue.why.${reason}`)}`}
      </p>
      {lostFiles > 0 && <p className={styles.look}>{t('upkeep.queue.lostFiles', { n: lostFiles })}</p>}
      {canOffer && state === 'refused' && (
        <Key onPress={() => act({ type: 'upkeep', command: { do: 'offer-again', entry: ref } })}>
          {t('upkeep.queue.again')}
        </Key>
      )}
    </li>
  );
}
