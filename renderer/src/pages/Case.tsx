import type { SlipState } from '../../../terminal/api.ts';
import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber, momentText } from '../words/format.ts';
import styles from './Cases.module.css';
import { History } from './History.tsx';
import type { PageOf } from './page-of.ts';

/** One case: its numbers, and every step it has come. */
export function Case({ page }: { page: PageOf<'case'> }) {
  const { t, say, view, language } = useScreen();
  const moment = (atMs: number) => momentText(atMs, view.wallMs, language);
  const news = page.asOfMs === null ? t('cases.noNews') : t('cases.asOf', { time: moment(page.asOfMs) });
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={news}>{say(page.line.name)}</Title>
        <dl className={styles.numbers}>
          <CaseNumber label={t('case.number')} value={groupedNumber(page.localNumber)} />
          <CaseNumber label={t('case.code')} value={page.slipCode} />
          {page.provinceNumber !== null && (
            <CaseNumber label={t('case.province')} value={page.provinceNumber} isLong />
          )}
        </dl>
        <Section title={t('case.history')}>
          <History steps={page.history} />
        </Section>
        <div className={styles.slip}>
          {page.slip !== null && <Slip state={page.slip} owed={page.line.slipOwed} />}
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

function CaseNumber({ label, value, isLong = false }: { label: string; value: string; isLong?: boolean }) {
  return (
    <div className={isLong ? styles.long : undefined}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Slip({ state, owed }: { state: SlipState; owed: boolean }) {
  const { t, act, view } = useScreen();
  if (state === 'printing') return <Line look="done">{t('case.printing')}</Line>;
  if (state === 'no-printer' || view.slipPrinter === 'down') {
    return <Line look="waiting">{t('case.no-printer')}</Line>;
  }
  const word = state === 'printed' ? t('case.print') : t(`case.${state}`);
  return (
    <Row icon="slip" look={owed ? 'tinted' : 'plain'} onPress={() => act({ type: 'print-slip' })}>
      {word}
    </Row>
  );
}
