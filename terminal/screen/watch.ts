/** Views as a stream: the present one, then the newest whenever it changed. Nothing is queued. */
import type { View } from '../api.ts';

/** What can be watched. */
export interface Watchable {
  view(): View;
  /** Calls back after each change; returns how to stop that. */
  onChange(listener: () => void): () => void;
}

/**
 * Yields the present view, then one for each change; changes between two reads come as one. A view is made
 * when it is asked for, so a page of somebody who has left is never handed out afterwards.
 */
export async function* watchViews(source: Watchable, signal?: AbortSignal): AsyncGenerator<View, void> {
  let isNew = true;
  let wake = () => {};
  const tell = () => {
    isNew = true;
    wake();
  };
  const unsubscribe = source.onChange(tell);
  signal?.addEventListener('abort', tell);
  try {
    while (signal?.aborted !== true) {
      if (isNew) {
        isNew = false;
        yield source.view();
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', tell);
  }
}
