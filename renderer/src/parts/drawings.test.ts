import { describe, expect, it } from 'vitest';
import { DRAWINGS, STEP_DRAWINGS } from './drawings.ts';

/** The corners of what a path draws, as far as its absolute starts tell. */
function startsOf(path: string): number[] {
  return [...path.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
}

describe.each([
  ...Object.entries(DRAWINGS),
  ...STEP_DRAWINGS.map((parts, step) => [`step ${step + 1}`, parts] as const),
])('the drawing %s', (_name, parts) => {
  it('holds numbers and commands alone, within its grid', () => {
    for (const [, path] of parts) {
      expect(path).toMatch(/^M[-\d. MLHVCQASTZmlhvcqastz]+$/);
      const starts = startsOf(path);
      expect(starts.length).toBeGreaterThan(0);
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...starts)).toBeLessThanOrEqual(96);
    }
  });

  it('draws no part twice', () => {
    const paths = parts.map(([, path]) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });
});
