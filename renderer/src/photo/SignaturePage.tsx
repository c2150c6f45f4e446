import { useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../terminal/api.ts';
import { createDoubleTapGuard } from '../act.ts';
import { browserClock } from '../browser/clock.ts';
import { encodeJpeg } from '../browser/pictures.ts';
import type { PageOf } from '../pages/page-of.ts';
import { QuestionFrame } from '../pages/QuestionFrame.tsx';
import type { Stroke } from '../parts/ink.ts';
import { Key } from '../parts/Key.tsx';
import { missingWord } from '../questions/missing.ts';
import type { QuestionOf } from '../questions/question-of.ts';
import { useScreen } from '../screen-context.ts';
import { WHOLE } from './crop.ts';
import { HeldPicture } from './pictures.tsx';
import styles from './SignaturePage.module.css';
import { SigningArea } from './SigningArea.tsx';
import { isSigned } from './strokes.ts';

/** Of the JPEG: line drawings lose their edges below. */
const QUALITY = 0.85;
const LONG_SIDE_PX = 1200;

/** A name signed on the glass. It is handed in as a picture; nothing of it stays in the page. */
export function SignaturePage(props: { page: PageOf<'question'>; question: QuestionOf<'signature'> }) {
  const { page, question } = props;
  const { t, say } = useScreen();
  const signing = useSigning(page, question);
  const { held, strokes } = signing;
  return (
    <QuestionFrame
      page={page}
      why={question.help === undefined ? question.optional && t('question.optional') : say(question.help)}
      problem={signing.problem ?? page.problem}
      next={<NextKey signing={signing} isOptional={question.optional} />}
    >
      <div className={styles.signature}>
        {held !== null ? (
          <HeldPicture photoRef={held} label={t('signature.held')} />
        ) : (
          <SigningArea canvas={signing.canvas} strokes={strokes} onStroke={signing.stroke} />
        )}
        <p className={styles.how} role="status">
          {t(held === null ? 'signature.how' : 'signature.heldHow')}
        </p>
        <div className={styles.keys}>
          {held !== null && (
            <Key grow icon="wipe" onPress={signing.again}>
              {t('signature.again')}
            </Key>
          )}
          {held !== null && question.optional && <Key onPress={signing.drop}>{t('signature.drop')}</Key>}
          {held === null && strokes.length > 0 && (
            <Key grow icon="wipe" onPress={signing.wipe}>
              {t('signature.clear')}
            </Key>
          )}
        </div>
      </div>
    </QuestionFrame>
  );
}

type Signing = ReturnType<typeof useSigning>;

/** The way on, by what there is: hand the signature in, go on with the one that is held, or without where that is allowed. */
function NextKey({ signing, isOptional }: { signing: Signing; isOptional: boolean }) {
  const { t } = useScreen();
  if (signing.held !== null)
    return (
      <Key look="main" onPress={signing.goOn}>
        {t('key.next')}
      </Key>
    );
  if (signing.strokes.length === 0 && signing.isAgain)
    return (
      <Key grow onPress={signing.keepOld}>
        {t('signature.keepOld')}
      </Key>
    );
  if (signing.strokes.length === 0 && isOptional)
    return (
      <Key grow onPress={signing.goOn}>
        {t('signature.skip')}
      </Key>
    );
  return (
    <Key look="main" onPress={signing.use}>
      {t(signing.isSending ? 'signature.sending' : 'signature.use')}
    </Key>
  );
}

function useSigning(page: PageOf<'question'>, question: QuestionOf<'signature'>) {
  const { act, files } = useScreen();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [isAgain, setIsAgain] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isSteady = useMemo(() => createDoubleTapGuard(browserClock), []);
  const ref = typeof page.value === 'string' && page.value !== '' ? page.value : null;
  const missing = () => setProblem({ code: 'missing', words: missingWord(question) });
  const goOn = () => act({ type: 'answer', questionId: question.id, value: null });

  const handIn = async (picture: HTMLCanvasElement) => {
    setIsSending(true);
    const jpeg = await encodeJpeg(picture, WHOLE, LONG_SIDE_PX, QUALITY);
    // Whoever left the page meanwhile did not hand it in.
    const isTaken = canvas.current !== null && (await files.attach(question.id, jpeg));
    jpeg.fill(0);
    setIsSending(false);
    if (!isTaken) return;
    setStrokes([]);
    setIsAgain(false);
    goOn();
  };
  return {
    canvas,
    strokes,
    problem,
    isAgain,
    isSending,
    goOn,
    held: isAgain ? null : ref,
    stroke(stroke: Stroke) {
      setProblem(null);
      setStrokes((before) => [...before, stroke]);
    },
    wipe() {
      if (!isSending) setStrokes([]);
    },
    again() {
      if (isSteady()) setIsAgain(true);
    },
    keepOld: () => setIsAgain(false),
    drop() {
      if (isSteady()) void files.attach(question.id, null);
    },
    use() {
      if (!isSigned(strokes)) return missing();
      if (canvas.current !== null && !isSending) void handIn(canvas.current);
    },
  };
}
