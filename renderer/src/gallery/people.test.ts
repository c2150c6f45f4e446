import { expect, it } from 'vitest';
import { projectCatalog } from '../../../test/project-catalog.ts';
import { CATEGORIES } from './people.ts';

it('the gallery draws home with every category that there is', () => {
  const named = ({ id, name }: (typeof CATEGORIES)[number]) => ({ id, name });
  expect(CATEGORIES.map(named)).toEqual(projectCatalog().categories);
});
