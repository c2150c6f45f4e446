/** The catalog in use, for the maintainer: which release, whether a newer one waits, and ways to get one. */
import type { Text } from '../../catalog/schema.ts';
import { same } from '../../catalog/text.ts';
import type { ReleaseState } from '../release/catalog-keeper.ts';
import type { UpkeepPage } from './api.ts';
import type { Saved } from './store.ts';

/** What the page asks for. */
export interface UpkeepCatalog {
  state(): ReleaseState;
  /** A look is under way. */
  looking(): boolean;
  /** Sticks that carry a release, by name. */
  sticks(): readonly string[];
  /** What a data set is called, where the catalog in use knows it. */
  findDataSetName(id: string): Text | undefined;
  /** Looks at the platform, or at a stick; false where there is no such stick, or a look is under way. */
  look(stick: string | null): boolean;
  /** Back to the release before; false where there is none. */
  stepBack(): boolean;
}

/** The page; a machine without releases says the number of matters it came with. */
export function catalogPage(catalog: UpkeepCatalog, saved: readonly Saved[]): UpkeepPage {
  const { number, matters, leftOut, builtAtMs, waiting, canStepBack, last } = catalog.state();
  return {
    kind: 'catalog',
    ...{ number, matters, leftOut, builtAtMs, waiting, canStepBack, last },
    looking: catalog.looking(),
    sticks: [...catalog.sticks()],
    saved: saved.map(({ dataSet, ...counts }) => ({
      name: catalog.findDataSetName(dataSet) ?? same(dataSet),
      ...counts,
    })),
  };
}
