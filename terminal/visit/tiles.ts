/** Which matters a page offers, and whether each can be started now, said before anyone starts. */
import { isoDate } from '../../base/calendar.ts';
import { findIneligibility, sureDay } from '../../catalog/eligibility.ts';
import { type FindIndex, findIn, indexGuides, indexMatters } from '../../catalog/find/find-matters.ts';
import { isRead } from '../../catalog/kind-rules.ts';
import { likelyMatters } from '../../catalog/likely.ts';
import type { Catalog } from '../../catalog/load.ts';
import type { Assurance, GuidePage, Matter, Text } from '../../catalog/schema.ts';
import type { CameraName } from '../../drivers/api.ts';
import type { MatterTile, Page } from '../api.ts';
import { GUARDIAN_WORDS, mayDoAlone, type Young, youngOf } from '../cases/children.ts';
import { knownDay } from '../cases/sure-time.ts';
import { findStop } from '../limits/standing.ts';
import type { Desk } from './desk.ts';
import { findCardHolder, findValidPerson, type Person } from './person.ts';
import { methodsFor } from './proving.ts';
import { BLOCKED_FOR_NOW, BLOCKED_WORDS, MAY_APPLY, PAY_NEEDS_NETWORK, unreadWords } from './words.ts';

const CAMERAS = ['document-camera', 'face-camera'] as const satisfies readonly CameraName[];

/** Home has room for this many. */
const LIKELY_TILES = 4;
/** The first page shows only the commonest of what needs no card; the rest is one tap away. */
const ATTRACT_TILES = 2;
/** Of what needs no card the pages for nobody have room for this many; the rest is found. */
const OPEN_TILES = 4;
/** Two rows above the keyboard, which must not move under a finger. */
const FOUND_TILES = 4;
/** The last of these places is a guide's, where one fits; more of them where fewer matters do. */
const FOUND_BEFORE_GUIDES = FOUND_TILES - 1;

/** How sure of who is here this visit is, or can be made by what is fitted. */
function assuranceOf(person: Person | null, desk: Desk): Assurance {
  if (findCardHolder(person) === null) return 'open';
  return methodsFor(person, desk).length > 0 ? 'card+proof' : 'card';
}

/** Weakest first. */
const STRENGTH: readonly Assurance[] = ['open', 'card', 'card+proof', 'agent-checked'];

/** Whether `has` is at least as sure as `needs`. */
function isAtLeast(has: Assurance, needs: Assurance): boolean {
  return STRENGTH.indexOf(has) >= STRENGTH.indexOf(needs);
}

/** Whether a code from the phone does for this matter, and is what there is: then for oneself alone. */
export function opensByPhone({ phoneCode }: Matter, person: Person | null): boolean {
  return person?.phone != null && phoneCode === true;
}

/** Whether a matter can be started now by this person, and if not, why. */
export function availabilityOf(
  matter: Matter,
  person: Person | null,
  desk: Desk,
): MatterTile['availability'] {
  const stop = findStop(matter, desk.standing(), desk.site.support);
  if (stop !== undefined) return stop.code;
  if (!mayDoAlone(youngHolder(person, desk), matter)) return 'needs-guardian';
  const has = assuranceOf(person, desk);
  const isEnough = isAtLeast(has, matter.assurance) || opensByPhone(matter, person);
  if (!isEnough) return has === 'open' ? 'needs-card' : 'needs-proof';
  if (matter.offline === 'online' && !desk.online()) return 'needs-network';
  if (matter.devices.includes('slip-printer') && desk.devices().slipPrinter === 'down')
    return 'needs-printer';
  if (matter.devices.includes('document-printer') && desk.devices().documentPrinter === 'down')
    return 'needs-printer';
  if (matter.devices.includes('special-paper') && desk.devices().cabinet?.specialPaper !== true)
    return 'needs-special-paper';
  if (matter.devices.includes('code-scanner') && desk.devices().scanner === 'down') return 'needs-scanner';
  const { cameras } = desk.devices();
  if (CAMERAS.some((camera) => matter.devices.includes(camera) && !cameras.has(camera)))
    return 'needs-camera';
  if (matter.devices.includes('microphone') && desk.devices().microphone === 'down')
    return 'needs-microphone';
  return 'open';
}

/** How young the holder of a valid card certainly is today. */
export function youngHolder(person: Person | null, desk: Desk): Young {
  return youngOf(findValidPerson(person)?.card.birth ?? null, knownDay(desk.time));
}

/** Why a matter that is not open cannot be started, in words. */
export function blockedWords(
  matter: Matter,
  person: Person | null,
  availability: Exclude<MatterTile['availability'], 'open'>,
  desk: Desk,
): Text {
  if (availability === 'needs-network' && isRead(matter)) return unreadWords(desk.site.support.townPhone);
  if (availability === 'needs-network' && matter.kind === 'pay') return PAY_NEEDS_NETWORK;
  if (availability === 'needs-guardian') return GUARDIAN_WORDS[youngHolder(person, desk) ?? 'under-16'];
  if (availability !== 'taken-out' && availability !== 'stopped') return BLOCKED_WORDS[availability];
  return findStop(matter, desk.standing(), desk.site.support)?.words ?? BLOCKED_FOR_NOW;
}

/** The tile of a matter. */
export function tileOf(matter: Matter, person: Person | null, desk: Desk): MatterTile {
  const card = findValidPerson(person)?.card ?? null;
  const birth = card?.birth ?? null;
  const mayApply =
    matter.eligibility.length > 0 &&
    birth !== null &&
    findIneligibility(matter, { birth, card }, sureDay(todayIso(desk))) === undefined;
  return {
    matterId: matter.id,
    name: matter.name.short,
    icon: matter.icon,
    picture: matter.picture ?? null,
    availability: availabilityOf(matter, person, desk),
    hint: mayApply ? MAY_APPLY : null,
  };
}

/** What somebody of this age most likely came for, the likeliest first; to a child, only what a child may do. */
export function likelyTiles(person: Person, desk: Desk): MatterTile[] {
  const holder = { birth: person.card.birth };
  const { town, village } = desk.site;
  const here = { todayIso: todayIso(desk), places: [town.code, village.code] };
  const young = youngHolder(person, desk);
  // Whoever came by a code sees what it opens.
  const isOpenTo = (matter: Matter) =>
    person.phone === null || needsNoCard(matter) || opensByPhone(matter, person);
  const theirs = desk.catalog().matters.filter((matter) => mayDoAlone(young, matter) && isOpenTo(matter));
  return likelyMatters(theirs, holder, here, LIKELY_TILES).map((matter) => tileOf(matter, person, desk));
}

/** The tile of a matter that is open to this person now; null where it is not. */
export function againTile(matterId: string, person: Person | null, desk: Desk): MatterTile | null {
  const matter = desk.catalog().matters.find(({ id }) => id === matterId);
  const tile = matter === undefined || matter.private ? null : tileOf(matter, person, desk);
  return tile?.availability === 'open' ? tile : null;
}

/** What people without a card most likely came for, the likeliest first. */
export function openTiles(desk: Desk): MatterTile[] {
  return byLikelihood(desk)
    .filter(needsNoCard)
    .slice(0, OPEN_TILES)
    .map((matter) => tileOf(matter, null, desk));
}

/** What stands on the first page of what needs no card; guides have a key of their own there. */
export function attractTiles(desk: Desk): MatterTile[] {
  return byLikelihood(desk)
    .filter((matter) => needsNoCard(matter) && matter.source !== 'guides')
    .slice(0, ATTRACT_TILES)
    .map((matter) => tileOf(matter, null, desk));
}

/** The matters of a category. */
export function categoryTiles(categoryId: string, person: Person | null, desk: Desk): MatterTile[] {
  const inIt = byLikelihood(desk).filter((matter) => matter.category === categoryId);
  return openFirst(inIt, person).map((matter) => tileOf(matter, person, desk));
}

/** The categories that hold something for this person, and how many: without a valid card, what needs none. */
export function filledCategories(
  person: Person | null,
  desk: Desk,
): Extract<Page, { kind: 'categories' }>['categories'] {
  const { categories, matters } = desk.catalog();
  const offered = findValidPerson(person) === null ? matters.filter(needsNoCard) : matters;
  return categories
    .map(({ id, name }) => ({ id, name, count: offered.filter(({ category }) => category === id).length }))
    .filter(({ count }) => count > 0);
}

/** Without a valid card, what can be done without one stands before what is only shown. */
function openFirst(matters: readonly Matter[], person: Person | null): readonly Matter[] {
  if (findValidPerson(person) !== null) return matters;
  return [...matters.filter(needsNoCard), ...matters.filter((matter) => !needsNoCard(matter))];
}

function needsNoCard({ assurance }: Matter): boolean {
  return assurance === 'open';
}

/** The matters and guides that fit what was typed, the best first; while nothing is typed, none. */
export function foundPage(words: string, person: Person | null, desk: Desk): Extract<Page, { kind: 'find' }> {
  const { matters, guides } = indexOf(desk.catalog());
  const found = findIn(matters, words, FOUND_TILES);
  const read = findIn(guides, words, FOUND_TILES - Math.min(found.length, FOUND_BEFORE_GUIDES));
  return {
    kind: 'find',
    words,
    tiles: found.slice(0, FOUND_TILES - read.length).map((matter) => tileOf(matter, person, desk)),
    guides: read.map(({ id, title }) => ({ id, title })),
  };
}

/** An index is made when the first search of a catalog asks for it. */
const INDEXES = new WeakMap<Catalog, CatalogIndex>();

interface CatalogIndex {
  readonly matters: FindIndex<Matter>;
  readonly guides: FindIndex<GuidePage>;
}

function indexOf(catalog: Catalog): CatalogIndex {
  const known = INDEXES.get(catalog) ?? {
    matters: indexMatters(catalog.matters),
    guides: indexGuides(catalog.guides),
  };
  INDEXES.set(catalog, known);
  return known;
}

/** Today in China by the best guess of now. */
export function todayIso(desk: Desk): string {
  return isoDate(desk.time.nowMs());
}

function byLikelihood(desk: Desk): Matter[] {
  const order = (matter: Matter) => matter.likely?.order ?? Number.MAX_SAFE_INTEGER;
  // The county's own list has alike matters side by side.
  return [...desk.catalog().matters].sort((a, b) => order(a) - order(b) || a.no - b.no);
}
