import { AskedTrouble, Asking } from '../parts/AskedState.tsx';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, Foot, FootRow, HelpKey, LanguageKey, SettingsKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Seal } from '../parts/Seal.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber, momentText } from '../words/format.ts';
import plain from './Plain.module.css';
import styles from './Print.module.css';
import type { PageOf } from './page-of.ts';
import lookUp from './SlipLookup.module.css';

type PrintPage = PageOf<'print'>;
type Run<At extends PrintPage['run']['at']> = Extract<PrintPage['run'], { at: At }>;

/** A paper: what will stand on it, its printing, and until it is taken, the word to take it. */
export function Print({ page }: { page: PrintPage }) {
  const { run } = page;
  switch (run.at) {
    case 'preview':
      return <Preview page={page} />;
    case 'printing':
      return <Printing page={page} run={run} />;
    case 'take':
      return <Take page={page} run={run} />;
    case 'taken':
      return <Done page={page} />;
    case 'failed':
      return <Failed page={page} run={run} />;
  }
}

function Preview({ page }: { page: PrintPage }) {
  const { t, act } = useScreen();
  const { state, printable, mayAskAgain, printer } = page;
  const isNothing = state === 'nothing' && printable;
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Title why={useSource(page)}>{t('print.preview')}</Title>
        {!isNothing && <AskedTrouble state={state} afterS={page.afterS} />}
        {state === 'asking' && <Asking />}
        {printable && <Sheet page={page} />}
        <NotReady page={page} />
        {printable && <PrinterWord printer={printer} />}
      </Pane>
      <VisitFoot>
        <BackKey isStep />
        {mayAskAgain && (
          <Key look="main" onPress={() => act({ type: 'ask-again' })}>
            {t('shared.again')}
          </Key>
        )}
        {printable && printer !== 'down' && (
          <Key look="main" icon="print" onPress={() => act({ type: 'print' })}>
            {t('print.go')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

function useSource({ from, asOfMs }: PrintPage): string | undefined {
  const { t, say, view, language } = useScreen();
  if (from === null) return undefined;
  if (asOfMs === null) return say(from);
  return t('print.previewOf', { from: say(from), time: momentText(asOfMs, view.wallMs, language) });
}

/** The paper's own words, as far as a screen has room for them. */
function Sheet({ page: { official, facts, records, total, state } }: { page: PrintPage }) {
  const { t, say } = useScreen();
  return (
    <section className={styles.sheet} aria-label={t('print.onPaper')}>
      <h2 className={styles.official}>{say(official)}</h2>
      <Lines lines={facts} />
      {records.map((lines, index) => (
        <div key={[index, ...lines.map(({ value }) => value.zh)].join('/')} className={styles.record}>
          <Lines lines={lines} />
        </div>
      ))}
      {total > records.length && <p className={styles.more}>{t('print.more', { n: total })}</p>}
      {state === 'nothing' && (
        <p className={styles.record}>
          {t('print.nothing')}
          <br />
          {t('print.nothingHow')}
        </p>
      )}
    </section>
  );
}

/** What was found and may not be printed yet. */
function NotReady({ page: { waiting, printable } }: { page: PrintPage }) {
  const { t } = useScreen();
  if (waiting === 0) return null;
  return (
    <div className={styles.notes}>
      {printable ? (
        <Notice look="plain" icon="clock" title={t('print.someNotReady', { n: waiting })} />
      ) : (
        <Notice look="waiting" icon="clock" title={t('print.notReady')} announce>
          {t('print.notReadyHow')}
        </Notice>
      )}
    </div>
  );
}

function Lines({ lines }: { lines: PrintPage['facts'] }) {
  const { say } = useScreen();
  return (
    <dl>
      {lines.map(({ label, value }) => (
        <div key={label.zh} className={styles.line}>
          <dt>{say(label)}</dt>
          <dd>{say(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function PrinterWord({ printer }: Pick<PrintPage, 'printer'>) {
  const { t } = useScreen();
  if (printer === 'ok') return null;
  return (
    <div className={styles.notes}>
      {printer === 'down' ? (
        <Notice look="waiting" icon="print" title={t('print.printerDown')} announce>
          {t('print.printerDownHow')}
        </Notice>
      ) : (
        <Notice look="plain" icon="print" title={t('print.lowPaper')} />
      )}
    </div>
  );
}

function Printing({ page, run: { copy, copies } }: { page: PrintPage; run: Run<'printing'> }) {
  const { t } = useScreen();
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <div className={lookUp.asking} role="status">
          <div className={plain.centre}>
            <h1>
              <Soft fits={8}>
                {copies > 1 ? t('print.printingOf', { n: copy, copies }) : t('print.printing')}
              </Soft>
            </h1>
            <div className={`${plain.dots} ${lookUp.dots}`} aria-hidden="true">
              <i />
              <i />
              <i />
            </div>
            <p className={plain.second}>{t('print.printingHow')}</p>
          </div>
        </div>
      </Pane>
      <VisitFoot />
    </>
  );
}

function Take({ page, run: { sheets } }: { page: PrintPage; run: Run<'take'> }) {
  const { t, act } = useScreen();
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <div className={styles.hero} role="status">
          <Tray sheets={sheets} />
          <h1>
            <Soft fits={8}>{t(sheets === 1 ? 'print.takeOne' : 'print.take', { n: sheets })}</Soft>
          </h1>
          <p>{t('print.takeHow')}</p>
        </div>
        {page.from !== null && (
          <div className={styles.notes}>
            <Notice look="plain" icon="shield" title={t('print.check')} />
          </div>
        )}
      </Pane>
      <VisitFoot>
        <Key look="main" onPress={() => act({ type: 'paper-taken' })}>
          {t('print.taken')}
        </Key>
      </VisitFoot>
    </>
  );
}

/** As many sheets as there are, three at most. */
function Tray({ sheets }: { sheets: number }) {
  return (
    <div className={styles.tray} aria-hidden="true">
      {['first', 'second', 'third'].slice(0, sheets).map((sheet) => (
        <i key={sheet} />
      ))}
    </div>
  );
}

function Done({ page }: { page: PrintPage }) {
  const { t, act } = useScreen();
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <div className={styles.hero} role="status">
          <Seal />
          <h1>
            <Soft fits={8}>{t('print.doneTitle')}</Soft>
          </h1>
          <p>{t('print.doneHow')}</p>
        </div>
      </Pane>
      <Foot>
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <HelpKey />
        </FootRow>
        <FootRow>
          <Key onPress={() => act({ type: 'home' })}>{t('key.another')}</Key>
          <Key look="main" onPress={() => act({ type: 'leave' })}>
            {t('key.done')}
          </Key>
        </FootRow>
      </Foot>
    </>
  );
}

function Failed({ page, run }: { page: PrintPage; run: Run<'failed'> }) {
  const { t, act, view } = useScreen();
  const phone = groupedNumber(view.support.townPhone);
  // It cannot be set: nothing was printed in part, and nothing changes by trying.
  const isUnset = run.why === 'no-letter' || run.why === 'too-long';
  const mayAgain = page.printer !== 'down' && !isUnset;
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Title why={t(`print.${run.why}How`, { phone })}>{t(`print.${run.why}`)}</Title>
        <div className={styles.notes} role="status">
          {run.sheets > 0 && (
            <Notice
              look="done"
              icon="check"
              title={t(run.sheets === 1 ? 'print.beforeOne' : 'print.before', { n: run.sheets })}
            />
          )}
          {run.voided && !isUnset && (
            <Notice look="waiting" icon="warn" title={t('print.voided')}>
              {t('print.voidedHow')}
            </Notice>
          )}
          {page.printer === 'down' && (
            <Notice look="waiting" icon="print" title={t('print.printerDown')} announce>
              {t('print.printerDownHow')}
            </Notice>
          )}
        </div>
      </Pane>
      <VisitFoot>
        <Key look={mayAgain ? 'plain' : 'main'} onPress={() => act({ type: 'home' })}>
          {t('key.home')}
        </Key>
        {mayAgain && (
          <Key look="main" icon="print" onPress={() => act({ type: 'print' })}>
            {t('print.again')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}
