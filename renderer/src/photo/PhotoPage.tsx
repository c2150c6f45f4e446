import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../terminal/api.ts';
import { createDoubleTapGuard } from '../act.ts';
import type { OpenCamera } from '../browser/cameras.ts';
import { browserClock } from '../browser/clock.ts';
import { dropPicture, encodeJpeg, greyCopy, isDropped, longSideOf, takeStill } from '../browser/pictures.ts';
import type { PageOf } from '../pages/page-of.ts';
import { QuestionFrame } from '../pages/QuestionFrame.tsx';
import { Key } from '../parts/Key.tsx';
import { missingWord } from '../questions/missing.ts';
import type { QuestionOf } from '../questions/question-of.ts';
import { useScreen } from '../screen-context.ts';
import { wordsOf } from '../words/words.ts';
import { CameraNotice } from './CameraNotice.tsx';
import { type Crop, isWhole, scaled, WHOLE } from './crop.ts';
import { findPaper } from './find-paper.ts';
import { fitJpeg } from './fit-jpeg.ts';
import styles from './PhotoPage.module.css';
import { HeldPicture, LivePicture, StillPicture } from './pictures.tsx';
import { useCamera } from './use-camera.ts';

/** How wide the grey copy is in which a paper is looked for, in pixels. */
const LOOK_WIDTH_PX = 240;
/** How much one tap makes the frame larger or smaller. */
const STEP = 1.15;

/** A photograph just taken, not handed in yet. */
interface Still {
  readonly picture: HTMLCanvasElement;
  readonly crop: Crop;
}

/** What the page is doing: it shows a photograph just taken, one that is held, or what the camera sees. */
type Doing =
  | { readonly is: 'still'; readonly still: Still }
  | { readonly is: 'held'; readonly ref: string }
  | { readonly is: 'looking'; readonly isAgain: boolean };

/**
 * A photograph as answer: what the camera sees, then the still with a frame around what counts, then it is handed
 * in. Nothing of it stays in the page: the camera stops and the still is dropped with it.
 */
export function PhotoPage({ page, question }: { page: PageOf<'question'>; question: QuestionOf<'photo'> }) {
  const { t, say } = useScreen();
  const photo = usePhoto(page, question);
  const { doing } = photo;
  return (
    <QuestionFrame
      page={page}
      why={question.help === undefined ? question.optional && t('photo.skipHow') : say(question.help)}
      problem={photo.problem ?? page.problem}
      next={<NextKey photo={photo} isOptional={question.optional} />}
    >
      <div className={styles.photo}>
        {doing.is === 'still' && <StillPicture {...doing.still} />}
        {doing.is === 'held' && <HeldPicture photoRef={doing.ref} />}
        {doing.is === 'looking' && <Looking photo={photo} question={question} />}
        {(doing.is !== 'looking' || photo.isShowing) && (
          <>
            <p className={styles.how} role="status">
              {t(HOW[doing.is] ?? (question.of === 'document' ? 'photo.paperHow' : 'photo.sceneHow'))}
            </p>
            {doing.is === 'still' && <CropKeys still={doing.still} onChange={photo.crop} />}
            <div className={styles.keys}>
              <Key
                icon="camera"
                grow
                look={doing.is === 'looking' ? 'main' : 'plain'}
                onPress={doing.is === 'looking' ? photo.take : photo.again}
              >
                {t(doing.is === 'looking' ? 'photo.take' : 'photo.again')}
              </Key>
              {doing.is === 'held' && question.optional && <Key onPress={photo.drop}>{t('photo.drop')}</Key>}
            </div>
          </>
        )}
      </div>
    </QuestionFrame>
  );
}

const HOW = { still: 'photo.takenHow', held: 'photo.heldHow', looking: null } as const;

type Photo = ReturnType<typeof usePhoto>;

function Looking({ photo, question }: { photo: Photo; question: QuestionOf<'photo'> }) {
  const { t } = useScreen();
  const { camera } = photo;
  if (camera.at === 'live')
    return <LivePicture camera={camera.camera} video={photo.video} onShowing={photo.showing} />;
  const how = t(question.optional ? 'photo.skipHow' : 'photo.helpHow');
  return <CameraNotice trouble={camera.at} how={how} onRetry={photo.retry} />;
}

function CropKeys({ still, onChange }: { still: Still; onChange: (crop: Crop) => void }) {
  const { t } = useScreen();
  return (
    <div className={styles.keys}>
      <Key icon="minus" grow onPress={() => onChange(scaled(still.crop, 1 / STEP))}>
        {t('photo.smaller')}
      </Key>
      <Key icon="plus" grow onPress={() => onChange(scaled(still.crop, STEP))}>
        {t('photo.larger')}
      </Key>
      {!isWhole(still.crop) && (
        <Key grow onPress={() => onChange(WHOLE)}>
          {t('photo.whole')}
        </Key>
      )}
    </div>
  );
}

/** The way on, by what there is: use the still, go on with what is held, or go on without where that is allowed. */
function NextKey({ photo, isOptional }: { photo: Photo; isOptional: boolean }) {
  const { t } = useScreen();
  const { doing } = photo;
  if (doing.is === 'still')
    return (
      <Key look="main" onPress={photo.use}>
        {t(photo.isSending ? 'photo.sending' : 'photo.use')}
      </Key>
    );
  if (doing.is === 'looking' && doing.isAgain)
    return (
      <Key grow onPress={photo.keepOld}>
        {t('photo.keepOld')}
      </Key>
    );
  // While something is still to be photographed, that is the main key.
  if (doing.is === 'looking')
    return (
      <Key grow onPress={photo.goOn}>
        {t(isOptional ? 'photo.skip' : 'key.next')}
      </Key>
    );
  return (
    <Key look="main" onPress={photo.goOn}>
      {t('key.next')}
    </Key>
  );
}

function usePhoto(page: PageOf<'question'>, question: QuestionOf<'photo'>) {
  const { act, files } = useScreen();
  const [still, setStill] = useStill();
  const [isAgain, setIsAgain] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const isSteady = useMemo(() => createDoubleTapGuard(browserClock), []);
  const held = typeof page.value === 'string' && page.value !== '' ? page.value : null;
  const doing = whatToDo(still, held, isAgain);
  const { state: camera, retry } = useCamera(question.of, doing.is === 'looking');
  const [showing, setShowing] = useState<OpenCamera | null>(null);

  const goOn = () => {
    if (held === null && !question.optional) {
      setProblem({ code: 'missing', words: missingWord(question) });
      return;
    }
    act({ type: 'answer', questionId: question.id, value: null });
  };
  const use = async ({ picture, crop }: Still) => {
    setIsSending(true);
    const encode = async (longSide: number, quality: number) =>
      isDropped(picture) ? undefined : encodeJpeg(picture, crop, longSide, quality);
    const jpeg = await fitJpeg(longSideOf(picture, crop), encode);
    // Whoever left the page meanwhile did not hand it in.
    const isMeant = jpeg !== undefined && !isDropped(picture);
    const isTaken = isMeant && (await files.attach(question.id, jpeg));
    jpeg?.fill(0);
    setIsSending(false);
    if (jpeg === undefined) setProblem({ code: 'photo', words: NOT_FIT });
    if (!isTaken) return;
    setStill(null);
    setIsAgain(false);
    act({ type: 'answer', questionId: question.id, value: null });
  };
  return {
    doing,
    camera,
    /** Whether the camera's picture stands there: before, there is nothing to take. */
    isShowing: camera.at === 'live' && camera.camera === showing,
    showing: setShowing,
    video,
    problem,
    isSending,
    retry,
    goOn,
    take() {
      const picture = isSteady() && video.current !== null ? takeStill(video.current) : undefined;
      if (picture === undefined) return;
      const crop = question.of === 'document' ? findPaper(greyCopy(picture, LOOK_WIDTH_PX)) : WHOLE;
      setProblem(null);
      setStill({ picture, crop });
    },
    // What is being handed in stays as it is until that has ended.
    crop(crop: Crop) {
      if (still !== null && !isSending) setStill({ ...still, crop });
    },
    again() {
      if (isSending || !isSteady()) return;
      setStill(null);
      setIsAgain(held !== null);
    },
    keepOld: () => setIsAgain(false),
    use() {
      if (still !== null && !isSending) void use(still);
    },
    drop() {
      if (isSteady()) void files.attach(question.id, null);
    },
  };
}

const NOT_FIT = { zh: wordsOf('zh').t('photo.notFit'), en: wordsOf('en').t('photo.notFit') };

function whatToDo(still: Still | null, held: string | null, isAgain: boolean): Doing {
  if (still !== null) return { is: 'still', still };
  if (held === null || isAgain) return { is: 'looking', isAgain: held !== null };
  return { is: 'held', ref: held };
}

/** A still whose pixels are let go of as soon as it is not shown any more. */
function useStill() {
  const [still, setStill] = useState<Still | null>(null);
  const picture = still?.picture ?? null;
  useEffect(() => () => (picture === null ? undefined : dropPicture(picture)), [picture]);
  return [still, setStill] as const;
}
