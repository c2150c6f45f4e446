/**
 * Reads IPP messages (RFC 8010 §3). Requests are written by the `ipp` package; answers are read here, because its
 * parser takes lengths as signed, so that a printer's `FF FB` sends it back and forth for ever, reads past what
 * was sent, and prints what it does not know on standard output.
 */
import { err, ok, type Result } from '../../base/result.ts';

/** A value of an attribute; null where there is none, or one of a kind that nothing here needs. */
export type IppValue = string | number | boolean | null;

/** Attributes that belong together: of the operation, of the printer, of one job. */
export interface IppGroup {
  readonly tag: number;
  readonly attributes: ReadonlyMap<string, readonly IppValue[]>;
}

/** A request or an answer. */
export interface IppMessage {
  /** What is asked, in a request; how it went, in an answer. */
  readonly code: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
  /** What follows the attributes. */
  readonly document: Uint8Array;
}

/** The tags that begin a group (RFC 8010 §3.5.1). */
export const GROUP_TAGS = {
  operation: 0x01,
  job: 0x02,
  end: 0x03,
  printer: 0x04,
  unsupported: 0x05,
} as const;

const LAST_GROUP_TAG = 0x0f;
const HEADER_BYTES = 8;
const TAGS = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  beginCollection: 0x34,
  endCollection: 0x37,
} as const;
const TEXT_WITH_LANGUAGE = new Set([0x35, 0x36]);
/** Text, name, keyword, uri, uriScheme, charset, naturalLanguage, mimeMediaType. */
const TEXT = new Set([0x41, 0x42, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49]);

/** Understands a message that is whole; anything else is `malformed`. Never throws for what the bytes hold. */
export function readIppMessage(bytes: Uint8Array): Result<IppMessage, { readonly code: 'malformed' }> {
  const reader = new Reader(bytes);
  const message = reader.readMessage();
  return message === undefined ? err({ code: 'malformed' }) : ok(message);
}

/** The first value of an attribute in the first group of that tag; undefined where it is missing. */
export function findValue(
  message: IppMessage,
  tag: (typeof GROUP_TAGS)[keyof typeof GROUP_TAGS],
  name: string,
): IppValue | undefined {
  return message.groups.find((group) => group.tag === tag)?.attributes.get(name)?.[0];
}

/** What a reader stops at: the bytes are no message. */
class Malformed extends Error {}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readMessage(): IppMessage | undefined {
    try {
      return this.#message();
    } catch (error) {
      if (error instanceof Malformed) return undefined;
      throw error;
    }
  }

  #message(): IppMessage {
    this.#need(HEADER_BYTES);
    const code = this.#view.getUint16(2);
    const requestId = this.#view.getInt32(4);
    this.#at = HEADER_BYTES;
    const groups: IppGroup[] = [];
    for (;;) {
      const tag = this.#byte();
      if (tag === GROUP_TAGS.end) break;
      if (tag > LAST_GROUP_TAG) throw new Malformed();
      groups.push({ tag, attributes: this.#attributes() });
    }
    return { code, requestId, groups, document: this.#bytes.subarray(this.#at) };
  }

  #attributes(): Map<string, readonly IppValue[]> {
    const attributes = new Map<string, readonly IppValue[]>();
    let values: IppValue[] | undefined;
    while (this.#peek() > LAST_GROUP_TAG) {
      const { tag, name, value } = this.#field();
      if (name !== '') {
        values = [];
        // Said twice, the first counts.
        if (!attributes.has(name)) attributes.set(name, values);
      }
      if (values === undefined) throw new Malformed();
      values.push(decodeValue(tag, value));
      if (tag === TAGS.beginCollection) this.#skipCollection();
    }
    return attributes;
  }

  /** Collections lie within each other; what is in them is fields like all others. */
  #skipCollection(): void {
    for (let depth = 1; depth > 0; ) {
      const { tag } = this.#field();
      if (tag <= LAST_GROUP_TAG) throw new Malformed();
      if (tag === TAGS.beginCollection) depth += 1;
      if (tag === TAGS.endCollection) depth -= 1;
    }
  }

  #field(): { readonly tag: number; readonly name: string; readonly value: Uint8Array } {
    const tag = this.#byte();
    return { tag, name: text(this.#counted()), value: this.#counted() };
  }

  #counted(): Uint8Array {
    this.#need(2);
    const length = this.#view.getUint16(this.#at);
    this.#at += 2;
    this.#need(length);
    const from = this.#at;
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }

  #byte(): number {
    const byte = this.#peek();
    this.#at += 1;
    return byte;
  }

  #peek(): number {
    this.#need(1);
    return this.#view.getUint8(this.#at);
  }

  #need(length: number): void {
    if (this.#at + length > this.#bytes.length) throw new Malformed();
  }
}

function decodeValue(tag: number, value: Uint8Array): IppValue {
  if (TEXT.has(tag)) return text(value);
  if (TEXT_WITH_LANGUAGE.has(tag)) return textWithLanguage(value);
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  switch (tag) {
    case TAGS.integer:
    case TAGS.enum:
      if (value.length !== 4) throw new Malformed();
      return view.getInt32(0);
    case TAGS.boolean:
      if (value.length !== 1) throw new Malformed();
      return view.getUint8(0) !== 0;
    default:
      return null;
  }
}

/** The text of a value that names its language first: length, language, length, text. */
function textWithLanguage(value: Uint8Array): string {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  if (value.length < 4) throw new Malformed();
  const at = 2 + view.getUint16(0);
  if (at + 2 > value.length || at + 2 + view.getUint16(at) !== value.length) throw new Malformed();
  return text(value.subarray(at + 2));
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
