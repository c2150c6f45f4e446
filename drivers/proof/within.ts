import type { Clock } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';

/**
 * What foreign code answers in time. `threw`: it threw or rejected, at once or later; `late`: it did not settle in
 * `limitMs`, and what it does then is ignored.
 */
export function within<T>(
  clock: Clock,
  limitMs: number,
  call: () => Promise<T>,
): Promise<Result<T, 'threw' | 'late'>> {
  return new Promise((resolve) => {
    const settle = (result: Result<T, 'threw' | 'late'>) => {
      cancel();
      resolve(result);
    };
    const cancel = clock.after(limitMs, () => settle(err('late')));
    // Called inside a promise, so that what it throws at once is a rejection too.
    Promise.resolve()
      .then(call)
      .then(
        (value) => settle(ok(value)),
        () => settle(err('threw')),
      );
  });
}
