import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { ScanArt } from '../parts/ScanArt.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import type { PageOf } from './page-of.ts';
import styles from './SlipLookup.module.css';

/** Asks for a code on the phone, in the place of a card: where to hold it, and what was wrong with the last one. */
export function PhoneCode({ page }: { page: PageOf<'phone-code'> }) {
  const { t } = useScreen();
  const { trouble, checking, app } = page;
  const isDown = page.scanner === 'down';
  const mood = isDown ? 'down' : trouble === null ? 'hold' : 'again';
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={isDown ? t('code.downHow') : t('code.phone.how', { app })}>
          {t(isDown ? 'code.down' : 'code.phone.title')}
        </Title>
        <div className={styles.problem}>
          {checking && (
            <Notice look="plain" icon="clock" title={t('code.phone.checking')} announce>
              {t('code.phone.checkingHow')}
            </Notice>
          )}
          {trouble !== null && (
            <Notice look="waiting" icon="warn" title={t(`code.phone.trouble.${trouble}`)} announce>
              {t(`code.phone.troubleHow.${trouble}`, { app })}
            </Notice>
          )}
        </div>
        <div className={styles.art}>
          <ScanArt mood={mood} held="phone" />
        </div>
        <div className={styles.notes}>
          {!isDown && trouble === null && <Notice look="plain" icon="phone" title={t('code.phone.hold')} />}
          <Notice look="plain" icon="shield" title={t('code.phone.opens')}>
            {t('code.phone.once')}
          </Notice>
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}
