import { yuanText } from '../../../catalog/text.ts';
import { Asking } from '../parts/AskedState.tsx';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import styles from './Pay.module.css';
import type { PageOf } from './page-of.ts';

type BillPage = PageOf<'bill'>;
type OneBill = BillPage['bills'][number];

/** Whose bill it is, masked, and how much: looked at before any code is shown. */
export function Bill({ page }: { page: BillPage }) {
  const { t, say, act } = useScreen();
  const [first, ...others] = page.bills;
  const one = others.length === 0 ? first : undefined;
  const isToPay = one !== undefined && one.state === 'due' && one.amountFen !== null;
  const mayAskAgain = page.state !== 'found' && page.state !== 'asking';
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Head page={page} isToPay={isToPay || others.length > 0} />
        {page.problem !== null && (
          <div className={styles.notes}>
            <Notice look="waiting" icon="warn" title={t('notice.problem')} announce>
              {say(page.problem.words)}
            </Notice>
          </div>
        )}
        {page.state === 'asking' && <Asking />}
        {one !== undefined && <BillFacts bill={one} />}
        <ForCash bills={page.bills} />
        {others.length > 0 && <Several bills={page.bills} />}
      </Pane>
      <VisitFoot>
        <BackKey isStep />
        {isToPay && (
          <Key look="main" onPress={() => act({ type: 'pay-bill', index: 0 })}>
            {t('pay.pay', { yuan: say(yuanText(one.amountFen ?? 0)) })}
          </Key>
        )}
        {one?.state === 'begun-here' && (
          <Key look="main" onPress={() => act({ type: 'pay-bill', index: 0 })}>
            {t('pay.goOn')}
          </Key>
        )}
        {mayAskAgain && (
          <Key look="main" onPress={() => act({ type: 'ask-again' })}>
            {t('pay.again')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

/** Whose it is; or why there is nothing to pay here and now. */
function Head({ page, isToPay }: { page: BillPage; isToPay: boolean }) {
  const { t, view } = useScreen();
  const owner = page.bills[0]?.owner ?? '';
  if (page.state === 'asking') return <Title>{t('pay.asking')}</Title>;
  if (isToPay) return <Title why={t('pay.whoseWhy')}>{t('pay.whose', { owner })}</Title>;
  const state = page.state === 'found' ? (page.bills[0]?.state ?? 'none') : page.state;
  if (state === 'due') return <Title>{t('pay.due')}</Title>;
  const phone = groupedNumber(view.support.townPhone);
  return <Title why={t(`pay.${state}How`, { owner, phone })}>{t(`pay.${state}`)}</Title>;
}

function BillFacts({ bill }: { bill: OneBill }) {
  const { t, say } = useScreen();
  const { owner, address, period, amountFen } = bill;
  return (
    <dl className={styles.facts}>
      <Fact name={t('pay.owner')} value={owner} />
      {address !== null && <Fact name={t('pay.address')} value={address} />}
      {period !== '' && <Fact name={t('pay.period')} value={period} />}
      {amountFen !== null && <Fact name={t('pay.amount')} value={say(yuanText(amountFen))} isStrong />}
    </dl>
  );
}

function Fact({ name, value, isStrong = false }: { name: string; value: string; isStrong?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isStrong ? styles.amount : undefined}>{value}</dd>
    </div>
  );
}

/** Where an agent acts: the bills that may be paid with cash in their hand. */
function ForCash({ bills }: { bills: readonly OneBill[] }) {
  const { t, act } = useScreen();
  if (!bills.some(({ forCash }) => forCash)) return null;
  return (
    <div className={styles.rows}>
      {bills.map(({ period, forCash }, index) =>
        forCash ? (
          <Row
            key={period}
            icon="cash"
            below={bills.length === 1 ? t('pay.cash.offerHow') : undefined}
            onPress={() => act({ type: 'cash', command: { do: 'open', index } })}
          >
            {bills.length === 1 ? t('pay.cash.offer') : t('pay.cash.offerOne', { period })}
          </Row>
        ) : null,
      )}
    </div>
  );
}

function Several({ bills }: { bills: readonly OneBill[] }) {
  const { t, say, act } = useScreen();
  const [first] = bills;
  return (
    <>
      {first?.address != null && (
        <dl className={styles.facts}>
          <Fact name={t('pay.address')} value={first.address} />
        </dl>
      )}
      <h2 className={styles.head}>{t('pay.several')}</h2>
      <div className={styles.rows}>
        {bills.map(({ period, amountFen, state }, index) =>
          (state === 'due' || state === 'begun-here') && amountFen !== null ? (
            <Row key={period} icon="bolt" onPress={() => act({ type: 'pay-bill', index })}>
              {t('pay.payOne', { yuan: say(yuanText(amountFen)), period })}
            </Row>
          ) : (
            <p key={period} className={styles.closed}>
              {period} · {t(`pay.${state}`)}
            </p>
          ),
        )}
      </div>
    </>
  );
}
