/** More events than this in wait mean that the watcher hangs; its stream is ended. */
const MAX_WAITING = 256;

/** Hands events to any number of watchers, each at its own pace. */
export class Watchers<T> {
  readonly #watchers = new Set<(event: T) => void>();
  readonly #onNobody: () => void;

  /** `onNobody` runs when the last watcher has left. */
  constructor(onNobody: () => void) {
    this.#onNobody = onNobody;
  }

  get count(): number {
    return this.#watchers.size;
  }

  tell(event: T): void {
    for (const watcher of this.#watchers) watcher(event);
  }

  /** Yields the snapshot, then every event after it, until `signal` is aborted or the watcher stops. */
  async *watch(snapshot: () => T, signal?: AbortSignal): AsyncGenerator<T, void, void> {
    const waiting: T[] = [snapshot()];
    let wake: (() => void) | undefined;
    const watcher = (event: T) => {
      waiting.push(event);
      wake?.();
    };
    const onAbort = () => wake?.();
    this.#watchers.add(watcher);
    signal?.addEventListener('abort', onAbort);
    try {
      while (!signal?.aborted && waiting.length <= MAX_WAITING) {
        const event = waiting.shift();
        if (event === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        } else {
          yield event;
        }
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#onNobody();
    }
  }
}
