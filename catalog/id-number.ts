import { findDateStartMs } from '../base/calendar.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** The check character of the first 17 digits (GB 11643, domain.md B.1). */
export function idCheckCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/**
 * The number as printed on a card (X upper-case) when `typed` is one: 18 characters, a real birthday not
 * after `todayIso`, a right check character. An unknown area is no reason to refuse: areas change.
 */
export function findIdNumber(typed: string, todayIso: string): string | undefined {
  const number = typed.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return undefined;
  const birth = birthOfIdNumber(number);
  const born = birth >= '1900-01-01' && birth <= todayIso && findDateStartMs(birth) !== undefined;
  return born && idCheckCharacter(number) === number[17] ? number : undefined;
}

/** The birth date an ID number holds, ISO. The number must be one that {@link findIdNumber} gave. */
export function birthOfIdNumber(number: string): string {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
}
