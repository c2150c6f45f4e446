import type { Cancel, Clock } from '../../base/clock.ts';
import type { DeviceReason, DeviceState } from '../api.ts';
import type { ProofEvent, ProofMethod, ProofOrder } from './api.ts';
import { type LoadProof, type ProofModule, readinessSchema } from './module.ts';
import { PROOF_DELAYS } from './proof-delays.ts';
import { type ProofRun, startProofRun } from './proof-run.ts';
import { tellUntilEnd } from './told.ts';
import { within } from './within.ts';

/** What a proof session is given. */
export interface ProofSessionOptions {
  readonly load: LoadProof;
  /** What the cabinet is to offer; a module that can do more is not asked for it. */
  readonly methods: readonly ProofMethod[];
  readonly clock: Clock;
  /** `methods`: what can be used now. */
  onStatus(state: DeviceState, reason: DeviceReason | null, methods: readonly ProofMethod[]): void;
}

/** Proof of person by whichever module is fitted. */
export interface ProofSession {
  /**
   * Proves one person: yields what happens, the last of it `ended`. One at a time: whoever begins another while
   * one is under way is told `unavailable`. Aborting `signal` cancels it.
   */
  prove(order: ProofOrder, signal?: AbortSignal): AsyncGenerator<ProofEvent, void, void>;
  /** What somebody typed for the proof of that name; nothing happens when there is none. */
  answer(proofId: string, code: string): void;
  /** Lets go of the module for good. */
  stop(): void;
}

/** Keeps a module open until `stop`, opens it anew when it fails, and has it prove people. */
export function startProofSession(options: ProofSessionOptions): ProofSession {
  const { clock } = options;
  let isStopped = false;
  let module: ProofModule | undefined;
  let usable: readonly ProofMethod[] = [];
  let run: ProofRun | undefined;
  let checks = 0;
  let cancel: Cancel = () => undefined;

  function become(
    state: DeviceState,
    reason: DeviceReason | null,
    methods: readonly ProofMethod[] = [],
  ): void {
    usable = methods;
    options.onStatus(state, reason, methods);
  }

  const later = (delayMs: number, task: () => Promise<void>) => {
    cancel();
    cancel = clock.after(delayMs, () => void task());
  };

  async function open(): Promise<void> {
    let isLate = false;
    const loaded = await within(clock, PROOF_DELAYS.openMs, async () => {
      const brought = await options.load();
      if (brought.ok && (isLate || isStopped)) close(brought.value);
      return brought;
    });
    isLate = true;
    if (isStopped) return;
    if (loaded.ok && loaded.value.ok) {
      module = loaded.value.value;
      return check();
    }
    const isMissing = loaded.ok && !loaded.value.ok && loaded.value.error === 'driver-missing';
    if (isMissing) become('absent', 'driver-missing');
    else become('fault', 'not-answering');
    later(PROOF_DELAYS.reopenMs, open);
  }

  async function check(): Promise<void> {
    const mine = module;
    if (mine === undefined) return;
    checks += 1;
    const turn = checks;
    const said = await within(clock, PROOF_DELAYS.answerMs, () => mine.check());
    // One asked before a proof says nothing of the module after it.
    if (isStopped || turn !== checks || mine !== module || run !== undefined) return;
    const ready = said.ok ? readinessSchema.safeParse(said.value) : undefined;
    if (!ready?.success) return lose();
    const methods = options.methods.filter((method) => ready.data.methods.includes(method));
    const { reason } = ready.data;
    if (methods.length > 0) become('ok', null, methods);
    else become(reason === 'port-closed' ? 'absent' : 'fault', reason ?? 'off-line');
    later(PROOF_DELAYS.checkMs, check);
  }

  /** It hangs, or broke its word: let go of, and opened anew. */
  function lose(): void {
    if (module !== undefined) close(module);
    module = undefined;
    become('fault', 'not-answering');
    later(PROOF_DELAYS.reopenMs, open);
  }

  function close(gone: ProofModule): void {
    void within(clock, PROOF_DELAYS.closeMs, () => gone.close());
  }

  /** The next proof may begin once the module has stopped the one before. */
  async function settle(mine: ProofRun): Promise<void> {
    const isSound = await mine.settled;
    run = undefined;
    if (isStopped) return;
    if (isSound) await check();
    else lose();
  }

  async function* prove(order: ProofOrder, signal?: AbortSignal): AsyncGenerator<ProofEvent, void, void> {
    if (run?.hasEnded()) await run.settled;
    const usedBy = module;
    const canBegin = usedBy !== undefined && run === undefined && usable.includes(order.method);
    if (!canBegin || isStopped || signal?.aborted) {
      order.person.photo.fill(0);
      yield { type: 'ended', end: { outcome: signal?.aborted ? 'cancelled' : 'unavailable' } };
      return;
    }
    become('busy', null, usable);
    yield* tellUntilEnd((tell) => {
      const begun = startProofRun({ module: usedBy, order, clock, tell });
      run = begun;
      void settle(begun);
      return () => begun.end({ outcome: 'cancelled' });
    }, signal);
  }

  become('starting', null);
  void open();
  return {
    prove,
    answer(proofId, code) {
      if (run?.proofId === proofId) run.answer(code);
    },
    stop() {
      isStopped = true;
      cancel();
      run?.end({ outcome: 'cancelled' });
      if (module !== undefined) close(module);
      module = undefined;
    },
  };
}
