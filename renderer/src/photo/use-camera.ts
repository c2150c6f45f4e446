import { useEffect, useState } from 'react';
import { CAMERAS_FOR, type PhotoSubject } from '../../../catalog/photo.ts';
import type { Cameras, CameraTrouble, OpenCamera } from '../browser/cameras.ts';
import { useScreen } from '../screen-context.ts';
import type { NamedCamera } from './match-camera.ts';

/** How the camera of a page is doing. */
export type CameraState =
  | { readonly at: 'starting' }
  | { readonly at: 'live'; readonly camera: OpenCamera }
  | { readonly at: CameraTrouble };

const STARTING: CameraState = { at: 'starting' };

/** Opens the best of the cabinet's cameras for pictures of `of`, as {@link useFirstCamera} does. */
export function useCamera(of: PhotoSubject, isWanted: boolean) {
  const { view } = useScreen();
  return useFirstCamera(camerasFor(of, view.cabinet?.cameras ?? []), of, isWanted);
}

/**
 * Opens the first of these cameras that works while `isWanted`, and stops it when it is not, or the page is left. One
 * that is pulled out is opened again when it is back; `retry` tries again at once.
 */
export function useFirstCamera(these: readonly NamedCamera[], of: PhotoSubject, isWanted: boolean) {
  const { cameras } = useScreen();
  const [state, setState] = useState<CameraState>(STARTING);
  const [tries, setTries] = useState(0);
  const named = JSON.stringify(these);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is the reason to begin anew
  useEffect(() => {
    if (!isWanted) return undefined;
    let isLeft = false;
    let open: OpenCamera | undefined;
    setState(STARTING);
    void openFirst(cameras, JSON.parse(named) as NamedCamera[], of).then((opened) => {
      if (isLeft) return opened.at === 'live' ? opened.camera.close() : undefined;
      if (opened.at === 'live') {
        open = opened.camera;
        open.onGone(() => setState({ at: 'missing' }));
      }
      setState(opened);
    });
    return () => {
      isLeft = true;
      open?.close();
    };
  }, [cameras, named, of, isWanted, tries]);

  useEffect(() => {
    if (state.at === 'live' || state.at === 'starting') return undefined;
    return cameras.onChange(() => setTries((before) => before + 1));
  }, [cameras, state.at]);

  return { state, retry: () => setTries((before) => before + 1) };
}

/** The cameras of this cabinet that can take it, the best first. */
function camerasFor(of: PhotoSubject, named: readonly NamedCamera[]): readonly NamedCamera[] {
  return CAMERAS_FOR[of].flatMap((device) => named.filter((camera) => camera.device === device));
}

async function openFirst(
  cameras: Cameras,
  named: readonly NamedCamera[],
  of: PhotoSubject,
): Promise<CameraState> {
  let trouble: CameraTrouble = 'missing';
  for (const camera of named) {
    const opened = await cameras.open(camera, of);
    if (opened.ok) return { at: 'live', camera: opened.value };
    trouble = opened.error;
  }
  return { at: trouble };
}
