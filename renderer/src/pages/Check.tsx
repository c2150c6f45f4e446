import type { BundleOfferPart, Fact } from '../../../terminal/api.ts';
import { MatterBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { HearKey } from '../photo/HearKey.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Check.module.css';
import declaring from './Declaring.module.css';
import type { PageOf } from './page-of.ts';

/** Everything once more before it is handed in; each answer can be changed. */
export function Check({ page }: { page: PageOf<'check'> }) {
  const { t, say, act } = useScreen();
  const fromCard = page.facts.filter((fact) => fact.source === 'card');
  const fetched = page.facts.filter((fact) => fact.source === 'shared');
  const answers = page.facts.filter((fact) => fact.source === 'answer');
  return (
    <>
      <MatterBar head={page.head} />
      <Pane>
        <Title why={t('check.why')}>{t('check.title')}</Title>
        {page.problem !== null && (
          <div className={styles.problem}>
            <Notice look="waiting" icon="warn" title={t('notice.problem')} announce>
              {say(page.problem.words)}
            </Notice>
          </div>
        )}
        <FactList title={t('check.card')} facts={fromCard} />
        <FetchedList facts={fetched} />
        <FactList title={t('check.answers')} facts={answers} />
        <BundleList offers={page.bundle} />
      </Pane>
      {page.declares === null ? (
        <VisitFoot>
          <BackKey isStep />
          <Key look="main" onPress={() => act({ type: 'submit' })}>
            {t('key.submit')}
          </Key>
        </VisitFoot>
      ) : (
        <DeclaringFoot declares={page.declares} />
      )}
    </>
  );
}

/** One touch declares what stands above it, and hands in. */
function DeclaringFoot({ declares }: { declares: NonNullable<PageOf<'check'>['declares']> }) {
  const { t, say, act } = useScreen();
  const { questionId, words, help } = declares;
  return (
    <VisitFoot
      words={
        <div className={declaring.declares}>
          <b>{say(words)}</b>
          {help !== null && <span>{say(help)}</span>}
        </div>
      }
    >
      <BackKey isStep />
      <Key look="main" onPress={() => act({ type: 'submit', declares: questionId })}>
        {t('question.declareSubmit')}
      </Key>
    </VisitFoot>
  );
}

/** What was looked up, each with whom; what is wrong is asked instead. */
function FetchedList({ facts }: { facts: readonly Fact[] }) {
  const { t, say, act } = useScreen();
  if (facts.length === 0) return null;
  return (
    <section className={styles.list}>
      <h2>{t('shared.check')}</h2>
      <dl>
        {facts.map(({ label, value, questionId, from }) => (
          <div key={questionId} className={styles.fact}>
            <dt>{say(label)}</dt>
            <dd>
              {say(value)}
              {from && <span className={styles.from}>{say(from)}</span>}
            </dd>
            {questionId !== null && (
              <dd className={styles.change}>
                <Key
                  label={t('shared.disputedOf', { label: say(label) })}
                  onPress={() => act({ type: 'dispute', questionId })}
                >
                  {t('shared.disputed')}
                </Key>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

function FactList({ title, facts }: { title: string; facts: readonly Fact[] }) {
  const { t, say, act } = useScreen();
  if (facts.length === 0) return null;
  return (
    <section className={styles.list}>
      <h2>{title}</h2>
      <dl>
        {facts.map(({ label, value, questionId, recording }) => (
          <div key={`${label.zh}/${questionId}`} className={styles.fact}>
            <dt>{say(label)}</dt>
            <dd>
              {say(value)}
              {recording !== undefined && <HearKey name={recording} of={say(label)} />}
            </dd>
            {questionId !== null && (
              <dd className={styles.change}>
                <Key
                  label={t('key.changeOf', { label: say(label) })}
                  onPress={() => act({ type: 'change', questionId })}
                >
                  {t('key.change')}
                </Key>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What else the answers open, done too or not. */
function BundleList({ offers }: { offers: readonly BundleOfferPart[] }) {
  const { t } = useScreen();
  if (offers.length === 0) return null;
  return (
    <section className={styles.list}>
      <h2>{t('bundle.check')}</h2>
      <dl>
        {offers.map((offer) => (
          <BundleLine key={offer.matterId} offer={offer} />
        ))}
      </dl>
    </section>
  );
}

function BundleLine({ offer: { matterId, name, state } }: { offer: BundleOfferPart }) {
  const { t, say, act } = useScreen();
  const change = t(state === 'chosen' ? 'bundle.drop' : 'bundle.add');
  return (
    <div className={`${styles.fact} ${styles.named}`}>
      <dt>{say(name)}</dt>
      <dd>{t(`bundle.${state}`)}</dd>
      {state !== 'kept' && (
        <dd className={styles.change}>
          <Key
            label={t('bundle.changeOf', { name: say(name), change })}
            onPress={() => act({ type: 'bundle', matterId, chosen: state !== 'chosen' })}
          >
            {change}
          </Key>
        </dd>
      )}
    </div>
  );
}
