import { describe, expect, it } from 'vitest';
import { projectCatalog } from '../test/project-catalog.ts';
import { pictureSchema } from './picture.ts';

describe('the pictures of matters', () => {
  const borne = projectCatalog().matters.flatMap(({ picture }) => picture ?? []);

  it('are each borne by one matter, so that whoever cannot read can tell them apart', () => {
    expect([...borne].sort()).toEqual([...pictureSchema.options].sort());
  });
});
