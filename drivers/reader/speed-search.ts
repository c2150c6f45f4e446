import { type Clock, sleep } from '../../base/clock.ts';
import { ok } from '../../base/result.ts';
import type { OpenTransport, Transport, TransportListener } from '../transport/transport.ts';
import { encodeRequest, READER_SPEEDS } from './commands.ts';
import { MIN_ANSWER_BYTES } from './exchange.ts';
import { FrameReader } from './sam-frame.ts';

/** How long a reader is given at each speed to say how it is. */
const PROBE_MS = 400;

/** How long a port takes to be free again once it was let go. */
const RELEASE_MS = 100;

/** What a search for a reader's speed is given. */
export interface SpeedSearchOptions {
  readonly clock: Clock;
  /** The speed it should have: tried first, before 115,200 and the rest. */
  readonly baudRate: number;
  /** The same line at any speed. */
  openAt(baudRate: number): OpenTransport;
  /** Told each time the reader answered at a speed. */
  onFound(baudRate: number): void;
}

/**
 * A line to a reader of unknown speed: each opening tries the speed found last, then the others, until any sound
 * frame comes back. A reader that answers at none is opened at the first, so that its silence is seen for what
 * it is.
 */
export function searchSpeed(options: SpeedSearchOptions): OpenTransport {
  let first = options.baudRate;
  return async (listener) => {
    for (const baudRate of new Set([first, ...READER_SPEEDS])) {
      const line = new ProbedLine(listener);
      const opened = await options.openAt(baudRate)(line);
      if (!opened.ok) return opened;
      if (await line.probe(options.clock, opened.value)) {
        first = baudRate;
        options.onFound(baudRate);
        return ok(opened.value);
      }
      opened.value.close();
      await sleep(options.clock, RELEASE_MS);
    }
    return options.openAt(first)(listener);
  };
}

/** Listens for an answer at first, and then for whoever opened the line. */
class ProbedLine implements TransportListener {
  readonly #listener: TransportListener;
  readonly #frames = new FrameReader(MIN_ANSWER_BYTES);
  #isFound = false;
  #isClosed = false;
  #finish: () => void = () => undefined;

  constructor(listener: TransportListener) {
    this.#listener = listener;
  }

  /** Whether a sound frame came back. */
  async probe(clock: Clock, transport: Transport): Promise<boolean> {
    const finished = new AbortController();
    this.#finish = () => finished.abort();
    transport.write(encodeRequest('status'));
    if (!this.#isClosed) await sleep(clock, PROBE_MS, finished.signal);
    return this.#isFound && !this.#isClosed;
  }

  onData(bytes: Uint8Array): void {
    if (this.#isFound) {
      this.#listener.onData(bytes);
      return;
    }
    this.#isFound = this.#frames.push(bytes).some(({ type }) => type === 'frame');
    if (this.#isFound) this.#finish();
  }

  onClose(): void {
    this.#isClosed = true;
    this.#finish();
    if (this.#isFound) this.#listener.onClose();
  }
}
