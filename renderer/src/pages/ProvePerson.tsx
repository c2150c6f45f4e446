import { useState } from 'react';
import { AgentRow } from '../parts/AgentRow.tsx';
import { MatterBar } from '../parts/Bar.tsx';
import { FaceArt, type FaceMood } from '../parts/FaceArt.tsx';
import { BackKey, VisitFoot } from '../parts/Foot.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Pad } from '../parts/Pad.tsx';
import { Pane } from '../parts/Pane.tsx';
import { Row } from '../parts/Row.tsx';
import { Stack, Title } from '../parts/Section.tsx';
import { Soft } from '../parts/Soft.tsx';
import digitStyles from '../questions/Digits.module.css';
import { Cells } from '../questions/Digits.tsx';
import { pressPad } from '../questions/pad-text.ts';
import { useScreen } from '../screen-context.ts';
import plain from './Plain.module.css';
import styles from './ProvePerson.module.css';
import type { PageOf } from './page-of.ts';

type ProvePage = PageOf<'prove-person'>;
type State<At extends ProvePage['state']['at']> = Extract<ProvePage['state'], { at: At }>;
type ProofMethod = ProvePage['methods'][number]['method'];
type Sent = NonNullable<State<'code'>['sent']>;

/** Proving that it is you, by a way of your own choice: the agent is always one. */
export function ProvePerson({ page }: { page: ProvePage }) {
  const { state } = page;
  return (
    <>
      <MatterBar head={page.head} />
      {state.at === 'choose' && <Choose page={page} failed={state.failed} />}
      {state.at === 'face' && <Face prompt={state.prompt} />}
      {state.at === 'code' && state.sent === null && <Sending />}
      {state.at === 'code' && state.sent !== null && (
        <Typing key={state.sent.guessesLeft} sent={state.sent} />
      )}
    </>
  );
}

const WAYS = {
  face: { icon: 'person', name: 'provePerson.face', how: 'provePerson.faceHow' },
  'phone-code': { icon: 'phone', name: 'provePerson.phone', how: 'provePerson.phoneHow' },
} as const;

/** The ways there are. Touching one is the person's own consent to it, so what it does stands below its name. */
function Choose({ page, failed }: { page: ProvePage; failed: State<'choose'>['failed'] }) {
  const { t, act } = useScreen();
  const open = page.methods.filter(({ triesLeft }) => triesLeft > 0);
  const isNone = open.length === 0;
  const isOpen = (method: ProofMethod) => open.some((one) => one.method === method);
  const how = ({ method, reason }: NonNullable<typeof failed>) =>
    isNone || isOpen(method) ? !isNone && t(`provePerson.failedHow.${reason}`) : t('provePerson.enough');
  return (
    <>
      <Pane>
        <Title why={isNone ? t('provePerson.noneHow') : t('provePerson.why')}>
          {t(isNone ? 'provePerson.none' : 'provePerson.title')}
        </Title>
        {failed !== null && (
          <div className={styles.notice}>
            <Notice look="waiting" icon="warn" title={t(`provePerson.failed.${failed.reason}`)} announce>
              {how(failed)}
            </Notice>
          </div>
        )}
        <div className={styles.ways}>
          <Stack>
            {open.map(({ method, triesLeft }) => (
              <Row
                key={method}
                icon={WAYS[method].icon}
                look="strong"
                below={
                  failed?.method === method
                    ? t('provePerson.triesLeft', { n: triesLeft })
                    : t(WAYS[method].how)
                }
                onPress={() => act({ type: 'prove', method })}
              >
                {t(WAYS[method].name)}
              </Row>
            ))}
            <AgentRow />
          </Stack>
        </div>
      </Pane>
      <VisitFoot>
        <BackKey />
      </VisitFoot>
    </>
  );
}

const MOODS: Readonly<Record<NonNullable<State<'face'>['prompt']> | 'starting', FaceMood>> = {
  starting: 'wait',
  'look-at-camera': 'look',
  'come-closer': 'look',
  'one-person-only': 'look',
  comparing: 'compare',
};

function Face({ prompt }: { prompt: State<'face'>['prompt'] }) {
  const { t } = useScreen();
  const step = prompt ?? 'starting';
  return (
    <>
      <Pane align="middle">
        <div className={plain.centre} role="status">
          <h1>
            <Soft fits={8}>{t(`provePerson.${step}`)}</Soft>
          </h1>
          <p>{t(`provePerson.${step}How`)}</p>
          <FaceArt mood={MOODS[step]} />
        </div>
      </Pane>
      <OtherWay />
    </>
  );
}

function Sending() {
  const { t } = useScreen();
  return (
    <>
      <Pane align="middle">
        <div className={plain.centre} role="status">
          <h1>
            <Soft fits={8}>{t('provePerson.sending')}</Soft>
          </h1>
          <p>{t('provePerson.sendingHow')}</p>
          <div className={`${plain.dots} ${styles.dots}`} aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        </div>
      </Pane>
      <OtherWay />
    </>
  );
}

function OtherWay() {
  const { t, act } = useScreen();
  return (
    <VisitFoot>
      <Key icon="back" grow onPress={() => act({ type: 'drop-proof' })}>
        {t('provePerson.other')}
      </Key>
    </VisitFoot>
  );
}

/** One guess; after a wrong one the cells are empty again. */
function Typing({ sent }: { sent: Sent }) {
  const { t, act } = useScreen();
  const [text, setText] = useState('');
  const { digits, maskedPhone, guessesLeft, wrong, checking } = sent;
  const send = () => {
    if (text.length === digits && !checking) act({ type: 'prove-code', code: text });
  };
  return (
    <>
      <Pane>
        <Title why={t('provePerson.codeHow', { phone: maskedPhone })}>{t('provePerson.code')}</Title>
        {wrong && text === '' && (
          <div className={styles.notice}>
            <Notice look="waiting" icon="warn" title={t('provePerson.wrong')} announce>
              {t('provePerson.wrongHow', { n: guessesLeft })}
            </Notice>
          </div>
        )}
        <div className={`${styles.typed} ${digitStyles.digits}`}>
          <Cells text={text} groups={[digits]} label={t('provePerson.codeLabel')} look="wide" />
          <Pad onKey={(key) => setText(pressPad(text, key, digits))} />
        </div>
      </Pane>
      <VisitFoot>
        <Key icon="back" onPress={() => act({ type: 'drop-proof' })}>
          {t('provePerson.other')}
        </Key>
        <Key look="main" onPress={send}>
          {t(checking ? 'provePerson.checking' : 'key.next')}
        </Key>
      </VisitFoot>
    </>
  );
}
