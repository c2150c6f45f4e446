/**
 * The province's number of a case (PROJID, domain.md D.2). Its inside is the province's own business and has no
 * published check character, so only what every known sample has is asked for: 21 characters, a six-digit area
 * of the province first, and the day it was given as YYMMDD after two or three more characters.
 */
import { findDateStartMs } from '../../base/calendar.ts';
import { err, ok, type Result } from '../../base/result.ts';

/** Why it cannot be one. */
export type NumberTrouble = {
  readonly code: 'not-21-characters' | 'other-province' | 'no-date';
};

const FORM = /^\d{6}[0-9A-Z]{15}$/;
/** Where samples have the date: area 6 + 2, or area 6 + 3. */
const DATE_OFFSETS = [8, 9];

/** Checks a number of the province whose codes begin with `provinceCode` (two digits). */
export function checkProvinceNumber(number: string, provinceCode: string): Result<string, NumberTrouble> {
  if (!FORM.test(number)) return err({ code: 'not-21-characters' });
  if (!number.startsWith(provinceCode)) return err({ code: 'other-province' });
  if (!DATE_OFFSETS.some((offset) => isDate(number.slice(offset, offset + 6))))
    return err({ code: 'no-date' });
  return ok(number);
}

/** Whether it is a query password (PROJPWD): six digits. */
export function isProvincePassword(password: string): boolean {
  return /^\d{6}$/.test(password);
}

function isDate(yymmdd: string): boolean {
  const parts = /^(\d\d)(\d\d)(\d\d)$/.exec(yymmdd);
  return parts !== null && findDateStartMs(`20${parts[1]}-${parts[2]}-${parts[3]}`) !== undefined;
}
