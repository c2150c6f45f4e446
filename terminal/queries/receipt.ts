/** Waiting for the platform to hold an entry, so that it proves something there. */
import type { Clock } from '../../base/clock.ts';
import type { EntryState, Keeper } from '../keeper.ts';

/** Waits until the entry is receipted, for at most `mostMs`; answers how it stands then, or at once when stopped. */
export function waitForReceipt(
  keeper: Pick<Keeper, 'entryState' | 'onChange'>,
  clock: Clock,
  entryId: Uint8Array,
  { mostMs, signal }: { readonly mostMs: number; readonly signal: AbortSignal },
): Promise<EntryState> {
  return new Promise((resolve) => {
    const state = keeper.entryState(entryId);
    if (state !== 'kept' || signal.aborted) return resolve(state);
    const finish = (last: EntryState) => {
      cancel();
      unlisten();
      signal.removeEventListener('abort', stop);
      resolve(last);
    };
    const stop = () => finish('kept');
    const look = () => {
      const now = keeper.entryState(entryId);
      if (now !== 'kept') finish(now);
    };
    const cancel = clock.after(mostMs, () => finish(keeper.entryState(entryId)));
    const unlisten = keeper.onChange(look);
    signal.addEventListener('abort', stop);
  });
}
