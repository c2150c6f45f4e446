import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { TileGrid } from '../parts/Tile.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** More tiles than these stand closer. */
const FEW_TILES = 8;

/** The matters of one category. */
export function Category({ page }: { page: PageOf<'category'> }) {
  const { t, say, view } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{say(page.name)}</Title>
        {view.network === 'offline' && (
          <div className={styles.block}>
            <Line look="waiting">{t('notice.offline')}</Line>
          </div>
        )}
        <div className={styles.block}>
          <TileGrid tiles={page.tiles} low={page.tiles.length > FEW_TILES} />
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
