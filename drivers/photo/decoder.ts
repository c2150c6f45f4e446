import { Worker } from 'node:worker_threads';
import type { Clock } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { CardPicture } from '../api.ts';
import { PHOTO_BYTES } from '../reader/card-layout.ts';
import type { PhotoAnswer, PhotoOrder } from './photo-worker.ts';
import { isPicture } from './picture.ts';

/**
 * Why a photo block gave no picture: `unfit`, it is not of 1,024 bytes; `no-decoder`, the module is not installed
 * or is no decoder; `failed`, it threw, or what it gave is no such picture; `late`, it did not answer in time.
 */
export type PhotoTrouble = 'unfit' | 'no-decoder' | 'failed' | 'late';

/** Turns photo blocks into pictures, one after the other. */
export interface PhotoDecoder {
  /** The picture in a block, a BMP of 38,862 bytes. The block is copied, and the copy overwritten. */
  decode(photo: Uint8Array): Promise<Result<Uint8Array, PhotoTrouble>>;
  stop(): void;
}

/** The slowest decoder known takes a tenth of a second; the first time it has to be loaded too. */
const LIMIT_MS = 3_000;

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './photo-worker.ts' : './photo-worker.js',
  import.meta.url,
);

/**
 * A decoder by the licensed module of that name, in a thread of its own: one that throws, hangs or gives nonsense
 * is a fault of this decoder, and the card reader never waits for it. The module is loaded when it is first needed.
 */
export function photoDecoder(options: {
  readonly module: string;
  readonly clock: Clock;
  readonly limitMs?: number;
}): PhotoDecoder {
  const { module, clock, limitMs = LIMIT_MS } = options;
  let worker: Worker | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const end = () => {
    void worker?.terminate();
    worker = undefined;
  };

  const start = () => {
    const started = new Worker(WORKER, { workerData: { module } });
    // It may fail between two blocks too, when nobody waits for it.
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  };

  const ask = (photo: Uint8Array): Promise<Result<Uint8Array, PhotoTrouble>> =>
    new Promise((resolve) => {
      worker ??= start();
      const asked = worker;
      const settle = (result: Result<Uint8Array, PhotoTrouble>) => {
        cancel();
        asked.off('message', onAnswer).off('error', onEnd).off('exit', onEnd);
        if (!result.ok) end();
        resolve(result);
      };
      const onAnswer = (answer: PhotoAnswer) => settle(resultOf(answer));
      const onEnd = () => settle(err('failed'));
      const cancel = clock.after(limitMs, () => settle(err('late')));
      asked.on('message', onAnswer).on('error', onEnd).on('exit', onEnd);
      asked.postMessage({ photo } satisfies PhotoOrder, [photo.buffer as ArrayBuffer]);
    });

  return {
    decode(photo) {
      if (photo.length !== PHOTO_BYTES) return Promise.resolve(err('unfit'));
      const copy = Uint8Array.from(photo);
      const mine = turn.then(() => ask(copy));
      turn = mine;
      return mine;
    },
    stop: end,
  };
}

/** The picture of a photo, as the contract says it; `undefined` for a card not held, or a cabinet without decoder. */
export async function pictureOf(
  photo: Uint8Array | undefined,
  decoder: PhotoDecoder | undefined,
): Promise<CardPicture> {
  if (decoder === undefined) return { outcome: 'none', why: 'no-decoder' };
  if (photo === undefined) return { outcome: 'none', why: 'no-card' };
  const decoded = await decoder.decode(photo);
  return decoded.ok ? { outcome: 'decoded', bmp: decoded.value } : { outcome: 'none', why: decoded.error };
}

function resultOf(answer: PhotoAnswer): Result<Uint8Array, PhotoTrouble> {
  if (answer.type === 'trouble') return err(answer.trouble);
  return isPicture(answer.picture) ? ok(answer.picture) : err('failed');
}
