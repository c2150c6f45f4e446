import { yuanText } from '../../../catalog/text.ts';
import { MatterBar } from '../parts/Bar.tsx';
import { Foot, FootRow, HelpKey, LanguageKey, SettingsKey } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { QrCode } from '../parts/QrCode.tsx';
import { Seal } from '../parts/Seal.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import { CashOfPayment } from './CashOfPayment.tsx';
import styles from './Pay.module.css';
import plain from './Plain.module.css';
import type { PageOf } from './page-of.ts';

type PaymentPage = PageOf<'payment'>;

/** A payment, by the county's word alone: the code to scan, and what became of it. */
export function Payment({ page }: { page: PaymentPage }) {
  const { t, act } = useScreen();
  // Nobody is told that they are done while nothing was paid.
  const isSettled = page.state !== 'sending' && page.state !== 'open';
  // Nor while cash is to go back.
  const isOwed = page.cash?.state === 'to-return';
  const leaveWords = page.cash !== null ? 'pay.cash.leave' : page.lost ? 'pay.leaveUnsure' : 'pay.leave';
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <State page={page} />
        {page.cash !== null && <CashOfPayment page={page} cash={page.cash} />}
        <Numbers page={page} />
      </Pane>
      <Foot>
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <HelpKey />
        </FootRow>
        <FootRow>
          {isSettled && !isOwed && <Key onPress={() => act({ type: 'home' })}>{t('key.another')}</Key>}
          {isSettled && !isOwed ? (
            <Key look="main" onPress={() => act({ type: 'leave' })}>
              {t('key.done')}
            </Key>
          ) : (
            <Key onPress={() => act({ type: 'leave' })}>{t(leaveWords)}</Key>
          )}
          {page.cash?.mayReturn && (
            <Key look="main" onPress={() => act({ type: 'cash', command: { do: 'returned' } })}>
              {t('pay.cash.giveBack')}
            </Key>
          )}
        </FootRow>
      </Foot>
    </>
  );
}

function State({ page }: { page: PaymentPage }) {
  const { t, say } = useScreen();
  const { state, code, owner } = page;
  const yuan = say(yuanText(page.amountFen));
  if (page.lost && (state === 'open' || state === 'sending' || state === 'paid'))
    return <Lost state={state} isCash={page.cash !== null} />;
  if (state === 'sending') return <Sending />;
  if (state === 'open' && code !== null) return <Scan page={page} code={code} />;
  if (state === 'open') return <Sending />;
  if (state === 'paid' || state === 'posted') {
    const isPosted = state === 'posted';
    return (
      <>
        <div className={styles.hero} role="status">
          <Seal />
          <h1>
            <Soft fits={8}>{isPosted ? t('pay.credited', { yuan }) : `${t('pay.doneTitle')} ${yuan}`}</Soft>
          </h1>
        </div>
        <div className={styles.notes}>
          <Notice
            look={isPosted ? 'done' : 'waiting'}
            icon={isPosted ? 'check' : 'clock'}
            title={isPosted ? t('pay.doneTitle') : t('pay.crediting')}
          >
            {isPosted ? (owner === '' ? undefined : t('pay.creditedHow', { owner })) : t('pay.creditingHow')}
          </Notice>
        </div>
      </>
    );
  }
  return page.cash === null ? <Closed state={state} yuan={yuan} /> : <ClosedWithCash state={state} />;
}

function Lost({ state, isCash }: { state: PaymentPage['state']; isCash: boolean }) {
  const { t } = useScreen();
  if (state === 'sending' && isCash) return <Title>{t('pay.cash.lostSending')}</Title>;
  if (state === 'sending') return <Title why={t('pay.offlineHow')}>{t('pay.lostSending')}</Title>;
  return <Title why={t('pay.lostHow')}>{t('pay.lost')}</Title>;
}

function Sending() {
  const { t } = useScreen();
  return (
    <div className={styles.sending} role="status">
      <div className={plain.centre}>
        <h1>
          <Soft fits={8}>{t('pay.sending')}</Soft>
        </h1>
        <div className={plain.dots} aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
        <p className={plain.second}>{t('pay.sendingHow')}</p>
      </div>
    </div>
  );
}

function Scan({ page, code }: { page: PaymentPage; code: string }) {
  const { t, say } = useScreen();
  const { owner, amountFen, secondsLeft } = page;
  const yuan = say(yuanText(amountFen));
  const minutes = Math.floor(secondsLeft / 60);
  const seconds = String(secondsLeft % 60).padStart(2, '0');
  return (
    <>
      {page.cash === null ? (
        <Title why={t('pay.scanWhy', { owner })}>{t('pay.scan', { yuan })}</Title>
      ) : (
        <Title why={t('pay.cash.scanWhy')}>{t('pay.cash.scan', { yuan })}</Title>
      )}
      <div className={styles.code}>
        <QrCode text={code} label={t('pay.code')} />
        <p className={styles.left}>{t('pay.left', { minutes, seconds })}</p>
        <p className={styles.waiting}>{t('pay.waiting')}</p>
      </div>
    </>
  );
}

type ClosedState = Exclude<PaymentPage['state'], 'sending' | 'open' | 'paid' | 'posted'>;

function Closed({ state, yuan }: { state: ClosedState; yuan: string }) {
  const { t, view } = useScreen();
  const phone = groupedNumber(view.support.townPhone);
  return <Title why={t(`pay.${state}How`, { yuan, phone })}>{t(`pay.${state}`)}</Title>;
}

/** What became of the bill; what becomes of the cash stands below. */
function ClosedWithCash({ state }: { state: ClosedState }) {
  const { t } = useScreen();
  const isOfCash = state === 'refunded' || state === 'amount-changed';
  return <Title>{t(isOfCash ? `pay.cash.${state}` : `pay.${state}`)}</Title>;
}

function Numbers({ page }: { page: PaymentPage }) {
  const { t } = useScreen();
  const { localNumber, slipCode, receipt, slip } = page;
  const isWaiting = page.state === 'open' && !page.lost;
  return (
    <dl className={styles.numbers}>
      {receipt !== null && <Line name={t('pay.receipt')} value={groupedNumber(receipt)} />}
      {localNumber !== null && <Line name={t('kept.number')} value={groupedNumber(localNumber)} />}
      {slipCode !== null && !isWaiting && <Line name={t('case.code')} value={slipCode} />}
      {slip !== null && <Line name={t('pay.slip')} value={t(`pay.slip-${slip}`)} />}
    </dl>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
