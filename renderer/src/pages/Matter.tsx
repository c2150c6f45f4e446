import { useState } from 'react';
import { AgentRow } from '../parts/AgentRow.tsx';
import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Picture } from '../parts/Picture.tsx';
import { Row } from '../parts/Row.tsx';
import { Section, Stack, Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import { dateText, momentText } from '../words/format.ts';
import styles from './Matter.module.css';
import type { PageOf } from './page-of.ts';
import { StageWord } from './StageWord.tsx';

/** Past so many materials and bases these stand lower, so that nobody has to turn the page to begin. */
const MOST_HIGH_ROWS = 5;

/**
 * What a matter is, costs and takes, before anyone starts; and for whom it is done. All of it in plain words instead is
 * one tap away, and comes first for whoever listens.
 */
export function Matter({ page }: { page: PageOf<'matter'> }) {
  const { t, say, act, view } = useScreen();
  const [isPlain, setPlain] = useState(view.settings.voice === 'on');
  const showsPlain = isPlain && page.plain.length > 0;
  const canStart = page.blocked === null;
  const [only, ...others] = page.bases;
  const isOneBasis = only !== undefined && others.length === 0;
  const isLong = page.materials.length + page.bases.length > MOST_HIGH_ROWS;
  return (
    <>
      <HolderBar />
      <Pane>
        <div className={styles.head}>
          <Title why={page.head.name.zh === page.official.zh ? undefined : say(page.official)}>
            {say(page.head.name)}
          </Title>
          {page.picture !== null && <Picture name={page.picture} size="page" />}
        </div>
        {showsPlain ? <Plain sentences={page.plain} /> : <Details page={page} />}
        {page.plain.length > 0 && (
          <div className={styles.plainKey}>
            <Key icon={showsPlain ? 'list' : 'people'} onPress={() => setPlain(!showsPlain)}>
              {t(showsPlain ? 'matter.whole' : 'matter.plain')}
            </Key>
          </div>
        )}
        <div className={styles.notices}>
          {page.before !== null && <Before line={page.before} />}
          {page.elsewhere !== null && <Elsewhere elsewhere={page.elsewhere} />}
          {page.blocked !== null && <Blocked blocked={page.blocked} />}
          {canStart && page.willProve.length > 0 && (
            <Notice look="plain" icon="person" title={t('provePerson.will')}>
              {t(proofWord(page.willProve))}
            </Notice>
          )}
          {canStart && page.willQueue && (
            <Notice look="waiting" icon="offline" title={t('matter.queue')}>
              {t('matter.queueHow')}
            </Notice>
          )}
          {canStart && !page.willPrint && (
            <Notice look="waiting" icon="slip" title={t('matter.noSlip')}>
              {t('matter.noSlipHow')}
            </Notice>
          )}
        </div>
        {canStart && !isOneBasis && (
          <Section title={t('matter.who')}>
            <Stack>
              {page.bases.map(({ basis, label }) => (
                <Row
                  key={`${basis}/${label.zh}`}
                  icon={basis === 'self' ? 'person' : basis === 'open' ? 'list' : 'people'}
                  look={isLong ? 'strong' : 'big'}
                  onPress={() => act({ type: 'start', basis })}
                >
                  {say(label)}
                </Row>
              ))}
            </Stack>
          </Section>
        )}
        {page.head.sample && <p className={styles.sample}>{t('matter.sample')}</p>}
      </Pane>
      <VisitFoot>
        <BackKey isStep={canStart && isOneBasis} />
        {canStart && isOneBasis && (
          <Key look="main" onPress={() => act({ type: 'start', basis: only.basis })}>
            {t('key.start')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

/** The same was handed in already: nobody does it again unawares. */
function Before({ line }: { line: NonNullable<PageOf<'matter'>['before']> }) {
  const { t, act, view, language } = useScreen();
  const time = momentText(line.keptAtMs, view.wallMs, language);
  return (
    <Row
      icon="list"
      look="tinted"
      below={<StageWord stage={line.stage} />}
      onPress={() => act({ type: 'open-case', ref: line.ref })}
    >
      {t('ownCase.before', { time })}
    </Row>
  );
}

/** The same was handed in at another machine: said when the county answers, and looked up by its slip. */
function Elsewhere({ elsewhere }: { elsewhere: NonNullable<PageOf<'matter'>['elsewhere']> }) {
  const { t, act, view, language } = useScreen();
  const { day, place, stage } = elsewhere;
  return (
    <div role="status">
      <Row
        icon="list"
        look="tinted"
        below={<StageWord stage={stage} />}
        onPress={() => act({ type: 'go', to: 'slip-lookup' })}
      >
        {t('ownCase.elsewhere', { date: dateText(day, view.wallMs, language), place })}
      </Row>
    </div>
  );
}

/** The matter as a neighbour would tell it. */
function Plain({ sentences }: { sentences: PageOf<'matter'>['plain'] }) {
  const { say } = useScreen();
  return (
    <ul className={styles.plain}>
      {sentences.map((sentence) => (
        <li key={sentence.zh}>{say(sentence)}</li>
      ))}
    </ul>
  );
}

/** What one gets, how long it takes, what it costs, and what is needed. */
function Details({ page }: { page: PageOf<'matter'> }) {
  const { t, say } = useScreen();
  return (
    <>
      <dl className={styles.facts}>
        <Fact label={t('matter.gets')}>{say(page.gets)}</Fact>
        {page.workingDays !== null && (
          <Fact label={t('matter.time')}>{t('matter.workingDays', { n: page.workingDays })}</Fact>
        )}
        <Fact label={t('matter.cost')}>{page.cost === null ? t('matter.free') : say(page.cost)}</Fact>
      </dl>
      {page.materials.length > 0 && <Materials materials={page.materials} />}
    </>
  );
}

/** What it needs to see, and how each comes: most of it nobody has to bring. */
function Materials({ materials }: Pick<PageOf<'matter'>, 'materials'>) {
  const { t, say } = useScreen();
  return (
    <section className={styles.materials}>
      <h2>{t('material.title')}</h2>
      <ul>
        {materials.map(({ name, by }) => (
          <li key={name.zh}>
            <b>{say(name)}</b>
            <span>{t(`material.${by}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why it cannot be started; where only a person can check another, who that is. */
function Blocked({ blocked }: { blocked: NonNullable<PageOf<'matter'>['blocked']> }) {
  const { t, say } = useScreen();
  if (blocked.code === 'needs-guardian')
    return (
      <>
        <Notice look="plain" icon="people" title={say(blocked.words)}>
          {t('young.how')}
        </Notice>
        <AgentRow />
      </>
    );
  if (blocked.code !== 'needs-proof')
    return (
      <Notice look="waiting" icon="warn" title={t('matter.blocked')}>
        {say(blocked.words)}
      </Notice>
    );
  return (
    <>
      <Notice look="waiting" icon="person" title={say(blocked.words)}>
        {t('provePerson.blockedHow')}
      </Notice>
      <AgentRow />
    </>
  );
}

function proofWord(methods: PageOf<'matter'>['willProve']) {
  if (methods.length > 1) return 'provePerson.willBoth';
  return methods[0] === 'face' ? 'provePerson.willFace' : 'provePerson.willPhone';
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>
        <Soft fits={16}>{children}</Soft>
      </dd>
    </div>
  );
}
