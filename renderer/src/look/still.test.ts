/** WCAG 2.2, 2.2.2: what moves by itself stands still within five seconds, save where it says that work is going on. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const screens = join(import.meta.dirname, '..');
const tokens = readFileSync(join(screens, 'look/tokens.css'), 'utf8');
const SLOW_S = Number(/--slow: (\d+)ms/.exec(tokens)?.[1]) / 1000;
/** The three dots of waiting: they stand as long as somebody waits, and say so. */
const SAYS_WORK_GOES_ON = 'swell';

const animations = globSync('**/*.css', { cwd: screens }).flatMap((file) =>
  [...readFileSync(join(screens, file), 'utf8').matchAll(/animation: (\w+) ([^;]+);/g)].map(
    ([, name = '', how = '']) => ({ file, name, how }),
  ),
);

it('finds what moves', () => {
  expect(animations.length).toBeGreaterThan(5);
});

it.each(animations.filter(({ name }) => name !== SAYS_WORK_GOES_ON))(
  '$name of $file stands still',
  ({ how }) => {
    const eachS = how.includes('var(--slow)') ? SLOW_S : Number(/([\d.]+)s\b/.exec(how)?.[1] ?? 0);
    const times = how.includes('infinite')
      ? Number.POSITIVE_INFINITY
      : Number(/ (\d+)(?: alternate)?$/.exec(how)?.[1] ?? 1);
    expect(eachS * times).toBeLessThanOrEqual(5);
  },
);
