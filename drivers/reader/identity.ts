import { findDateStartMs } from '../../base/calendar.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { IdentityRead } from '../api.ts';
import { type CardText, decodeText, TEXT_BYTES } from './card-layout.ts';
import { findNationName, findSex, isKnownProvince } from './codes.ts';
import { isCitizenNumber, isForeign2017Number } from './numbers.ts';

/** The blocks of one card, as the reader gave them. */
export interface CardBlocks {
  /** 256 bytes. */
  readonly text: Uint8Array;
  readonly photo: Uint8Array;
}

/**
 * Takes the data of a read (30 01) apart by its own length fields (domain.md A.7); both blocks are copies.
 * Error: `malformed` when the lengths do not add up, as after noise that the check byte missed.
 */
export function splitCardData(data: Uint8Array): Result<CardBlocks, 'malformed'> {
  const textLength = u16be(data, 0);
  const photoLength = u16be(data, 2);
  if (textLength !== TEXT_BYTES || data.length !== 4 + textLength + photoLength) return err('malformed');
  return ok({ text: data.slice(4, 4 + textLength), photo: data.slice(4 + textLength) });
}

/**
 * Understands a card: the fields, checked against each other but not judged; what does not add up is a note.
 * The photo is taken over, not copied. Error: `unknown-kind` for a card of no known layout.
 */
export function readIdentity(
  blocks: CardBlocks,
  readId: string,
): Result<IdentityRead, 'short' | 'unknown-kind'> {
  const decoded = decodeText(blocks.text);
  if (!decoded.ok) return decoded;
  const card = decoded.value;
  const number = card.number.toUpperCase();
  const birth = findIsoDate(card.birth);
  const validTo = card.validTo === '长期' ? 'long-term' : findIsoDate(card.validTo);
  return ok({
    readId,
    kind: card.kind,
    name: card.name === '' ? (card.nameLatin ?? '') : card.name,
    nameLatin: card.nameLatin === '' ? null : card.nameLatin,
    sex: findSex(card.sex) ?? 'unknown',
    nation: card.nation === null ? null : { code: card.nation, name: findNationName(card.nation) ?? '' },
    birth,
    address: card.address ?? '',
    number,
    numberValid: isNumberValid(card.kind, number),
    issuer: card.issuer ?? '',
    validFrom: findIsoDate(card.validFrom),
    validTo,
    photo: blocks.photo,
    notes: notesOn(card, number, birth, validTo),
  });
}

function isNumberValid(kind: IdentityRead['kind'], number: string): boolean {
  return kind === 'foreign-2017' ? isForeign2017Number(number) : isCitizenNumber(number);
}

function notesOn(
  card: CardText,
  number: string,
  birth: string | null,
  validTo: string | null,
): IdentityRead['notes'] {
  const notes: IdentityRead['notes'] = [];
  if (!isNumberValid(card.kind, number)) notes.push('number-check-wrong');
  if (!card.birth.endsWith(birthInNumber(card.kind, number))) notes.push('birth-differs');
  if (card.kind === 'citizen' || card.kind === 'hmt-permit') {
    if (sexInNumber(number) !== findSex(card.sex)) notes.push('sex-differs');
    if (!isKnownProvince(number)) notes.push('area-unknown');
  }
  if (isMalformed(card, birth, validTo)) notes.push('field-malformed');
  return notes;
}

/** Birth as the number holds it: six digits in the form of 2017, eight in the others. */
function birthInNumber(kind: IdentityRead['kind'], number: string): string {
  return kind === 'foreign-2017' ? number.slice(7, 13) : number.slice(6, 14);
}

function sexInNumber(number: string): 'male' | 'female' {
  return Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female';
}

function isMalformed(card: CardText, birth: string | null, validTo: string | null): boolean {
  return (
    birth === null ||
    validTo === null ||
    findIsoDate(card.validFrom) === null ||
    findSex(card.sex) === undefined ||
    (card.nation !== null && findNationName(card.nation) === undefined) ||
    (card.name === '' && !card.nameLatin)
  );
}

/** `YYYYMMDD` as an ISO date, or `null` when it is no date. */
function findIsoDate(digits: string): string | null {
  if (!/^\d{8}$/.test(digits)) return null;
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return findDateStartMs(iso) === undefined ? null : iso;
}

function u16be(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}
