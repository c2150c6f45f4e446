import { type CborValue, decodeCbor, encodeCbor } from '../../base/cbor.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';

/**
 * Why bytes are not the structure they should be. `unsupported`: a `v` or suite this release does not know.
 * `too-large`: beyond a limit of journal.md. `at` names the field, never its content.
 */
export interface FormatTrouble {
  readonly code: 'malformed' | 'unsupported' | 'too-large';
  readonly at: string;
}

/** The form of one structure, declared once: what is written and what is read both come from it. */
export interface Shape<T> {
  /** As CBOR. Does not check: {@link toBytes} does. */
  encode(value: T): CborValue;
  /** The value, or which part does not fit. */
  parse(value: CborValue | undefined, at: string): Result<T, FormatTrouble>;
}

/** What a shape holds. */
export type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** The one encoding of `value`. Throws when it does not fit its own shape: a bug. */
export function toBytes<T>(shape: Shape<T>, value: T): Uint8Array {
  const cbor = shape.encode(value);
  const checked = shape.parse(cbor, '');
  invariant(checked.ok, `made what would be refused, at ${checked.ok ? '' : checked.error.at}`);
  return encodeCbor(cbor);
}

/** The structure in `bytes`: decoded strictly, then held against its shape. */
export function fromBytes<T>(shape: Shape<T>, bytes: Uint8Array): Result<T, FormatTrouble> {
  const decoded = decodeCbor(bytes);
  return decoded.ok ? shape.parse(decoded.value, '') : malformed('');
}

/** The refusal of what does not fit at `at`. */
export function malformed(at: string): { readonly ok: false; readonly error: FormatTrouble } {
  return err({ code: 'malformed', at });
}

/** The refusal of what is beyond a limit at `at`. */
export function tooLarge(at: string): { readonly ok: false; readonly error: FormatTrouble } {
  return err({ code: 'too-large', at });
}

/** An integer from `min` to `max`. */
export function int(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Shape<number> {
  return {
    encode: (value) => value,
    parse: (value, at) =>
      typeof value === 'number' && value >= min && value <= max ? ok(value) : malformed(at),
  };
}

/** Zero or more. */
export const uint = int(0);

/** A time in milliseconds since 1970 UTC, or a span of them. */
export const ms = int();

/** The number 1 of a `v` or a suite; any other number is `unsupported`, so that it is not called broken. */
export const one: Shape<1> = {
  encode: (value) => value,
  parse: (value, at) =>
    value === 1 ? ok(1) : typeof value === 'number' ? err({ code: 'unsupported', at }) : malformed(at),
};

/** True or false. */
export const bool: Shape<boolean> = {
  encode: (value) => value,
  parse: (value, at) => (typeof value === 'boolean' ? ok(value) : malformed(at)),
};

/** Text of at most `maxLength` UTF-16 units. */
export function text(maxLength = Number.MAX_SAFE_INTEGER): Shape<string> {
  return {
    encode: (value) => value,
    parse: (value, at) => {
      if (typeof value !== 'string') return malformed(at);
      return value.length <= maxLength ? ok(value) : tooLarge(at);
    },
  };
}

/** Text that `pattern` matches. */
export function textLike(pattern: RegExp): Shape<string> {
  return {
    encode: (value) => value,
    parse: (value, at) => (typeof value === 'string' && pattern.test(value) ? ok(value) : malformed(at)),
  };
}

/** A byte string of exactly `size` bytes, or of any size. */
export function bytes(size?: number): Shape<Uint8Array> {
  return {
    encode: (value) => value,
    parse: (value, at) =>
      value instanceof Uint8Array && (size === undefined || value.length === size)
        ? ok(value)
        : malformed(at),
  };
}

/** 16 bytes: random, or a key id. */
export const id = bytes(16);
/** 32 bytes: SHA-256. */
export const hash = bytes(32);
/** 64 bytes: Ed25519. */
export const sig = bytes(64);
/** 32 raw bytes: Ed25519 or X25519. */
export const pub = bytes(32);

/** `shape`, or null for "none". */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return {
    encode: (value) => (value === null ? null : shape.encode(value)),
    parse: (value, at) => (value === null ? ok(null) : shape.parse(value, at)),
  };
}

/** An array of `shape`; fewer than `min` is malformed, more than `max` too large. */
export function list<T>(shape: Shape<T>, min = 0, max = Number.MAX_SAFE_INTEGER): Shape<readonly T[]> {
  return {
    encode: (values) => values.map((value) => shape.encode(value)),
    parse(value, at) {
      if (!Array.isArray(value) || value.length < min) return malformed(at);
      if (value.length > max) return tooLarge(at);
      const items: T[] = [];
      for (const item of value) {
        const parsed = shape.parse(item, `${at}[${items.length}]`);
        if (!parsed.ok) return parsed;
        items.push(parsed.value);
      }
      return ok(items);
    },
  };
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type FieldValues<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/**
 * An array whose places have names, in the order the fields are written here; nothing is left out and nothing
 * follows. Fields are held against their shapes from the first on, so an unknown `v` is `unsupported`
 * whatever comes after it.
 */
export function structure<F extends Fields>(fields: F): Shape<FieldValues<F>> {
  const names = Object.keys(fields);
  return {
    encode: (value) => names.map((name) => fields[name]!.encode(value[name])),
    parse(value, at) {
      if (!Array.isArray(value)) return malformed(at);
      const parsed: Record<string, unknown> = {};
      for (const [index, name] of names.entries()) {
        const field = fields[name]!.parse(value[index], at === '' ? name : `${at}.${name}`);
        if (!field.ok) return field;
        parsed[name] = field.value;
      }
      return value.length === names.length ? ok(parsed as FieldValues<F>) : malformed(at);
    },
  };
}

/** Any CBOR value, kept as it is. */
export const anything: Shape<CborValue> = {
  encode: (value) => value,
  parse: (value, at) => (value === undefined ? malformed(at) : ok(value)),
};
