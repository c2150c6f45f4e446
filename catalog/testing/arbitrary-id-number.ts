/** Numbers of people made up. */
import fc from 'fast-check';
import { addDays } from '../../base/calendar.ts';
import { idCheckCharacter } from '../id-number.ts';

/** Any number of a sample person: area 330699, which no county bears, and a right check character. */
export const arbitraryIdNumber: fc.Arbitrary<string> = fc
  .record({ days: fc.nat(40_000), order: fc.nat(999) })
  .map(({ days, order }) => {
    const birth = addDays('1900-01-01', days).replaceAll('-', '');
    const digits = `330699${birth}${String(order).padStart(3, '0')}`;
    return `${digits}${idCheckCharacter(digits)}`;
  });
