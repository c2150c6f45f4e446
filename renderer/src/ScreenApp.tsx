import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Action, View } from '../../terminal/api.ts';
import { createActionGate } from './act.ts';
import { browserClock } from './browser/clock.ts';
import type { LinkState, ScreenLink } from './link/screen-link.ts';
import { ScreenFrame } from './ScreenFrame.tsx';
import { wordsOf } from './words/words.ts';

/** Refusals that a person need not hear of: the page had already gone on. */
const SILENT = new Set(['stale', 'not-here', 'lost']);

/** The whole screen: follows the terminal's views, draws each, sends what is touched. */
export function ScreenApp({ link }: { link: ScreenLink }) {
  const { view, state } = useLink(link);
  const [refusal, setRefusal] = useState<string | null>(null);
  const gate = useMemo(() => createActionGate(browserClock), []);
  const revision = view?.revision ?? 0;
  const language = view?.language ?? 'zh';

  const act = useCallback(
    (action: Action) => {
      if (!gate(action)) return;
      void link.act(action, revision).then((outcome) => {
        if (outcome.ok)
          return setRefusal((old) => (action.type === 'touch' || action.type === 'typing' ? old : null));
        if (SILENT.has(outcome.error.code) || !('words' in outcome.error)) return;
        setRefusal(wordsOf(language).say(outcome.error.words));
      });
    },
    [gate, link, revision, language],
  );

  return <ScreenFrame view={view} isLost={state === 'lost'} refusal={refusal} act={act} />;
}

function useLink(link: ScreenLink): { view: View | null; state: LinkState } {
  const [view, setView] = useState<View | null>(null);
  const [state, setState] = useState<LinkState>('lost');
  useEffect(() => {
    const stops = [link.onView(setView), link.onState(setState)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [link]);
  // A page of before must not stand behind the waiting page: whoever comes next could see it flash up.
  useEffect(() => {
    if (state === 'lost') setView(null);
  }, [state]);
  return { view, state };
}
