import type { Source } from '../terminal.ts';

/** A value that others watch. */
export interface Watched<T> extends Source<T> {
  /** Changes it; tells only when it is another value. */
  set(value: T): void;
}

/** A watched value that begins as `first`. */
export function watched<T>(first: T): Watched<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    now: () => value,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
  };
}
