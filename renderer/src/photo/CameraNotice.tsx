import { Key } from '../parts/Key.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useScreen } from '../screen-context.ts';
import styles from './PhotoPage.module.css';
import type { CameraState } from './use-camera.ts';

/** Stands where the picture would: the camera is starting, or why it gives none and what can be done. */
export function CameraNotice(props: {
  trouble: Exclude<CameraState['at'], 'live'>;
  isOptional: boolean;
  onRetry: () => void;
}) {
  const { t } = useScreen();
  const { trouble, isOptional, onRetry } = props;
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
        {t(isOptional ? 'photo.skipHow' : 'photo.helpHow')}
      </Notice>
      <div className={styles.keys}>
        <Key grow onPress={onRetry}>
          {t('photo.retry')}
        </Key>
      </div>
    </>
  );
}
