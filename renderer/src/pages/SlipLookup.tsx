import { useState } from 'react';
import { HolderBar } from '../parts/Bar.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pad } from '../parts/Pad.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { ScanArt } from '../parts/ScanArt.tsx';
import { Title } from '../parts/Section.tsx';
import digitStyles from '../questions/Digits.module.css';
import { Cells } from '../questions/Digits.tsx';
import { pressPad } from '../questions/pad-text.ts';
import { useScreen } from '../screen-context.ts';
import { groupedNumber } from '../words/format.ts';
import type { PageOf } from './page-of.ts';
import styles from './SlipLookup.module.css';

/** Asks for a slip: held before the scanner, or typed, its number first and then its code. */
export function SlipLookup({ page }: { page: PageOf<'slip-lookup'> }) {
  return page.step === 'scan' ? <ScanSlip page={page} /> : <TypeSlip page={page} step={page.step} />;
}

function ScanSlip({ page }: { page: PageOf<'slip-lookup'> }) {
  const { t, act } = useScreen();
  const isDown = page.scanner === 'down';
  const mood = isDown ? 'down' : page.problem === null ? 'hold' : 'again';
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={isDown ? t('slip.downHow') : t('slip.how')}>
          {t(isDown ? 'code.down' : 'slip.title')}
        </Title>
        <Trouble problem={page.problem} />
        <div className={styles.art}>
          <ScanArt mood={mood} />
        </div>
        <div className={styles.byHand}>
          <Row look="strong" below={t('slip.byHandHow')} onPress={() => act({ type: 'slip-by-hand' })}>
            {t('slip.byHand')}
          </Row>
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

/** The digits of each step, in the groups the slip has them in. */
const GROUPS = { number: [4, 4, 4], code: [6] } as const;

function TypeSlip({ page, step }: { page: PageOf<'slip-lookup'>; step: 'number' | 'code' }) {
  const { t, act } = useScreen();
  const [text, setText] = useState('');
  const [isJudged, setJudged] = useState(false);
  const groups = GROUPS[step];
  const length = groups.reduce((sum: number, size) => sum + size, 0);
  const why =
    step === 'number'
      ? t('slip.numberHow')
      : t('slip.codeHow', { number: groupedNumber(page.localNumber ?? '') });
  const send = () => {
    setJudged(true);
    act(
      step === 'number' ? { type: 'slip-number', localNumber: text } : { type: 'slip-code', slipCode: text },
    );
  };
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={why}>{t(`slip.${step}`)}</Title>
        {isJudged && <Trouble problem={page.problem} />}
        <div className={`${styles.typed} ${digitStyles.digits}`}>
          <Cells text={text} groups={groups} label={t(`slip.${step}`)} look="wide" />
          <Pad
            onKey={(key) => {
              setJudged(false);
              setText(pressPad(text, key, length));
            }}
          />
        </div>
      </Pane>
      <VisitFoot>
        <BackKey isStep />
        <Key look="main" onPress={send}>
          {t('key.next')}
        </Key>
      </VisitFoot>
    </>
  );
}

function Trouble({ problem }: { problem: PageOf<'slip-lookup'>['problem'] }) {
  const { say } = useScreen();
  if (problem === null) return null;
  return (
    <div className={styles.problem}>
      <Notice look="waiting" icon="warn" title={say(problem.words)} announce />
    </div>
  );
}
