import type { Cancel, Clock } from '../base/clock.ts';
import type { ScreenBeat } from '../base/screen-beat.ts';

const MIB = 1024 * 1024;

/**
 * When the screens' page counts as broken. Looks and beats are counted, not milliseconds: after a pause of the watcher
 * itself (a machine that slept) what the page said meanwhile is heard first.
 */
export const SCREEN_WATCH = {
  lookEveryMs: 500,
  /** Four seconds: a page that reads a large list holds its event loop for one. */
  silentLooks: 8,
  /** Two seconds, once its line to the terminal broke by itself: a page that lives dials again and beats. */
  silentLooksAlone: 4,
  /** Half a minute before its first beat: a machine that was just switched on is slow. */
  silentLooksAtStart: 60,
  /** Beats in a row while visible in which no frame came. */
  stillBeats: 4,
  /** More than the pages ever need (docs/bench.md): drawn anew once nobody stands there. */
  vacantHeapBytes: 256 * MIB,
  /** So much that the machine is about to be slow for whoever stands there: drawn anew at once. */
  mostHeapBytes: 768 * MIB,
} as const;

/** What is wrong: nothing said, nothing drawn, or too much held. */
export type ScreenTrouble = 'silent' | 'no-frames' | 'memory';

/** A page that is watched. */
export interface ScreenWatch {
  heard(beat: ScreenBeat): void;
  /** Its line to the terminal broke, and not because the terminal ended. */
  lineLost(): void;
  stop(): void;
}

/** Calls `onTrouble` once, for a page whose load began now. A page that comes after it is watched anew. */
export function watchScreen(options: {
  readonly clock: Clock;
  readonly onTrouble: (trouble: ScreenTrouble) => void;
}): ScreenWatch {
  const { clock, onTrouble } = options;
  let silent = 0;
  let allowed: number = SCREEN_WATCH.silentLooksAtStart;
  let still = 0;
  let frames = -1;
  let cancel: Cancel = () => {};
  let isOver = false;

  const stop = () => {
    isOver = true;
    cancel();
  };
  const say = (trouble: ScreenTrouble) => {
    if (isOver) return;
    stop();
    onTrouble(trouble);
  };
  const look = () => {
    cancel = clock.after(SCREEN_WATCH.lookEveryMs, () => {
      silent += 1;
      if (silent >= allowed) say('silent');
      else look();
    });
  };
  look();
  return {
    heard(beat) {
      silent = 0;
      allowed = SCREEN_WATCH.silentLooks;
      still = beat.isVisible && beat.frames === frames ? still + 1 : 0;
      frames = beat.frames;
      if (still >= SCREEN_WATCH.stillBeats) say('no-frames');
      else if (holdsTooMuch(beat)) say('memory');
    },
    lineLost() {
      if (allowed !== SCREEN_WATCH.silentLooks) return;
      silent = 0;
      allowed = SCREEN_WATCH.silentLooksAlone;
    },
    stop,
  };
}

function holdsTooMuch({ heapBytes, isVacant }: ScreenBeat): boolean {
  if (heapBytes === null) return false;
  return heapBytes > (isVacant ? SCREEN_WATCH.vacantHeapBytes : SCREEN_WATCH.mostHeapBytes);
}
