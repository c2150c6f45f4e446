/**
 * What is said, one phrase after another, over a player. Never two at once. A phrase is cut off only by whoever asked
 * for it: on a tap it is silent at once; when the page changes, the clip that sounds is heard to its end and the rest is
 * dropped, save what is private, of which nothing is said once its page is left. A pure state machine: no clock, no
 * sound of its own.
 */
import type { Language } from '../../../terminal/api.ts';
import type { Clip, ClipSpeed } from './clips/clips.ts';

/** What is said in one breath: a heading, a sentence, a choice. */
export interface Phrase {
  /** Of a person at times: never log it. */
  readonly text: string;
  readonly language: Language;
  /** Nobody else may hear it: it ends at once when its page is left. */
  readonly isPrivate: boolean;
}

/** How a phrase ended: `missing` where a clip is not there, `no-sound` where the machine gives none. */
export type PhraseEnd = 'said' | 'missing' | 'no-sound';

/** What plays clips. It is never handed a phrase before the one before has ended. */
export interface PhrasePlayer {
  /** Plays clips one after another without a gap; `onEnd` follows once, later, and not after `stop`. */
  play(clips: readonly Clip[], onEnd: (end: PhraseEnd) => void): void;
  /** Plays no further clip than the one that sounds; `onEnd` follows when that has ended. */
  finish(): void;
  /** Silence at once. */
  stop(): void;
}

/** What the queue is doing. */
export interface QueueState {
  /** What is being said; null in silence. */
  readonly saying: Phrase | null;
  /** Whether there is something to say again. */
  readonly canRepeat: boolean;
  /** How many phrases of this page could not be said, and how many were. */
  readonly lost: number;
  readonly said: number;
  /** How many phrases were begun so far: grows also where one is begun anew. */
  readonly begun: number;
}

/** The queue of one screen. */
export interface VoiceQueue {
  /** A page, or the part of it that was asked for: drops what waits, and begins. */
  read(phrases: readonly Phrase[]): void;
  /** What just appeared: said after the phrase under way, before the rest of the page. */
  announce(phrases: readonly Phrase[]): void;
  /** What was read last, from its beginning. */
  again(): void;
  /** From now on so fast; the phrase under way is begun anew. */
  setSpeed(speed: ClipSpeed): void;
  /** Somebody wants silence: at once. What was read can be said again. */
  stop(): void;
  /** The page was left. */
  leave(): void;
  state(): QueueState;
}

/** A silent queue; `onChange` follows each change of its state. */
export function createVoiceQueue(options: {
  readonly player: PhrasePlayer;
  /** The clips of a phrase; none where nothing in it can be said. */
  readonly clipsOf: (phrase: Phrase, speed: ClipSpeed) => readonly Clip[];
  readonly onChange: () => void;
  /** Whether nothing in a phrase is left out for want of a clip; so it is unless said. */
  readonly isWhole?: (phrase: Phrase) => boolean;
  /** A phrase that has words was not said, or not all of it. */
  readonly onLost?: (why: Exclude<PhraseEnd, 'said'>) => void;
}): VoiceQueue {
  const { player, clipsOf, onChange } = options;
  let page: readonly Phrase[] = [];
  let waiting: Phrase[] = [];
  /** How many of those that wait were announced: they stand first. */
  let announced = 0;
  let saying: Phrase | null = null;
  /** What is under way is not of this page any more, or will be said anew. */
  let isOver = false;
  let speed: ClipSpeed = 'normal';
  let said = 0;
  let lost = 0;
  let begun = 0;
  let state: QueueState = { saying: null, canRepeat: false, lost: 0, said: 0, begun: 0 };

  function changed(): void {
    state = { saying, canRepeat: page.length > 0, lost, said, begun };
    onChange();
  }

  function lose(why: Exclude<PhraseEnd, 'said'>): void {
    lost += 1;
    options.onLost?.(why);
  }

  function takeNext(): Phrase | undefined {
    announced = Math.max(0, announced - 1);
    return waiting.shift();
  }

  /** Begins the next phrase that can be said, when none is under way. */
  function goOn(): void {
    while (saying === null) {
      const next = takeNext();
      if (next === undefined) break;
      const clips = clipsOf(next, speed);
      if (clips.length === 0) {
        if (hasWords(next.text)) lose('missing');
        continue;
      }
      saying = next;
      begun += 1;
      isOver = false;
      player.play(clips, ended);
    }
    changed();
  }

  function ended(end: PhraseEnd): void {
    const phrase = saying;
    saying = null;
    if (end !== 'said') lose(end);
    else if (!isOver) {
      said += 1;
      if (phrase !== null && options.isWhole?.(phrase) === false) lose('missing');
    }
    goOn();
  }

  function endSoon(): void {
    isOver = true;
    player.finish();
  }

  function silence(): void {
    if (saying !== null) player.stop();
    saying = null;
  }

  function drop(): void {
    waiting = [];
    announced = 0;
    if (saying?.isPrivate) silence();
    else if (saying !== null) endSoon();
  }

  function begin(phrases: readonly Phrase[]): void {
    page = phrases;
    waiting = [...phrases];
    said = 0;
    lost = 0;
    goOn();
  }

  return {
    read(phrases) {
      drop();
      begin(phrases);
    },
    announce(phrases) {
      waiting.splice(announced, 0, ...phrases);
      announced += phrases.length;
      goOn();
    },
    again() {
      drop();
      begin(page);
    },
    setSpeed(next) {
      if (next === speed) return;
      speed = next;
      if (saying === null || isOver) return;
      waiting.unshift(saying);
      // As though announced: whatever appears meanwhile waits until it was heard.
      announced += 1;
      endSoon();
    },
    stop() {
      waiting = [];
      announced = 0;
      silence();
      changed();
    },
    leave() {
      drop();
      page = [];
      said = 0;
      lost = 0;
      changed();
    },
    state: () => state,
  };
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
