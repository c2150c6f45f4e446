import type { Cancel, Clock } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { OpenTransport, Transport } from '../transport/transport.ts';
import { CCID_TYPES, CcidFrames, type CcidMessage, encodeCcid } from './ccid-frame.ts';
import type { CardLine, CardSlot, OpenSlot, SlotListener, SlotTrouble } from './slot.ts';

/** For an answer to one message; a card that thinks longer is hung. */
const ANSWER_MS = 1_500;

/** Between two looks at the slot, and how many in a row may go without an answer. */
const POLL_MS = 1_000;
const MAX_MISSES = 2;

/** 5 volts, which cards of every class take. */
const FIVE_VOLTS = 1;

/** Of the first specific byte of an answer: what is in the slot, and whether the command failed. */
const NO_CARD = 0x02;
const CARD_MASK = 0x03;
const FAILED_MASK = 0xc0;

/** A slot of a reader on a serial line. It passes on short commands as T=0 has them (domain.md C.7). */
export function ccidSlot(options: { readonly open: OpenTransport; readonly clock: Clock }): OpenSlot {
  return async (listener) => {
    const reader = new Reader(options.clock, listener);
    const opened = await options.open({
      onData: (bytes) => reader.hear(bytes),
      onClose: () => reader.lose('no-reader'),
    });
    if (!opened.ok) return err({ code: 'no-reader', detail: opened.error.detail });
    return reader.start(opened.value);
  };
}

class Reader implements CardSlot, CardLine {
  readonly #clock: Clock;
  readonly #listener: SlotListener;
  readonly #frames = new CcidFrames();
  #line: Transport | undefined;
  #sequence = 0;
  #waiting: { readonly sequence: number; take(message: CcidMessage): void } | undefined;
  /** Messages go one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #misses = 0;
  #cancelPoll: Cancel = () => undefined;

  constructor(clock: Clock, listener: SlotListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Begins on an open line; a reader that says nothing is none. */
  async start(line: Transport): Promise<Result<CardSlot, SlotTrouble>> {
    this.#line = line;
    const status = await this.#look();
    if (!status.ok) {
      this.close();
      return status;
    }
    this.#pollLater();
    return ok(this);
  }

  hear(bytes: Uint8Array): void {
    for (const event of this.#frames.push(bytes)) {
      if (event.type === 'card') this.#listener.onCard(event.isIn);
      if (event.type === 'message' && isAnswer(event.message, this.#waiting?.sequence)) {
        this.#waiting?.take(event.message);
      }
    }
  }

  lose(code: 'no-reader' | 'failed'): void {
    if (this.#line === undefined) return;
    this.close();
    this.#listener.onGone(code);
  }

  async connect(): Promise<Result<CardLine, SlotTrouble>> {
    const on = await this.#ask(CCID_TYPES.powerOn, [FIVE_VOLTS, 0, 0]);
    return on.ok ? ok(this) : on;
  }

  async transmit(command: Uint8Array): Promise<Result<Uint8Array, SlotTrouble>> {
    const answer = await this.#ask(CCID_TYPES.transfer, [0, 0, 0], command);
    return answer.ok ? ok(answer.value.data) : answer;
  }

  async disconnect(): Promise<void> {
    await this.#ask(CCID_TYPES.powerOff, [0, 0, 0]);
  }

  close(): void {
    this.#cancelPoll();
    this.#frames.clear();
    this.#line?.close();
    this.#line = undefined;
  }

  /** Whether a card is in, which is told; a message that says so by itself may be lost on the line. */
  async #look(): Promise<Result<boolean, SlotTrouble>> {
    const status = await this.#ask(CCID_TYPES.slotStatus, [0, 0, 0]);
    if (!status.ok && status.error.code !== 'no-card') return status;
    this.#listener.onCard(status.ok);
    return ok(status.ok);
  }

  async #poll(): Promise<void> {
    const seen = await this.#look();
    this.#misses = seen.ok ? 0 : this.#misses + 1;
    if (this.#misses >= MAX_MISSES) this.lose('failed');
    else this.#pollLater();
  }

  #pollLater(): void {
    if (this.#line !== undefined) this.#cancelPoll = this.#clock.after(POLL_MS, () => void this.#poll());
  }

  #ask(
    type: number,
    specific: CcidMessage['specific'],
    data: Uint8Array = new Uint8Array(),
  ): Promise<Result<CcidMessage, SlotTrouble>> {
    const answer = this.#turn.then(() => this.#exchange(type, specific, data));
    this.#turn = answer;
    return answer;
  }

  #exchange(
    type: number,
    specific: CcidMessage['specific'],
    data: Uint8Array,
  ): Promise<Result<CcidMessage, SlotTrouble>> {
    return new Promise((resolve) => {
      this.#sequence = (this.#sequence + 1) & 0xff;
      const sequence = this.#sequence;
      const settle = (result: Result<CcidMessage, SlotTrouble>) => {
        cancel();
        this.#waiting = undefined;
        resolve(result);
      };
      const cancel = this.#clock.after(ANSWER_MS, () => settle(err({ code: 'failed', detail: 'no answer' })));
      this.#waiting = { sequence, take: (message) => settle(judge(message)) };
      this.#line?.write(encodeCcid({ type, sequence, specific, data }));
    });
  }
}

/** Readers of this kind send each command back first: that is no answer, and neither is a late one. */
function isAnswer({ type, sequence }: CcidMessage, expected: number | undefined): boolean {
  return (type === CCID_TYPES.dataBlock || type === CCID_TYPES.slotState) && sequence === expected;
}

function judge(message: CcidMessage): Result<CcidMessage, SlotTrouble> {
  const [status] = message.specific;
  if ((status & CARD_MASK) === NO_CARD) return err({ code: 'no-card', detail: '' });
  if ((status & FAILED_MASK) !== 0) return err({ code: 'failed', detail: 'the reader says so' });
  return ok(message);
}
