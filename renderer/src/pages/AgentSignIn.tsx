import { useState } from 'react';
import { HolderBar } from '../parts/Bar.tsx';
import { CardArt } from '../parts/CardArt.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pad } from '../parts/Pad.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import { pressPad } from '../questions/pad-text.ts';
import { useScreen } from '../screen-context.ts';
import styles from './AgentSignIn.module.css';
import plain from './Plain.module.css';
import type { PageOf } from './page-of.ts';

type SignIn = PageOf<'agent-sign-in'>;

const CODE_DIGITS = 12;
const PIN_DIGITS = { least: 6, most: 12 } as const;

/** An agent says who they are: by card, then by a PIN; the first time by a code of the county's. */
export function AgentSignIn({ page }: { page: SignIn }) {
  return page.step === 'card' ? <LayCard page={page} /> : <GiveDigits page={page} step={page.step} />;
}

function LayCard({ page }: { page: SignIn }) {
  const { t, say } = useScreen();
  const isTrouble = page.card === 'trouble';
  return (
    <>
      <HolderBar />
      <Pane align="middle">
        <div className={plain.centre} role="status">
          <h1>
            <Soft fits={8}>{t('agentSignIn.card')}</Soft>
          </h1>
          <p>
            {page.beside === null
              ? t(isTrouble ? 'agentSignIn.cardTrouble' : 'agentSignIn.cardHow')
              : t('agentSignIn.beside', { name: say(page.beside) })}
          </p>
          <CardArt mood={isTrouble ? 'again' : page.card === 'reading' ? 'reading' : 'place'} />
        </div>
      </Pane>
      <VisitFoot withHelp={false}>
        <BackKey />
      </VisitFoot>
    </>
  );
}

function GiveDigits({ page, step }: { page: SignIn; step: Exclude<SignIn['step'], 'card'> }) {
  const { t, act } = useScreen();
  const [digits, setDigits] = useState('');
  const isCode = step === 'code';
  const most = isCode ? CODE_DIGITS : PIN_DIGITS.most;
  const least = isCode ? CODE_DIGITS : PIN_DIGITS.least;
  const mustWait = page.waitSeconds > 0;
  const enter = () => {
    setDigits('');
    act({ type: 'agent', command: isCode ? { do: 'code', code: digits } : { do: 'pin', pin: digits } });
  };
  return (
    <>
      <HolderBar />
      <Pane>
        <Title why={t(`agentSignIn.${step}How`)}>{t(`agentSignIn.${step}`)}</Title>
        <div className={styles.said}>
          {page.trouble !== null && digits === '' && (
            <Notice
              look="waiting"
              icon={mustWait ? 'clock' : 'warn'}
              title={t(`agentSignIn.trouble.${page.trouble}`, { n: page.waitSeconds })}
              announce={!mustWait}
            >
              {t(`agentSignIn.troubleHow.${page.trouble}`)}
            </Notice>
          )}
        </div>
        <output className={styles.digits} aria-label={t('agentSignIn.given', { n: digits.length })}>
          {isCode
            ? Array.from({ length: CODE_DIGITS }, (_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the places are where their digits go
                <b key={at}>{digits[at]}</b>
              ))
            : Array.from({ length: Math.max(least, digits.length) }, (_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the dots are their places
                <i key={at} className={at < digits.length ? styles.given : ''} />
              ))}
        </output>
        <div className={styles.pad}>
          <Pad onKey={(key) => setDigits(pressPad(digits, key, most))} />
        </div>
      </Pane>
      <VisitFoot withHelp={false}>
        <BackKey isStep />
        {!mustWait && digits.length >= least && (
          <Key look="main" grow onPress={enter}>
            {t('agentSignIn.on')}
          </Key>
        )}
      </VisitFoot>
    </>
  );
}
