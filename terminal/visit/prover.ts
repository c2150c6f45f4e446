/** The terminal's hand at proof of person: one proof at a time, by whichever devices process there is. */
import type { ProofEvent, ProofOrder } from '../../drivers/api.ts';
import type { Devices } from './devices-link.ts';

/** Has the devices process prove people. */
export interface Prover {
  /** Begins a proof, ending any other; it takes the photo block over and overwrites it. */
  begin(order: ProofOrder): void;
  /** What somebody typed as the code that was sent. */
  answer(proofId: string, code: string): void;
  /** Ends whatever proof is not this one; nothing more is told of it. */
  keepOnly(proofId: string | null): void;
}

/** A prover; `onEvent` hears of the present proof, and of it until it has ended. */
export function createProver(options: {
  /** The devices process while proof works there. */
  readonly findDevices: () => Pick<Devices, 'prove' | 'answerProof'> | undefined;
  readonly onEvent: (proofId: string, event: ProofEvent) => void;
}): Prover {
  let present: { readonly proofId: string; readonly line: AbortController } | undefined;

  function keepOnly(proofId: string | null): void {
    if (present === undefined || present.proofId === proofId) return;
    present.line.abort();
    present = undefined;
  }

  function tell(proofId: string, event: ProofEvent): void {
    if (present?.proofId !== proofId) return;
    if (event.type === 'ended') present = undefined;
    options.onEvent(proofId, event);
  }

  async function follow(order: ProofOrder, signal: AbortSignal): Promise<void> {
    const { proofId } = order;
    try {
      const events = await options.findDevices()?.prove(order, { signal });
      for await (const event of events ?? []) tell(proofId, event);
    } catch {
      // A line that breaks is how the devices process dies: expected.
    }
    order.person.photo.fill(0);
    tell(proofId, { type: 'ended', end: { outcome: 'unavailable' } });
  }

  return {
    begin(order) {
      keepOnly(null);
      const line = new AbortController();
      present = { proofId: order.proofId, line };
      void follow(order, line.signal);
    },
    answer(proofId, code) {
      // One that cannot answer is gone, and the proof with it.
      options
        .findDevices()
        ?.answerProof({ proofId, code })
        .catch(() => {});
    },
    keepOnly,
  };
}
