/** A player whose clips end when a test says so; it holds what a player may count on, and keeps what was heard. */
import type { Clip } from '../clips/clips.ts';
import type { PhraseEnd, PhrasePlayer } from '../queue.ts';

/** What was heard of one clip: to its end, or cut off. */
export interface Heard {
  readonly text: string;
  readonly whole: boolean;
}

/** A {@link PhrasePlayer} in a test's hand. */
export interface HandPlayer extends PhrasePlayer {
  readonly heard: Heard[];
  /** The clip that sounds. */
  sounding(): string | null;
  /** The clip that sounds ends by itself; or nothing of the phrase can be played. */
  endClip(end?: PhraseEnd): void;
}

/** A silent one. */
export function createHandPlayer(): HandPlayer {
  const heard: Heard[] = [];
  let clips: Clip[] = [];
  let tell: ((end: PhraseEnd) => void) | null = null;
  const end = (how: PhraseEnd) => {
    const told = tell;
    tell = null;
    clips = [];
    told?.(how);
  };
  return {
    heard,
    sounding: () => clips[0]?.text ?? null,
    play(next, onEnd) {
      if (tell !== null) throw new Error('two at once');
      if (next.length === 0) throw new Error('a phrase without clips');
      clips = [...next];
      tell = onEnd;
    },
    finish() {
      if (tell === null) throw new Error('finished in silence');
      clips = clips.slice(0, 1);
    },
    stop() {
      if (tell === null) throw new Error('stopped in silence');
      const [clip] = clips;
      if (clip !== undefined) heard.push({ text: clip.text, whole: false });
      clips = [];
      tell = null;
    },
    endClip(how = 'said') {
      if (tell === null) return;
      if (how !== 'said') return end(how);
      const clip = clips.shift();
      if (clip !== undefined) heard.push({ text: clip.text, whole: true });
      if (clips.length === 0) end('said');
    },
  };
}

/** One clip a character, so that a phrase is cut off in its middle when anything is wrong. */
export function clipOfEach(text: string): readonly Clip[] {
  return [...text].map((character) => ({ file: `${character}.opus`, durationMs: 250, text: character }));
}
