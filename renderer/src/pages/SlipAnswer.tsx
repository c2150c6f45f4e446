import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Section, Title } from '../parts/Section.tsx';
import { ResultPicture } from '../photo/ResultPicture.tsx';
import { useScreen } from '../screen-context.ts';
import { groupedNumber, momentText } from '../words/format.ts';
import cases from './Cases.module.css';
import { History } from './History.tsx';
import plain from './Plain.module.css';
import type { PageOf } from './page-of.ts';
import styles from './SlipLookup.module.css';

/** What is known of a slip's case: what the slip proves by itself, and what the county said. */
export function SlipAnswer({ page }: { page: PageOf<'slip-answer'> }) {
  const { t, act } = useScreen();
  const { state, localNumber, provinceNumber } = page;
  const isSettled = state === 'found' || state === 'asking';
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={state === 'found' ? t('slip.asOf') : undefined}>
          {t('slip.of', { number: groupedNumber(localNumber) })}
        </Title>
        <div className={styles.notes}>
          <Proof page={page} />
          <Trouble state={state} />
        </div>
        {state === 'asking' && <Asking />}
        {provinceNumber !== null && (
          <dl className={cases.numbers}>
            <div className={cases.long}>
              <dt>{t('case.province')}</dt>
              <dd>{provinceNumber}</dd>
            </div>
          </dl>
        )}
        {page.picture !== null && <ResultPicture pictureRef={page.picture} />}
        {page.history.length > 0 && (
          <Section title={t('case.history')}>
            <History steps={page.history} />
          </Section>
        )}
      </Pane>
      <VisitFoot>
        <BackKey isStep={!isSettled} />
        {!isSettled && (
          <Key look="main" onPress={() => act({ type: 'ask-again' })}>
            {t('slip.again')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}

/** That the slip is one of ours: it proves who said so, and not when. */
function Proof({ page }: { page: PageOf<'slip-answer'> }) {
  const { t, say, view, language } = useScreen();
  if (page.proof === null) return null;
  const { place, saidAtMs } = page.proof;
  const time = momentText(saidAtMs, view.wallMs, language);
  return (
    <Notice look="done" icon="check" title={t('slip.genuine')}>
      {place === null ? t('slip.genuineTime', { time }) : t('slip.genuineAt', { place: say(place), time })}
    </Notice>
  );
}

function Trouble({ state }: { state: PageOf<'slip-answer'>['state'] }) {
  const { t, view } = useScreen();
  if (state === 'found' || state === 'asking') return null;
  const icon = state === 'offline' ? 'offline' : 'clock';
  return (
    <Notice look="waiting" icon={icon} title={t(`slip.${state}`)} announce>
      {t(`slip.${state}How`, { phone: groupedNumber(view.support.townPhone) })}
    </Notice>
  );
}

function Asking() {
  const { t } = useScreen();
  return (
    <div className={styles.asking} role="status">
      <div className={plain.centre}>
        <p>{t('slip.asking')}</p>
        <div className={`${plain.dots} ${styles.dots}`} aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
        <p className={plain.second}>{t('slip.askingHow')}</p>
      </div>
    </div>
  );
}
