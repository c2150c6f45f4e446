/**
 * The thread a photo decoder runs in. It loads the licensed module named in its data, which exports `decodePhoto`
 * (of the type {@link DecodePhoto}), and hands each block to it. Nothing of a block stays here.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * What a licensed module's package exports as `decodePhoto`: from the 1,024 bytes of a photo block to an
 * uncompressed BMP of 102 × 126 dots, 24 bits, 38,862 bytes. It keeps nothing and writes nothing down.
 */
export type DecodePhoto = (photo: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** One block to be decoded. */
export interface PhotoOrder {
  readonly photo: Uint8Array;
}

/** What became of it; the picture is looked at by whoever asked. */
export type PhotoAnswer =
  | { readonly type: 'picture'; readonly picture: unknown }
  | { readonly type: 'trouble'; readonly trouble: 'no-decoder' | 'failed' };

const decoder = findDecoder((workerData as { readonly module: string }).module);

parentPort?.on('message', async ({ photo }: PhotoOrder) => {
  parentPort?.postMessage(await decode(photo));
  photo.fill(0);
});

async function decode(photo: Uint8Array): Promise<PhotoAnswer> {
  const decodePhoto = await decoder;
  if (decodePhoto === undefined) return { type: 'trouble', trouble: 'no-decoder' };
  try {
    const picture = await decodePhoto(photo);
    // What is no bytes could not be sent.
    return picture instanceof Uint8Array
      ? { type: 'picture', picture: Uint8Array.from(picture) }
      : { type: 'trouble', trouble: 'failed' };
  } catch {
    return { type: 'trouble', trouble: 'failed' };
  }
}

async function findDecoder(name: string): Promise<DecodePhoto | undefined> {
  try {
    const loaded: Record<string, unknown> = await import(
      /* @vite-ignore */ name.startsWith('/') ? pathToFileURL(name).href : name
    );
    const { decodePhoto, default: below } = loaded;
    const inner = typeof below === 'object' && below !== null && 'decodePhoto' in below && below.decodePhoto;
    const found = decodePhoto ?? inner;
    return typeof found === 'function' ? (found as DecodePhoto) : undefined;
  } catch {
    return undefined;
  }
}
