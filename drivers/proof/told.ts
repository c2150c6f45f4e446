import type { ProofEvent } from './api.ts';

/**
 * The events of one proof, as a stream. `begin` starts it and answers how to end it; the stream ends with the
 * event `ended`. Whoever aborts `signal`, or stops reading, ends the proof.
 */
export async function* tellUntilEnd(
  begin: (tell: (event: ProofEvent) => void) => () => void,
  signal?: AbortSignal,
): AsyncGenerator<ProofEvent, void, void> {
  const waiting: ProofEvent[] = [];
  let wake = () => {};
  const end = begin((event) => {
    waiting.push(event);
    wake();
  });
  signal?.addEventListener('abort', end);
  try {
    for (;;) {
      const event = waiting.shift();
      if (event === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      yield event;
      if (event.type === 'ended') return;
    }
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}
