import { useEffect } from 'react';
import { chime } from '../browser/chime.ts';
import { PlaceBar } from '../parts/Bar.tsx';
import { CardArt } from '../parts/CardArt.tsx';
import { Foot, FootRow, LanguageKey, LeaveKey, SettingsKey } from '../parts/Foot.tsx';
import { Hills } from '../parts/Hills.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { ScanArt } from '../parts/ScanArt.tsx';
import { Stack } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { SupportLine } from '../parts/SupportLine.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Plain.module.css';
import type { PageOf } from './page-of.ts';
import { useCountdown } from './use-countdown.ts';

/** Another card was laid. Whoever looks now may be the next person: nothing of the first is shown. */
export function SecondCard({ page }: { page: PageOf<'second-card'> }) {
  const { t, view } = useScreen();
  const words = {
    ask: { title: t('secondCard.title'), how: t('secondCard.why') },
    'lay-first-card': view.byPhone
      ? { title: t('code.phone.again'), how: t('code.phone.againHow') }
      : { title: t('secondCard.layFirst'), how: t('secondCard.layFirstHow') },
    'not-first-card': view.byPhone
      ? { title: t('code.phone.notAgain'), how: t('code.phone.againHow') }
      : { title: t('secondCard.notFirst'), how: t('secondCard.notFirstHow') },
  }[page.phase];
  return (
    <>
      <PlaceBar />
      <Pane align="middle">
        <div className={styles.centre} role="alert">
          <h1>
            <Soft fits={8}>{words.title}</Soft>
          </h1>
          <p>{words.how}</p>
        </div>
        {page.secondsLeft !== null && <LastSeconds secondsLeft={page.secondsLeft} />}
        {page.phase === 'ask' ? (
          <Choice />
        ) : (
          <Asked mood={page.phase === 'lay-first-card' ? 'place' : 'again'} />
        )}
      </Pane>
      <Foot>
        <Hills />
        <SupportLine />
        <FootRow>
          <LanguageKey />
          <SettingsKey />
          <LeaveKey />
        </FootRow>
      </Foot>
    </>
  );
}

/** What is to be shown again: the card, or a code on the phone. */
function Asked({ mood }: { mood: 'place' | 'again' }) {
  const { view } = useScreen();
  if (!view.byPhone) return <CardArt mood={mood} />;
  return (
    <div className={styles.block}>
      <ScanArt mood={mood === 'place' ? 'hold' : 'again'} held="phone" size="small" />
    </div>
  );
}

/** It leaves by itself soon, and waits again for whoever touches anything. */
function LastSeconds({ secondsLeft }: { secondsLeft: number }) {
  const { t } = useScreen();
  const left = useCountdown(secondsLeft);
  useEffect(() => chime(), []);
  return (
    <div className={styles.last}>
      <Notice look="waiting" icon="clock" title={t('secondCard.short')} announce>
        {t('secondCard.more')}
      </Notice>
      <p role="timer" data-say="">
        {t('stillThere.left', { n: left })}
      </p>
    </div>
  );
}

function Choice() {
  const { t, act, view } = useScreen();
  return (
    <div className={styles.choices}>
      <Stack>
        <Row
          icon="people"
          look="strong"
          below={t('secondCard.nextHow')}
          onPress={() => act({ type: 'second-card', choice: 'next-person' })}
        >
          {t('secondCard.next')}
        </Row>
        <Row
          icon={view.byPhone ? 'phone' : 'card'}
          look="strong"
          below={t(view.byPhone ? 'code.phone.same' : 'secondCard.sameHow')}
          onPress={() => act({ type: 'second-card', choice: 'still-me' })}
        >
          {t('secondCard.same')}
        </Row>
      </Stack>
    </div>
  );
}
