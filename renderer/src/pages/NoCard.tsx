import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** What is open to anyone. */
export function NoCard({ page }: { page: PageOf<'no-card'> }) {
  const { t, act, view } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{t('noCard.title')}</Title>
        {page.tiles.length > 0 && (
          <div className={styles.block}>
            <TileGrid tiles={page.tiles} low />
          </div>
        )}
        <div className={styles.block}>
          <Stack>
            {view.takesPhoneCode && (
              <Row
                icon="phone"
                look="strong"
                below={t('code.phone.openHow')}
                onPress={() => act({ type: 'go', to: 'phone-code' })}
              >
                {t('code.phone.open')}
              </Row>
            )}
            <Row icon="find" look="strong" onPress={() => act({ type: 'go', to: 'find' })}>
              {t('find.open')}
            </Row>
            <Row icon="list" look="strong" onPress={() => act({ type: 'go', to: 'categories' })}>
              {t('home.categories')}
            </Row>
            <Row
              icon="slip"
              look="strong"
              below={t('slip.openHow')}
              onPress={() => act({ type: 'go', to: 'slip-lookup' })}
            >
              {t('slip.open')}
            </Row>
            <Row icon="book" look="strong" onPress={() => act({ type: 'go', to: 'guides' })}>
              {t('guides.title')}
            </Row>
            <Row icon="shield" look="strong" onPress={() => act({ type: 'go', to: 'emergency' })}>
              {t('noCard.emergency')}
            </Row>
            <Row icon="card" look="strong" onPress={() => act({ type: 'go', to: 'lost-card' })}>
              {t('noCard.lostCard')}
            </Row>
          </Stack>
        </div>
        <p className={styles.aside}>{t('noCard.rest')}</p>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
