import type { Cancel, Clock } from '../../base/clock.ts';
import type { DeviceReason, DeviceState, ScannerEvent } from '../api.ts';
import { keepLine } from '../transport/kept-line.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { CodeBuffer } from './code-buffer.ts';

/** Every delay of the scanner session, in milliseconds. */
export const SCANNER_DELAYS = {
  /** After a line end, how long the line is quiet before the code is taken as whole: it may hold line ends. */
  endMs: 100,
  /** How long a code may pause in its middle; then the rest will not come. */
  gapMs: 400,
} as const;

/** What a scanner session is given. */
export interface ScannerSessionOptions {
  readonly open: OpenTransport;
  readonly clock: Clock;
  /** The scanner is set to send an AIM identifier before each code. */
  readonly hasAim: boolean;
  /** While nobody watches, codes are dropped: they are tokens of a person who is there now. */
  isWatched(): boolean;
  onStatus(state: DeviceState, reason: DeviceReason | null): void;
  onEvent(event: ScannerEvent): void;
}

/** A code scanner on a serial line (domain.md C.1). */
export interface ScannerSession {
  /** Closes the line for good. */
  stop(): void;
}

/**
 * Hears codes until `stop`. A scanner answers nothing: it is well as long as its line is. A code ends with CR,
 * LF or both and then silence, so that one that holds line ends cannot pass for several.
 */
export function startScannerSession(options: ScannerSessionOptions): ScannerSession {
  const buffer = new CodeBuffer(options);
  let cancel: Cancel = () => undefined;

  const finish = () => {
    const event = buffer.take();
    if (event !== undefined && options.isWatched()) options.onEvent(event);
  };
  options.onStatus('starting', null);
  const line = keepLine({
    open: options.open,
    clock: options.clock,
    onOpen: () => options.onStatus('ok', null),
    onData(bytes) {
      cancel();
      buffer.push(bytes);
      cancel = options.clock.after(buffer.isAtEnd ? SCANNER_DELAYS.endMs : SCANNER_DELAYS.gapMs, finish);
    },
    onGone() {
      cancel();
      buffer.clear();
      options.onStatus('absent', 'port-closed');
    },
  });
  return {
    stop() {
      cancel();
      buffer.clear();
      line.stop();
    },
  };
}
