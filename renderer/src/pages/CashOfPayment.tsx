import { yuanText } from '../../../catalog/text.ts';
import { Key } from '../parts/Key.tsx';
import { Notice, type NoticeLook } from '../parts/Notice.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Pay.module.css';
import type { PageOf } from './page-of.ts';

type PaymentPage = PageOf<'payment'>;
type Cash = NonNullable<PaymentPage['cash']>;
type Side = keyof Cash['slips'];

const LOOKS: Readonly<Record<Cash['state'], NoticeLook>> = {
  ...{ held: 'waiting', paid: 'done', 'to-return': 'danger', returned: 'done' },
};

/** The cash behind a payment: in whose hand it is, and its two slips. */
export function CashOfPayment({ page, cash }: { page: PaymentPage; cash: Cash }) {
  const { t, say } = useScreen();
  const { state, mayReturn, slips } = cash;
  const words = { yuan: say(yuanText(page.amountFen)), payer: say(cash.payer), agent: say(cash.agent) };
  // Beside the code there is room for what went wrong alone.
  const isWanted =
    !isWaiting(page) || !(slips.resident.state === 'printing' || slips.resident.state === 'printed');
  const isLater = state === 'to-return' && !mayReturn;
  const below =
    state === 'held'
      ? t(page.lost ? 'pay.cash.heldLost' : 'pay.cash.heldHow')
      : t(isLater ? 'pay.cash.to-returnLaterHow' : `pay.cash.${state}How`, words);
  return (
    <div className={styles.notes}>
      <Notice
        look={LOOKS[state]}
        icon={LOOKS[state] === 'done' ? 'check' : state === 'held' ? 'clock' : 'warn'}
        title={t(isLater ? 'pay.cash.to-returnLater' : `pay.cash.${state}`, words)}
        announce={state === 'to-return'}
      >
        {below}
      </Notice>
      {isWanted && (
        <>
          <dl className={styles.numbers}>
            <SlipLine side="resident" slip={slips.resident} />
            <SlipLine side="agent" slip={slips.agent} />
          </dl>
          <div className={styles.keys}>
            <PrintKey side="resident" slip={slips.resident} />
            <PrintKey side="agent" slip={slips.agent} />
          </div>
        </>
      )}
    </div>
  );
}

/** The code stands, or comes. */
function isWaiting({ state, lost }: PaymentPage): boolean {
  return !lost && (state === 'open' || state === 'sending');
}

function SlipLine({ side, slip }: { side: Side; slip: Cash['slips'][Side] }) {
  const { t } = useScreen();
  const none = t(side === 'agent' ? 'pay.cash.waits' : 'pay.cash.missing');
  return (
    <div>
      <dt>{t(`pay.cash.${side}`)}</dt>
      <dd>{slip.state === null ? none : t(`pay.slip-${slip.state}`)}</dd>
    </div>
  );
}

function PrintKey({ side, slip }: { side: Side; slip: Cash['slips'][Side] }) {
  const { t, act } = useScreen();
  if (!slip.again) return null;
  const isFirst = slip.state === null;
  const words = side === 'agent' ? 'pay.cash.againAgent' : isFirst ? 'pay.cash.print' : 'pay.cash.again';
  return (
    <Key icon="print" onPress={() => act({ type: 'cash', command: { do: 'print', side } })}>
      {t(words)}
    </Key>
  );
}
