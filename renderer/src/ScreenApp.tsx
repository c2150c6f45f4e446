import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Action, View } from '../../terminal/api.ts';
import { createActionGate } from './act.ts';
import { browserCameras } from './browser/cameras.ts';
import { browserClock } from './browser/clock.ts';
import { browserMicrophones } from './browser/microphones.ts';
import { browserVoice } from './browser/voice-player.ts';
import type { ActOutcome, ScreenLink } from './link/screen-link.ts';
import { pageKey } from './page-key.ts';
import { useCameraReports } from './photo/use-camera-reports.ts';
import { useMicrophoneReports } from './photo/use-microphone-reports.ts';
import { ScreenFrame } from './ScreenFrame.tsx';
import type { Files } from './screen-context.ts';
import { createSteadyView, watchFingers } from './touch/steady-view.ts';
import { wordsOf } from './words/words.ts';

/** Refusals that a person need not hear of: the page had already gone on, or says itself that it waits. */
const SILENT = new Set(['stale', 'not-here', 'lost']);

/** The whole screen: follows the terminal's views, draws each, sends what is touched. */
export function ScreenApp({ link }: { link: ScreenLink }) {
  const view = useView(link);
  const [refusal, setRefusal] = useState<{ readonly page: string; readonly words: string } | null>(null);
  const gate = useMemo(() => createActionGate(browserClock), []);
  const revision = view?.revision ?? 0;
  const language = view?.language ?? 'zh';
  const page = view === null ? '' : pageKey(view);

  const hear = useCallback(
    (outcome: ActOutcome) => {
      if (outcome.ok || SILENT.has(outcome.error.code) || !('words' in outcome.error)) return;
      setRefusal({ page, words: wordsOf(language).say(outcome.error.words) });
    },
    [language, page],
  );
  const act = useCallback(
    (action: Action) => {
      if (!gate(action)) return;
      if (action.type !== 'touch' && action.type !== 'typing') setRefusal(null);
      void link.act(action, revision).then(hear);
    },
    [gate, link, revision, hear],
  );

  const files = useMemo<Files>(
    () => ({
      async attach(questionId, bytes) {
        setRefusal(null);
        const outcome = await link.attach(questionId, bytes, revision);
        hear(outcome);
        return outcome.ok;
      },
      find: link.findFile,
    }),
    [link, revision, hear],
  );
  const cameras = useMemo(browserCameras, []);
  useCameraReports(view, cameras, link.tellCameras);
  const microphones = useMemo(browserMicrophones, []);
  useMicrophoneReports(view, microphones, link.tellMicrophone);
  const voice = useMemo(() => browserVoice(browserClock, link.tellVoice), [link]);

  return (
    <ScreenFrame
      view={view}
      refusal={refusal?.page === page ? refusal.words : null}
      act={act}
      files={files}
      cameras={cameras}
      microphones={microphones}
      voice={voice}
    />
  );
}

/** The present view; none while there is no line, so that no page of before stands there for whoever comes. */
function useView(link: ScreenLink): View | null {
  const [view, setView] = useState<View | null>(null);
  useEffect(() => {
    const steady = createSteadyView(browserClock, setView);
    const stops = [
      link.onView(steady.next),
      link.onState((state) => {
        if (state === 'lost') steady.next(null);
      }),
      watchFingers(document, steady),
      steady.stop,
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [link]);
  return view;
}
