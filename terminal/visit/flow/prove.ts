/** Proving who is here: each method is chosen by the person, and the device says how it went. */
import { toHex } from '../../../base/bytes.ts';
import { withGuess, withoutRun, withRun } from '../proof-events.ts';
import { methodsFor, triesLeft } from '../proving.ts';
import { PROOF_TRIED_ENOUGH } from '../words.ts';
import { type Handler, on, refuse } from './step.ts';

/** Begins a proof. To touch its key is the person's own consent to it (domain.md D.7). */
export const prove: Handler<'prove'> = (visit, { method }, desk) => {
  const { person, spot, proving } = visit;
  const isOffered = spot.at === 'prove-person' && methodsFor(person, desk).includes(method);
  if (!isOffered || person === null || proving.run !== null) return refuse(visit, 'not-here');
  if (triesLeft(proving, method) <= 0) return refuse(visit, 'not-here', PROOF_TRIED_ENOUGH);
  const proofId = toHex(desk.random.bytes(16));
  const { name, number, photo } = person.card;
  desk.prover.begin({ proofId, method, person: { name, number, photo: photo.slice() } });
  return on(withRun(visit, proofId, method));
};

/** What somebody typed as the code on their phone; whether it was right comes back from the device. */
export const proveCode: Handler<'prove-code'> = (visit, { code }, desk) => {
  const { run } = visit.proving;
  if (visit.spot.at !== 'prove-person' || run === null || run.code === null) return refuse(visit, 'not-here');
  if (run.code.checking || code.length !== run.code.digits) return refuse(visit, 'not-here');
  desk.prover.answer(run.proofId, code);
  return on(withGuess(visit));
};

/** Puts a proof under way aside, for another way. */
export const dropProof: Handler<'drop-proof'> = (visit) =>
  visit.spot.at === 'prove-person' ? on(withoutRun(visit)) : refuse(visit, 'not-here');
