/**
 * Looks slips up for whoever stands there: one at a time, in memory alone. The answer belongs to the question it was
 * asked for; one that comes after its visit ended is dropped.
 */
import type { Result } from '../../base/result.ts';
import type { LookupContent } from '../../sync/contents.ts';
import type { LookUpTrouble, SlipLookUp, SlipName } from '../../sync/lookup.ts';

/** How a look-up stands. */
export type LookUpState = 'asking' | Result<LookupContent, LookUpTrouble>;

/** The look-ups of this terminal. */
export interface LookUpDesk extends Pick<SlipLookUp, 'read' | 'readCertificate'> {
  /** Asks the platform, and forgets what was asked before; the number of this question. */
  ask(slip: SlipName): number;
  /** How a question stands; `undefined` for one that was forgotten. */
  find(askId: number): LookUpState | undefined;
  /** Lets go of whatever question is not this one, and of its answer, come or not. */
  keepOnly(askId: number | null): void;
}

/** A {@link LookUpDesk}; `onChange` follows each answer. */
export function createLookUpDesk(options: {
  readonly lookUp: SlipLookUp;
  readonly onChange: () => void;
}): LookUpDesk {
  const { lookUp, onChange } = options;
  let asked = 0;
  let present: { readonly askId: number; readonly stopping: AbortController; state: LookUpState } | undefined;

  function keepOnly(askId: number | null): void {
    if (present?.askId === askId) return;
    present?.stopping.abort();
    present = undefined;
  }

  async function run(askId: number, slip: SlipName, signal: AbortSignal): Promise<void> {
    const answer = await lookUp.ask(slip, signal);
    if (present?.askId !== askId) return;
    present.state = answer;
    onChange();
  }

  return {
    read: lookUp.read,
    readCertificate: lookUp.readCertificate,
    ask(slip) {
      keepOnly(null);
      asked += 1;
      const stopping = new AbortController();
      present = { askId: asked, stopping, state: 'asking' };
      void run(asked, slip, stopping.signal);
      return asked;
    },
    find: (askId) => (present?.askId === askId ? present.state : undefined),
    keepOnly,
  };
}
