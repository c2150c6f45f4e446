import type { SlipState } from '../../../terminal/api.ts';
import { HolderBar } from '../parts/Bar.tsx';
import { CallBack } from '../parts/CallBack.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line, Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { ResultPicture } from '../photo/ResultPicture.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, groupedNumber, momentText } from '../words/format.ts';
import styles from './Cases.module.css';
import { History } from './History.tsx';
import type { PageOf } from './page-of.ts';

/** One case: what waits for its person, its numbers, and every step it has come. */
export function Case({ page }: { page: PageOf<'case'> }) {
  const { t, say, act, view, language } = useScreen();
  const moment = (atMs: number) => momentText(atMs, view.wallMs, language);
  const news = page.asOfMs === null ? t('cases.noNews') : t('cases.asOf', { time: moment(page.asOfMs) });
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={news}>{say(page.line.name)}</Title>
        <Waiting page={page} />
        {page.callBack !== null && <CallBack promised={page.callBack} />}
        <dl className={styles.numbers}>
          <CaseNumber label={t('case.number')} value={groupedNumber(page.localNumber)} />
          <CaseNumber label={t('case.code')} value={page.slipCode} />
          {page.provinceNumber !== null && (
            <CaseNumber label={t('case.province')} value={page.provinceNumber} isLong />
          )}
        </dl>
        {page.picture !== null && <ResultPicture pictureRef={page.picture} />}
        <Section title={t('case.history')}>
          <History steps={page.history} />
        </Section>
        <div className={styles.slip}>
          <Stack>
            {page.slip !== null && <Slip state={page.slip} owed={page.line.slipOwed} />}
            {page.result?.paper && !page.result.collected && (
              <Row icon="check" onPress={() => act({ type: 'open-collection' })}>
                {t('ownCase.hasItKey')}
              </Row>
            )}
            {page.canWithdraw && (
              <Row icon="erase" onPress={() => act({ type: 'open-withdrawal' })}>
                {t('ownCase.withdrawKey')}
              </Row>
            )}
          </Stack>
        </div>
      </Pane>
      <Foot page={page} />
    </>
  );
}

/** What waits for the person, or what they have to know first. */
function Waiting({ page }: { page: PageOf<'case'> }) {
  const { t } = useScreen();
  const { ask, crossed, result, remedy, duplicateOf, place } = page;
  return (
    <div className={styles.waits}>
      {place !== null && (
        <Line look="plain">{t(ask === null ? 'ownCase.therePlace' : 'ownCase.thereHow', { place })}</Line>
      )}
      {crossed !== null && (
        <Notice
          look="waiting"
          icon="warn"
          title={t(crossed === 'withdrawal-late' ? 'ownCase.late' : 'ownCase.lateSupplement')}
        >
          {t('ownCase.lateHow')}
        </Notice>
      )}
      {duplicateOf !== null && (
        <Notice look="plain" icon="list" title={t('ownCase.duplicate')}>
          {t('ownCase.duplicateOf', { number: duplicateOf })}
        </Notice>
      )}
      {ask !== null && <Asked ask={ask} />}
      {result !== null && <Result result={result} />}
      {remedy !== null && <Remedy remedy={remedy} />}
    </div>
  );
}

function Asked({ ask }: { ask: NonNullable<PageOf<'case'>['ask']> }) {
  const { t, say, view, language } = useScreen();
  return (
    <section className={styles.ask}>
      <h2>{t('ownCase.ask')}</h2>
      {ask.by !== null && (
        <p className={styles.by}>{t('ownCase.askBy', { date: dateText(ask.by, view.wallMs, language) })}</p>
      )}
      {ask.passed && <p>{t('ownCase.askPassed')}</p>}
      {ask.items.length > 0 && (
        <ul>
          {ask.items.map((item) => (
            <li key={item.zh}>{say(item)}</li>
          ))}
        </ul>
      )}
      {ask.words !== null && <p lang="zh-CN">{ask.words}</p>}
      {!ask.canStart && <p>{t('ownCase.askNot')}</p>}
    </section>
  );
}

function Result({ result }: { result: NonNullable<PageOf<'case'>['result']> }) {
  const { t } = useScreen();
  if (result.collected) return <Line look="done">{t('ownCase.collected')}</Line>;
  if (result.how === 'print') return <Notice look="done" icon="print" title={t('ownCase.print')} />;
  return (
    <Notice look="done" icon="check" title={t('ownCase.collect')}>
      {result.where === null ? t('ownCase.collectAtTown') : t('ownCase.collectAt', { where: result.where })}
    </Notice>
  );
}

function Remedy({ remedy }: { remedy: NonNullable<PageOf<'case'>['remedy']> }) {
  const { t, view, language } = useScreen();
  return (
    <section className={styles.ask}>
      <h2>{t('ownCase.remedy')}</h2>
      {remedy.by !== null && (
        <p className={styles.by}>
          {t('ownCase.askBy', { date: dateText(remedy.by, view.wallMs, language) })}
        </p>
      )}
      <p lang="zh-CN">{remedy.words}</p>
    </section>
  );
}

/** The way back, and the one thing that is to be done now. */
function Foot({ page }: { page: PageOf<'case'> }) {
  const { t, say, act } = useScreen();
  const { ask, result } = page;
  const canFetch = result !== null && !result.collected;
  const hasKey = ask?.canStart === true || canFetch;
  return (
    <VisitFoot>
      <BackKey isStep={hasKey} />
      {ask?.canStart && (
        <Key look="main" onPress={() => act({ type: 'supplement' })}>
          {t('ownCase.askKey')}
        </Key>
      )}
      {canFetch && result.paper !== null && (
        <Key look="main" onPress={() => act({ type: 'open-result' })}>
          {t('ownCase.printKey', { name: say(result.paper.name) })}
        </Key>
      )}
      {canFetch && result.paper === null && (
        <Key look="main" onPress={() => act({ type: 'open-collection' })}>
          {t('ownCase.hasItKey')}
        </Key>
      )}
    </VisitFoot>
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
