import { findDateStartMs } from '../../base/calendar.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { IdentityRead } from '../api.ts';
import { type CardText, decodeText, TEXT_BYTES } from './card-layout.ts';
import { findNationName, findSex, isKnownProvince, isPermitArea } from './codes.ts';
import {
  isCitizenNumber,
  isForeign2017Number,
  isForeign2023Number,
  isTravelPermitNumber,
} from './numbers.ts';

/** The blocks of one card, as the reader gave them. */
export interface CardBlocks {
  /** 256 bytes. */
  readonly text: Uint8Array;
  readonly photo: Uint8Array;
  /** 0, 512 or 1,024 bytes on a sound card; none where no fingerprint was asked for. */
  readonly fingerprint: Uint8Array;
}

/** Where the data of a read do not add up: an offset into them, and the two values a length may not differ in. */
export interface DataTrouble {
  readonly what: 'text-length' | 'photo-length' | 'fingerprint-length';
  readonly offset: number;
  readonly expected: number;
  readonly found: number;
}

/**
 * Takes the data of a read apart by its own length fields (domain.md A.7); all blocks are copies. Whether it
 * was asked for with fingerprint (30 10) or without (30 01) shows in the lengths.
 * Error: which length does not fit, as after noise that the check byte missed.
 */
export function splitCardData(data: Uint8Array): Result<CardBlocks, DataTrouble> {
  const textBytes = u16be(data, 0);
  const photoBytes = u16be(data, 2);
  if (textBytes !== TEXT_BYTES) {
    return err({ what: 'text-length', offset: 0, expected: TEXT_BYTES, found: textBytes });
  }
  const restBytes = data.length - textBytes - photoBytes;
  if (restBytes === 4) return ok(cut(data, 4, photoBytes));
  if (restBytes < 6) {
    const expected = Math.max(0, data.length - textBytes - 4);
    return err({ what: 'photo-length', offset: 2, expected, found: photoBytes });
  }
  const fingerprintBytes = u16be(data, 4);
  if (restBytes !== 6 + fingerprintBytes) {
    return err({ what: 'fingerprint-length', offset: 4, expected: restBytes - 6, found: fingerprintBytes });
  }
  return ok(cut(data, 6, photoBytes));
}

function cut(data: Uint8Array, start: number, photoBytes: number): CardBlocks {
  const photoStart = start + TEXT_BYTES;
  return {
    text: data.slice(start, photoStart),
    photo: data.slice(photoStart, photoStart + photoBytes),
    fingerprint: data.slice(photoStart + photoBytes),
  };
}

/**
 * Understands a card: the fields, checked against each other but not judged; what does not add up is a note.
 * The photo is taken over, not copied. Error: `unknown-kind` for a card of no known layout.
 */
export function readIdentity(
  blocks: Pick<CardBlocks, 'text' | 'photo'>,
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

const NUMBER_CHECKS: Readonly<Record<IdentityRead['kind'], (number: string) => boolean>> = {
  citizen: isCitizenNumber,
  'hmt-permit': isCitizenNumber,
  'foreign-2017': isForeign2017Number,
  'foreign-2023': isForeign2023Number,
};

function isNumberValid(kind: IdentityRead['kind'], number: string): boolean {
  return NUMBER_CHECKS[kind](number);
}

/** Whether a number's area is one that such cards are given for. */
function isAreaKnown(kind: IdentityRead['kind'], number: string): boolean {
  switch (kind) {
    case 'citizen':
      return isKnownProvince(number.slice(0, 2));
    case 'hmt-permit':
      return isPermitArea(number.slice(0, 6));
    case 'foreign-2017':
      return isKnownProvince(number.slice(3, 5));
    case 'foreign-2023':
      return isKnownProvince(number.slice(1, 3));
  }
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
  }
  if (!isAreaKnown(card.kind, number)) notes.push('area-unknown');
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
    (card.name === '' && !card.nameLatin) ||
    (card.nationality !== null && !/^[A-Z]{3}$/.test(card.nationality)) ||
    !isBlankOr(card.permitNumber, isTravelPermitNumber) ||
    !isBlankOr(card.issueCount, (count) => /^\d{1,2}$/.test(count)) ||
    !isBlankOr(card.oldNumberLink, (link) => /^\d{3}$/.test(link))
  );
}

/** Whether a field is right, absent, or left blank, which some are on real cards. */
function isBlankOr(field: string | null, isRight: (text: string) => boolean): boolean {
  return field === null || field === '' || isRight(field);
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
