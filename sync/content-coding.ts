/** Content as bytes and back: plain data to CBOR maps, and what came read as a schema describes it. */
import type { z } from 'zod';
import { type CborMap, type CborValue, decodeCbor, encodeCbor, isCborMap } from '../base/cbor.ts';
import { err, ok, type Result } from '../base/result.ts';

/** Why bytes are no content of a kind: `not-cbor` (the encoding), or `misfit` (the shape, named by its path). */
export type ContentTrouble =
  | { readonly code: 'not-cbor'; readonly detail: string }
  | { readonly code: 'misfit'; readonly detail: string };

/** Content as plain data to CBOR; a field that is `undefined` is left out. Throws on what CBOR cannot say. */
export function encodeContent(content: object): Uint8Array {
  return encodeCbor(toCbor(content));
}

/** Content bytes as plain data, shape unchecked: a map became an object, its keys its own fields. */
export function decodeContent(bytes: Uint8Array): Result<unknown, ContentTrouble> {
  const decoded = decodeCbor(bytes);
  return decoded.ok ? ok(toPlain(decoded.value)) : err({ code: 'not-cbor', detail: decoded.error.detail });
}

/** Content bytes as `schema` describes them. */
export function readContent<T>(schema: z.ZodType<T>, bytes: Uint8Array): Result<T, ContentTrouble> {
  const plain = decodeContent(bytes);
  return plain.ok ? fitContent(schema, plain.value) : plain;
}

/** Plain data as `schema` describes it. The detail names fields, never what stood in them. */
export function fitContent<T>(schema: z.ZodType<T>, plain: unknown): Result<T, ContentTrouble> {
  const parsed = schema.safeParse(plain);
  if (parsed.success) return ok(parsed.data);
  return err({
    code: 'misfit',
    detail: parsed.error.issues
      .map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`)
      .join('; ')
      .replaceAll('\0', ''),
  });
}

function toCbor(value: unknown): CborValue {
  if (value instanceof Uint8Array || value === null || typeof value !== 'object') return value as CborValue;
  if (Array.isArray(value)) return value.map(toCbor);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return new Map(fields.map(([key, field]) => [key, toCbor(field)]));
}

function toPlain(value: CborValue): unknown {
  if (isCborMap(value)) return toObject(value);
  if (Array.isArray(value)) return value.map(toPlain);
  return value;
}

function toObject(map: CborMap): object {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of map) {
    const field = toPlain(value);
    // Set as any other key, this one would not become a field.
    if (key === '__proto__') Object.defineProperty(fields, key, { value: field, ...PLAIN_FIELD });
    else fields[key] = field;
  }
  return fields;
}

const PLAIN_FIELD = { enumerable: true, configurable: true, writable: true } as const;
