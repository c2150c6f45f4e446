/** Whether whoever asked still waits for the answer. */

/** As an `AbortSignal`, which is one too; but a county waits on these, and each is to be small. */
export interface Gone {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One that says it itself. */
export interface HangUp extends Gone {
  abort(): void;
}

/** Nobody has gone yet. */
export function newHangUp(): HangUp {
  return new Waiting();
}

/** For whoever needs a real one. */
export function abortSignalOf(gone: Gone): AbortSignal {
  if (gone instanceof AbortSignal) return gone;
  const controller = new AbortController();
  if (gone.aborted) controller.abort();
  else gone.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

class Waiting implements HangUp {
  aborted = false;
  #listeners: readonly (() => void)[] = NOBODY;

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = [...this.#listeners, listener];
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = this.#listeners.filter((each) => each !== listener);
  }

  abort(): void {
    this.aborted = true;
    const listeners = this.#listeners;
    this.#listeners = NOBODY;
    for (const listener of listeners) listener();
  }
}

const NOBODY: readonly (() => void)[] = [];
