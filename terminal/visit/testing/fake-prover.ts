import type { ProofEvent, ProofOrder } from '../../../drivers/api.ts';
import type { Prover } from '../prover.ts';

/** Proof of person in a test's hand: what it was asked to do, and what it is to tell. */
export interface FakeProver {
  readonly prover: Prover;
  /** The proofs begun, oldest first. */
  readonly begun: readonly ProofOrder[];
  /** The codes typed, oldest first. */
  readonly answers: readonly string[];
  /** The proof under way. */
  running(): ProofOrder | undefined;
  /** Tells of the proof under way; `ended` ends it. */
  tells(event: ProofEvent): void;
}

/** A prover that does nothing by itself; `onEvent` hears what the test has it tell. */
export function fakeProver(onEvent: (proofId: string, event: ProofEvent) => void): FakeProver {
  const begun: ProofOrder[] = [];
  const answers: string[] = [];
  let running: ProofOrder | undefined;
  return {
    begun,
    answers,
    running: () => running,
    prover: {
      begin(order) {
        begun.push(order);
        running = order;
      },
      answer(proofId, code) {
        if (running?.proofId === proofId) answers.push(code);
      },
      keepOnly(proofId) {
        if (running?.proofId !== proofId) running = undefined;
      },
    },
    tells(event) {
      if (running === undefined) throw new Error('no proof is under way');
      const { proofId } = running;
      if (event.type === 'ended') running = undefined;
      onEvent(proofId, event);
    },
  };
}
