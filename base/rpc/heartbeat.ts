import type { Cancel, Clock } from '../clock.ts';
import type { Port } from './port.ts';

/** How often each end says that it lives, and how long silence may last: a hung peer closes nothing. */
export const HEARTBEAT = { everyMs: 2_000, lostAfterMs: 7_000 } as const;

const BEAT = '\u0000beat';

/**
 * The same port with a heartbeat in both directions. Silence longer than {@link HEARTBEAT}.lostAfterMs closes
 * it, so that a hung peer looks like a lost one. Both ends must be wrapped.
 */
export function withHeartbeat(port: Port, clock: Clock): Port {
  let lastHeardMs = clock.monoMs();
  let isClosed = false;
  let cancel: Cancel = () => {};
  const closeListeners: (() => void)[] = [];
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    cancel();
    port.close();
    for (const listener of closeListeners.splice(0)) listener();
  };
  const beat = () => {
    if (clock.monoMs() - lastHeardMs > HEARTBEAT.lostAfterMs) return close();
    port.postMessage(BEAT);
    cancel = clock.after(HEARTBEAT.everyMs, beat);
  };
  const inbox: ((message: string | Uint8Array) => void)[] = [];
  const early: (string | Uint8Array)[] = [];
  port.onMessage((message) => {
    lastHeardMs = clock.monoMs();
    if (message === BEAT) return;
    if (inbox.length === 0) early.push(message);
    for (const listener of inbox) listener(message);
  });
  port.onClose(close);
  beat();
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage(listener) {
      inbox.push(listener);
      for (const message of early.splice(0)) listener(message);
    },
    onClose(listener) {
      if (isClosed) listener();
      else closeListeners.push(listener);
    },
    close,
  };
}
