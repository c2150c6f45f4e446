import { useCallback, useEffect, useRef, useState } from 'react';
import { browserClock } from '../browser/clock.ts';
import type { MicrophoneTrouble, Recording } from '../browser/microphones.ts';
import { useScreen } from '../screen-context.ts';

/** How often the loudness is shown, in ms. */
const LEVEL_EVERY_MS = 100;
/** Whoever speaks or listens is there, though they touch nothing. */
const TOUCH_EVERY_MS = 5_000;

/** How recording goes. */
export type RecordingState =
  | { readonly at: 'ready' }
  | { readonly at: 'recording'; readonly level: number; readonly secondsLeft: number }
  /** Recorded and not handed in yet. */
  | { readonly at: 'taken'; readonly webm: Uint8Array; readonly seconds: number }
  | { readonly at: MicrophoneTrouble };

/** Records with the cabinet's microphone. Nothing outlives the page: what was recorded is overwritten with it. */
export function useRecording(maxSeconds: number) {
  const { act, view, microphones } = useScreen();
  const named = view.cabinet?.microphone ?? null;
  const [state, setState] = useState<RecordingState>(named === null ? { at: 'missing' } : { at: 'ready' });
  const running = useRef<{ recording: Recording; cancel: () => void } | null>(null);
  const taken = useRef<Uint8Array | null>(null);
  const isLeft = useRef(false);

  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
      running.current?.cancel();
      running.current?.recording.drop();
      running.current = null;
      wipe(taken);
    };
  }, []);

  const stop = async (seconds: number) => {
    const now = running.current;
    if (now === null) return;
    running.current = null;
    now.cancel();
    const webm = await now.recording.stop();
    if (isLeft.current) return void webm.fill(0);
    taken.current = webm;
    setState({ at: 'taken', webm, seconds });
  };

  const start = async () => {
    if (named === null || running.current !== null) return;
    wipe(taken);
    const begun = await microphones.record(named);
    if (isLeft.current) return begun.ok ? begun.value.drop() : undefined;
    if (!begun.ok) return setState({ at: begun.error });
    const recording = begun.value;
    const startMs = browserClock.monoMs();
    let touchedMs = startMs;
    const follow = () => {
      const nowMs = browserClock.monoMs();
      const seconds = Math.max(1, Math.round((nowMs - startMs) / 1000));
      if (nowMs - startMs >= maxSeconds * 1000) return void stop(maxSeconds);
      if (nowMs - touchedMs >= TOUCH_EVERY_MS) {
        touchedMs = nowMs;
        act({ type: 'touch' });
      }
      setState({ at: 'recording', level: recording.level(), secondsLeft: maxSeconds - seconds + 1 });
      const cancel = browserClock.after(LEVEL_EVERY_MS, follow);
      running.current = { recording, cancel };
    };
    running.current = { recording, cancel: () => undefined };
    follow();
  };

  return {
    state,
    start: () => void start(),
    stop() {
      if (state.at === 'recording') void stop(maxSeconds - state.secondsLeft + 1);
    },
    /** Forgets what was recorded. */
    forget() {
      wipe(taken);
      setState(named === null ? { at: 'missing' } : { at: 'ready' });
    },
  };
}

/** Overwrites what was recorded. */
function wipe(taken: { current: Uint8Array | null }): void {
  taken.current?.fill(0);
  taken.current = null;
}

/** Plays a recording; the page that does so counts as touched. */
export function usePlaying() {
  const { act, microphones } = useScreen();
  const [isPlaying, setPlaying] = useState(false);
  const stopNow = useRef<(() => void) | null>(null);
  const stop = useCallback(() => {
    stopNow.current?.();
    stopNow.current = null;
  }, []);
  useEffect(() => stop, [stop]);
  return {
    isPlaying,
    play(webm: Uint8Array) {
      stop();
      act({ type: 'touch' });
      setPlaying(true);
      stopNow.current = microphones.play(webm, () => setPlaying(false));
    },
    hush() {
      stop();
      setPlaying(false);
    },
  };
}
