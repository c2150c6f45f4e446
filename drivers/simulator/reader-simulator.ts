import { concat } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { encodeUtf16 } from '../reader/card-layout.ts';
import { type CommandName, encodeAnswer, findCommand, findSpeedSet } from '../reader/commands.ts';
import { FrameReader } from '../reader/sam-frame.ts';
import { encodeSamId } from '../reader/sam-id.ts';
import type { SampleCard } from './cards.ts';
import type { DeviceLine } from './device-line.ts';
import { LineNoise, QUIET } from './line-noise.ts';
import { garble, Wire } from './wire.ts';

/** The shortest request: CMD and PARA. */
const MIN_REQUEST_BYTES = 2;

/** The id of its secure module: 05.03-20110415-0000012345-0000067890. */
const SAM_ID = encodeSamId([5, 3, 20_110_415, 12_345, 67_890]);

/** How a spoilt answer is spoilt. */
export type AnswerFault =
  /** An SW3 instead of the answer. */
  | { readonly type: 'status'; readonly sw3: number }
  /** One byte of the answer is wrong. */
  | { readonly type: 'noise' }
  | { readonly type: 'silence' }
  /** The first half of the answer, and nothing more. */
  | { readonly type: 'half' }
  /** The card is pulled out before the answer. */
  | { readonly type: 'pulled' };

/** A fault on order: it befalls the next answer to `command` (or to any), `times` times. */
export interface FaultOrder {
  readonly fault: AnswerFault;
  readonly command: CommandName | null;
  readonly times: number;
}

/** A simulated reader of resident ID cards (domain.md A.2 to A.7) at the far end of a serial line. */
export class ReaderSimulator {
  readonly #clock: Clock;
  #baudRate: number;
  readonly #onChange: () => void;
  readonly #requests = new FrameReader(MIN_REQUEST_BYTES);
  #wire: Wire | undefined;
  #card: SampleCard | undefined;
  /** After a good read the card is not found again until it has left the field (A.6). */
  #wasRead = false;
  #isSelected = false;
  #silent = false;
  #noise = QUIET;
  #orders: { fault: AnswerFault; command: CommandName | null; times: number }[] = [];

  constructor(options: { clock: Clock; baudRate: number; onChange: () => void }) {
    this.#clock = options.clock;
    this.#baudRate = options.baudRate;
    this.#onChange = options.onChange;
  }

  /** Connects it to a line, as when plugged in: it starts afresh. */
  plug(line: DeviceLine): void {
    this.#wire = new Wire({
      line,
      clock: this.#clock,
      baudRate: this.#baudRate,
      onData: (bytes) => this.#receive(bytes),
    });
    this.#wire.setNoise(this.#noise);
    this.#requests.reset();
    this.#wasRead = false;
    this.#isSelected = false;
  }

  /** Takes its plug out. */
  async unplug(): Promise<void> {
    const wire = this.#wire;
    this.#wire = undefined;
    await wire?.close();
  }

  get isPlugged(): boolean {
    return this.#wire !== undefined;
  }

  get cardId(): string | null {
    return this.#card?.id ?? null;
  }

  get isSilent(): boolean {
    return this.#silent;
  }

  get orders(): readonly FaultOrder[] {
    return this.#orders;
  }

  /** Lays a card, in place of one that lies there. */
  lay(card: SampleCard): void {
    this.#card = card;
    this.#wasRead = false;
    this.#isSelected = false;
    this.#onChange();
  }

  lift(): void {
    this.#card = undefined;
    this.#isSelected = false;
    this.#onChange();
  }

  /** Orders a fault; orders befall answers in turn. */
  order(order: FaultOrder): void {
    this.#orders.push({ ...order });
    this.#onChange();
  }

  /** Forgets the faults on order that have not happened. */
  clearOrders(): void {
    this.#orders = [];
    this.#onChange();
  }

  /** Falls silent, as a reader that hangs, or speaks again. */
  setSilent(silent: boolean): void {
    this.#silent = silent;
    this.#onChange();
  }

  /** Speaks at another speed from now on, as one that was set elsewhere. */
  setSpeed(baudRate: number): void {
    this.#baudRate = baudRate;
    this.#wire?.takeSpeed(baudRate);
  }

  /** Spoils a share (0 to 1) of all bytes on its line, both ways; the same seed spoils the same ones. */
  setNoise(share: number, seed = 1): void {
    this.#noise = new LineNoise(share, seed);
    this.#wire?.setNoise(this.#noise);
    this.#onChange();
  }

  /** Sends bytes nobody asked for. */
  makeNoise(bytes: Uint8Array): void {
    this.#wire?.send(bytes);
  }

  #receive(bytes: Uint8Array): void {
    for (const event of this.#requests.push(bytes)) {
      this.#answer(event.type === 'frame' ? event.payload : undefined);
    }
  }

  #answer(payload: Uint8Array | undefined): void {
    if (this.#silent) return;
    const command = payload === undefined ? undefined : findCommand(payload);
    const fault = command === undefined ? undefined : this.#takeOrder(command);
    if (fault?.type === 'pulled') this.lift();
    const answer = this.#answerTo(payload, command, fault);
    const heard = fault === undefined ? answer : damage(answer, fault);
    if (heard !== undefined) this.#wire?.send(heard);
  }

  #answerTo(
    payload: Uint8Array | undefined,
    command: CommandName | undefined,
    fault: AnswerFault | undefined,
  ): Uint8Array {
    if (payload === undefined) return encodeAnswer(0x10);
    if (command === undefined) return encodeAnswer(0x21);
    return fault?.type === 'status' ? encodeAnswer(fault.sw3) : this.#carryOut(command);
  }

  #takeOrder(command: CommandName): AnswerFault | undefined {
    const order = this.#orders.find(
      (candidate) => candidate.command === null || candidate.command === command,
    );
    if (order === undefined) return undefined;
    order.times -= 1;
    if (order.times <= 0) this.#orders.splice(this.#orders.indexOf(order), 1);
    this.#onChange();
    return order.fault;
  }

  #carryOut(command: CommandName): Uint8Array {
    switch (command) {
      case 'reset':
        this.#isSelected = false;
        return encodeAnswer(0x90);
      case 'status':
      case 'max-rf-bytes':
        return encodeAnswer(0x90);
      case 'sam-id':
        return encodeAnswer(0x90, SAM_ID);
      case 'find':
        this.#isSelected = false;
        return this.#card === undefined || this.#wasRead
          ? encodeAnswer(0x80)
          : encodeAnswer(0x9f, new Uint8Array(4));
      case 'select':
        return this.#select();
      case 'read':
        return this.#read(false);
      case 'read-with-fingerprint':
        return this.#read(true);
      case 'read-address':
        return this.#readAddress();
      case 'read-body-numbers':
        return this.#readBodyNumbers();
      default:
        return this.#setSpeed(command);
    }
  }

  #select(): Uint8Array {
    if (this.#card === undefined) return encodeAnswer(0x81);
    if (this.#card.selectStatus !== null) return encodeAnswer(this.#card.selectStatus);
    this.#isSelected = true;
    return encodeAnswer(0x90, new Uint8Array(8));
  }

  /** Answers at the old speed, and speaks at the new one from then on. */
  #setSpeed(command: CommandName): Uint8Array {
    this.#baudRate = findSpeedSet(command) ?? this.#baudRate;
    this.#wire?.changeSpeed(this.#baudRate);
    return encodeAnswer(0x90);
  }

  #read(withFingerprint: boolean): Uint8Array {
    if (this.#card === undefined || !this.#isSelected) return encodeAnswer(0x41);
    this.#wasRead = true;
    const { text, photo, fingerprint } = this.#card;
    const blocks = withFingerprint ? [text, photo, fingerprint] : [text, photo];
    const lengths = blocks.map(({ length }) => Uint8Array.of(length >>> 8, length & 0xff));
    return encodeAnswer(0x90, concat(...lengths, ...blocks));
  }

  #readBodyNumbers(): Uint8Array {
    if (this.#card === undefined || !this.#isSelected) return encodeAnswer(0x41);
    return encodeAnswer(0x90, this.#card.bodyNumbers);
  }

  #readAddress(): Uint8Array {
    if (this.#card === undefined || !this.#isSelected) return encodeAnswer(0x41);
    const address = this.#card.addedAddress;
    return address === null ? encodeAnswer(0x91) : encodeAnswer(0x90, encodeUtf16(address, 70));
  }
}

/** What of an answer arrives under a fault; `undefined` for nothing. */
function damage(answer: Uint8Array, fault: AnswerFault): Uint8Array | undefined {
  switch (fault.type) {
    case 'silence':
      return undefined;
    case 'half':
      return answer.slice(0, answer.length / 2);
    case 'noise': {
      // The byte before the check, so that the check is wrong.
      const spoilt = Uint8Array.from(answer);
      spoilt.set(garble(answer.slice(-2, -1)), answer.length - 2);
      return spoilt;
    }
    case 'status':
    case 'pulled':
      return answer;
  }
}
