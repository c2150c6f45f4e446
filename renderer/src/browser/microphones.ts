/** The microphone of this machine: only the one the cabinet names is ever opened, and only while somebody records. */
import { err, ok, type Result } from '../../../base/result.ts';
import { RECORDING_BITS_PER_SECOND, RECORDING_TYPE } from '../../../catalog/recording.ts';
import type { MicrophoneReport, View } from '../../../terminal/api.ts';
import { findNamed } from '../photo/match-camera.ts';

/** A microphone as the cabinet names it. */
export type NamedMicrophone = NonNullable<NonNullable<View['cabinet']>['microphone']>;

/** Why nothing can be recorded: no microphone is there, the browser does not give it, or it does not start. */
export type MicrophoneTrouble = 'missing' | 'blocked' | 'failed';

/** A recording under way. */
export interface Recording {
  /** How loud it is now, 0 to 1. */
  level(): number;
  /** Ends it, lets the microphone go, and gives what was recorded as WebM. */
  stop(): Promise<Uint8Array>;
  /** Ends it and gives nothing. */
  drop(): void;
}

/** The microphones of this machine. */
export interface Microphones {
  /** How the one of these facts is doing. */
  report(named: NamedMicrophone): Promise<MicrophoneReport>;
  /** Calls back when one was plugged in or pulled out. Returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Begins to record. */
  record(named: NamedMicrophone): Promise<Result<Recording, MicrophoneTrouble>>;
  /** Plays a recording; `onEnd` follows when it has ended by itself. Returns how to stop. */
  play(webm: Uint8Array, onEnd: () => void): () => void;
}

/** The browser's microphones. */
export function browserMicrophones(): Microphones {
  const findDevices = createDeviceList();
  return {
    async report(named) {
      const present = await findDevices();
      if (present === 'blocked') return { state: 'blocked' };
      return { state: findNamed(named, present) === undefined ? 'absent' : 'ready' };
    },
    onChange(listener) {
      const { mediaDevices } = navigator;
      mediaDevices?.addEventListener('devicechange', listener);
      return () => mediaDevices?.removeEventListener('devicechange', listener);
    },
    async record(named) {
      const present = await findDevices();
      if (present === 'blocked') return err('blocked');
      const device = findNamed(named, present);
      if (device === undefined) return err('missing');
      try {
        const audio = { deviceId: { exact: device.deviceId }, channelCount: 1, echoCancellation: false };
        const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false });
        const [track] = stream.getAudioTracks();
        // Whatever was asked for: no other microphone is ever listened to.
        if (track?.getSettings().deviceId === device.deviceId) return ok(startRecording(stream));
        stopAll(stream);
        return err('failed');
      } catch (error) {
        return err(troubleOf(error));
      }
    },
    play: playWebm,
  };
}

type Present = readonly MediaDeviceInfo[] | 'blocked';

/** Lists microphones by their labels, which an ordinary browser hides until somebody allowed the page one. */
function createDeviceList(): () => Promise<Present> {
  let hasAsked = false;
  const list = async (): Promise<Present> => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const inputs = devices.filter(({ kind }) => kind === 'audioinput');
    return inputs.length > 0 && inputs.every(({ label }) => label === '') ? 'blocked' : inputs;
  };
  return async () => {
    if (navigator.mediaDevices === undefined) return 'blocked';
    const present = await list();
    if (present !== 'blocked' || hasAsked) return present;
    hasAsked = true;
    try {
      stopAll(await navigator.mediaDevices.getUserMedia({ audio: true, video: false }));
    } catch {
      return 'blocked';
    }
    return list();
  };
}

function startRecording(stream: MediaStream): Recording {
  const recorder = new MediaRecorder(stream, {
    mimeType: `${RECORDING_TYPE};codecs=opus`,
    audioBitsPerSecond: RECORDING_BITS_PER_SECOND,
  });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  const meter = createMeter(stream);
  recorder.start();
  const end = () => {
    if (recorder.state !== 'inactive') recorder.stop();
    meter.close();
    stopAll(stream);
  };
  return {
    level: meter.level,
    async stop() {
      end();
      await ended;
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    },
    drop: end,
  };
}

/** Measures how loud a stream is, by the largest swing of the last moment. */
function createMeter(stream: MediaStream): { level(): number; close(): void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return Math.min(
        1,
        samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
      );
    },
    close: () => void context.close(),
  };
}

/** Decoded and played from memory: a recording never has an address. */
function playWebm(webm: Uint8Array, onEnd: () => void): () => void {
  const context = new AudioContext();
  let isOver = false;
  const stop = () => {
    if (isOver) return;
    isOver = true;
    void context.close();
  };
  void context
    .decodeAudioData(new Uint8Array(webm).buffer)
    .then((buffer) => {
      if (isOver) return;
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(context.destination);
      source.onended = () => {
        stop();
        onEnd();
      };
      source.start();
    })
    .catch(() => {
      stop();
      onEnd();
    });
  return stop;
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const TROUBLES: Readonly<Record<string, MicrophoneTrouble>> = {
  NotAllowedError: 'blocked',
  SecurityError: 'blocked',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

function troubleOf(error: unknown): MicrophoneTrouble {
  return (error instanceof DOMException ? TROUBLES[error.name] : undefined) ?? 'failed';
}
