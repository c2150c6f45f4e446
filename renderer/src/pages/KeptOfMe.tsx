import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Section, Title } from '../parts/Section.tsx';
import { useScreen } from '../screen-context.ts';
import { momentText } from '../words/format.ts';
import type { PageOf } from './page-of.ts';
import styles from './Shared.module.css';

/** What this machine keeps of the person, and the consents of this visit, each to be taken back. */
export function KeptOfMe({ page }: { page: PageOf<'kept-of-me'> }) {
  const { t } = useScreen();
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
        <Section title={t('shared.consents')}>
          <div className={styles.record}>
            {consents.length === 0 && <p className={styles.none}>{t('shared.consentsNone')}</p>}
            {consents.map((consent) => (
              <Given key={consent.fetchId} consent={consent} />
            ))}
          </div>
        </Section>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

function Given({ consent }: { consent: PageOf<'kept-of-me'>['consents'][number] }) {
  const { t, say, act, view, language } = useScreen();
  const { fetchId, withdrawn } = consent;
  const name = say(consent.name);
  const time = momentText(consent.atMs, view.wallMs, language);
  return (
    <div className={styles.consent}>
      <div>
        <b>{name}</b>
        <p>{t('shared.agreedAt', { from: say(consent.from), time })}</p>
      </div>
      {withdrawn ? (
        <span>{t('shared.taken')}</span>
      ) : (
        <Key
          label={t('shared.withdrawOf', { name })}
          onPress={() => act({ type: 'withdraw-consent', fetchId })}
        >
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
