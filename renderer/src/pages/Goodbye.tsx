import { PlaceBar } from '../parts/Bar.tsx';
import { CardArt } from '../parts/CardArt.tsx';
import { Hills } from '../parts/Hills.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** The visit is over: take what is yours. */
export function Goodbye({ page }: { page: PageOf<'goodbye'> }) {
  const { t } = useScreen();
  return (
    <>
      <PlaceBar />
      <main className={styles.calm}>
        {page.takeCard && <CardArt mood="read" size="small" />}
        <h1 className={styles.hero}>{t('goodbye.title')}</h1>
        <ul className={styles.take}>
          {page.takeCard && (
            <li>
              <Icon name="card" />
              {t('goodbye.card')}
            </li>
          )}
          {page.takeSlip && (
            <li>
              <Icon name="slip" />
              {t('goodbye.slip')}
            </li>
          )}
          {page.takePaper && (
            <li>
              <Icon name="print" />
              {t('goodbye.paper')}
            </li>
          )}
        </ul>
        <p>{t('goodbye.cleared')}</p>
        <Hills />
      </main>
    </>
  );
}
