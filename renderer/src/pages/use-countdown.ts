import { useEffect, useState } from 'react';
import { browserClock } from '../browser/clock.ts';

/** Counts down by itself from what the terminal said, and follows when the terminal says anew. */
export function useCountdown(secondsLeft: number): number {
  const [left, setLeft] = useState(secondsLeft);
  useEffect(() => {
    setLeft(secondsLeft);
    const endMs = browserClock.monoMs() + secondsLeft * 1_000;
    let cancel = browserClock.after(1_000, tick);
    function tick() {
      setLeft(Math.max(0, Math.round((endMs - browserClock.monoMs()) / 1_000)));
      cancel = browserClock.after(1_000, tick);
    }
    return () => cancel();
  }, [secondsLeft]);
  return left;
}
