import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber, momentText } from '../words/format.ts';
import styles from './Print.module.css';
import type { PageOf } from './page-of.ts';

/** A printed certificate that was held up: what it proves by itself, to be compared with the paper. */
export function CertificateAnswer({ page }: { page: PageOf<'certificate-answer'> }) {
  const { t, say, view, language } = useScreen();
  const moment = (atMs: number) => momentText(atMs, view.wallMs, language);
  const lines = [
    [t('print.name'), page.name],
    ...(page.what ? [[t('print.what'), say(page.what)]] : []),
    ...(page.from ? [[t('print.source'), say(page.from)]] : []),
    [t('print.asOf'), moment(page.asOfMs)],
  ];
  return (
    <>
      <HolderBar />
      <Pane>
        <Title>{t('print.certificate', { number: groupedNumber(page.number) })}</Title>
        <div className={styles.notes}>
          <Notice look="done" icon="check" title={t('print.genuine', { time: moment(page.issuedAtMs) })}>
            {t('print.genuineHow')}
          </Notice>
        </div>
        <dl className={styles.sheet}>
          {lines.map(([label, value]) => (
            <div key={label} className={styles.line}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Pane>
      <VisitFoot>
        <BackKey isStep={false} />
      </VisitFoot>
    </>
  );
}
