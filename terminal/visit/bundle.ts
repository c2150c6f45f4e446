/**
 * What the answers of one matter open as well (一件事): each further matter is judged by itself, is offered only where
 * nothing is left to ask, and becomes a case of its own.
 */
import { equalBytes } from '../../base/bytes.ts';
import { answersInView, findAnswer } from '../../catalog/conditions.ts';
import type { Answers, Bundled, Matter, Text } from '../../catalog/schema.ts';
import type { BundleOfferPart } from '../api.ts';
import { type CaseWish, checkCase } from '../cases/check.ts';
import type { CheckedCase } from '../cases/content.ts';
import type { FiledCase } from '../cases/file.ts';
import { bundledCaseId, bundledCaseIds, type CaseIds } from '../cases/ids.ts';
import type { RememberedCase } from '../keeper.ts';
import type { Desk } from './desk.ts';
import type { Person } from './person.ts';
import { availabilityOf } from './tiles.ts';
import type { Filling } from './visit.ts';

/** A further matter of the one in hand, and whether it is wished for. */
export interface BundledChoice {
  readonly matterId: string;
  readonly ids: CaseIds;
  /** Null while nobody said. */
  readonly chosen: boolean | null;
}

/** A further matter that can be filed with the one in hand, or was before the machine stopped. */
export interface BundleOffer {
  readonly matter: Matter;
  readonly chosen: boolean | null;
  readonly ids: CaseIds;
  /** What choosing it declares in other words than were shown already. */
  readonly declares: readonly Text[];
  readonly filing: { readonly checked: CheckedCase } | { readonly kept: FiledCase };
}

/** A further case as it was kept. */
export interface BundledCase extends FiledCase {
  readonly matterId: string;
}

/** The further matters of a matter that was just taken in hand; `said` carries over what was chosen in its draft. */
export function bundleOf(
  matter: Matter,
  ids: CaseIds,
  desk: Pick<Desk, 'random' | 'crypto'>,
  said: readonly { readonly matterId: string; readonly chosen: boolean }[] = [],
): readonly BundledChoice[] {
  return matter.bundle.map(({ matter: matterId }) => ({
    matterId,
    ids: bundledCaseIds(ids, matterId, desk),
    chosen: said.find((one) => one.matterId === matterId)?.chosen ?? null,
  }));
}

/** What is offered beside a matter in hand, as `wish` has it now. One that lacks anything is not. */
export function bundleOffers(
  wish: CaseWish,
  filling: Filling,
  person: Person | null,
  desk: Desk,
): readonly BundleOffer[] {
  return filling.bundle.flatMap(({ matterId, ids, chosen }): BundleOffer[] => {
    const matter = desk.catalog().matters.find(({ id }) => id === matterId);
    const bundled = filling.matter.bundle.find((one) => one.matter === matterId);
    if (matter === undefined || bundled === undefined) return [];
    const declares = declaredAnew(filling.matter, matter, bundled);
    const kept = person?.cases.find(({ caseId }) => equalBytes(caseId, ids.caseId));
    if (kept !== undefined) return [{ matter, chosen: true, ids, declares, filing: { kept } }];
    if (availabilityOf(matter, person, desk) !== 'open') return [];
    const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
    const checked = checkCase(bundledWish(wish, filling, matter, bundled), context);
    return checked.ok ? [{ matter, chosen, ids, declares, filing: { checked: checked.value } }] : [];
  });
}

/** An offer as pages show it. */
export function offerPart({ matter, chosen, declares, filing }: BundleOffer): BundleOfferPart {
  const said = chosen === null ? 'open' : chosen ? 'chosen' : 'declined';
  return {
    matterId: matter.id,
    name: matter.name.short,
    gets: matter.gets,
    declares: [...declares],
    state: 'kept' in filing ? 'kept' : said,
  };
}

/** Whether something offered was neither wished for nor declined. */
export function isUndecided(offers: readonly BundleOffer[]): boolean {
  return offers.some(({ chosen }) => chosen === null);
}

/** What was wished for and cannot be filed any more. */
export function findLost({ bundle }: Filling, offers: readonly BundleOffer[]): BundledChoice | undefined {
  return bundle.find(
    ({ matterId, chosen }) => chosen === true && !offers.some(({ matter }) => matter.id === matterId),
  );
}

/** The matter in hand with a further one wished for or not. */
export function withChoice(filling: Filling, matterId: string, chosen: boolean | null): Filling {
  const bundle = filling.bundle.map((one) => (one.matterId === matterId ? { ...one, chosen } : one));
  return { ...filling, problem: null, bundle };
}

/**
 * The case on whose slip a remembered one stands, and all that stand there with it: a further case has none of its own
 * while the one it was filed with is known.
 */
export function onOneSlip(
  remembered: RememberedCase,
  person: Person,
  crypto: Desk['crypto'],
): { readonly first: RememberedCase; readonly bundle: readonly RememberedCase[] } {
  const opens = (first: RememberedCase, other: RememberedCase) =>
    equalBytes(bundledCaseId(first.caseId, other.matterId, crypto), other.caseId);
  const first = person.cases.find((one) => opens(one, remembered)) ?? remembered;
  return { first, bundle: person.cases.filter((one) => opens(first, one)) };
}

/**
 * A further matter as somebody wants to file it. What was fetched was agreed to for the first matter alone, and a time
 * is booked once: neither goes into another case.
 */
function bundledWish(wish: CaseWish, filling: Filling, matter: Matter, { answers }: Bundled): CaseWish {
  const { fetched } = filling.sharing;
  const mapped: Answers = Object.fromEntries(
    Object.entries(answers).flatMap(([theirs, ours]) => {
      const answer = Object.hasOwn(fetched, ours) ? undefined : findAnswer(wish.answers, ours);
      return answer === undefined ? [] : [[theirs, answer]];
    }),
  );
  const inView = answersInView(matter, wish.basis, mapped);
  return { ...wish, matter, answers: inView, slots: new Map(), shared: [] };
}

/** The declarations of a further matter that are worded otherwise than the one that answers them. */
function declaredAnew(first: Matter, other: Matter, { answers }: Bundled): readonly Text[] {
  return other.questions.flatMap(({ id, type, ask }) => {
    const ours = first.questions.find((question) => question.id === answers[id]);
    return type === 'declaration' && ours !== undefined && ours.ask.zh !== ask.zh ? [ask] : [];
  });
}
