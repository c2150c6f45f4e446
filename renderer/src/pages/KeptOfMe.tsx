import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Section, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, momentText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';
import styles from './Shared.module.css';

/** What this machine keeps of the person, and the consents of this visit and of earlier ones, each to be taken back. */
export function KeptOfMe({ page }: { page: PageOf<'kept-of-me'> }) {
  const { t, act } = useScreen();
  const { caseCount, hasDraft, remembered, consents } = page;
  const cases = caseCount === 0 ? t('shared.casesNone') : t('shared.casesMany', { n: caseCount });
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t('shared.keptWhy')}>{t('shared.keptTitle')}</Title>
        <dl className={styles.facts}>
          <Fact label={t('shared.cases')}>{remembered ? cases : t('shared.notRemembered')}</Fact>
          {hasDraft && <Fact label={t('shared.draft')}>{t('shared.draftOne')}</Fact>}
          <Fact label={t('shared.fetched')}>{t('shared.fetchedNone')}</Fact>
        </dl>
        {page.entrusted.length > 0 && (
          <Section title={t('entrust.mine')}>
            <div className={styles.record}>
              {page.entrusted.map((one) => (
                <Entrusted key={one.ref} entrusted={one} />
              ))}
            </div>
          </Section>
        )}
        <Section title={t('shared.consents')}>
          <div className={styles.record}>
            {consents.length === 0 && <p className={styles.none}>{t('shared.consentsNone')}</p>}
            {consents.map(({ fetchId, ...consent }) => (
              <Given
                key={fetchId}
                consent={consent}
                onTakeBack={() => act({ type: 'withdraw-consent', fetchId })}
              />
            ))}
          </div>
        </Section>
        <Section title={t('shared.earlier')}>
          <div className={styles.record}>
            <Earlier earlier={page.earlier} />
          </div>
        </Section>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

/** What was entrusted to an agent; while it stands it can be taken back, by one touch. */
function Entrusted({ entrusted }: { entrusted: PageOf<'kept-of-me'>['entrusted'][number] }) {
  const { t, say, act, language } = useScreen();
  const { ref, agent, state, untilDay } = entrusted;
  const matters = entrusted.matters.map(say).join(language === 'zh' ? '、' : ', ');
  return (
    <div className={styles.consent}>
      <div>
        <b>{t('entrust.mineTo', { agent: say(agent), matters })}</b>
        <p>{t(`entrust.${state}`, { day: dateText(untilDay, null, language) })}</p>
      </div>
      {state === 'stands' && (
        <Key label={t('entrust.takeBackOf', { matters })} onPress={() => act({ type: 'end-authority', ref })}>
          {t('entrust.takeBack')}
        </Key>
      )}
    </div>
  );
}

type EarlierConsents = PageOf<'kept-of-me'>['earlier'];

/** Those of earlier visits, or why they are not known now. */
function Earlier({ earlier }: { earlier: EarlierConsents }) {
  const { t, act } = useScreen();
  if (earlier.at !== 'told') return <p className={styles.none}>{t(`shared.earlier-${earlier.at}`)}</p>;
  if (earlier.consents.length === 0) return <p className={styles.none}>{t('shared.earlierNone')}</p>;
  return earlier.consents.map(({ no, ...consent }) => (
    <Given key={no} consent={consent} onTakeBack={() => act({ type: 'withdraw-earlier-consent', no })} />
  ));
}

function Given(props: {
  consent: Omit<PageOf<'kept-of-me'>['consents'][number], 'fetchId'>;
  onTakeBack: () => void;
}) {
  const { t, say, view, language } = useScreen();
  const { consent, onTakeBack } = props;
  const name = say(consent.name);
  const time = momentText(consent.atMs, view.wallMs, language);
  return (
    <div className={styles.consent}>
      <div>
        <b>{name}</b>
        <p>{t('shared.agreedAt', { from: say(consent.from), time })}</p>
      </div>
      {consent.withdrawn ? (
        <span>{t('shared.taken')}</span>
      ) : (
        <Key label={t('shared.withdrawOf', { name })} onPress={onTakeBack}>
          {t('shared.withdraw')}
        </Key>
      )}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div className={styles.line}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
