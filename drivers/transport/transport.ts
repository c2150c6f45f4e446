import type { Result } from '../../base/result.ts';

/** Why a line could not be opened; `detail` is the system's word, for the log. */
type TransportTrouble = { readonly code: 'cannot-open'; readonly detail: string };

/** An open byte line to one device. What goes wrong on it shows as `onClose`, never as a throw. */
export interface Transport {
  /** Queues bytes; those that cannot be sent close the line. */
  write(bytes: Uint8Array): void;
  /** Lets go of the line; `onClose` is not called for it. Calling it twice does nothing. */
  close(): void;
}

/** Who listens to a line. The receiver owns the bytes and may overwrite them. */
export interface TransportListener {
  onData(bytes: Uint8Array): void;
  /** The line is gone (unplugged, error); called at most once, and nothing after it. */
  onClose(): void;
}

/** Opens a line; each call is a fresh attempt. */
export type OpenTransport = (listener: TransportListener) => Promise<Result<Transport, TransportTrouble>>;
