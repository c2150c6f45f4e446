/** Card numbers and what they say by themselves (domain.md B.1 to B.3). */

const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CITIZEN_CHECKS = '10X98765432';

/** The check character of the first 17 digits (GB 11643, MOD 11-2). */
export function citizenCheck(digits17: string): string {
  const sum = CITIZEN_WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits17[index]), 0);
  return CITIZEN_CHECKS.charAt(sum % 11);
}

/** Whether an 18-character number (citizen or permit) has its right check character. */
export function isCitizenNumber(number: string): boolean {
  return /^\d{17}[\dX]$/.test(number) && citizenCheck(number.slice(0, 17)) === number.charAt(17);
}

/** Whether an 18-digit number is one of a foreign card of 2023: 9, province, country, birth, order, check. */
export function isForeign2023Number(number: string): boolean {
  return number.startsWith('9') && isCitizenNumber(number);
}

const ICAO_WEIGHTS = [7, 3, 1];

/** Whether a 15-character number of a foreign card of 2017 has its right check digit (ICAO 9303). */
export function isForeign2017Number(number: string): boolean {
  return /^[A-Z]{3}\d{12}$/.test(number) && icaoCheck(number.slice(0, 14)) === number.charAt(14);
}

/** The check digit of letters and digits (ICAO 9303). */
function icaoCheck(text: string): string {
  const sum = Array.from(text).reduce(
    (total, digit, index) => total + Number.parseInt(digit, 36) * (ICAO_WEIGHTS[index % 3] ?? 0),
    0,
  );
  return String(sum % 10);
}

/** Whether this is the number of a travel permit for Hong Kong and Macao (old or new) or Taiwan. */
export function isTravelPermitNumber(number: string): boolean {
  return /^([HM](\d{8}|\d{10})|\d{8}(\d{2})?)$/.test(number);
}
