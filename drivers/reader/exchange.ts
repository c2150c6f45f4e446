import type { Cancel, Clock } from '../../base/clock.ts';
import { type CommandName, encodeRequest, parseAnswer, type SamAnswer } from './commands.ts';
import { READER_DELAYS } from './reader-delays.ts';
import { FrameReader } from './sam-frame.ts';

/** What became of one request: a sound answer (overwritten once the listener returns), or none. */
export type ExchangeOutcome =
  | { readonly type: 'answer'; readonly answer: SamAnswer }
  /** Nothing came, or only part of a frame. */
  | { readonly type: 'silence' }
  /** A frame came with a wrong check. */
  | { readonly type: 'noise' };

/** The shortest answer: SW1, SW2, SW3. */
export const MIN_ANSWER_BYTES = 3;

/** One request at a time over a line: sends it, and says what came back, exactly once. */
export class Exchange {
  readonly #clock: Clock;
  readonly #onOutcome: (command: CommandName, outcome: ExchangeOutcome) => void;
  readonly #frames = new FrameReader(MIN_ANSWER_BYTES);
  #asked: CommandName | undefined;
  /** Set while a spoilt answer's remains are let go by. */
  #noisyUntilMs: number | undefined;
  #cancelTimer: Cancel = () => undefined;

  constructor(clock: Clock, onOutcome: (command: CommandName, outcome: ExchangeOutcome) => void) {
    this.#clock = clock;
    this.#onOutcome = onOutcome;
  }

  /** Whether an answer is awaited. */
  get isPending(): boolean {
    return this.#asked !== undefined;
  }

  /** Asks; what was heard before is dropped. `data` is what the command takes. */
  send(command: CommandName, write: (bytes: Uint8Array) => void, data?: Uint8Array): void {
    this.abandon();
    this.#asked = command;
    this.#wait(READER_DELAYS.answerMs[command], { type: 'silence' });
    write(encodeRequest(command, data));
  }

  /** Takes what the line brought, and overwrites it. */
  receive(bytes: Uint8Array): void {
    if (this.#asked !== undefined && this.#noisyUntilMs === undefined) this.#hear(bytes);
    else this.#awaitQuiet();
    bytes.fill(0);
  }

  /** Gives up waiting; nothing will be said of the request. */
  abandon(): void {
    this.#asked = undefined;
    this.#noisyUntilMs = undefined;
    this.#cancelTimer();
    this.#frames.reset();
  }

  #hear(bytes: Uint8Array): void {
    const [first] = this.#frames.push(bytes);
    if (first?.type === 'frame') {
      this.#finish({ type: 'answer', answer: parseAnswer(first.payload) });
      first.payload.fill(0);
    } else if (first?.type === 'bad-check') {
      this.#noisyUntilMs = this.#clock.monoMs() + READER_DELAYS.noiseMs;
      this.#frames.reset();
      this.#awaitQuiet();
    } else if (this.#frames.pendingBytes > 0) {
      this.#wait(READER_DELAYS.gapMs, { type: 'silence' });
    }
  }

  #awaitQuiet(): void {
    if (this.#noisyUntilMs === undefined) return;
    const leftMs = this.#noisyUntilMs - this.#clock.monoMs();
    this.#wait(Math.max(0, Math.min(READER_DELAYS.gapMs, leftMs)), { type: 'noise' });
  }

  #wait(delayMs: number, outcome: ExchangeOutcome): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(delayMs, () => this.#finish(outcome));
  }

  #finish(outcome: ExchangeOutcome): void {
    const command = this.#asked;
    if (command === undefined) return;
    this.abandon();
    this.#onOutcome(command, outcome);
  }
}
