import { decode, type Token, Tokenizer } from 'cborg';
import { equalBytes } from './bytes.ts';
import { writeCbor } from './cbor-write.ts';
import { err, invariant, ok, type Result } from './result.ts';

/**
 * What the project's CBOR can say (journal.md "Bytes"): integers within ±(2^53 − 1), byte strings, text,
 * arrays, maps with text keys, booleans and null. Maps are always a `Map`, never an object: a key may be
 * `__proto__`, and unknown keys are kept.
 */
export type CborValue = number | boolean | null | string | Uint8Array | readonly CborValue[] | CborMap;

/** A CBOR map: text keys, in any order in memory, sorted in bytes. */
export type CborMap = ReadonlyMap<string, CborValue>;

/** Why bytes are not CBOR of this project; `detail` names no content. */
export interface CborTrouble {
  readonly code: 'too-deep' | 'not-deterministic' | 'malformed';
  readonly detail: string;
}

/** Arrays and maps inside one another, the outermost counted. */
export const MAX_DEPTH = 16;

/** The one encoding of `value` (RFC 8949 §4.2.1). Throws when `value` is none that may be encoded: a bug. */
export function encodeCbor(value: CborValue): Uint8Array {
  const flaw = findFlaw(value, 0);
  invariant(flaw === undefined, `cannot be encoded: ${flaw}`);
  return writeCbor(value);
}

/** The value of `bytes`, or why they are not the one encoding of any value. */
export function decodeCbor(bytes: Uint8Array): Result<CborValue, CborTrouble> {
  const tokenizer = new StrictTokenizer(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  let value: unknown;
  try {
    value = decode(bytes, { ...STRICT, tokenizer });
  } catch (error) {
    if (error instanceof TooDeep) return err({ code: 'too-deep', detail: `deeper than ${MAX_DEPTH}` });
    // The library's message can quote a map key, which may be a person's: only its kind is passed on.
    return err({ code: 'malformed', detail: `not decodable before byte ${tokenizer.pos()}` });
  }
  const flaw = findFlaw(value, 0);
  if (flaw !== undefined) return err({ code: 'malformed', detail: flaw });
  const checked = value as CborValue;
  if (!equalBytes(writeCbor(checked), bytes)) {
    return err({ code: 'not-deterministic', detail: 'encodes to other bytes' });
  }
  return ok(checked);
}

/** A map from an object's own fields; a field that is `undefined` is left out. */
export function cborMap(fields: Readonly<Record<string, CborValue | undefined>>): CborMap {
  const map = new Map<string, CborValue>();
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) map.set(key, value);
  return map;
}

/** Whether `value` is a CBOR map. */
export function isCborMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map;
}

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
} as const;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class TooDeep extends Error {}

/** Refuses depth before the decoder recurses into it, and keeps a leading U+FEFF, which the library drops. */
class StrictTokenizer extends Tokenizer {
  /** Items still to come in each open array or map, outermost first. */
  readonly #open: number[] = [];

  constructor(bytes: Uint8Array) {
    super(bytes, STRICT);
  }

  override next(): Token {
    const token = super.next();
    this.#closeFull();
    const { name } = token.type;
    if (name === 'array' || name === 'map') {
      if (this.#open.length === MAX_DEPTH) throw new TooDeep();
      this.#open.push(name === 'map' ? token.value * 2 : token.value);
    }
    if (name === 'string' && token.byteValue?.[0] === 0xef) token.value = UTF8.decode(token.byteValue);
    return token;
  }

  /** Counts one item into the innermost array or map that still lacks one. */
  #closeFull(): void {
    while (this.#open.at(-1) === 0) this.#open.pop();
    const innermost = this.#open.length - 1;
    if (innermost >= 0) this.#open[innermost] = (this.#open[innermost] ?? 0) - 1;
  }
}

/** What makes `value` one that may not be encoded, or `undefined` when nothing does. */
function findFlaw(value: unknown, depth: number): string | undefined {
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return undefined;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? undefined : 'number out of range';
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'text is not valid Unicode';
  if (!Array.isArray(value) && !(value instanceof Map)) return `a value of type ${typeof value}`;
  if (depth === MAX_DEPTH) return `deeper than ${MAX_DEPTH}`;
  for (const item of value instanceof Map ? value.values() : value) {
    const flaw = findFlaw(item, depth + 1);
    if (flaw !== undefined) return flaw;
  }
  if (value instanceof Map) {
    for (const key of value.keys()) {
      if (typeof key !== 'string') return 'a map key that is no text';
      if (!key.isWellFormed()) return 'a map key that is not valid Unicode';
    }
  }
  return undefined;
}
