import { useRef, useState } from 'react';
import type { CameraReport } from '../../../../terminal/api.ts';
import { Key } from '../../parts/Key.tsx';
import { CameraNotice } from '../../photo/CameraNotice.tsx';
import { LivePicture } from '../../photo/pictures.tsx';
import { useFirstCamera } from '../../photo/use-camera.ts';
import { useScreen } from '../../screen-context.ts';
import styles from './Upkeep.module.css';

/** The self-test of a camera: what it sees now, for as long as somebody looks. Nothing is taken or kept. */
export function CameraLook({ device }: { device: CameraReport['device'] }) {
  const { t } = useScreen();
  const [isLooking, setLooking] = useState(false);
  return (
    <div className={styles.block}>
      {isLooking && <Looking device={device} />}
      <div className={styles.keys}>
        <Key icon="camera" look={isLooking ? 'plain' : 'main'} grow onPress={() => setLooking(!isLooking)}>
          {t(isLooking ? 'upkeep.device.lookEnd' : 'upkeep.device.look')}
        </Key>
      </div>
    </div>
  );
}

function Looking({ device }: { device: CameraReport['device'] }) {
  const { view } = useScreen();
  const named = view.cabinet?.cameras.filter((camera) => camera.device === device) ?? [];
  const { state, retry } = useFirstCamera(named, device === 'document-camera' ? 'document' : 'scene', true);
  const video = useRef<HTMLVideoElement>(null);
  if (state.at !== 'live') return <CameraNotice trouble={state.at} how={null} onRetry={retry} />;
  return <LivePicture camera={state.camera} video={video} onShowing={() => {}} />;
}
