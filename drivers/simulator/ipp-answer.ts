import { concat, utf8 } from '../../base/bytes.ts';
import { GROUP_TAGS } from '../document-printer/ipp-message.ts';

/** A value as a printer writes it (RFC 8010 §3.5.2). */
export type AnswerValue =
  | { readonly type: 'enum' | 'integer'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'keyword' | 'name' | 'charset' | 'language' | 'uri'; readonly value: string }
  /** There is none yet. The `ipp` package cannot write it, nor what may be without a value. */
  | { readonly type: 'no-value' };

/** Attributes in their order, each with one value or several. */
export type AnswerAttributes = Readonly<Record<string, readonly AnswerValue[]>>;

const TAGS = {
  'no-value': 0x13,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  language: 0x48,
} as const;

/** An answer with its groups, each a kind and its attributes. */
export function encodeIppAnswer(
  status: number,
  requestId: number,
  groups: readonly (readonly ['job' | 'printer', AnswerAttributes])[],
): Uint8Array {
  const about: AnswerAttributes = {
    'attributes-charset': [{ type: 'charset', value: 'utf-8' }],
    'attributes-natural-language': [{ type: 'language', value: 'en' }],
  };
  return concat(
    Uint8Array.of(1, 1, ...u16(status)),
    Uint8Array.of(requestId >>> 24, requestId >>> 16, requestId >>> 8, requestId),
    ...[['operation', about] as const, ...groups].map(([kind, attributes]) =>
      concat(Uint8Array.of(GROUP_TAGS[kind]), encodeAttributes(attributes)),
    ),
    Uint8Array.of(GROUP_TAGS.end),
  );
}

/** The first value carries the name, the others an empty one. */
function encodeAttributes(attributes: AnswerAttributes): Uint8Array {
  const fields = Object.entries(attributes).flatMap(([name, values]) =>
    values.map((value, index) =>
      concat(
        Uint8Array.of(TAGS[value.type]),
        counted(utf8(index === 0 ? name : '')),
        counted(encodeValue(value)),
      ),
    ),
  );
  return concat(...fields);
}

function encodeValue(value: AnswerValue): Uint8Array {
  switch (value.type) {
    case 'enum':
    case 'integer':
      return Uint8Array.of(value.value >>> 24, value.value >>> 16, value.value >>> 8, value.value);
    case 'boolean':
      return Uint8Array.of(value.value ? 1 : 0);
    case 'no-value':
      return new Uint8Array();
    default:
      return utf8(value.value);
  }
}

function counted(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.from(u16(bytes.length)), bytes);
}

function u16(value: number): [number, number] {
  return [value >>> 8, value & 0xff];
}
