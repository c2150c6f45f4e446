import type { ReactNode } from 'react';
import { yuanText } from '../../../catalog/text.ts';
import { PlaceBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Line } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, groupedNumber } from '../words/format.ts';
import styles from './AgentWork.module.css';
import type { PageOf } from './page-of.ts';

/** What today came to: counts, numbers and money, nobody's name; to be printed and signed. */
export function AgentDay({ page }: { page: PageOf<'agent-day'> }) {
  const { t, say, act, view, language } = useScreen();
  const counts = [
    ['supplemented', page.supplemented],
    ['withdrawn', page.withdrawn],
    ['collected', page.collected],
    ['promised', page.promised],
    ['calls', page.called],
  ] as const;
  const again = page.slip === 'printed' || page.slip === 'unknown';
  return (
    <>
      <PlaceBar />
      <Pane>
        <Title why={dateText(page.day, view.wallMs, language)}>{t('agentDesk.work.day')}</Title>
        {page.filed.length === 0 && <p className={styles.nothing}>{t('agentDesk.work.nothing')}</p>}
        <dl className={styles.sums}>
          {page.filed.map(({ name, count, numbers }) => (
            <Sum key={name.zh} label={say(name)} value={t('agentDesk.work.count', { n: count })}>
              {numbers.map((number) => (
                <span key={number}>{groupedNumber(number)}</span>
              ))}
            </Sum>
          ))}
          {counts.map(([what, n]) =>
            n === 0 ? null : (
              <Sum key={what} label={t(`agentDesk.work.${what}`)} value={t('agentDesk.work.count', { n })} />
            ),
          )}
          {page.cash !== null && (
            <>
              <Sum label={t('agentDesk.work.cashTaken')} value={say(yuanText(page.cash.takenFen))} />
              {page.cash.returnedFen > 0 && (
                <Sum label={t('agentDesk.work.cashReturned')} value={say(yuanText(page.cash.returnedFen))} />
              )}
              {page.cash.openFen > 0 && (
                <Sum label={t('agentDesk.work.cashOpen')} value={say(yuanText(page.cash.openFen))} />
              )}
            </>
          )}
        </dl>
        {page.slip !== 'none' && (
          <div className={styles.slip} role="status">
            <Line look={page.slip === 'printed' || page.slip === 'printing' ? 'done' : 'waiting'}>
              {t(`agentDesk.work.slip.${page.slip}`)}
            </Line>
          </div>
        )}
        <p className={styles.aside}>
          <Soft fits={14}>{t('agentDesk.work.printHow')}</Soft>
        </p>
      </Pane>
      <VisitFoot withHelp={false}>
        <BackKey isStep />
        {page.slip !== 'no-printer' && page.slip !== 'printing' && (
          <Key look="main" icon="slip" onPress={() => act({ type: 'agent', command: { do: 'print-day' } })}>
            {t(again ? 'agentDesk.work.printAgain' : 'agentDesk.work.print')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

function Sum({ label, value, children }: { label: string; value: string; children?: ReactNode }) {
  return (
    <div>
      <dt>
        <Soft fits={8}>{label}</Soft>
      </dt>
      <dd>{value}</dd>
      {children && <dd className={styles.numbers}>{children}</dd>}
    </div>
  );
}
