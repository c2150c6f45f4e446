import { useEffect, useRef, useState } from 'react';
import type { CameraReport } from '../../../../terminal/api.ts';
import { Key } from '../../parts/Key.tsx';
import { CameraNotice } from '../../photo/CameraNotice.tsx';
import { LivePicture } from '../../photo/pictures.tsx';
import type { CameraState } from '../../photo/use-camera.ts';
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
  const { state, retry } = useOneCamera(device);
  const video = useRef<HTMLVideoElement>(null);
  if (state.at !== 'live') return <CameraNotice trouble={state.at} isOptional={false} onRetry={retry} />;
  return <LivePicture camera={state.camera} video={video} onShowing={() => {}} />;
}

/** Opens the camera of this name while the page shows it; `retry` tries again. */
function useOneCamera(device: CameraReport['device']): { state: CameraState; retry(): void } {
  const { cameras, view } = useScreen();
  const [state, setState] = useState<CameraState>({ at: 'starting' });
  const [tries, setTries] = useState(0);
  const named = view.cabinet?.cameras.find((camera) => camera.device === device);
  const usb = named?.usb ?? null;
  const label = named?.label ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is the reason to begin anew
  useEffect(() => {
    let isLeft = false;
    let close = () => {};
    setState({ at: 'starting' });
    const of = device === 'document-camera' ? 'document' : 'scene';
    void cameras.open({ device, usb, label }, of).then((opened) => {
      if (!opened.ok) return isLeft || setState({ at: opened.error });
      if (isLeft) return opened.value.close();
      close = () => opened.value.close();
      opened.value.onGone(() => setState({ at: 'missing' }));
      setState({ at: 'live', camera: opened.value });
    });
    return () => {
      isLeft = true;
      close();
    };
  }, [cameras, device, usb, label, tries]);

  return { state, retry: () => setTries((before) => before + 1) };
}
