import { PHONE_AREA_CODE } from './places.ts';

const MOBILE = /^1[3-9]\d{9}$/;
/** Three-digit area codes have eight-digit numbers, the others seven or eight. */
const LANDLINE = /^(0(?:10|2\d)|0[3-9]\d{2})(\d{7,8})$/;
const LOCAL = /^[2-8]\d{7}$/;

/**
 * A mainland number as digits alone when `typed` is one: a mobile, a landline with its area code, or the
 * county's own eight digits, to which the area code is put. Spaces, hyphens and +86 are passed over.
 */
export function findPhone(typed: string): string | undefined {
  const digits = typed
    .normalize('NFKC')
    .replaceAll(/[\s()-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '');
  if (MOBILE.test(digits)) return digits;
  if (LOCAL.test(digits)) return `${PHONE_AREA_CODE}${digits}`;
  const [, area = '', number = ''] = LANDLINE.exec(digits) ?? [];
  return area.length === 4 || (area.length === 3 && number.length === 8) ? digits : undefined;
}

/** A number as people read it out: `138 0657 1234`, `0575 8612 0000`. */
export function phoneText(digits: string): string {
  if (MOBILE.test(digits)) return `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`;
  const [, area, number] = LANDLINE.exec(digits) ?? [];
  return area && number ? `${area} ${number.slice(0, -4)} ${number.slice(-4)}` : digits;
}

/** A number by which its owner knows it and nobody else can call: `139****0000`. */
export function maskedPhone(digits: string): string {
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
