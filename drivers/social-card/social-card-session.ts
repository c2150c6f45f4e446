import { toHex } from '../../base/bytes.ts';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import { err, type Result } from '../../base/result.ts';
import type { CardTrouble, DeviceReason, DeviceState, SocialCardEvent } from '../api.ts';
import { within } from '../proof/within.ts';
import { type Holder, readHolder } from './read-card.ts';
import type { CardLine, CardSlot, OpenSlot, SlotTrouble } from './slot.ts';

/** All times of the social card's driver, in milliseconds. */
export const SOCIAL_CARD_DELAYS = {
  /** Between two attempts to open the reader. */
  reopenMs: 3_000,
  /** For a reader to show itself. */
  openMs: 5_000,
  /** For a card to be powered and read. */
  readMs: 8_000,
} as const;

/** What a session is given. */
export interface SocialCardSessionOptions {
  readonly open: OpenSlot;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether anybody is there to be told: while nobody is, no card is read. */
  isWatched(): boolean;
  onStatus(state: DeviceState, reason: DeviceReason | null): void;
  onEvent(event: SocialCardEvent): void;
}

/** A slot for social security cards. */
export interface SocialCardSession {
  /** Lets go of the reader for good. */
  stop(): void;
}

/** Opens the reader, reads each card that is put in once, and opens the reader again whenever it is lost. */
export function startSocialCardSession(options: SocialCardSessionOptions): SocialCardSession {
  const session = new Session(options);
  session.start();
  return { stop: () => session.stop() };
}

const TROUBLE_STATUS: Readonly<Record<SlotTrouble['code'], readonly [DeviceState, DeviceReason]>> = {
  'driver-missing': ['absent', 'driver-missing'],
  'no-reader': ['absent', 'port-closed'],
  'no-card': ['fault', 'not-answering'],
  failed: ['fault', 'not-answering'],
};

class Session {
  readonly #options: SocialCardSessionOptions;
  #slot: CardSlot | undefined;
  /** Each opening has a number: what comes from an earlier one counts no more. */
  #opening = 0;
  /** Each card put in has one too: what was read of one that is out again is told to nobody. */
  #card = 0;
  #isIn = false;
  #stopped = false;
  #cancelNext: Cancel = () => undefined;

  constructor(options: SocialCardSessionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.onStatus('starting', null);
    void this.#open();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
    this.#letGo();
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    const mine = this.#opening;
    const isMine = () => mine === this.#opening && !this.#stopped;
    const early: { isIn: boolean } = { isIn: false };
    const opening = this.#options.open({
      onCard: (isIn) => {
        early.isIn = isIn;
        if (isMine() && this.#slot !== undefined) this.#moved(isIn);
      },
      onGone: (code) => {
        if (isMine()) this.#lose(...TROUBLE_STATUS[code]);
      },
    });
    const opened = await within(this.#options.clock, SOCIAL_CARD_DELAYS.openMs, () => opening);
    if (!isMine() || !opened.ok) {
      // One that comes after all is let go of.
      void opening.then((late) => late.ok && late.value.close());
      if (isMine()) this.#lose('absent', 'port-closed');
      return;
    }
    if (!opened.value.ok) return this.#lose(...TROUBLE_STATUS[opened.value.error.code]);
    this.#slot = opened.value.value;
    this.#options.onStatus('ok', null);
    if (early.isIn) this.#moved(true);
  }

  #lose(state: DeviceState, reason: DeviceReason): void {
    this.#letGo();
    this.#options.onStatus(state, reason);
    this.#cancelNext();
    this.#cancelNext = this.#options.clock.after(SOCIAL_CARD_DELAYS.reopenMs, () => void this.#open());
  }

  #letGo(): void {
    this.#opening += 1;
    this.#slot?.close();
    this.#slot = undefined;
    this.#moved(false);
  }

  #moved(isIn: boolean): void {
    if (isIn === this.#isIn) return;
    this.#isIn = isIn;
    this.#card += 1;
    if (this.#stopped || !this.#options.isWatched()) return;
    if (isIn) void this.#read(this.#card);
    else this.#options.onEvent({ type: 'removed' });
  }

  async #read(card: number): Promise<void> {
    const slot = this.#slot;
    if (slot === undefined) return;
    this.#options.onEvent({ type: 'reading' });
    const { clock, random } = this.#options;
    const read = await within(clock, SOCIAL_CARD_DELAYS.readMs, () => readOne(slot));
    if (card !== this.#card || this.#stopped) return;
    const holder: Result<Holder, CardTrouble> = read.ok ? read.value : err('unreadable');
    this.#options.onEvent(
      holder.ok
        ? { type: 'read', read: { readId: toHex(random.bytes(16)), ...holder.value } }
        : { type: 'trouble', trouble: holder.error },
    );
  }
}

async function readOne(slot: CardSlot): Promise<Result<Holder, CardTrouble>> {
  const line: Result<CardLine, SlotTrouble> = await slot.connect();
  if (!line.ok) return err('lay-again');
  const holder = await readHolder(line.value);
  await line.value.disconnect();
  return holder;
}
