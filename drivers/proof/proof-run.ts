import { type Cancel, type Clock, sleep } from '../../base/clock.ts';
import {
  codeSentSchema,
  type ProofEvent,
  type ProofOrder,
  type ProofOutcome,
  proofPromptSchema,
  proofVerdictSchema,
} from './api.ts';
import type { ProofModule, ProofTools } from './module.ts';
import { MOST_GUESSES, PROOF_DELAYS } from './proof-delays.ts';

/** One proof under way. */
export interface ProofRun {
  readonly proofId: string;
  /** Whether its `ended` was told; the module may still be stopping. */
  hasEnded(): boolean;
  /** What somebody typed; dropped while no code is asked for. */
  answer(code: string): void;
  /** Ends it now; the module is told to stop. */
  end(outcome: ProofOutcome): void;
  /** Once the module has stopped: whether it kept its word. `false`: it hung, threw, or said what it must not. */
  readonly settled: Promise<boolean>;
}

/**
 * Has a module prove one person. `tell` hears each event, the last of them `ended`, whatever the module does; the
 * photo is overwritten once the module has stopped.
 */
export function startProofRun(options: {
  readonly module: Pick<ProofModule, 'prove'>;
  readonly order: ProofOrder;
  readonly clock: Clock;
  readonly tell: (event: ProofEvent) => void;
}): ProofRun {
  const { clock, tell } = options;
  const { proofId, method, person } = options.order;
  const line = new AbortController();
  let guesses = 0;
  let isSound = true;
  let waiter: { give(code: string): void; refuse(): void } | undefined;
  let cancel: Cancel = () => undefined;

  function end(outcome: ProofOutcome): void {
    if (line.signal.aborted) return;
    cancel();
    tell({ type: 'ended', end: outcome });
    line.abort();
    waiter?.refuse();
  }

  function fail(): void {
    isSound = false;
    end({ outcome: 'unavailable' });
  }

  /** It is the module's turn. */
  function giveTurn(): void {
    cancel();
    cancel = clock.after(PROOF_DELAYS.silenceMs, fail);
  }

  const tools: ProofTools = {
    signal: line.signal,
    say(said) {
      if (line.signal.aborted) return;
      const prompt = proofPromptSchema.safeParse(said);
      if (!prompt.success) return fail();
      if (waiter === undefined) giveTurn();
      tell({ type: 'prompt', prompt: prompt.data });
    },
    askCode: (sent) =>
      new Promise((resolve, reject) => {
        const refuse = () => reject(new Error('the proof has ended'));
        const known = codeSentSchema.safeParse(sent);
        if (!known.success || method !== 'phone-code' || waiter !== undefined) fail();
        if (line.signal.aborted || !known.success) return refuse();
        const guessesLeft = MOST_GUESSES - guesses;
        if (guessesLeft === 0) {
          end({ outcome: 'not-proved', reason: 'wrong-code' });
          return refuse();
        }
        tell(
          guesses === 0
            ? { type: 'code-sent', ...known.data, guessesLeft }
            : { type: 'wrong-code', guessesLeft },
        );
        cancel();
        cancel = clock.after(PROOF_DELAYS.codeMs, () => end({ outcome: 'not-proved', reason: 'timed-out' }));
        waiter = { give: resolve, refuse };
      }),
  };

  async function prove(): Promise<void> {
    const verdict = proofVerdictSchema.safeParse(await options.module.prove({ method, person }, tools));
    if (line.signal.aborted) return;
    // A code that nobody typed proves nobody.
    const isUnearned = method === 'phone-code' && guesses === 0 && verdict.data?.outcome === 'proved';
    if (!verdict.success || isUnearned) return fail();
    end(verdict.data);
  }

  const ended = new Promise<void>((resolve) => line.signal.addEventListener('abort', () => resolve()));
  giveTurn();
  const stopped = prove().catch(() => {
    // One that stops by throwing once it was told to stop has done as told.
    if (!line.signal.aborted) fail();
  });
  const overdue = ended.then(() => sleep(clock, PROOF_DELAYS.closeMs)).then(() => 'overdue' as const);
  const settled = Promise.race([stopped, overdue]).then((how) => {
    person.photo.fill(0);
    return isSound && how !== 'overdue';
  });
  return {
    proofId,
    hasEnded: () => line.signal.aborted,
    answer(code) {
      if (waiter === undefined || line.signal.aborted) return;
      const { give } = waiter;
      waiter = undefined;
      guesses += 1;
      giveTurn();
      give(code);
    },
    end,
    settled,
  };
}
