/** People as others in the room may see and hear them: a greeting has no star, so a voice never has to say one. */
import { findSurname } from '../../catalog/mask.ts';
import type { Text } from '../../catalog/schema.ts';
import type { Young } from '../cases/children.ts';

export { maskName } from '../../catalog/mask.ts';

/** An ID number by its first and last character. */
export function maskNumber(number: string): string {
  return `${number.slice(0, 1)}${'*'.repeat(Math.max(0, number.length - 2))}${number.slice(-1)}`;
}

/** How a person is addressed: 张女士, Ms 张, a child as a child; without a surname or a known sex, as politely as can be. */
export function addressOf(
  name: string,
  sex: 'unknown' | 'male' | 'female' | 'not-stated',
  young: Young = null,
): Text {
  const surname = findSurname(name) ?? '';
  if (young === 'under-14') return { zh: '小朋友', en: 'young friend' };
  if (young === 'under-16') return { zh: `${surname}同学`, en: 'young friend' };
  if (sex === 'female') return { zh: `${surname}女士`, en: surname === '' ? 'madam' : `Ms ${surname}` };
  if (sex === 'male') return { zh: `${surname}先生`, en: surname === '' ? 'sir' : `Mr ${surname}` };
  return { zh: '您', en: 'you' };
}

/** The part of the day for a greeting, from the hour in China (0–23). */
export function partOfDay(hour: number): 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour >= 5 && hour < 11) return 'morning';
  if (hour >= 11 && hour < 13) return 'noon';
  return hour >= 13 && hour < 18 ? 'afternoon' : 'evening';
}
