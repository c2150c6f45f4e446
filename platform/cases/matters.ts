/** The matters this platform knows, by id. */
import type { Matter } from '../../catalog/schema.ts';

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
