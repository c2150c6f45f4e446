import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './PhotoPage.module.css';
import type { CameraState } from './use-camera.ts';

/** Stands where the picture would: the camera is starting, or why it gives none and what can be done. */
export function CameraNotice(props: {
  trouble: Exclude<CameraState['at'], 'live'>;
  /** What somebody can do who needs a photograph; nothing where none is needed. */
  how: string | null;
  onRetry: () => void;
}) {
  const { t } = useScreen();
  const { trouble, how, onRetry } = props;
  if (trouble === 'starting') {
    return (
      <div className={`${styles.picture} ${styles.none}`} role="status">
        <p>{t('photo.starting')}</p>
      </div>
    );
  }
  return (
    <>
      <Notice look="waiting" icon="camera" title={t(`photo.${trouble}`)} announce>
        {how}
      </Notice>
      <div className={styles.keys}>
        <Key grow onPress={onRetry}>
          {t('photo.retry')}
        </Key>
      </div>
    </>
  );
}
