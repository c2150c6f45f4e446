import { useEffect } from 'react';
import type { CameraReport, View } from '../../../terminal/api.ts';
import type { Cameras } from '../browser/cameras.ts';
import type { NamedCamera } from './match-camera.ts';

/** Tells how the cabinet's cameras are doing: at the start, on each new line, and when one comes or goes. */
export function useCameraReports(
  view: View | null,
  cameras: Cameras,
  tell: (reports: readonly CameraReport[]) => void,
): void {
  const named = view?.cabinet == null ? null : JSON.stringify(view.cabinet.cameras);
  useEffect(() => {
    if (named === null) return undefined;
    let isOver = false;
    const report = async () => {
      const reports = await cameras.report(JSON.parse(named) as NamedCamera[]);
      if (!isOver && reports.length > 0) tell(reports);
    };
    void report();
    const stop = cameras.onChange(() => void report());
    return () => {
      isOver = true;
      stop();
    };
  }, [named, cameras, tell]);
}
