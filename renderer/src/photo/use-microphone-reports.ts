import { useEffect } from 'react';
import type { MicrophoneReport, View } from '../../../terminal/api.ts';
import type { Microphones, NamedMicrophone } from '../browser/microphones.ts';

/** Tells how the cabinet's microphone is doing: at the start, on each new line, and when one comes or goes. */
export function useMicrophoneReports(
  view: View | null,
  microphones: Microphones,
  tell: (report: MicrophoneReport) => void,
): void {
  const named = view?.cabinet?.microphone == null ? null : JSON.stringify(view.cabinet.microphone);
  useEffect(() => {
    if (named === null) return undefined;
    let isOver = false;
    const report = async () => {
      const said = await microphones.report(JSON.parse(named) as NamedMicrophone);
      if (!isOver) tell(said);
    };
    void report();
    const stop = microphones.onChange(() => void report());
    return () => {
      isOver = true;
      stop();
    };
  }, [named, microphones, tell]);
}
