/** Judges what was filled in for a case that is there already, as a case is judged: wherever it was handed in. */
import { err, ok, type Result } from '../../../base/result.ts';
import { checkCase } from '../../cases/check.ts';
import type { CheckedCase } from '../../cases/content.ts';
import { findWholeStop } from '../../limits/standing.ts';
import type { Desk } from '../desk.ts';
import { type Filling, goTo, type Visit } from '../visit.ts';
import { wishOf } from './fill.ts';
import { refuse, type Step } from './step.ts';

/** What may be filed; or where the visit goes instead, the reason said there. */
export function judgeSupplement(visit: Visit, filling: Filling, desk: Desk): Result<CheckedCase, Step> {
  const stop = findWholeStop(desk.standing(), desk.site.support);
  if (stop !== undefined) return err(refuseHere(visit, filling, refuse(visit, 'matter-not-available', stop)));
  const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
  const checked = checkCase(wishOf(visit, filling, desk), context);
  if (checked.ok) return ok(checked.value);
  const { code, words, questionId } = checked.error;
  if (code === 'needs-proof')
    return err(refuse(goTo(visit, { at: 'prove-person', next: visit.spot }), 'needs-proof'));
  return err(refuseHere(visit, filling, refuse(visit, code, words ?? undefined, questionId ?? undefined)));
}

/** The refusal, said on the check page too. */
export function refuseHere(visit: Visit, filling: Filling, { refusal }: Step): Step {
  const problem = refusal && { code: refusal.code, words: refusal.words };
  return { visit: { ...visit, filling: { ...filling, problem } }, refusal };
}
