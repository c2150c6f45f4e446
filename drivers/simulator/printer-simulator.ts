import iconv from 'iconv-lite';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { DeviceLine } from './device-line.ts';
import { EscPosParser, type PrinterCommand } from './escpos-parser.ts';
import { Wire } from './wire.ts';

/** One line of a printed slip. */
export type PaperLine =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly large: boolean;
      readonly strong: boolean;
      readonly centred: boolean;
    }
  | { readonly type: 'qr'; readonly data: string };

/** What can be wrong with the printer. */
export interface PrinterFaults {
  readonly paper: 'enough' | 'low' | 'out';
  readonly coverOpen: boolean;
  readonly cutterError: boolean;
  readonly overheated: boolean;
  /** A jam the printer cannot mend by itself. */
  readonly jammed: boolean;
  /** It hangs: no answers, no printing. */
  readonly silent: boolean;
}

/** Faults that leave the printer well, and its paper full. */
export const NO_FAULTS: PrinterFaults = {
  paper: 'enough',
  coverOpen: false,
  cutterError: false,
  overheated: false,
  jammed: false,
  silent: false,
};

/** Time a printed line takes. */
const LINE_MS = 12;

/** The real-time command that drops what is still to be printed: `DLE DC4 8` and its fixed parameters. */
const DROP = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/** What `DLE EOT` asks the KPM series for with this number. */
const FULL_STATUS = 0x14;

const QR_STORE = 0x50;
const QR_PRINT = 0x51;

/** A simulated slip printer (domain.md C.2) at the far end of a serial line. */
export class PrinterSimulator {
  readonly #clock: Clock;
  readonly #baudRate: number;
  readonly #columns: number;
  readonly #answersInOrder: boolean;
  readonly #dialect: 'escpos' | 'kpm';
  readonly #onChange: () => void;
  readonly #parser = new EscPosParser();
  #wire: Wire | undefined;
  #faults: PrinterFaults = NO_FAULTS;
  #pendingFaults: { afterLines: number; faults: Partial<PrinterFaults> } | undefined;
  #queue: PrinterCommand[] = [];
  #cancel: Cancel = () => undefined;
  #isRunning = false;
  /** The last bytes heard, to find real-time commands in. */
  #tail: number[] = [];
  #style = { large: false, strong: false, centred: false };
  #text: number[] = [];
  #qrData = '';
  #slip: PaperLine[] = [];
  #slips: (readonly PaperLine[])[] = [];

  constructor(options: {
    clock: Clock;
    baudRate: number;
    columns: number;
    /** Whether it knows `GS r`; not every make does. */
    answersInOrder?: boolean;
    /** `kpm`: it has the full status of Custom's KPM series too. */
    dialect?: 'escpos' | 'kpm';
    onChange: () => void;
  }) {
    this.#dialect = options.dialect ?? 'escpos';
    this.#answersInOrder = options.answersInOrder ?? true;
    this.#clock = options.clock;
    this.#baudRate = options.baudRate;
    this.#columns = options.columns;
    this.#onChange = options.onChange;
  }

  /** Connects it to a line. What it was told before is lost, as by a power cut. */
  plug(line: DeviceLine): void {
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
    this.#drop();
    await wire?.close();
  }

  get isPlugged(): boolean {
    return this.#wire !== undefined;
  }

  get faults(): PrinterFaults {
    return this.#faults;
  }

  /** Cut slips that hang at the mouth, oldest first. */
  get slips(): readonly (readonly PaperLine[])[] {
    return this.#slips;
  }

  /** What is printed and not cut off yet. */
  get uncut(): readonly PaperLine[] {
    return this.#slip;
  }

  /** Changes what is wrong; what is not named stays. A printer put right goes on where it stopped. */
  setFaults(faults: Partial<PrinterFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
    this.#onChange();
    this.#run();
  }

  /** Orders faults that come once so many more lines are printed; a cut counts as one. */
  failAfter(afterLines: number, faults: Partial<PrinterFaults>): void {
    this.#pendingFaults = { afterLines, faults };
    this.#onChange();
  }

  /** Takes the slips at the mouth away. */
  tear(): readonly (readonly PaperLine[])[] {
    const taken = this.#slips;
    this.#slips = [];
    this.#onChange();
    return taken;
  }

  get #isStopped(): boolean {
    const { paper, coverOpen, cutterError, overheated, jammed, silent } = this.#faults;
    return paper === 'out' || coverOpen || cutterError || overheated || jammed || silent;
  }

  #receive(bytes: Uint8Array): void {
    for (const byte of bytes) this.#hearRealTime(byte);
    this.#queue.push(...this.#parser.push(bytes));
    this.#run();
  }

  /** Real-time commands are carried out when heard, wherever they stand. */
  #hearRealTime(byte: number): void {
    this.#tail = [...this.#tail.slice(1 - DROP.length), byte];
    const [first, second, kind = 0] = this.#tail.slice(-3);
    if (first === 0x10 && second === 0x04) {
      if (kind === FULL_STATUS) this.#tell(...(this.#dialect === 'kpm' ? this.#fullStatus() : []));
      else this.#tell(this.#statusByte(kind));
    }
    if (this.#tail.join() === DROP.join()) this.#drop();
  }

  #tell(...bytes: readonly number[]): void {
    if (!this.#faults.silent) this.#wire?.send(Uint8Array.of(...bytes));
  }

  /** Paper, user, recoverable and unrecoverable, after two fixed bytes. */
  #fullStatus(): readonly number[] {
    const { paper, coverOpen, cutterError, overheated, jammed } = this.#faults;
    const bits = (...set: readonly (readonly [boolean, number])[]) =>
      set.reduce((sum, [on, mask]) => (on ? sum | mask : sum), 0);
    return [
      0x10,
      0x0f,
      bits([paper === 'out', 0x01], [paper !== 'enough', 0x04], [this.#slips.length > 0, 0x20]),
      bits([coverOpen, 0x02]),
      bits([overheated, 0x01], [jammed, 0x40]),
      bits([cutterError, 0x01]),
    ];
  }

  #statusByte(kind: number): number {
    const { paper, coverOpen, cutterError, overheated, jammed } = this.#faults;
    const bits = (...set: readonly (readonly [boolean, number])[]) =>
      set.reduce((sum, [on, mask]) => (on ? sum | mask : sum), 0x12);
    switch (kind) {
      case 1:
        return bits([this.#isStopped, 0x08]);
      case 2:
        return bits([coverOpen, 0x04], [paper === 'out', 0x20], [cutterError || overheated || jammed, 0x40]);
      case 3:
        return bits([cutterError, 0x08], [jammed, 0x20], [overheated, 0x40]);
      default:
        return bits([paper !== 'enough', 0x0c], [paper === 'out', 0x60]);
    }
  }

  #drop(): void {
    this.#cancel();
    this.#isRunning = false;
    this.#queue = [];
    this.#parser.reset();
    this.#text = [];
  }

  /** Prints until there is nothing to do or a fault stops it; a line takes its time. */
  #run(): void {
    if (this.#isRunning) return;
    while (!this.#isStopped) {
      const command = this.#queue.shift();
      if (command === undefined) return;
      const printed = this.#carryOut(command);
      if (!printed) continue;
      this.#isRunning = true;
      this.#cancel = this.#clock.after(LINE_MS, () => {
        this.#isRunning = false;
        this.#run();
      });
      return;
    }
  }

  /** Whether a line came out. */
  #carryOut(command: PrinterCommand): boolean {
    switch (command.type) {
      case 'text':
        this.#text.push(...command.bytes);
        return false;
      case 'line-end':
        this.#printText();
        return true;
      case 'initialise':
        this.#text = [];
        this.#style = { large: false, strong: false, centred: false };
        return false;
      case 'align':
        this.#style.centred = command.centred;
        return false;
      case 'large':
        this.#style.large = command.on;
        return false;
      case 'bold':
        this.#style.strong = command.on;
        return false;
      case 'qr':
        return this.#carryOutQr(command.code, command.parameters);
      case 'cut':
        this.#cut();
        return true;
      case 'report':
        if (this.#answersInOrder) this.#tell(this.#faults.paper === 'enough' ? 0x00 : 0x03);
        return false;
      case 'chinese':
      case 'real-time':
      case 'unknown':
        return false;
    }
  }

  #carryOutQr(code: number, parameters: Uint8Array): boolean {
    // The first parameter of "store" names the symbol again; the data follows.
    if (code === QR_STORE) this.#qrData = new TextDecoder().decode(parameters.subarray(1));
    if (code !== QR_PRINT) return false;
    this.#putLine({ type: 'qr', data: this.#qrData });
    return true;
  }

  #cut(): void {
    if (this.#slip.length === 0) return;
    this.#slips.push(this.#slip);
    this.#slip = [];
    this.#countDown();
    this.#onChange();
  }

  /** A text too long for the paper goes on in the next line, as printers do. */
  #printText(): void {
    const text = iconv.decode(Buffer.from(this.#text), 'gb18030');
    this.#text = [];
    const width = this.#style.large ? this.#columns / 2 : this.#columns;
    let line = '';
    let used = 0;
    for (const character of text) {
      const columns = iconv.encode(character, 'gb18030').length > 1 ? 2 : 1;
      if (used + columns > width) {
        this.#putLine({ type: 'text', text: line, ...this.#style });
        line = '';
        used = 0;
      }
      line += character;
      used += columns;
    }
    this.#putLine({ type: 'text', text: line, ...this.#style });
  }

  #putLine(line: PaperLine): void {
    this.#slip.push(line);
    this.#countDown();
    this.#onChange();
  }

  #countDown(): void {
    const pending = this.#pendingFaults;
    if (pending === undefined) return;
    pending.afterLines -= 1;
    if (pending.afterLines > 0) return;
    this.#pendingFaults = undefined;
    this.#faults = { ...this.#faults, ...pending.faults };
  }
}
