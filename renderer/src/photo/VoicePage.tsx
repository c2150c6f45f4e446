import { useEffect, useState } from 'react';
import { findSpoken } from '../../../catalog/spoken.ts';
import type { Problem } from '../../../terminal/api.ts';
import type { PageOf } from '../pages/page-of.ts';
import { QuestionFrame } from '../pages/QuestionFrame.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { missingWord } from '../questions/missing.ts';
import type { QuestionOf } from '../questions/question-of.ts';
import { useScreen } from '../screen-context.ts';
import { useHush } from '../voice/voice-context.tsx';
import { usePlaying, useRecording } from './use-recording.ts';
import styles from './VoicePage.module.css';

/** A question for a recording, or for words that may be said. */
type SaidQuestion = QuestionOf<'voice' | 'text'>;

/**
 * Words said: a tap to start, a tap to stop, then they are listened to and handed in. Where they may be written as
 * well, `onWrite` leads there and back is the way to it.
 */
export function VoicePage(props: {
  page: PageOf<'question'>;
  question: SaidQuestion;
  maxSeconds: number;
  onWrite?: () => void;
}) {
  const { page, question, maxSeconds, onWrite } = props;
  const { t, say } = useScreen();
  const voice = useVoice(page, question, maxSeconds);
  const notKept = onWrite && t('voice.notKept');
  useHush(voice.isPlaying || voice.state.at === 'recording');
  return (
    <QuestionFrame
      page={page}
      why={
        notKept ??
        (question.help === undefined ? question.optional && t('voice.skipHow') : say(question.help))
      }
      problem={voice.problem ?? page.problem}
      back={onWrite && voice.state.at !== 'recording' && <Key onPress={onWrite}>{t('voice.write')}</Key>}
      // While somebody speaks, there is one thing to tap: that they are done.
      next={voice.state.at !== 'recording' && <NextKey voice={voice} isOptional={question.optional} />}
    >
      <div className={styles.voice}>
        {voice.held === null ? (
          <Taking voice={voice} isOptional={question.optional} maxSeconds={maxSeconds} />
        ) : (
          <>
            <Face title={t('voice.held')} how={t('voice.heldHow')} />
            <div className={styles.keys}>
              <PlayKey voice={voice} />
              <Key grow onPress={voice.again}>
                {t('voice.again')}
              </Key>
              {question.optional && <Key onPress={voice.drop}>{t('voice.drop')}</Key>}
            </div>
          </>
        )}
      </div>
    </QuestionFrame>
  );
}

type Voice = ReturnType<typeof useVoice>;

function Taking(props: { voice: Voice; isOptional: boolean; maxSeconds: number }) {
  const { voice, isOptional, maxSeconds } = props;
  const { t } = useScreen();
  const { state } = voice;
  switch (state.at) {
    case 'ready':
      return (
        <>
          <Face title={t('voice.ready')} how={t('voice.readyHow', { n: maxSeconds })} />
          <Key look="main" icon="speak" onPress={voice.start}>
            {t('voice.start')}
          </Key>
        </>
      );
    case 'recording':
      return (
        <>
          <Face
            title={t('voice.recording')}
            how={t('voice.left', { n: state.secondsLeft })}
            level={state.level}
          />
          <Key look="main" onPress={voice.stop}>
            {t('voice.stop')}
          </Key>
        </>
      );
    case 'taken':
      return (
        <>
          <Face title={t('voice.taken', { n: state.seconds })} how={t('voice.takenHow')} />
          <div className={styles.keys}>
            <PlayKey voice={voice} />
            <Key grow onPress={voice.start}>
              {t('voice.again')}
            </Key>
          </div>
        </>
      );
    default:
      return (
        <>
          <Notice look="waiting" icon="speak" title={t(`voice.${state.at}`)} announce>
            {t(isOptional ? 'voice.skipHow' : 'voice.helpHow')}
          </Notice>
          <Key onPress={voice.start}>{t('voice.retry')}</Key>
        </>
      );
  }
}

/** How recording goes, in a picture and in words; with how loud it is while somebody speaks. */
function Face({ title, how, level }: { title: string; how: string; level?: number }) {
  const { t } = useScreen();
  return (
    <div className={styles.face}>
      <span className={styles.sign}>
        <Icon name="speak" />
      </span>
      <div role="status">
        <p className={styles.title}>{title}</p>
        <p className={styles.how}>{how}</p>
      </div>
      {level !== undefined && (
        <meter className={styles.level} aria-label={t('voice.level')} min={0} max={1} value={level} />
      )}
    </div>
  );
}

function PlayKey({ voice }: { voice: Voice }) {
  const { t } = useScreen();
  return (
    <Key grow icon="sound" onPress={voice.isPlaying ? voice.hush : voice.play}>
      {t(voice.isPlaying ? 'voice.hush' : 'voice.play')}
    </Key>
  );
}

/** The way on, by what there is: hand the recording in, go on with the one that is held, or without where that is allowed. */
function NextKey({ voice, isOptional }: { voice: Voice; isOptional: boolean }) {
  const { t } = useScreen();
  if (voice.held !== null)
    return (
      <Key look="main" onPress={voice.goOn}>
        {t('key.next')}
      </Key>
    );
  if (voice.state.at === 'taken')
    return (
      <Key look="main" onPress={voice.use}>
        {t(voice.isSending ? 'voice.sending' : 'voice.use')}
      </Key>
    );
  if (voice.isAgain)
    return (
      <Key grow onPress={voice.keepOld}>
        {t('voice.keepOld')}
      </Key>
    );
  return (
    <Key grow onPress={voice.goOn}>
      {t(isOptional ? 'voice.skip' : 'key.next')}
    </Key>
  );
}

/** What the recording is known by that the page holds; null when it holds none. */
function refOf({ type }: SaidQuestion, value: PageOf<'question'>['value']): string | null {
  const ref = type === 'text' ? findSpoken(value)?.spoken : value;
  return typeof ref === 'string' && ref !== '' ? ref : null;
}

function useVoice(page: PageOf<'question'>, question: SaidQuestion, maxSeconds: number) {
  const { act, files } = useScreen();
  const { state, start, stop, forget } = useRecording(maxSeconds);
  const playing = usePlaying();
  const [isAgain, setIsAgain] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [isHandedIn, setHandedIn] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ref = refOf(question, page.value);
  const held = isAgain || state.at === 'recording' || state.at === 'taken' ? null : ref;

  const goOn = () => {
    if (held === null && !question.optional) {
      setProblem({ code: 'missing', words: missingWord(question) });
      return;
    }
    act({ type: 'answer', questionId: question.id, value: held === null ? null : page.value });
  };
  const handIn = async (webm: Uint8Array) => {
    setIsSending(true);
    const isTaken = await files.attach(question.id, webm.slice());
    setIsSending(false);
    if (!isTaken) return;
    forget();
    setIsAgain(false);
    setHandedIn(true);
  };
  // What was handed in is the answer as soon as the terminal has named it.
  const isNamed = isHandedIn && held !== null;
  useEffect(() => {
    if (!isNamed) return;
    setHandedIn(false);
    act({ type: 'answer', questionId: question.id, value: page.value });
  }, [isNamed, act, question.id, page.value]);
  const playHeld = async (name: string) => {
    const webm = await files.find(name);
    if (webm !== null) playing.play(webm);
  };
  return {
    state,
    held,
    problem,
    isAgain,
    isSending,
    isPlaying: playing.isPlaying,
    hush: playing.hush,
    goOn,
    stop,
    start() {
      playing.hush();
      setProblem(null);
      start();
    },
    play() {
      if (state.at === 'taken') playing.play(state.webm);
      else if (held !== null) void playHeld(held);
    },
    again() {
      playing.hush();
      forget();
      setIsAgain(true);
    },
    keepOld() {
      forget();
      setIsAgain(false);
    },
    drop() {
      playing.hush();
      void files.attach(question.id, null);
    },
    use() {
      playing.hush();
      if (state.at === 'taken' && !isSending) void handIn(state.webm);
    },
  };
}
