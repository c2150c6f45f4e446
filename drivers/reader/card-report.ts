import { err, ok, type Result } from '../../base/result.ts';
import type { IdentityRead } from '../api.ts';
import { type CaptureTrouble, parseHex, readCapture, unknownKind } from './capture.ts';
import { type CardText, decodeText, PHOTO_BYTES } from './card-layout.ts';
import { readIdentity } from './identity.ts';

/** What does not add up on a card, and lengths of blocks that are not those of a sound card. */
type ReportNote = IdentityRead['notes'][number] | 'photo-length-unusual' | 'fingerprint-length-unusual';

/** A captured card, for whoever looks into a strange one. Fields that its kind lacks are absent. */
export interface CardReport
  extends Pick<
      IdentityRead,
      'kind' | 'name' | 'sex' | 'birth' | 'number' | 'numberValid' | 'validFrom' | 'validTo'
    >,
    Partial<Pick<IdentityRead, 'address' | 'issuer'>> {
  readonly nameLatin?: string | null;
  readonly nation?: NonNullable<IdentityRead['nation']>;
  readonly nationality?: string;
  readonly permitNumber?: string;
  /** How often issued or renewed; `null` when the field holds no number. */
  readonly issueCount?: number | null;
  readonly photoBytes: number;
  readonly fingerprintBytes: number;
  readonly notes: readonly ReportNote[];
}

/** Names no read: a report is of bytes, not of somebody who is here. */
const NO_READ_ID = '0'.repeat(32);

/** Reads a captured answer, as hex, into a report. Error: the first thing that is wrong with it. */
export function reportCapture(hex: string): Result<CardReport, CaptureTrouble> {
  const frame = parseHex(hex);
  if (!frame.ok) return frame;
  const blocks = readCapture(frame.value);
  if (!blocks.ok) return blocks;
  const card = decodeText(blocks.value.text);
  const read = readIdentity(blocks.value, NO_READ_ID);
  if (!card.ok || !read.ok) return err(unknownKind(blocks.value));
  return ok(reportOf(card.value, read.value, blocks.value.fingerprint.length));
}

/** The lengths a fingerprint block has on sound cards (domain.md A.7). */
const FINGERPRINT_LENGTHS = new Set([0, 512, 1024]);

function reportOf(card: CardText, read: IdentityRead, fingerprintBytes: number): CardReport {
  const has = (field: keyof CardText) => card[field] !== null;
  return {
    kind: read.kind,
    name: read.name,
    ...(has('nameLatin') && { nameLatin: read.nameLatin }),
    sex: read.sex,
    ...(read.nation !== null && { nation: read.nation }),
    birth: read.birth,
    ...(has('address') && { address: read.address }),
    number: read.number,
    numberValid: read.numberValid,
    ...(has('issuer') && { issuer: read.issuer }),
    validFrom: read.validFrom,
    validTo: read.validTo,
    ...(card.nationality !== null && { nationality: card.nationality }),
    ...(card.permitNumber !== null && { permitNumber: card.permitNumber }),
    ...(card.issueCount !== null && { issueCount: findCount(card.issueCount) }),
    photoBytes: read.photo.length,
    fingerprintBytes,
    notes: [
      ...read.notes,
      ...(read.photo.length === PHOTO_BYTES ? [] : ['photo-length-unusual' as const]),
      ...(FINGERPRINT_LENGTHS.has(fingerprintBytes) ? [] : ['fingerprint-length-unusual' as const]),
    ],
  };
}

function findCount(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}
