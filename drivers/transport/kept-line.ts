import type { Cancel, Clock } from '../../base/clock.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** Between two attempts to open a line. */
const REOPEN_MS = 1_000;

/** An opening that takes longer hangs; a line it brings after all is closed. */
const OPEN_LIMIT_MS = 5_000;

/** What a kept line is given. The receiver of data owns the bytes and may overwrite them. */
export interface KeptLineOptions {
  readonly open: OpenTransport;
  readonly clock: Clock;
  onOpen(): void;
  onData(bytes: Uint8Array): void;
  /** The line cannot be opened, or was lost; told at each failed attempt. */
  onGone(): void;
}

/** A line that is opened again by itself whenever it is lost. */
export interface KeptLine {
  /** Sends bytes while the line is open; drops them while it is not. */
  write(bytes: Uint8Array): void;
  /** Lets go of the line and opens it anew a moment later, for a device that fell silent. */
  reopen(): void;
  /** Closes the line for good; nothing is called after it. */
  stop(): void;
}

/** Opens a line and keeps it open until `stop`. */
export function keepLine(options: KeptLineOptions): KeptLine {
  let stopped = false;
  let current: Transport | undefined;
  let cancel: Cancel = () => undefined;

  const again = () => {
    current = undefined;
    cancel();
    cancel = options.clock.after(REOPEN_MS, () => void attempt());
  };
  async function attempt(): Promise<void> {
    let mine: Transport | undefined;
    let isLate = false;
    const cancelLimit = options.clock.after(OPEN_LIMIT_MS, () => {
      isLate = true;
      if (stopped) return;
      again();
      options.onGone();
    });
    const isCurrent = () => mine !== undefined && mine === current;
    const opened = await options.open({
      onData: (bytes) => (isCurrent() ? options.onData(bytes) : void bytes.fill(0)),
      onClose: () => {
        if (!isCurrent()) return;
        again();
        options.onGone();
      },
    });
    cancelLimit();
    if (stopped || isLate) return opened.ok ? opened.value.close() : undefined;
    if (!opened.ok) {
      again();
      return options.onGone();
    }
    mine = opened.value;
    current = mine;
    options.onOpen();
  }

  void attempt();
  return {
    write: (bytes) => current?.write(bytes),
    reopen() {
      if (current === undefined) return;
      current.close();
      again();
    },
    stop() {
      stopped = true;
      cancel();
      current?.close();
      current = undefined;
    },
  };
}
