/** The three pictures of a photograph's page: what the camera sees, the still, and what is held already. */
import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react';
import type { OpenCamera } from '../browser/cameras.ts';
import { dropPicture, showJpeg, showPicture } from '../browser/pictures.ts';
import { useScreen } from '../screen-context.ts';
import { type Crop, isWhole } from './crop.ts';
import styles from './PhotoPage.module.css';

/** What the camera sees now; a camera that looks at the person shows them as a mirror does. */
export function LivePicture(props: {
  camera: OpenCamera;
  video: RefObject<HTMLVideoElement | null>;
  /** Called when the first picture stands there. */
  onShowing: (camera: OpenCamera) => void;
}) {
  const { camera, video, onShowing } = props;
  const { t } = useScreen();
  useEffect(() => {
    const place = video.current;
    if (place === null) return undefined;
    place.srcObject = camera.stream;
    return () => {
      place.srcObject = null;
    };
  }, [camera, video]);
  return (
    <div className={styles.picture}>
      <video
        ref={video}
        className={camera.device === 'face-camera' ? styles.mirrored : undefined}
        aria-label={t('photo.live')}
        onLoadedData={() => onShowing(camera)}
        autoPlay
        muted
        playsInline
      />
    </div>
  );
}

/** How wide the still is drawn on the page at most, in pixels: it is looked at, not handed in. */
const SHOWN_WIDTH_PX = 1600;

/** The still, veiled where it will be left out. */
export function StillPicture({ picture, crop }: { picture: HTMLCanvasElement; crop: Crop }) {
  const { t } = useScreen();
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const shown = place.current;
    if (shown === null) return undefined;
    showPicture(shown, picture, SHOWN_WIDTH_PX);
    return () => dropPicture(shown);
  }, [picture]);
  const ratio = picture.width / picture.height;
  return (
    <div className={styles.picture}>
      <div className={styles.still} style={{ '--ratio': ratio } as CSSProperties}>
        <canvas ref={place} role="img" aria-label={t('photo.taken')} />
        {!isWhole(crop) && <div className={styles.frame} style={shares(crop)} />}
      </div>
    </div>
  );
}

function shares({ left, top, width, height }: Crop): CSSProperties {
  const share = (part: number) => `${part * 100}%`;
  return { left: share(left), top: share(top), width: share(width), height: share(height) };
}

/** The photograph that the terminal holds, fetched to be looked at. */
export function HeldPicture({ photoRef, label }: { photoRef: string; label?: string }) {
  const { t, files } = useScreen();
  const place = useRef<HTMLCanvasElement>(null);
  const [isComing, setIsComing] = useState(true);
  useEffect(() => {
    const shown = place.current;
    let isLeft = false;
    setIsComing(true);
    void files.find(photoRef).then(async (jpeg) => {
      // Left meanwhile, the place may be another photograph's already.
      if (jpeg !== null && shown !== null && !isLeft) await showJpeg(shown, jpeg, () => !isLeft);
      jpeg?.fill(0);
      if (!isLeft) setIsComing(false);
    });
    return () => {
      isLeft = true;
      if (shown !== null) dropPicture(shown);
    };
  }, [photoRef, files]);
  return (
    <div className={styles.picture}>
      <canvas ref={place} role="img" aria-label={label ?? t('photo.held')} aria-busy={isComing} />
    </div>
  );
}
