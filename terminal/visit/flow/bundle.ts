/** Filing more than one matter with the same answers: what is offered beside is wished for or not, and filed first. */
import { ok, type Result } from '../../../base/result.ts';
import type { Refusal } from '../../api.ts';
import type { CheckedCase } from '../../cases/content.ts';
import { type FiledCase, type FilingTools, fileCase } from '../../cases/file.ts';
import type { CaseIds } from '../../cases/ids.ts';
import { type BundledCase, type BundleOffer, bundleOffers, isUndecided, withChoice } from '../bundle.ts';
import { asDeclared } from '../declaring.ts';
import type { Desk } from '../desk.ts';
import { goTo, type Spot, type Visit } from '../visit.ts';
import { BUNDLE_UNDECIDED } from '../words.ts';
import { wishOf } from './fill.ts';
import { keepDraft } from './set-down.ts';
import { type Handler, on, refuse } from './step.ts';

/** What is offered beside the matter in hand; nothing where there is none. */
export function offersOf(visit: Visit, desk: Desk): readonly BundleOffer[] {
  const { filling, person } = visit;
  return filling === null
    ? []
    : bundleOffers(wishOf(visit, asDeclared(filling), desk), filling, person, desk);
}

/** Said on the page of its own, or changed on the check page; what was kept already stays. */
export const bundle: Handler<'bundle'> = (visit, { matterId, chosen }, desk) => {
  const { filling, spot } = visit;
  if (filling === null || (spot.at !== 'bundle' && spot.at !== 'check')) return refuse(visit, 'not-here');
  const offer = offersOf(visit, desk).find(({ matter }) => matter.id === matterId);
  if (offer === undefined || 'kept' in offer.filing) return refuse(visit, 'matter-not-available');
  const next = { ...visit, filling: withChoice(filling, matterId, chosen) };
  keepDraft(next);
  return on(next);
};

/** On to the check page, once each was wished for or declined. */
export const pastBundle: Handler<'go-on'> = (visit, _action, desk) => {
  if (visit.filling === null) return refuse(visit, 'not-here');
  if (isUndecided(offersOf(visit, desk))) return refuse(visit, 'incomplete', BUNDLE_UNDECIDED);
  const filling = { ...visit.filling, checking: true };
  const next = goTo({ ...visit, filling }, { at: 'check' });
  const passed = new Set<Spot['at']>(['check', 'bundle']);
  return on({ ...next, trail: [...visit.trail.filter(({ at }) => !passed.has(at)), visit.spot] });
};

/**
 * Files what was wished for, one after the other, and then the matter it came with: while that one is not kept, its draft
 * stays, and filing it again after a crash finds each of these as it was kept.
 */
export function fileWithBundle(
  first: { readonly checked: CheckedCase; readonly ids: CaseIds },
  offers: readonly BundleOffer[],
  tools: FilingTools,
): Result<FiledCase & { readonly bundle: readonly BundledCase[] }, Refusal['code']> {
  const bundle: BundledCase[] = [];
  for (const { matter, ids, chosen, filing } of offers) {
    if (chosen !== true) continue;
    const kept = 'kept' in filing ? ok(filing.kept) : fileCase(filing.checked, ids, tools, { slip: false });
    if (!kept.ok) return kept;
    const { entryId, keptAtMs, caseId, localNumber, slipCode } = kept.value;
    bundle.push({ matterId: matter.id, entryId, keptAtMs, caseId, localNumber, slipCode });
  }
  const filed = fileCase(first.checked, first.ids, tools);
  return filed.ok ? ok({ ...filed.value, bundle }) : filed;
}
