import { yuanText } from '../../../catalog/text.ts';
import { Asking } from '../parts/AskedState.tsx';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Pay.module.css';
import type { PageOf } from './page-of.ts';

type CashPage = PageOf<'cash'>;

/** Before cash is handed over: how much goes from whom to whom, and what happens then. */
export function Cash({ page }: { page: CashPage }) {
  const { t, say, act } = useScreen();
  const { state } = page;
  const yuan = say(yuanText(page.amountFen));
  const mayAskAgain = state === 'unavailable' || state === 'offline';
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        {state === 'ready' ? (
          <Ready page={page} yuan={yuan} />
        ) : state === 'asking' ? (
          <>
            <Title>{t('pay.cash.asking')}</Title>
            <Asking />
          </>
        ) : (
          <>
            <Title why={t(`pay.cash.${state}How`)}>{t(`pay.cash.${state}`)}</Title>
            <dl className={styles.facts}>
              <Fact name={t('pay.cash.amount')} value={yuan} />
              <Today page={page} />
            </dl>
          </>
        )}
      </Pane>
      <VisitFoot>
        <BackKey isStep />
        {state === 'ready' && (
          <Key look="main" onPress={() => act({ type: 'cash', command: { do: 'taken' } })}>
            {t('pay.cash.taken', { yuan })}
          </Key>
        )}
        {mayAskAgain && (
          <Key look="main" onPress={() => act({ type: 'cash', command: { do: 'ask-again' } })}>
            {t('pay.again')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

function Ready({ page, yuan }: { page: CashPage; yuan: string }) {
  const { t, say } = useScreen();
  return (
    <>
      <Title why={t('pay.cash.why', { owner: page.owner })}>{t('pay.cash.title', { yuan })}</Title>
      <dl className={styles.facts}>
        <Fact name={t('pay.cash.from')} value={say(page.payer)} />
        {page.agent !== null && <Fact name={t('pay.cash.to')} value={say(page.agent)} />}
        <Today page={page} />
      </dl>
      <ol className={styles.steps}>
        {(['next1', 'next2', 'next3'] as const).map((step) => (
          <li key={step}>{t(`pay.cash.${step}`)}</li>
        ))}
      </ol>
    </>
  );
}

function Today({ page: { today } }: { page: CashPage }) {
  const { t, say } = useScreen();
  if (today === null) return null;
  const [taken, cap] = [say(yuanText(today.takenFen)), say(yuanText(today.capFen))];
  return <Fact name={t('pay.cash.today')} value={t('pay.cash.todayOf', { taken, cap })} />;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
