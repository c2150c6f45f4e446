/** What a proof means for a visit: where it stands before a matter, and what the device says of it. */
import type { Matter } from '../../catalog/schema.ts';
import type { ProofEvent, ProofMethod } from '../../drivers/api.ts';
import type { ProofRun, Proving, SentCode } from './proving.ts';
import { atSpot, type Spot, type Visit } from './visit.ts';

/** Whether a matter waits for a proof that this visit does not hold. */
export function lacksProof({ proving }: Visit, matter: Matter): boolean {
  return matter.assurance === 'card+proof' && proving.proved === null;
}

/** Where a matter goes on: its proof stands before `next` while it is lacking. */
export function provedFirst(visit: Visit, matter: Matter, next: Spot): Spot {
  return lacksProof(visit, matter) ? { at: 'prove-person', next } : next;
}

/** The visit with a proof begun. */
export function withRun(visit: Visit, proofId: string, method: ProofMethod): Visit {
  const { begun } = visit.proving;
  return withProving(visit, {
    begun: { ...begun, [method]: begun[method] + 1 },
    run: { proofId, method, prompt: null, code: null },
    failed: null,
  });
}

/** The visit while the code somebody typed is looked at. */
export function withGuess(visit: Visit): Visit {
  return withCode(visit, (code) => ({ ...code, wrong: false, checking: true }));
}

/** The visit after what the device said of its proof; of any other proof nothing counts. */
export function withProofEvent(visit: Visit, proofId: string, event: ProofEvent): Visit {
  const { run } = visit.proving;
  if (run?.proofId !== proofId) return visit;
  switch (event.type) {
    case 'prompt':
      return withProving(visit, { run: { ...run, prompt: event.prompt } });
    case 'code-sent': {
      const { maskedPhone, digits, guessesLeft } = event;
      const code = { maskedPhone, digits, guessesLeft, wrong: false, checking: false };
      return withProving(visit, { run: { ...run, code } });
    }
    case 'wrong-code':
      return withCode(visit, (code) => ({
        ...code,
        guessesLeft: event.guessesLeft,
        wrong: true,
        checking: false,
      }));
    case 'ended':
      return withEnd(visit, run, event.end);
  }
}

function withEnd(
  visit: Visit,
  { method }: ProofRun,
  end: Extract<ProofEvent, { type: 'ended' }>['end'],
): Visit {
  switch (end.outcome) {
    case 'proved':
      return goOn(withProving(visit, { proved: method, run: null }));
    case 'not-proved':
      return withProving(visit, { run: null, failed: { method, reason: end.reason } });
    case 'unavailable':
      return withProving(visit, { run: null, failed: { method, reason: 'unavailable' } });
    case 'cancelled':
      return withProving(visit, { run: null });
  }
}

/** A proof was given: what it stood before follows, and "back" leads past it to where it led before. */
function goOn(visit: Visit): Visit {
  if (visit.spot.at !== 'prove-person') return visit;
  const { next } = visit.spot;
  const trail = visit.trail.at(-1) === next ? visit.trail.slice(0, -1) : visit.trail;
  return { ...atSpot(visit, next), trail };
}

/** The visit without a proof under way, for another way. */
export function withoutRun(visit: Visit): Visit {
  return withProving(visit, { run: null });
}

/** The visit without proof: who stands here is in doubt. What was tried stays tried. */
export function withoutProof(visit: Visit): Visit {
  return withProving(visit, { proved: null, run: null });
}

function withProving(visit: Visit, change: Partial<Proving>): Visit {
  return { ...visit, proving: { ...visit.proving, ...change } };
}

function withCode(visit: Visit, change: (code: SentCode) => SentCode): Visit {
  const { run } = visit.proving;
  return run === null || run.code === null
    ? visit
    : withProving(visit, { run: { ...run, code: change(run.code) } });
}
