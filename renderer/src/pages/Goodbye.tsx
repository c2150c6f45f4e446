import { PlaceBar } from '../parts/Bar.tsx';
import { CardArt } from '../parts/CardArt.tsx';
import { Foot, FootRow } from '../parts/Foot.tsx';
import { Hills } from '../parts/Hills.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { ListenKey } from '../voice/VoiceControls.tsx';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';

/** The visit is over: take what is yours. */
export function Goodbye({ page }: { page: PageOf<'goodbye'> }) {
  const { t } = useScreen();
  return (
    <>
      <PlaceBar />
      <Pane align="middle">
        <div className={`${styles.calm} ${styles.paned}`}>
          {page.takeCard && <CardArt mood="read" size="small" />}
          <h1 className={styles.hero}>
            <Soft fits={8}>{t('goodbye.title')}</Soft>
          </h1>
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
        </div>
      </Pane>
      <Foot>
        <Hills />
        <FootRow>
          <ListenKey />
        </FootRow>
      </Foot>
    </>
  );
}
