import type { Clock } from '../../base/clock.ts';
import {
  CCID_TYPES,
  CcidFrames,
  type CcidMessage,
  encodeCardMoved,
  encodeCcid,
} from '../social-card/ccid-frame.ts';
import type { DeviceLine } from './device-line.ts';
import { ChipCard, SAMPLE_CHIP_CARDS, type SampleChipCard } from './social-cards.ts';
import { Wire } from './wire.ts';

/** What can be seen of the slot. */
export interface SocialCardSimulatorState {
  readonly isPlugged: boolean;
  readonly isSilent: boolean;
  /** The cards that lie ready. */
  readonly cards: readonly { readonly id: string; readonly label: string }[];
  /** The one that is in. */
  readonly card: string | null;
}

/** What every card of ours says of itself when it is powered: T=0, nothing special (ISO/IEC 7816-3). */
const ANSWER_TO_RESET = Uint8Array.of(0x3b, 0x00);

const NO_CARD = 0x02;
const NOT_POWERED = 0x01;
const FAILED = 0x40;

/** A simulated chip card reader at the far end of a serial line; like its models it sends each command back first. */
export class SocialCardSimulator {
  readonly #clock: Clock;
  readonly #baudRate: number;
  readonly #onChange: () => void;
  readonly #frames = new CcidFrames();
  #wire: Wire | undefined;
  #sample: SampleChipCard | undefined;
  /** The card as it is while powered. */
  #powered: ChipCard | undefined;
  #isSilent = false;

  constructor(options: { readonly clock: Clock; readonly baudRate: number; onChange(): void }) {
    this.#clock = options.clock;
    this.#baudRate = options.baudRate;
    this.#onChange = options.onChange;
  }

  plug(line: DeviceLine): void {
    this.#frames.clear();
    this.#powered = undefined;
    this.#wire = new Wire({
      line,
      clock: this.#clock,
      baudRate: this.#baudRate,
      onData: (bytes) => this.#receive(bytes),
    });
  }

  async unplug(): Promise<void> {
    const wire = this.#wire;
    this.#wire = undefined;
    await wire?.close();
  }

  get isPlugged(): boolean {
    return this.#wire !== undefined;
  }

  get state(): SocialCardSimulatorState {
    return {
      isPlugged: this.isPlugged,
      isSilent: this.#isSilent,
      cards: SAMPLE_CHIP_CARDS.map(({ id, label }) => ({ id, label })),
      card: this.#sample?.id ?? null,
    };
  }

  /** Puts a card in, after taking out one that is in; says whether there is such a card. */
  insert(id: string): boolean {
    const sample = SAMPLE_CHIP_CARDS.find((card) => card.id === id);
    if (sample === undefined) return false;
    this.remove();
    this.#sample = sample;
    this.#tell(encodeCardMoved(true));
    this.#onChange();
    return true;
  }

  remove(): void {
    if (this.#sample === undefined) return;
    this.#sample = undefined;
    this.#powered = undefined;
    this.#tell(encodeCardMoved(false));
    this.#onChange();
  }

  /** Falls silent, as a reader that hangs, or speaks again. */
  setSilent(isSilent: boolean): void {
    this.#isSilent = isSilent;
    this.#onChange();
  }

  #receive(bytes: Uint8Array): void {
    for (const event of this.#frames.push(bytes)) {
      if (event.type !== 'message') continue;
      this.#tell(encodeCcid(event.message));
      this.#tell(encodeCcid(this.#answer(event.message)));
    }
  }

  #answer({ type, sequence, data }: CcidMessage): CcidMessage {
    const answer = (kind: number, status: number, given = new Uint8Array()): CcidMessage => ({
      type: kind,
      sequence,
      specific: [status, 0, 0],
      data: given,
    });
    const { dataBlock, slotState } = CCID_TYPES;
    if (this.#sample === undefined) {
      return answer(type === CCID_TYPES.slotStatus ? slotState : dataBlock, NO_CARD);
    }
    switch (type) {
      case CCID_TYPES.powerOn:
        this.#powered = new ChipCard(this.#sample);
        return answer(dataBlock, 0, ANSWER_TO_RESET);
      case CCID_TYPES.powerOff:
        this.#powered = undefined;
        return answer(slotState, NOT_POWERED);
      case CCID_TYPES.transfer:
        if (this.#powered === undefined) return answer(dataBlock, FAILED | NOT_POWERED);
        return answer(dataBlock, 0, Uint8Array.from(this.#powered.answer(data)));
      default:
        return answer(slotState, this.#powered === undefined ? NOT_POWERED : 0);
    }
  }

  #tell(bytes: Uint8Array): void {
    if (!this.#isSilent) this.#wire?.send(bytes);
  }
}
