/** Card numbers and what they say by themselves (domain.md B.1, B.2). */

const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CITIZEN_CHECKS = '10X98765432';

/** The check character of the first 17 digits (GB 11643, MOD 11-2). */
export function citizenCheck(digits17: string): string {
  const sum = CITIZEN_WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits17[index]), 0);
  return CITIZEN_CHECKS.charAt(sum % 11);
}

/** Whether an 18-character number (citizen, permit, or foreign card of 2023) has its right check character. */
export function isCitizenNumber(number: string): boolean {
  return /^\d{17}[\dX]$/.test(number) && citizenCheck(number.slice(0, 17)) === number.charAt(17);
}

const ICAO_WEIGHTS = [7, 3, 1];

/** Whether a 15-character number of a foreign card of 2017 has its right check digit (ICAO 9303). */
export function isForeign2017Number(number: string): boolean {
  if (!/^[A-Z]{3}\d{12}$/.test(number)) return false;
  const sum = Array.from(number.slice(0, 14)).reduce(
    (total, digit, index) => total + Number.parseInt(digit, 36) * (ICAO_WEIGHTS[index % 3] ?? 0),
    0,
  );
  return sum % 10 === Number(number.charAt(14));
}
