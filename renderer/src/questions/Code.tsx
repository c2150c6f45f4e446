import { lazy, Suspense, useEffect, useState } from 'react';
import type { PageOf } from '../pages/page-of.ts';
import { Key } from '../parts/Key.tsx';
import { ScanArt, type ScanMood } from '../parts/ScanArt.tsx';
import { Soft } from '../parts/Soft.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './Code.module.css';
import cardStyles from './PersonCard.module.css';
import type { Asked } from './question-of.ts';

type CodeState = NonNullable<PageOf<'question'>['code']>;

const CodeTyping = lazy(async () => ({ default: (await import('./CodeTyping.tsx')).CodeTyping }));

const MOODS: Readonly<Record<CodeState['state'], ScanMood>> = {
  waiting: 'hold',
  read: 'read',
  unreadable: 'again',
  down: 'down',
};

/** A code from the scanner; typed where that is allowed. */
export function Code(props: Asked<'code'> & { code: CodeState | null }) {
  const { question, value, onChange, code } = props;
  const { t } = useScreen();
  const [isTyping, setTyping] = useState(value !== null);
  const state = code?.state ?? 'waiting';
  // Whoever holds a code up means to be done with typing.
  useEffect(() => {
    if (state === 'read') setTyping(false);
  }, [state]);
  if (question.typed && isTyping) {
    const scan = () => {
      setTyping(false);
      onChange(null);
    };
    return (
      <div className={styles.code}>
        <Suspense fallback={<div aria-busy="true" />}>
          <CodeTyping question={question} value={value} onChange={onChange} />
        </Suspense>
        {state !== 'down' && <Key onPress={scan}>{t('code.scanIt')}</Key>}
      </div>
    );
  }
  // A code that was scanned is not gone on with in place of one that is to be typed.
  const type = () => {
    setTyping(true);
    onChange(null);
  };
  return (
    <div className={styles.code}>
      <Scan state={state} shown={code?.shown ?? ''} mayType={question.typed} />
      {question.typed && <Key onPress={type}>{t('code.typeIt')}</Key>}
    </div>
  );
}

/** How the scanner is doing, in a picture and in words. */
function Scan({ state, shown, mayType }: { state: CodeState['state']; shown: string; mayType: boolean }) {
  const { t } = useScreen();
  const how = state === 'down' && mayType ? t('code.downTyped') : t(`code.${state}How`);
  return (
    <div className={cardStyles.card}>
      <ScanArt mood={MOODS[state]} />
      <div role="status" data-private="">
        <p className={cardStyles.title}>
          <Soft fits={12}>{t(`code.${state}`, { shown })}</Soft>
        </p>
        <p className={`${cardStyles.below} ${styles.below}`}>
          <Soft fits={14}>{how}</Soft>
        </p>
      </div>
    </div>
  );
}
