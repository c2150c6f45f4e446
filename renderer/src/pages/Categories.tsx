import { HolderBar } from '../parts/Bar.tsx';
import { Chip, Chips } from '../parts/Chip.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** Every category, and finding by words for whoever does not know which one it is. */
export function Categories({ page }: { page: PageOf<'categories'> }) {
  const { t, say, act } = useScreen();
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{t('home.categories')}</Title>
        <div className={styles.block}>
          <Row icon="find" look="strong" onPress={() => act({ type: 'go', to: 'find' })}>
            {t('find.open')}
          </Row>
        </div>
        <div className={styles.block}>
          <Chips>
            {page.categories.map(({ id, name }) => (
              <Chip key={id} onPress={() => act({ type: 'open-category', categoryId: id })}>
                {say(name)}
              </Chip>
            ))}
          </Chips>
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
