import { describe, expect, it } from 'vitest';
import { THEME_NAMES } from './history.ts';
import { holdHistories } from './hold-histories.ts';
import { FOUND_WITHIN, findBug, PLANTED } from './planted.ts';

holdHistories(THEME_NAMES.slice(THEME_NAMES.length / 2));

describe('a planted bug', () => {
  it.each(PLANTED.map((bug) => [bug.name, bug] as const))(
    'that %s is found',
    { timeout: 120_000 },
    async (_, bug) => {
      expect(await findBug(bug), `no one of ${FOUND_WITHIN} histories breaks ${bug.breaks}`).toBeDefined();
    },
  );
});
