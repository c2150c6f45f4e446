/** The matters this platform knows, by id, and which desk each goes to. */
import type { Matter } from '../../catalog/schema.ts';
import type { Place } from '../../sync/contents.ts';

/** A catalog as the platform uses it. */
export interface MatterBook {
  /** As it is today. */
  find(matterId: string | null): Matter | undefined;
  /** The very version that a case names by its hash, however long ago; `undefined` where it was never in use here. */
  findMade(hash: Uint8Array): Matter | undefined;
  all(): readonly Matter[];
}

/** A book of these matters, which knows no version but theirs. */
export function matterBook(matters: readonly Matter[]): MatterBook {
  const byId = new Map(matters.map((matter) => [matter.id, matter]));
  return {
    find: (matterId) => (matterId === null ? undefined : byId.get(matterId)),
    findMade: () => undefined,
    all: () => matters,
  };
}

/**
 * The desk a new case goes to: the first level of its route that has one. A matter this platform does not know
 * goes to the county, who can tell what it is.
 */
export function firstDesk(matter: Matter | undefined, place: Place): string {
  const first = matter?.route.find(({ level }) => level !== 'village');
  return first?.level === 'town' ? place.town.code : place.county.code;
}

/** Whether a case of `matter` can go on from its town to the county. */
export function canForward(matter: Matter | undefined): boolean {
  const levels = matter?.route.map(({ level }) => level) ?? [];
  return levels.includes('town') && levels.includes('county');
}
