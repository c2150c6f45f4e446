import type { ReactNode } from 'react';
import type { View } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import { barTime, dateText } from '../words/format.ts';
import styles from './Bar.module.css';
import { Icon } from './Icon.tsx';

/** The line at the top of a page: what or who on the left, the time or the step on the right. */
export function Bar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  const { view } = useScreen();
  const { acting } = view;
  return (
    <header className={`${styles.bar} ${acting ? styles.acted : ''}`}>
      <div className={styles.start}>{children}</div>
      {end && <div className={styles.end}>{end}</div>}
      {acting && <Acting acting={acting} />}
    </header>
  );
}

/** Whose matter it is and who acts, on every page for as long as an agent is signed in. */
function Acting({ acting }: { acting: NonNullable<View['acting']> }) {
  const { t } = useScreen();
  return (
    <p className={`${styles.acting} ${acting.forWhom === null ? styles.idle : ''}`} data-private="">
      <Icon name="people" small />
      <span>
        {useActingWords(acting)}
        {acting.stale && <small>{t('acting.stale')}</small>}
      </span>
    </p>
  );
}

/** Who acts, for whom, and on whose recorded word where they are not here. */
function useActingWords({ agent: masked, forWhom, authorityUntil }: NonNullable<View['acting']>): string {
  const { t, say, language } = useScreen();
  const agent = say(masked);
  if (forWhom === null) return t('acting.alone', { agent });
  const name = say(forWhom);
  return authorityUntil === null
    ? t('acting.for', { agent, name })
    : t('entrust.acting', { agent, name, day: dateText(authorityUntil, null, language) });
}

/** The time; whoever listens has no use for it. */
export function Clock() {
  const { view, language } = useScreen();
  return <span data-say="">{barTime(view.wallMs, language)}</span>;
}

/** The bar of pages that belong to nobody: the county, the village, the time. */
export function PlaceBar() {
  const { t, say, view, language } = useScreen();
  return (
    <Bar end={<Clock />}>
      <b>{t('bar.service', { county: say(view.place.county) })}</b>
      <span>
        {language === 'zh' ? `${view.place.town.zh}${view.place.village.zh}` : view.place.village.en}
      </span>
    </Bar>
  );
}

/** The bar of pages that belong to the person of this visit; the place where nobody is known. */
export function HolderBar() {
  const { t, view } = useScreen();
  if (view.holder === null) return <PlaceBar />;
  return (
    <Bar end={<Clock />}>
      <b data-private="">{t(view.byPhone ? 'code.phone.bar' : 'bar.holder', { name: view.holder })}</b>
    </Bar>
  );
}

/** The bar of pages inside a matter. */
export function MatterBar({ head, end }: { head: MatterHead; end?: ReactNode }) {
  const { t, say } = useScreen();
  return (
    <Bar end={end}>
      {head.private && <Icon name="lock" small />}
      <b>{say(head.name)}</b>
      {head.sample && <span className={styles.sample}>{t('bar.sample')}</span>}
      {head.forWhom && <span>{t('bar.forWhom', { name: say(head.forWhom) })}</span>}
    </Bar>
  );
}

type Text = { readonly zh: string; readonly en: string };
interface MatterHead {
  readonly name: Text;
  readonly forWhom: Text | null;
  readonly sample: boolean;
  readonly private: boolean;
}
