import type { Result } from '../../base/result.ts';

/** Why a slot, or a card in it, cannot be spoken with; `detail` is the system's word. */
export interface SlotTrouble {
  readonly code: /** The software for this kind of reader is not installed. */
    | 'driver-missing'
    /** No reader is plugged in. */
    | 'no-reader'
    /** No card, or none that answers. */
    | 'no-card'
    | 'failed';
  readonly detail: string;
}

/** Who listens to a slot. */
export interface SlotListener {
  /** A card was put in (also one that is in when the slot is opened), or taken out; said twice, it counts once. */
  onCard(isIn: boolean): void;
  /** The reader is gone, or has fallen silent; called at most once, and nothing after it. */
  onGone(code: 'no-reader' | 'failed'): void;
}

/** A card that is powered. The caller owns the answers and may overwrite them. */
export interface CardLine {
  transmit(command: Uint8Array): Promise<Result<Uint8Array, SlotTrouble>>;
  /** Takes the power away; what goes wrong with that does not matter. */
  disconnect(): Promise<void>;
}

/** A reader's slot. */
export interface CardSlot {
  /** Powers the card that is in. */
  connect(): Promise<Result<CardLine, SlotTrouble>>;
  /** Lets go of the reader; nothing is told after it. */
  close(): void;
}

/** Opens a slot; each call is a fresh attempt. Never throws for what a reader does. */
export type OpenSlot = (listener: SlotListener) => Promise<Result<CardSlot, SlotTrouble>>;
