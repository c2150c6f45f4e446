/** An amount as it is typed: yuan, a point, at most two places. Whole fen inside, never a fraction of a number. */
import type { PadKey } from './pad-text.ts';

/** A key of the pad for money: a point in place of X. */
export type AmountKey = Exclude<PadKey, 'X'> | 'point';

const PLACES = 2;

/** What is typed when a key is pressed; nothing longer than the yuan of `maxFen` have digits. */
export function pressAmount(text: string, key: AmountKey, maxFen: number): string {
  if (key === 'clear') return '';
  if (key === 'erase') return text.slice(0, -1);
  const [yuan = '', places] = text.split('.');
  if (key === 'point') return places === undefined ? `${yuan === '' ? '0' : yuan}.` : text;
  if (places !== undefined) return places.length < PLACES ? text + key : text;
  if (yuan === '0') return key;
  return yuan.length < String(Math.trunc(maxFen / 100)).length ? text + key : text;
}

/** What is typed in fen; null while nothing is. */
export function fenOf(text: string): number | null {
  if (text === '') return null;
  const [yuan = '', places = ''] = text.split('.');
  return Number(yuan === '' ? '0' : yuan) * 100 + Number(places.padEnd(PLACES, '0'));
}

/** What would be typed for an amount in fen. */
export function amountTyped(fen: number): string {
  const [yuan, places] = [Math.trunc(fen / 100), fen % 100];
  return places === 0 ? String(yuan) : `${yuan}.${String(places).padStart(PLACES, '0').replace(/0$/, '')}`;
}

/** What is typed with its thousands set apart: `12,345.6`. */
export function groupedAmount(text: string): string {
  const [yuan = '', places] = text.split('.');
  const grouped = yuan.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return places === undefined ? grouped : `${grouped}.${places}`;
}
