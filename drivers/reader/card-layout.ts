import { err, ok, type Result } from '../../base/result.ts';
import type { IdentityRead } from '../api.ts';

/** Length in bytes of a card's text block (domain.md A.7). */
export const TEXT_BYTES = 256;

/** Length in bytes of a sound card's photo block. */
export const PHOTO_BYTES = 1024;

/** Where the letter stands that tells the kinds of card apart. */
export const TYPE_OFFSET = 248;

/** A field's place, in bytes: offset and length. */
type Place = readonly [offset: number, length: number];

/** Fields every card has. */
const COMMON_FIELDS = ['name', 'sex', 'birth', 'number', 'validFrom', 'validTo'] as const;

/** Fields that some kinds of card have. */
const OWN_FIELDS = [
  'nameLatin',
  'nation',
  'address',
  /** On a foreign card of 2017, the code of the authority that accepted it. */
  'issuer',
  /** The travel permit a residence permit was given on. */
  'permitNumber',
  /** How often the card was issued or renewed. */
  'issueCount',
  /** Three letters (GB/T 2659). */
  'nationality',
  'cardVersion',
  /** What a number of 2023 lacks of the same person's number of 2017 (domain.md B.2). */
  'oldNumberLink',
] as const;

type CommonField = (typeof COMMON_FIELDS)[number];
type OwnField = (typeof OWN_FIELDS)[number];

/** Where the fields of one kind of card are; the pieces of a field are joined before they are trimmed. */
export interface CardLayout {
  readonly kind: IdentityRead['kind'];
  /** The character at byte 248. */
  readonly letter: string;
  readonly places: Readonly<Record<CommonField, readonly Place[]>> &
    Readonly<Partial<Record<OwnField, readonly Place[]>>>;
}

/** Every kind of card (domain.md A.7). */
export const CARD_LAYOUTS: readonly CardLayout[] = [
  {
    kind: 'citizen',
    letter: '',
    places: {
      name: [[0, 30]],
      sex: [[30, 2]],
      nation: [[32, 4]],
      birth: [[36, 16]],
      address: [[52, 70]],
      number: [[122, 36]],
      issuer: [[158, 30]],
      validFrom: [[188, 16]],
      validTo: [[204, 16]],
    },
  },
  {
    kind: 'hmt-permit',
    letter: 'J',
    places: {
      name: [[0, 30]],
      sex: [[30, 2]],
      birth: [[36, 16]],
      address: [[52, 70]],
      number: [[122, 36]],
      issuer: [[158, 30]],
      validFrom: [[188, 16]],
      validTo: [[204, 16]],
      permitNumber: [[220, 18]],
      issueCount: [[238, 4]],
    },
  },
  {
    kind: 'foreign-2017',
    letter: 'I',
    places: {
      nameLatin: [[0, 120]],
      sex: [[120, 2]],
      number: [[122, 30]],
      nationality: [[152, 6]],
      name: [[158, 30]],
      validFrom: [[188, 16]],
      validTo: [[204, 16]],
      birth: [[220, 16]],
      cardVersion: [[236, 4]],
      issuer: [[240, 8]],
    },
  },
  {
    kind: 'foreign-2023',
    letter: 'Y',
    places: {
      name: [[0, 30]],
      sex: [[30, 2]],
      issueCount: [[32, 4]],
      birth: [[36, 16]],
      nameLatin: [
        [52, 70],
        [220, 22],
      ],
      number: [[122, 36]],
      validFrom: [[188, 16]],
      validTo: [[204, 16]],
      nationality: [[242, 6]],
      oldNumberLink: [[250, 6]],
    },
  },
];

/** A card's fields as text, trimmed, not yet understood; `null` where the kind has no such field. */
export type CardText = { readonly kind: IdentityRead['kind'] } & Readonly<Record<CommonField, string>> &
  Readonly<Record<OwnField, string | null>>;

/** The fields that only some kinds have, all `null`: to begin a {@link CardText} with. */
export const NO_OWN_FIELDS = Object.fromEntries(OWN_FIELDS.map((field) => [field, null])) as Readonly<
  Record<OwnField, null>
>;

/**
 * Reads a text block by the layout its letter names.
 * Errors: `short` unless it is 256 bytes, `unknown-kind` for a letter no layout has.
 */
export function decodeText(text: Uint8Array): Result<CardText, 'short' | 'unknown-kind'> {
  if (text.length !== TEXT_BYTES) return err('short');
  const letter = decodeField(text, [TYPE_OFFSET, 2]);
  const layout = CARD_LAYOUTS.find((candidate) => candidate.letter === letter);
  if (layout === undefined) return err('unknown-kind');
  const fields = Object.entries(layout.places).map(([field, places]) => [
    field,
    decodeField(text, ...places),
  ]);
  return ok({
    ...NO_OWN_FIELDS,
    ...(Object.fromEntries(fields) as Record<CommonField, string>),
    kind: layout.kind,
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
  const block = encodeUtf16('', TEXT_BYTES);
  for (const field of [...COMMON_FIELDS, ...OWN_FIELDS]) {
    let rest = card[field] ?? '';
    for (const [offset, length] of layout.places[field] ?? []) {
      block.set(encodeUtf16(rest, length), offset);
      rest = rest.slice(length / 2);
    }
  }
  block.set(encodeUtf16(layout.letter, 2), TYPE_OFFSET);
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
