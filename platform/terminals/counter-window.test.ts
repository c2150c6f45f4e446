import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTER_WINDOW } from '../../sync/formats/request.ts';
import { EMPTY_WINDOW, findNextWindow } from './counter-window.ts';

describe('the counter window', () => {
  it('takes each counter once, in any order within 256', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 400 }), (counters) => {
        const taken = new Set<number>();
        let highest = 0;
        let window = EMPTY_WINDOW;
        for (const counter of counters) {
          const next = findNextWindow(window, counter);
          const isFresh = !taken.has(counter) && counter >= highest - COUNTER_WINDOW;
          expect(next !== undefined).toBe(isFresh);
          if (!next) continue;
          window = next;
          taken.add(counter);
          highest = Math.max(highest, counter);
          expect(window.highest).toBe(highest);
        }
      }),
    );
  });

  it('takes one exactly 256 behind, and none that is more', () => {
    const window = findNextWindow(EMPTY_WINDOW, 300)!;
    expect(findNextWindow(window, 300 - COUNTER_WINDOW)).toBeDefined();
    expect(findNextWindow(window, 299 - COUNTER_WINDOW)).toBeUndefined();
    const filled = findNextWindow(window, 300 - COUNTER_WINDOW)!;
    expect(findNextWindow(filled, 300 - COUNTER_WINDOW)).toBeUndefined();
    const later = findNextWindow(findNextWindow(EMPTY_WINDOW, 1)!, 1 + COUNTER_WINDOW)!;
    expect(findNextWindow(later, 1)).toBeUndefined();
  });
});
