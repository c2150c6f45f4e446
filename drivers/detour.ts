import { type Clock, sleep } from '../base/clock.ts';

/**
 * Where the events of one device go: to everybody who watches, or, while a self-test waits for them, to that
 * test alone. What a test takes reaches nobody else.
 */
export class Detour<E> {
  readonly #pass: (event: E) => void;
  #tester: ((event: E) => void) | undefined;

  /** `pass` is told what no test takes. */
  constructor(pass: (event: E) => void) {
    this.#pass = pass;
  }

  tell(event: E): void {
    (this.#tester ?? this.#pass)(event);
  }

  /**
   * Takes events until `accept` says that one was what it waited for; false when none was within `limitMs` or
   * before `signal` was aborted. A later test takes the place of an earlier one.
   */
  async take(
    accept: (event: E) => boolean,
    wait: { readonly clock: Clock; readonly limitMs: number; readonly signal: AbortSignal | undefined },
  ): Promise<boolean> {
    const found = new AbortController();
    const tester = (event: E) => {
      if (accept(event)) found.abort();
    };
    this.#tester = tester;
    const ends = wait.signal ? AbortSignal.any([found.signal, wait.signal]) : found.signal;
    await sleep(wait.clock, wait.limitMs, ends);
    if (this.#tester === tester) this.#tester = undefined;
    return found.signal.aborted;
  }
}
