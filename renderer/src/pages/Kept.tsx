import { MatterBar } from '../parts/Bar.tsx';
import { Foot, FootRow, HelpKey, LanguageKey, SettingsKey } from '../parts/Foot.tsx';
import { Grades } from '../parts/Grades.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Seal } from '../parts/Seal.tsx';
import { Section } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, groupedNumber, momentText } from '../words/format.ts';
import styles from './Kept.module.css';
import type { PageOf } from './page-of.ts';

/** It is kept: its number, the slip, who has it by now, and what comes next. Rating is beside, never in the way. */
export function Kept({ page }: { page: PageOf<'kept'> }) {
  const { t, act, view, language } = useScreen();
  return (
    <>
      <MatterBar head={page.head} end={momentText(page.keptAtMs, view.wallMs, language)} />
      <Pane>
        <div className={styles.hero} role="status">
          <Seal />
          <h1>
            <Soft fits={8}>{t(`kept.${page.slip}`)}</Soft>
          </h1>
          <p className={styles.number}>
            <span className={styles.label}>{t('kept.number')}</span>
            {groupedNumber(page.localNumber)}
          </p>
          {page.slipCode !== null && (
            <p className={styles.number}>
              <span className={styles.label}>{t('case.code')}</span>
              {page.slipCode}
            </p>
          )}
        </div>
        {page.bundle.length > 0 && <KeptWith bundle={page.bundle} />}
        <div className={styles.words}>
          {page.booking !== null && (
            // The county answers while the page stands: whoever listens is told.
            <div role="status">
              <Booking booking={page.booking} />
            </div>
          )}
          <Notice look="done" icon="check" title={t('kept.onMachine')}>
            {t(page.slipCode === null ? 'kept.onSlip' : 'kept.copyNumber')}
          </Notice>
          <Delivery page={page} />
        </div>
        <Next page={page} />
        {page.slip !== 'no-printer' && page.slip !== 'printing' && (
          <div className={styles.again}>
            {view.slipPrinter === 'down' ? (
              <Notice look="waiting" icon="print" title={t('kept.printerDown')}>
                {t('kept.printerDownHow')}
              </Notice>
            ) : (
              <Row onPress={() => act({ type: 'print-slip' })}>{t('kept.again')}</Row>
            )}
          </div>
        )}
        {page.rating.offered && <Rating given={page.rating.given} />}
      </Pane>
      <Foot>
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <HelpKey />
        </FootRow>
        <FootRow>
          {page.canDoAnother && <Key onPress={() => act({ type: 'home' })}>{t('key.another')}</Key>}
          <Key look="main" onPress={() => act({ type: 'leave' })}>
            {t('key.done')}
          </Key>
        </FootRow>
      </Foot>
    </>
  );
}

/** What was kept with it: each a number of its own, to be looked up by. */
function KeptWith({ bundle }: Pick<PageOf<'kept'>, 'bundle'>) {
  const { t, say } = useScreen();
  return (
    <section className={styles.with}>
      <h2>{t('bundle.keptWith')}</h2>
      <dl>
        {bundle.map(({ name, localNumber, slipCode }) => (
          <div key={localNumber}>
            <dt>{say(name)}</dt>
            <dd>
              {groupedNumber(localNumber)}
              {slipCode !== null && <span>{t('bundle.code', { code: slipCode })}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** An appointment: never more than the county said. */
function Booking({ booking }: { booking: NonNullable<PageOf<'kept'>['booking']> }) {
  const { t, view, language } = useScreen();
  const { state, from, part } = booking;
  const day = dateText(booking.day, view.wallMs, language);
  const when = part === null ? `${day} ${from ?? ''}` : t(`booking.${part}`, { day });
  const phone = groupedNumber(view.support.townPhone);
  const title = state === 'arranging' && from === null ? 'arrangingWish' : state;
  return (
    <Notice
      look={state === 'booked' ? 'done' : 'waiting'}
      icon="calendar"
      title={t(`booking.${title}`, { when })}
    >
      {t(`booking.${state}How`, { when, phone })}
    </Notice>
  );
}

function Delivery({ page }: { page: PageOf<'kept'> }) {
  const { t, view } = useScreen();
  if (page.delivered) {
    return (
      <Notice look="done" icon="check" title={t('kept.delivered')}>
        {t('kept.deliveredHow')}
      </Notice>
    );
  }
  const isOnline = view.network === 'online';
  return (
    <Notice
      look="waiting"
      icon={isOnline ? 'send' : 'clock'}
      title={t(isOnline ? 'kept.sending' : 'kept.waiting')}
    >
      {t(isOnline ? 'kept.sendingHow' : 'kept.waitingHow')}
    </Notice>
  );
}

function Next({ page }: { page: PageOf<'kept'> }) {
  const { t, view, language } = useScreen();
  const { workingDays, hearBy } = page;
  if (workingDays === null && hearBy === null) return null;
  return (
    <Section title={t('kept.next')}>
      <ul className={styles.next}>
        {workingDays !== null && <li>{t('kept.workingDays', { n: workingDays })}</li>}
        {hearBy !== null && (
          <li>
            {t('kept.hearBy', {
              date: dateText(hearBy.date, view.wallMs, language),
              phone: groupedNumber(hearBy.phone),
            })}
          </li>
        )}
      </ul>
    </Section>
  );
}

function Rating({ given }: { given: number | null }) {
  const { t } = useScreen();
  if (given !== null) return <Grades given={given} />;
  return (
    <Section title={t('kept.rating')} aside={t('kept.voluntary')}>
      <Grades given={null} />
    </Section>
  );
}
