/** Who handles a matter, as far as those who hand it in are told. Pure. */
import type { Matter } from './schema.ts';

/** Whether the county alone handles it: no village and no town ever has a case of it. */
export function isCountys({ route }: Pick<Matter, 'route'>): boolean {
  return route.every(({ level }) => level === 'county');
}

/** Whom a slip may name: `either` where the answers decide, and no slip tells which. */
export type Office = 'town' | 'county' | 'either';

/** The office that a case of this matter goes to. */
export function officeOf(matter: Pick<Matter, 'route' | 'countyWhen'>): Office {
  if (isCountys(matter)) return 'county';
  return matter.countyWhen === undefined ? 'town' : 'either';
}
