import { HolderBar } from '../parts/Bar.tsx';
import { VisitFoot } from '../parts/Foot.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText } from '../words/format.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** A card that is not valid today: why, what to do about it, and what needs no card. */
export function CardNotValid({ page }: { page: PageOf<'card-not-valid'> }) {
  const { t, act, view, language } = useScreen();
  const date = dateText(page.date, view.wallMs, language);
  const words =
    page.why === 'expired'
      ? {
          title: t('expired.title'),
          why: t('expired.until', { date }),
          advice: t('expired.renew'),
          how: t('expired.renewHow'),
        }
      : {
          title: t('notYetValid.title'),
          why: t('notYetValid.from', { date }),
          advice: t('notYetValid.use'),
          how: t('notYetValid.useHow'),
        };
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={words.why}>{words.title}</Title>
        <div className={styles.block}>
          <Notice look="waiting" icon="card" title={words.advice}>
            {words.how}
          </Notice>
        </div>
        {page.tiles.length > 0 && (
          <Section title={t('expired.still')}>
            <TileGrid tiles={page.tiles} low />
          </Section>
        )}
        <div className={styles.block}>
          <Stack>
            <Row icon="find" look="strong" onPress={() => act({ type: 'go', to: 'find' })}>
              {t('find.open')}
            </Row>
            <Row icon="list" look="strong" onPress={() => act({ type: 'go', to: 'categories' })}>
              {t('home.categories')}
            </Row>
          </Stack>
        </div>
      </Pane>
      <VisitFoot />
    </>
  );
}
