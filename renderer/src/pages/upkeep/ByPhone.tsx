import { useState } from 'react';
import { Key } from '../../parts/Key.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Pad } from '../../parts/Pad.tsx';
import { Title } from '../../parts/Section.tsx';
import { pressPad } from '../../questions/pad-text.ts';
import { useScreen } from '../../screen-context.ts';
import type { PageOf } from '../page-of.ts';
import logStyles from './MachineLog.module.css';
import { Pairs } from './Pairs.tsx';
import styles from './Upkeep.module.css';
import { UpkeepFrame } from './UpkeepFrame.tsx';

const DIGITS = 8;

/** In by telephone: two numbers to say, and the digits that are said back. */
export function ByPhone({ page }: { page: PageOf<'upkeep-sign-in'> }) {
  const { t, act } = useScreen();
  const [answer, setAnswer] = useState('');
  const { phone, challenge } = page.door;
  const mustWait = page.waitSeconds > 0;
  const enter = () => {
    setAnswer('');
    act({ type: 'upkeep', command: { do: 'sign-in-by-phone', answer } });
  };
  return (
    <UpkeepFrame
      title={t('upkeep.signIn.title')}
      hasBack={false}
      keys={
        <>
          <Key icon="back" onPress={() => act({ type: 'upkeep', command: { do: 'by-phone', on: false } })}>
            {t('care.phone.pin')}
          </Key>
          {!mustWait && answer.length === DIGITS && (
            <Key look="main" grow onPress={enter}>
              {t('upkeep.signIn.enter')}
            </Key>
          )}
        </>
      }
    >
      <Title why={t('care.phone.how')}>{t('care.phone.title')}</Title>
      <Pairs
        pairs={[
          [t('care.phone.machine'), phone ?? ''],
          [t('care.phone.challenge'), grouped(challenge ?? '', 3)],
        ]}
      />
      <div className={styles.block}>
        {mustWait ? (
          <Notice look="waiting" icon="clock" title={t('upkeep.signIn.wait', { n: page.waitSeconds })} />
        ) : (
          page.wrong &&
          answer === '' && <Notice look="waiting" icon="warn" title={t('care.phone.wrong')} announce />
        )}
      </div>
      <p className={styles.block}>{t('care.phone.answer')}</p>
      <output className={logStyles.said}>{grouped(answer.padEnd(DIGITS, '·'), 4)}</output>
      <div className={styles.pad}>
        <Pad onKey={(key) => setAnswer(pressPad(answer, key, DIGITS))} />
      </div>
    </UpkeepFrame>
  );
}

/** `123456789` as `123 456 789`. */
function grouped(text: string, size: number): string {
  return text.match(new RegExp(`.{1,${size}}`, 'g'))?.join(' ') ?? '';
}
