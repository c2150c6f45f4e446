/** Bank accounts: the banks people here have, and whether a number can be one. */
import banks from './banks.json' with { type: 'json' };
import type { Text } from './schema.ts';

/** A bank by a name of ours. */
export interface Bank {
  readonly id: string;
  readonly name: Text;
}

/** The banks to choose from, the commonest in villages first. */
export const BANKS: readonly Bank[] = banks;

/** Card numbers have 16 to 19 digits (GB/T 15694.1, ISO/IEC 7812-1). */
const CARD_DIGITS = /^\d{16,19}$/;

/**
 * A bank card's number as digits when `typed` is one: its last digit is the check digit of the others (ISO/IEC 7812-1,
 * annex B). Spaces and hyphens are passed over.
 */
export function findBankNumber(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replaceAll(/[\s-]/g, '');
  return CARD_DIGITS.test(digits) && luhnSum(digits) % 10 === 0 ? digits : undefined;
}

/** The digit that makes `digits` a right number when it is put behind them. */
export function bankCheckDigit(digits: string): string {
  return String((10 - (luhnSum(`${digits}0`) % 10)) % 10);
}

/** A card's number in groups of four, as it is embossed. */
export function bankNumberText(digits: string): string {
  return digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
