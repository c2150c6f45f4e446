import { HolderBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Section, Title } from '../parts/Section.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText } from '../words/format.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** An expired card: since when, where to renew it, and what needs no card. */
export function CardExpired({ page }: { page: PageOf<'card-expired'> }) {
  const { t, view, language } = useScreen();
  const date = dateText(page.validTo, view.wallMs, language);
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('expired.until', { date })}>{t('expired.title')}</Title>
        <div className={styles.block}>
          <Notice look="waiting" icon="card" title={t('expired.renew')}>
            {t('expired.renewHow')}
          </Notice>
        </div>
        {page.tiles.length > 0 && (
          <Section title={t('expired.still')}>
            <TileGrid tiles={page.tiles} />
          </Section>
        )}
      </Pane>
      <VisitFoot />
    </>
  );
}
