/** Moving between pages; nothing is filled in or filed here. */

import { isCallMatter } from '../call-wish.ts';
import { guidesSpot } from '../guide-pages.ts';
import { findCase, listedName } from '../my-cases.ts';
import { findCardHolder } from '../person.ts';
import { findThere } from '../there.ts';
import type { Spot, Visit } from '../visit.ts';
import { atSpot, goTo, homeSpot } from '../visit.ts';
import { openLookUp } from './look-up.ts';
import { openPhoneCode } from './phone.ts';
import { setDown } from './set-down.ts';
import { openKeptOfMe } from './shared.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

export const language: Handler<'language'> = (visit, action) => on({ ...visit, language: action.language });

export const home: Handler<'home'> = (visit) => on(goHome(visit));

/** The first page again; a matter in hand becomes a draft, what was kept is done with. */
function goHome(visit: Visit): Visit {
  return { ...atSpot(setDown(visit), homeSpot(visit)), filed: null, trail: [] };
}

/** One page back. From the page of a kept case there is no way back into it. */
export const back: Handler<'back'> = (visit) => {
  // What is printing, or printed, is done with: there is no way back into it.
  if (visit.spot.at === 'print' && visit.filling?.printing) return on(goHome(visit));
  if (visit.spot.at === 'kept' || visit.spot.at === 'payment') return on(goHome(visit));
  const spot = visit.trail.at(-1);
  if (spot === undefined) return visit.person === null ? on(null) : refuse(visit, 'not-here');
  const trail = visit.trail.slice(0, -1);
  const filling = visit.filling && { ...visit.filling, problem: null };
  const there: Visit = { ...atSpot(visit, spot), filling, trail };
  return on(KEEPS_IN_HAND.has(spot.at) ? there : setDown(there));
};

/** Pages to which a matter in hand is taken along: its own, and those of help. */
const KEEPS_IN_HAND: ReadonlySet<Spot['at']> = new Set([
  ...([
    'matter',
    'prove-person',
    'question',
    'consent',
    'fetched',
    'records',
    'print',
    'bundle',
    'bill',
    'cash',
    'check',
  ] as const),
  ...(['guides', 'guide-list', 'guide', 'emergency', 'lost-card', 'agent', 'agent-sign-in'] as const),
  'notice',
]);

/** Pages of help anyone may open, at any moment and back again. */
export const go: Handler<'go'> = (visit, { to }, desk) => {
  if (to === 'no-card') return visit.person === null ? on(goHome(visit)) : refuse(visit, 'not-here');
  if (to === 'phone-code') return openPhoneCode(visit, desk);
  if (to === 'slip-lookup') return openLookUp(visit);
  if (to === 'kept-of-me')
    return findCardHolder(visit.person) === null ? refuse(visit, 'not-here') : openKeptOfMe(visit);
  if (to === 'find')
    return on(visit.spot.at === 'find' ? visit : goTo(setDown(visit), { at: 'find', words: '' }));
  if (to === 'categories') return on(visit.spot.at === to ? visit : goTo(setDown(visit), { at: to }));
  if (to !== 'my-cases' && to !== 'last-use')
    return on(visit.spot.at === to ? visit : goTo(visit, { at: to }));
  return openOwn(visit, to);
};

function openOwn(visit: Visit, at: 'my-cases' | 'last-use'): Step {
  if (findCardHolder(visit.person) === null) return refuse(visit, 'not-here');
  return on(visit.spot.at === at ? visit : goTo(setDown(visit), { at }));
}

/** Where categories stand. */
const CATEGORY_PAGES: ReadonlySet<Spot['at']> = new Set(['home', 'categories']);

export const openCategory: Handler<'open-category'> = (visit, { categoryId }, desk) => {
  const known = desk.catalog().categories.some(({ id }) => id === categoryId);
  if (!known || !CATEGORY_PAGES.has(visit.spot.at)) return refuse(visit, 'not-here');
  return on(goTo(visit, { at: 'category', categoryId }));
};

/** Typing goes on on the same page: "back" leads out of it, not letter by letter. */
export const find: Handler<'find'> = (visit, { words }) =>
  on(visit.spot.at === 'find' ? atSpot(visit, { at: 'find', words }) : visit);

/** Where matters stand as tiles. */
const TILE_PAGES: ReadonlySet<Spot['at']> = new Set([
  'home',
  'category',
  'find',
  'no-card',
  'card-not-valid',
  'absent',
]);

export const openMatter: Handler<'open-matter'> = (visit, { matterId }, desk) => {
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  if (matter === undefined) return refuse(visit, 'unknown-matter');
  const isCalled = visit.spot.at === 'agent' && isCallMatter(matterId, desk);
  if (!TILE_PAGES.has(visit.spot.at) && !isCalled) return refuse(visit, 'not-here');
  if (matter.source === 'guides') return on(goTo(visit, guidesSpot(matter)));
  if (matter.source === 'own-cases') {
    const opened = openOwn(visit, 'my-cases');
    return opened.refusal === null ? opened : refuse(visit, 'matter-not-available');
  }
  return on(goTo(setDown(visit), { at: 'matter', matterId }));
};

export const openGuides: Handler<'open-guides'> = (visit, { categoryId }, desk) => {
  const known = desk.catalog().categories.some(({ id }) => id === categoryId);
  if (!known || visit.spot.at !== 'guides') return refuse(visit, 'not-here');
  return on(goTo(visit, { at: 'guide-list', of: 'category', id: categoryId }));
};

/** Where guides stand. */
const GUIDE_PAGES: ReadonlySet<Spot['at']> = new Set(['guides', 'guide-list', 'find']);

export const openGuide: Handler<'open-guide'> = (visit, { guideId }, desk) => {
  const known = desk.catalog().guides.some(({ id }) => id === guideId);
  if (!known || !GUIDE_PAGES.has(visit.spot.at)) return refuse(visit, 'not-here');
  return on(goTo(visit, { at: 'guide', guideId }));
};

/** A private case opens only after its card is laid once more. */
export const openCase: Handler<'open-case'> = (visit, { ref }, desk) => {
  const remembered = visit.person === null ? undefined : findCase(visit.person, ref);
  const { spot } = visit;
  if (visit.person !== null && findThere(visit.person, ref, desk) !== undefined)
    return spot.at === 'my-cases' ? on(goTo(visit, { at: 'case', ref })) : refuse(visit, 'not-here');
  const isShown =
    spot.at === 'my-cases' ||
    (spot.at === 'matter' && spot.matterId === remembered?.matterId) ||
    (spot.at === 'agent' && remembered !== undefined && isCallMatter(remembered.matterId, desk));
  if (remembered === undefined || !isShown) return refuse(visit, 'not-here');
  const isPrivate = listedName(remembered.matterId, desk).private;
  return on(goTo(visit, isPrivate ? { at: 'prove-again', ref, next: 'case' } : { at: 'case', ref }));
};
