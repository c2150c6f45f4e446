/** Where trial openings run: on this thread, or spread over worker threads. */
import { Worker } from 'node:worker_threads';
import type { Crypto } from '../../base/crypto/api.ts';
import { makeKeyring, type Opening, type OpeningTask, openEntry } from './open-entry.ts';

/** Opens entries; one answer a task, in the order given. */
export interface Opener {
  open(tasks: readonly OpeningTask[]): Promise<readonly Opening[]>;
  /** New private halves, when the key set grew. */
  setKeys(secrets: readonly Uint8Array[]): void;
  stop(): Promise<void>;
}

/** Opens on the caller's thread: for a small county and for tests. */
export function inlineOpener(crypto: Crypto, secrets: readonly Uint8Array[]): Opener {
  let keyring = makeKeyring(crypto, secrets);
  return {
    open: async (tasks) => tasks.map((task) => openEntry(crypto, keyring, task)),
    setKeys(next) {
      keyring = makeKeyring(crypto, next);
    },
    stop: async () => undefined,
  };
}

/** What a worker is sent. */
export type WorkerOrder =
  | { readonly kind: 'keys'; readonly secrets: readonly Uint8Array[] }
  | { readonly kind: 'open'; readonly id: number; readonly tasks: readonly OpeningTask[] };

/** What a worker sends back. */
export interface WorkerAnswer {
  readonly id: number;
  readonly openings: readonly Opening[];
}

/**
 * Opens on `threads` worker threads; a batch is cut into as many parts. A worker that dies fails the batches
 * it held (the terminal offers them again) and is replaced.
 */
export function workerOpener(threads: number, secrets: readonly Uint8Array[]): Opener {
  let keys = secrets;
  let nextId = 1;
  let stopped = false;
  const hands = Array.from({ length: threads }, () => startHand());

  function startHand() {
    const hand = { worker: new Worker(new URL('./opening-worker.ts', import.meta.url)), asked: newAsked() };
    listen(hand);
    return hand;
  }

  function listen(hand: { worker: Worker; asked: Asked }): void {
    const { worker } = hand;
    worker.postMessage({ kind: 'keys', secrets: keys } satisfies WorkerOrder);
    worker.on('message', (answer: WorkerAnswer) => {
      hand.asked.get(answer.id)?.resolve(answer.openings);
      hand.asked.delete(answer.id);
    });
    const replace = (error: Error) => {
      if (stopped || hand.worker !== worker) return;
      const lost = hand.asked;
      hand.asked = newAsked();
      hand.worker = new Worker(new URL('./opening-worker.ts', import.meta.url));
      listen(hand);
      for (const waiting of lost.values()) waiting.reject(error);
    };
    worker.on('error', replace);
    worker.on('exit', () => replace(new Error('an opening worker ended')));
  }

  return {
    async open(tasks) {
      const share = Math.ceil(tasks.length / hands.length);
      const parts = hands.map((hand, index) => {
        const part = tasks.slice(index * share, (index + 1) * share);
        if (part.length === 0) return Promise.resolve([]);
        const id = nextId++;
        return new Promise<readonly Opening[]>((resolve, reject) => {
          hand.asked.set(id, { resolve, reject });
          hand.worker.postMessage({ kind: 'open', id, tasks: part } satisfies WorkerOrder);
        });
      });
      return (await Promise.all(parts)).flat();
    },
    setKeys(next) {
      keys = next;
      for (const hand of hands) {
        hand.worker.postMessage({ kind: 'keys', secrets: next } satisfies WorkerOrder);
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(hands.map((hand) => hand.worker.terminate()));
    },
  };
}

type Asked = Map<
  number,
  { readonly resolve: (openings: readonly Opening[]) => void; readonly reject: (error: Error) => void }
>;

function newAsked(): Asked {
  return new Map();
}
