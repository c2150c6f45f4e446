/** What a printer was told to do, as far as a slip needs it. */
export type PrinterCommand =
  /** Bytes of text, of one line or part of one. */
  | { readonly type: 'text'; readonly bytes: Uint8Array }
  | { readonly type: 'line-end' }
  | { readonly type: 'initialise' }
  | { readonly type: 'align'; readonly centred: boolean }
  | { readonly type: 'large'; readonly on: boolean }
  | { readonly type: 'bold'; readonly on: boolean }
  | { readonly type: 'chinese'; readonly on: boolean }
  | { readonly type: 'qr'; readonly code: number; readonly parameters: Uint8Array }
  | { readonly type: 'cut' }
  /** `GS r`: to be answered when everything before it is done. */
  | { readonly type: 'report' }
  /** A real-time command: already answered when it came. */
  | { readonly type: 'real-time' }
  | { readonly type: 'unknown'; readonly byte: number };

/** A command's form: its first bytes, how many parameters follow, and what it means. */
interface Form {
  readonly prefix: readonly number[];
  readonly parameters: number;
  read(parameters: Uint8Array): PrinterCommand;
}

const FORMS: readonly Form[] = [
  { prefix: [0x0a], parameters: 0, read: () => ({ type: 'line-end' }) },
  { prefix: [0x10, 0x04], parameters: 1, read: () => ({ type: 'real-time' }) },
  { prefix: [0x10, 0x14, 0x08], parameters: 7, read: () => ({ type: 'real-time' }) },
  { prefix: [0x1b, 0x40], parameters: 0, read: () => ({ type: 'initialise' }) },
  { prefix: [0x1b, 0x61], parameters: 1, read: ([n]) => ({ type: 'align', centred: n === 1 }) },
  { prefix: [0x1b, 0x45], parameters: 1, read: ([n]) => ({ type: 'bold', on: n === 1 }) },
  { prefix: [0x1c, 0x26], parameters: 0, read: () => ({ type: 'chinese', on: true }) },
  { prefix: [0x1c, 0x2e], parameters: 0, read: () => ({ type: 'chinese', on: false }) },
  { prefix: [0x1d, 0x21], parameters: 1, read: ([n]) => ({ type: 'large', on: n !== 0 }) },
  { prefix: [0x1d, 0x56, 0x42], parameters: 1, read: () => ({ type: 'cut' }) },
  { prefix: [0x1d, 0x56, 0x00], parameters: 0, read: () => ({ type: 'cut' }) },
  { prefix: [0x1d, 0x56, 0x01], parameters: 0, read: () => ({ type: 'cut' }) },
  { prefix: [0x1d, 0x72], parameters: 1, read: () => ({ type: 'report' }) },
];

const QR_PREFIX = [0x1d, 0x28, 0x6b];

/** Cuts a stream of ESC/POS bytes into commands, whatever pieces it comes in. */
export class EscPosParser {
  #rest: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): PrinterCommand[] {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    const commands: PrinterCommand[] = [];
    let at = 0;
    while (at < all.length) {
      const step = next(all.subarray(at));
      if (step === undefined) break;
      commands.push(step.command);
      at += step.length;
    }
    this.#rest = all.slice(at);
    return commands;
  }

  reset(): void {
    this.#rest = new Uint8Array(0);
  }
}

/** The first command and how many bytes it takes, or `undefined` when it has not come whole. */
function next(bytes: Uint8Array): { command: PrinterCommand; length: number } | undefined {
  if (isText(bytes[0] ?? 0)) {
    const end = bytes.findIndex((byte) => !isText(byte));
    const length = end < 0 ? bytes.length : end;
    return { command: { type: 'text', bytes: bytes.slice(0, length) }, length };
  }
  if (begins(bytes, QR_PREFIX)) return nextQr(bytes);
  const form = FORMS.find((candidate) => begins(bytes, candidate.prefix));
  if (form === undefined) return { command: { type: 'unknown', byte: bytes[0] ?? 0 }, length: 1 };
  const length = form.prefix.length + form.parameters;
  if (bytes.length < length) return undefined;
  return { command: form.read(bytes.slice(form.prefix.length, length)), length };
}

function nextQr(bytes: Uint8Array): { command: PrinterCommand; length: number } | undefined {
  if (bytes.length < 5) return undefined;
  const length = 5 + (bytes[3] ?? 0) + ((bytes[4] ?? 0) << 8);
  if (bytes.length < length) return undefined;
  return { command: { type: 'qr', code: bytes[6] ?? 0, parameters: bytes.slice(7, length) }, length };
}

/** Whether the bytes begin with a prefix, as far as they go. */
function begins(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.slice(0, bytes.length).every((byte, index) => bytes[index] === byte);
}

function isText(byte: number): boolean {
  return byte >= 0x20;
}
