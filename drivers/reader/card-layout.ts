import { err, ok, type Result } from '../../base/result.ts';
import type { IdentityRead } from '../api.ts';

/** Length in bytes of a card's text block (domain.md A.7). */
export const TEXT_BYTES = 256;

/** Length in bytes of a sound card's photo block. */
export const PHOTO_BYTES = 1024;

/** Where the letter stands that tells the kinds of card apart. */
const TYPE_OFFSET = 248;

/** A field's place, in bytes: offset and length. */
type Place = readonly [offset: number, length: number];

/** The fields of one kind of card; a field it does not have is left out. */
export interface CardLayout {
  readonly kind: IdentityRead['kind'];
  /** The character at byte 248. */
  readonly letter: string;
  readonly name: Place;
  /** Pieces that are joined before they are trimmed. */
  readonly nameLatin?: readonly Place[];
  readonly sex: Place;
  readonly nation?: Place;
  readonly birth: Place;
  readonly address?: Place;
  readonly number: Place;
  readonly issuer?: Place;
  readonly validFrom: Place;
  readonly validTo: Place;
}

/** Every kind of card (domain.md A.7). */
export const CARD_LAYOUTS: readonly CardLayout[] = [
  {
    kind: 'citizen',
    letter: '',
    name: [0, 30],
    sex: [30, 2],
    nation: [32, 4],
    birth: [36, 16],
    address: [52, 70],
    number: [122, 36],
    issuer: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
  },
  {
    kind: 'hmt-permit',
    letter: 'J',
    name: [0, 30],
    sex: [30, 2],
    birth: [36, 16],
    address: [52, 70],
    number: [122, 36],
    issuer: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
  },
  {
    kind: 'foreign-2017',
    letter: 'I',
    name: [158, 30],
    nameLatin: [[0, 120]],
    sex: [120, 2],
    number: [122, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
    birth: [220, 16],
    issuer: [240, 8],
  },
  {
    kind: 'foreign-2023',
    letter: 'Y',
    name: [0, 30],
    nameLatin: [
      [52, 70],
      [220, 22],
    ],
    sex: [30, 2],
    birth: [36, 16],
    number: [122, 36],
    validFrom: [188, 16],
    validTo: [204, 16],
  },
];

/** A card's fields as text, trimmed, not yet understood; `null` where the kind has no such field. */
export interface CardText {
  readonly kind: IdentityRead['kind'];
  readonly name: string;
  readonly nameLatin: string | null;
  readonly sex: string;
  readonly nation: string | null;
  readonly birth: string;
  readonly address: string | null;
  readonly number: string;
  readonly issuer: string | null;
  readonly validFrom: string;
  readonly validTo: string;
}

/**
 * Reads a text block by the layout its letter names.
 * Errors: `short` unless it is 256 bytes, `unknown-kind` for a letter no layout has.
 */
export function decodeText(text: Uint8Array): Result<CardText, 'short' | 'unknown-kind'> {
  if (text.length !== TEXT_BYTES) return err('short');
  const letter = decodeField(text, [TYPE_OFFSET, 2]);
  const layout = CARD_LAYOUTS.find((candidate) => candidate.letter === letter);
  if (layout === undefined) return err('unknown-kind');
  const optional = (place: Place | undefined) => (place === undefined ? null : decodeField(text, place));
  return ok({
    kind: layout.kind,
    name: decodeField(text, layout.name),
    nameLatin: layout.nameLatin === undefined ? null : decodeField(text, ...layout.nameLatin),
    sex: decodeField(text, layout.sex),
    nation: optional(layout.nation),
    birth: decodeField(text, layout.birth),
    address: optional(layout.address),
    number: decodeField(text, layout.number),
    issuer: optional(layout.issuer),
    validFrom: decodeField(text, layout.validFrom),
    validTo: decodeField(text, layout.validTo),
  });
}

/** Reads an added address (domain.md A.4, 30 03): all of the bytes, trimmed. */
export function decodeAddedAddress(bytes: Uint8Array): string {
  return decodeField(bytes, [0, bytes.length]);
}

/** Writes a text block, cutting what is too long for its field: for simulators and tests. */
export function encodeText(card: CardText): Uint8Array {
  const layout = CARD_LAYOUTS.find((candidate) => candidate.kind === card.kind);
  if (layout === undefined) throw new Error(`broken invariant: no layout for ${card.kind}`);
  const block = encodeUtf16(' '.repeat(TEXT_BYTES / 2), TEXT_BYTES);
  const put = (value: string | null, ...places: readonly Place[]) => {
    let rest = value ?? '';
    for (const [offset, length] of places) {
      block.set(encodeUtf16(rest, length), offset);
      rest = rest.slice(length / 2);
    }
  };
  put(card.name, layout.name);
  put(card.nameLatin, ...(layout.nameLatin ?? []));
  put(card.sex, layout.sex);
  put(card.nation, ...(layout.nation ? [layout.nation] : []));
  put(card.birth, layout.birth);
  put(card.address, ...(layout.address ? [layout.address] : []));
  put(card.number, layout.number);
  put(card.issuer, ...(layout.issuer ? [layout.issuer] : []));
  put(card.validFrom, layout.validFrom);
  put(card.validTo, layout.validTo);
  put(layout.letter, [TYPE_OFFSET, 2]);
  return block;
}

/** UTF-16LE of `text`, padded with spaces or cut to `length` bytes. */
export function encodeUtf16(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index * 2 < length; index += 1) {
    const unit = index < text.length ? text.charCodeAt(index) : 0x20;
    bytes[index * 2] = unit & 0xff;
    bytes[index * 2 + 1] = unit >>> 8;
  }
  return bytes;
}

/**
 * Code units are kept as they are, even unpaired or private ones (rare names), so no decoder that replaces
 * them is used.
 */
function decodeField(block: Uint8Array, ...places: readonly Place[]): string {
  let text = '';
  for (const [offset, length] of places) {
    for (let index = offset; index + 1 < offset + length; index += 2) {
      text += String.fromCharCode((block[index] ?? 0) | ((block[index + 1] ?? 0) << 8));
    }
  }
  return trimPadding(text);
}

/** Cuts trailing spaces and zero characters, and nothing else. */
function trimPadding(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\0')) end -= 1;
  return text.slice(0, end);
}
