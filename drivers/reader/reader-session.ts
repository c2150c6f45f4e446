import { equalBytes, toHex, utf8 } from '../../base/bytes.ts';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { CardTrouble, DeviceReason, DeviceState, IdentityRead, ReaderEvent } from '../api.ts';
import type { OpenTransport, Transport } from '../transport/transport.ts';
import { decodeAddedAddress } from './card-layout.ts';
import { type CommandName, findSpeedSet, type SamAnswer } from './commands.ts';
import { Exchange, type ExchangeOutcome } from './exchange.ts';
import { readIdentity, splitCardData } from './identity.ts';
import { MAX_ADDRESS_MISSES, MAX_STRIKES, READER_DELAYS } from './reader-delays.ts';
import { type ReaderEffect, type ReaderMachineEvent, type ReaderState, step } from './reader-machine.ts';
import { SecondLook } from './second-look.ts';
import { type ServiceCommand, ServiceQueue, type ServiceResult } from './service.ts';
import { meaningOf } from './status.ts';

/** An added address is one item of this length (domain.md A.7). */
const ADDED_ADDRESS_BYTES = 70;

/** What a reader session is given. */
export interface ReaderSessionOptions {
  readonly open: OpenTransport;
  readonly clock: Clock;
  readonly random: Random;
  /** While nobody watches no card is looked for: its read would be lost, and it could not be found again. */
  isWatched(): boolean;
  onStatus(state: DeviceState, reason: DeviceReason | null): void;
  onEvent(event: ReaderEvent): void;
  /**
   * Given the fingerprint of each card, 0 to 1,024 bytes, before its identity is told; the receiver owns the
   * bytes. Only where this is given are cards asked for it.
   */
  onFingerprint?(readId: string, fingerprint: Uint8Array): void;
  /** Each step of the state machine, by name alone: for the log. */
  onStep?(from: ReaderState, event: ReaderMachineEvent, to: ReaderState): void;
}

/** A card reader, from its line to what it tells. */
export interface ReaderSession {
  /** Overwrites and forgets the card held; laid again, it is read as a new one. */
  forgetCard(): void;
  /** The photo block of the card held, where it is that read; the session's own bytes. */
  findPhoto(readId: string): Uint8Array | undefined;
  /**
   * Asks something of the reader as soon as it is not busy with a card; a speed set is lost sight of unless
   * the line searches for it. `data` is one byte for `max-rf-bytes`.
   */
  ask(command: ServiceCommand, data?: Uint8Array): Promise<ServiceResult>;
  /** Closes the line for good. */
  stop(): void;
}

/** Answers after which a card or the reader is known to work as it should. */
const SOUND: ReadonlySet<ReaderMachineEvent> = new Set<ReaderMachineEvent>([
  'ready',
  'none',
  'read-new',
  'read-same',
  'refused',
]);

/** Drives the state machine over a line, and opens the line again by itself whenever it is lost. */
export function startReaderSession(options: ReaderSessionOptions): ReaderSession {
  const session = new Session(options);
  session.start();
  return {
    forgetCard: () => session.raise('forget'),
    findPhoto: (readId) => session.findPhoto(readId),
    ask: (command, data) => session.ask(command, data ?? new Uint8Array(0)),
    stop: () => session.stop(),
  };
}

class Session {
  readonly #options: ReaderSessionOptions;
  readonly #exchange: Exchange;
  readonly #service = new ServiceQueue();
  readonly #secondLook: SecondLook;
  #state: ReaderState = 'closed';
  #transport: Transport | undefined;
  #opening = false;
  #stopped = false;
  #cancelDue: Cancel = () => undefined;
  #strikes = 0;
  #addressMisses = 0;
  #trouble: CardTrouble = 'lay-again';
  #reason: DeviceReason = 'not-answering';
  /** Read, but not told yet. */
  #fresh: IdentityRead | undefined;
  #freshFingerprint: Uint8Array = new Uint8Array(0);
  #held: { readId: string; number: Uint8Array; photo: Uint8Array } | undefined;

  constructor(options: ReaderSessionOptions) {
    this.#options = options;
    this.#exchange = new Exchange(options.clock, (command, outcome) => this.#hear(command, outcome));
    this.#secondLook = new SecondLook(options.clock);
  }

  start(): void {
    this.#options.onStatus('starting', null);
    this.raise('due');
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelDue();
    this.#close();
    this.#forget();
    this.#fresh?.photo.fill(0);
    this.#fresh = undefined;
    this.#freshFingerprint.fill(0);
  }

  findPhoto(readId: string): Uint8Array | undefined {
    return this.#held?.readId === readId ? this.#held.photo : undefined;
  }

  ask(command: ServiceCommand, data: Uint8Array): Promise<ServiceResult> {
    const result = this.#service.add(command, data);
    if (this.#transport === undefined) this.#service.giveUp();
    else this.#scheduleDue();
    return result;
  }

  raise(event: ReaderMachineEvent): void {
    if (this.#stopped) return;
    if (SOUND.has(event)) this.#strikes = 0;
    const { next, effects } = step(this.#state, event);
    this.#options.onStep?.(this.#state, event, next);
    this.#state = next;
    for (const effect of effects) this.#effects[effect]();
    this.#scheduleDue();
  }

  #scheduleDue(): void {
    if (this.#exchange.isPending || this.#opening || this.#serve()) return;
    const delayMs = READER_DELAYS.dueMs[this.#state];
    this.#cancelDue();
    if (delayMs === undefined) return;
    this.#cancelDue = this.#options.clock.after(delayMs, () => {
      if (this.#looksForCards() && !this.#options.isWatched()) this.#scheduleDue();
      else this.raise('due');
    });
  }

  /** Sends what a maintainer asks for, if anything; says whether it did. */
  #serve(): boolean {
    if (this.#transport === undefined) return false;
    const ask = this.#service.takeNext();
    if (ask !== undefined) this.#send(ask.command, ask.data);
    return ask !== undefined;
  }

  #looksForCards(): boolean {
    return this.#state === 'searching' || this.#state === 'holding' || this.#state === 'troubled';
  }

  readonly #effects: Readonly<Record<ReaderEffect, () => void>> = {
    open: () => void this.#open(),
    close: () => this.#close(),
    'send-status': () => this.#send('status'),
    'send-reset': () => this.#send('reset'),
    'send-find': () => this.#send('find'),
    'send-select': () => this.#send('select'),
    'send-read': () => this.#send(this.#options.onFingerprint ? 'read-with-fingerprint' : 'read'),
    'send-address': () => this.#askAddress(),
    'tell-well': () => this.#options.onStatus('ok', null),
    'tell-unfit': () => this.#options.onStatus('fault', this.#reason),
    'tell-silent': () => this.#options.onStatus('fault', 'not-answering'),
    'tell-closed': () => this.#options.onStatus('absent', 'port-closed'),
    'tell-reading': () => this.#options.onEvent({ type: 'reading' }),
    'tell-identity': () => this.#tellIdentity(),
    'tell-still-here': () => this.#tellStillHere(),
    'tell-trouble': () => this.#options.onEvent({ type: 'trouble', trouble: this.#trouble }),
    'tell-lay-again': () => this.#options.onEvent({ type: 'trouble', trouble: 'lay-again' }),
    forget: () => this.#forget(),
  };

  async #open(): Promise<void> {
    this.#opening = true;
    let current: Transport | undefined;
    const opened = await this.#options.open({
      onData: (bytes) => {
        if (current !== undefined && current === this.#transport) this.#exchange.receive(bytes);
        else bytes.fill(0);
      },
      onClose: () => {
        if (current !== undefined && current === this.#transport) this.#lose();
      },
    });
    this.#opening = false;
    if (!opened.ok) return this.raise('lost');
    if (this.#stopped) return opened.value.close();
    current = opened.value;
    this.#transport = current;
    this.#addressMisses = 0;
    this.#strikes = 0;
    this.raise('opened');
  }

  #lose(): void {
    this.#transport = undefined;
    this.#letGo();
    this.raise('lost');
  }

  #close(): void {
    this.#letGo();
    this.#transport?.close();
    this.#transport = undefined;
  }

  #letGo(): void {
    this.#exchange.abandon();
    this.#secondLook.drop();
    this.#service.giveUp();
  }

  #send(command: CommandName, data?: Uint8Array): void {
    this.#cancelDue();
    this.#secondLook.ask(command);
    this.#exchange.send(command, (bytes) => this.#transport?.write(bytes), data);
  }

  #hear(command: CommandName, outcome: ExchangeOutcome): void {
    if (this.#service.isServing) {
      this.#endService(command, outcome);
      return;
    }
    const event = outcome.type === 'answer' ? this.#understand(command, outcome.answer) : 'again';
    if (command === 'read-address') this.#countAddress(event);
    if (event === 'again') this.#secondLook.doubt();
    this.raise(event === 'again' || event === 'restart' ? this.#strike(event) : event);
  }

  #endService(command: CommandName, outcome: ExchangeOutcome): void {
    const isDone = this.#service.finish(outcome);
    if (isDone && findSpeedSet(command) !== undefined) {
      // The reader speaks at another speed from now on: this line is of no more use.
      this.#close();
      this.raise('lost');
    } else this.#scheduleDue();
  }

  #strike(event: ReaderMachineEvent): ReaderMachineEvent {
    this.#strikes += 1;
    if (this.#strikes < MAX_STRIKES) return event;
    this.#strikes = 0;
    return 'gave-up';
  }

  #understand(command: CommandName, answer: SamAnswer): ReaderMachineEvent {
    const meaning = meaningOf(answer.sw3);
    switch (meaning.kind) {
      case 'success':
        return this.#succeed(command, answer.data);
      case 'card-found':
        return command === 'find' ? 'found' : 'restart';
      case 'no-card':
        return 'none';
      case 'no-item':
        return command === 'read-address' ? 'addressed' : 'restart';
      case 'resend':
        return 'again';
      case 'restart':
        return 'restart';
      case 'trouble':
        this.#trouble = meaning.trouble;
        return 'refused';
      case 'unfit':
        this.#reason = meaning.reason;
        // Not being allowed to read an added address says nothing of the reader (domain.md A.5, 23).
        return command === 'read-address' ? 'restart' : 'unfit';
    }
  }

  #succeed(command: CommandName, data: Uint8Array): ReaderMachineEvent {
    switch (command) {
      case 'status':
      case 'reset':
        return 'ready';
      case 'find':
        return 'restart';
      case 'select':
        return 'selected';
      case 'read':
      case 'read-with-fingerprint':
        return this.#takeCard(data);
      case 'read-address':
        return this.#takeAddress(data);
      default:
        throw new Error(`broken invariant: ${command} is a maintainer's`);
    }
  }

  #takeCard(data: Uint8Array): ReaderMachineEvent {
    const blocks = splitCardData(data);
    if (!blocks.ok) return 'again';
    const doubt = this.#secondLook.findDoubt(data);
    if (doubt !== undefined) {
      for (const block of Object.values(blocks.value)) block.fill(0);
      return doubt;
    }
    const read = readIdentity(blocks.value, toHex(this.#options.random.bytes(16)));
    const { text, photo, fingerprint } = blocks.value;
    text.fill(0);
    if (!read.ok) {
      photo.fill(0);
      fingerprint.fill(0);
      this.#trouble = 'wrong-card';
      return 'refused';
    }
    if (this.#held !== undefined && equalBytes(this.#held.number, utf8(read.value.number))) {
      photo.fill(0);
      fingerprint.fill(0);
      return 'read-same';
    }
    this.#fresh = read.value;
    this.#freshFingerprint = fingerprint;
    return 'read-new';
  }

  #takeAddress(data: Uint8Array): ReaderMachineEvent {
    // Another length is a late answer to an earlier request.
    if (data.length !== ADDED_ADDRESS_BYTES) return 'restart';
    const doubt = this.#secondLook.findDoubt(data);
    if (doubt !== undefined) return doubt;
    const address = decodeAddedAddress(data);
    if (this.#fresh !== undefined && address !== '') this.#fresh.address = address;
    return 'addressed';
  }

  /** Only citizens' cards take added addresses, and not every reader gives them. */
  #askAddress(): void {
    if (this.#fresh?.kind === 'citizen' && this.#addressMisses < MAX_ADDRESS_MISSES)
      this.#send('read-address');
    else this.raise('addressed');
  }

  #countAddress(event: ReaderMachineEvent): void {
    if (event === 'unsure') return;
    this.#addressMisses = event === 'addressed' ? 0 : this.#addressMisses + 1;
  }

  #tellIdentity(): void {
    const read = this.#fresh;
    if (read === undefined) throw new Error('broken invariant: no card was read');
    this.#forget();
    this.#fresh = undefined;
    if (!this.#options.isWatched() || !this.#options.onFingerprint) this.#freshFingerprint.fill(0);
    else this.#options.onFingerprint(read.readId, this.#freshFingerprint);
    this.#freshFingerprint = new Uint8Array(0);
    // Nobody came to know of it, so nobody could be told that it is "still here".
    if (!this.#options.isWatched()) return void read.photo.fill(0);
    this.#held = { readId: read.readId, number: utf8(read.number), photo: read.photo };
    this.#options.onEvent({ type: 'identity', read });
  }

  #tellStillHere(): void {
    if (this.#held === undefined) throw new Error('broken invariant: no card is held');
    this.#options.onEvent({ type: 'still-here', readId: this.#held.readId });
  }

  #forget(): void {
    this.#held?.number.fill(0);
    this.#held?.photo.fill(0);
    this.#held = undefined;
  }
}
