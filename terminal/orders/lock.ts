/** A lock, as the visits see it: a machine that could serve, and does not. */
import type { Source } from '../terminal.ts';
import type { ServiceState } from '../visit/desk.ts';
import type { MachineLock } from './order-table.ts';

/** The service of a machine that may be locked; what is worse than a lock is said instead of it. */
export function withLock(
  service: Source<ServiceState>,
  lock: Source<MachineLock | null>,
): Source<ServiceState> {
  return {
    now() {
      const own = service.now();
      return own === 'up' && lock.now() !== null ? 'locked' : own;
    },
    onChange(listener) {
      const unsubscribes = [service, lock].map((source) => source.onChange(listener));
      return () => {
        for (const unsubscribe of unsubscribes) unsubscribe();
      };
    },
  };
}
