import { PlaceBar } from '../parts/Bar.tsx';
import { CardArt } from '../parts/CardArt.tsx';
import { Foot, FootRow, SettingsKey } from '../parts/Foot.tsx';
import { Hills } from '../parts/Hills.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';
import { UpkeepLink } from './upkeep/UpkeepLink.tsx';

/** The machine cannot serve anybody: whom to call, and that it keeps trying. */
export function OutOfService({ page }: { page: PageOf<'out-of-service'> }) {
  const { t, view } = useScreen();
  const { agentName, agentPhone, townPhone } = view.support;
  const isStarting = page.reason === 'starting';
  return (
    <>
      <PlaceBar />
      <Pane align="middle">
        <div className={`${styles.calm} ${styles.paned}`}>
          {isStarting && (
            <span className={styles.dots} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
          )}
          {!isStarting && <CardArt mood="down" size="small" />}
          <h1>
            <Soft fits={8}>{t(`outOfService.${page.reason}`)}</Soft>
          </h1>
          {page.words && <p>{page.words[view.language]}</p>}
          <p>{t(isStarting ? 'outOfService.startingHow' : 'outOfService.how')}</p>
          {!isStarting && (
            <dl className={styles.phones}>
              <div>
                <dt>{t('support.agent', { name: agentName })}</dt>
                <dd>{groupedNumber(agentPhone)}</dd>
              </div>
              <div>
                <dt>{t('support.town')}</dt>
                <dd>{groupedNumber(townPhone)}</dd>
              </div>
            </dl>
          )}
          {!isStarting && (
            <p>{t(page.reason === 'locked' ? 'outOfService.lockedKept' : 'outOfService.trying')}</p>
          )}
          {/* Without the store nobody can sign in: who they are is kept there. */}
          {page.reason !== 'store' && <UpkeepLink />}
        </div>
      </Pane>
      <Foot>
        <Hills />
        <FootRow>
          <SettingsKey />
        </FootRow>
      </Foot>
    </>
  );
}
