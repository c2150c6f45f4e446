/** Clips from the machine's own files, decoded and played without a gap by the browser. */
import type { Clock } from '../../../base/clock.ts';
import type { Language } from '../../../terminal/api.ts';
import type { Clip, SpeechIndex } from '../voice/clips/clips.ts';
import { isSpeechIndexFile, openSpeechIndex, type SpeechIndexFile } from '../voice/clips/speech-index.ts';
import type { PhraseEnd } from '../voice/queue.ts';
import type { Voice } from '../voice/use-voice.ts';
import type { VoicePlayer } from '../voice/voice-control.ts';

/** Where clips and their indexes lie, beside the page. */
const FOLDER = 'speech';
/** A machine that has not begun to sound after so long gives no sound. */
const NO_SOUND_MS = 2_000;
/** Between asking for sound and the first of it, so that the first clip begins whole. */
const LEAD_S = 0.03;
const SOFT = 0.35;

/** The voice of this machine; its index is looked for once. */
export function browserVoice(clock: Pick<Clock, 'after'>, tell: Voice['tell']): Voice {
  let index: ReturnType<Voice['findIndex']> | undefined;
  return {
    player: createPlayer(clock),
    findIndex() {
      index ??= findSpeechIndex();
      return index;
    },
    tell,
  };
}

/** The index of the clips built in; null where there are none, or they are not ours. */
async function findSpeechIndex(): Promise<SpeechIndex | null> {
  const [zh, en] = await Promise.all([findIndexFile('zh'), findIndexFile('en')]);
  return zh === null || en === null ? null : openSpeechIndex({ zh, en });
}

async function findIndexFile(language: Language): Promise<SpeechIndexFile | null> {
  try {
    const answer = await fetch(`${FOLDER}/${language}/index.json`);
    const data: unknown = answer.ok ? await answer.json() : null;
    return isSpeechIndexFile(data) ? data : null;
  } catch {
    // No such file, or no JSON in it: the machine was built without a voice.
    return null;
  }
}

/** One phrase under way. */
interface Run {
  readonly onEnd: (end: PhraseEnd) => void;
  /** Each clip with its time; empty until they are there. */
  sources: readonly { readonly source: AudioBufferSourceNode; readonly fromS: number }[];
  isFinishing: boolean;
}

/** A player on the machine's own sound output. */
function createPlayer(clock: Pick<Clock, 'after'>): VoicePlayer {
  const buffers = new Map<string, Promise<AudioBuffer>>();
  let output: { readonly audio: AudioContext; readonly gain: GainNode } | undefined;
  let run: Run | undefined;
  let isSoft = false;

  const open = () => {
    if (output === undefined) {
      const audio = new AudioContext();
      const gain = audio.createGain();
      gain.connect(audio.destination);
      output = { audio, gain };
    }
    output.gain.gain.value = isSoft ? SOFT : 1;
    return output;
  };
  const load = (audio: AudioContext, { file }: Clip): Promise<AudioBuffer> => {
    const known = buffers.get(file);
    if (known !== undefined) return known;
    const loading = loadClip(audio, file);
    buffers.set(file, loading);
    return loading;
  };
  const end = (ended: Run, how: PhraseEnd) => {
    if (run !== ended) return;
    run = undefined;
    for (const { source } of ended.sources) silence(source);
    ended.onEnd(how);
  };
  const start = async (mine: Run, clips: readonly Clip[]) => {
    const { audio, gain } = open();
    try {
      const [loaded, sounds] = await Promise.all([
        Promise.all(clips.map((clip) => load(audio, clip))),
        resume(audio, clock),
      ]);
      if (run !== mine) return;
      if (mine.isFinishing) end(mine, 'said');
      else if (sounds) mine.sources = schedule(audio, gain, loaded, () => end(mine, 'said'));
      else end(mine, 'no-sound');
    } catch {
      for (const { file } of clips) buffers.delete(file);
      end(mine, 'missing');
    }
  };

  return {
    play(clips, onEnd) {
      run = { onEnd, sources: [], isFinishing: false };
      void start(run, clips);
    },
    finish() {
      if (run === undefined) return;
      const mine = run;
      mine.isFinishing = true;
      if (output === undefined || mine.sources.length === 0) return;
      const nowS = output.audio.currentTime;
      const later = mine.sources.filter(({ fromS }, at) => at > 0 && fromS > nowS);
      for (const { source } of later) silence(source);
      const last = mine.sources[mine.sources.length - later.length - 1];
      if (last !== undefined) last.source.onended = () => end(mine, 'said');
    },
    stop() {
      const stopped = run;
      run = undefined;
      for (const { source } of stopped?.sources ?? []) silence(source);
    },
    setSoft(soft) {
      isSoft = soft;
    },
    forget: () => buffers.clear(),
  };
}

async function loadClip(audio: AudioContext, file: string): Promise<AudioBuffer> {
  const answer = await fetch(`${FOLDER}/${file}`);
  if (!answer.ok) throw new Error(`no clip: ${answer.status}`);
  return audio.decodeAudioData(await answer.arrayBuffer());
}

/** Whether the machine sounds; a page that nobody touched yet may have to wait for a touch, and then does not. */
async function resume(audio: AudioContext, clock: Pick<Clock, 'after'>): Promise<boolean> {
  if (audio.state === 'running') return true;
  return new Promise((resolve) => {
    const cancel = clock.after(NO_SOUND_MS, () => resolve(false));
    const tell = (sounds: boolean) => {
      cancel();
      resolve(sounds);
    };
    audio.resume().then(
      () => tell(true),
      () => tell(false),
    );
  });
}

/** Lines clips up one behind the other on the sound card's own clock; `onEnd` follows the last. */
function schedule(
  audio: AudioContext,
  output: AudioNode,
  loaded: readonly AudioBuffer[],
  onEnd: () => void,
): Run['sources'] {
  let atS = audio.currentTime + LEAD_S;
  const sources = loaded.map((buffer) => {
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.connect(output);
    const fromS = atS;
    source.start(fromS);
    atS += buffer.duration;
    return { source, fromS };
  });
  const last = sources.at(-1);
  if (last !== undefined) last.source.onended = onEnd;
  return sources;
}

function silence(source: AudioBufferSourceNode): void {
  source.onended = null;
  source.stop();
  source.disconnect();
}
