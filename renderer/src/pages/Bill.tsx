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
  const owner = first?.owner ?? '';
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        {page.state === 'found' && isToPay && (
          <Title why={t('pay.whoseWhy')}>{t('pay.whose', { owner })}</Title>
        )}
        {page.state === 'found' && others.length > 0 && (
          <Title why={t('pay.whoseWhy')}>{t('pay.whose', { owner })}</Title>
        )}
        {page.problem !== null && (
          <div className={styles.notes}>
            <Notice look="waiting" icon="warn" title={t('notice.problem')} announce>
              {say(page.problem.words)}
            </Notice>
          </div>
        )}
        {page.state === 'asking' && <Asking />}
        {page.state !== 'asking' && page.state !== 'found' && <Trouble state={page.state} />}
        {one !== undefined && <BillFacts bill={one} />}
        {one !== undefined && <BillNote bill={one} />}
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

function Trouble({ state }: { state: Exclude<BillPage['state'], 'asking' | 'found'> }) {
  const { t, view } = useScreen();
  return (
    <div className={styles.notes}>
      <Notice
        look="waiting"
        icon={state === 'offline' ? 'offline' : state === 'unknown' ? 'find' : 'clock'}
        title={t(`pay.${state}`)}
        announce
      >
        {t(`pay.${state}How`, { phone: groupedNumber(view.support.townPhone) })}
      </Notice>
    </div>
  );
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

/** Why a bill is not to be paid here and now. */
function BillNote({ bill: { state, owner } }: { bill: OneBill }) {
  const { t } = useScreen();
  if (state === 'due') return null;
  const isWell = state === 'paid' || state === 'none';
  return (
    <div className={styles.notes}>
      <Notice
        look={isWell ? 'done' : 'waiting'}
        icon={isWell ? 'check' : 'clock'}
        title={t(`pay.${state}`)}
        announce
      >
        {t(`pay.${state}How`, { owner })}
      </Notice>
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
