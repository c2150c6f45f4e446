/** Asking the state instead of the person: consent, what came, and what of it stands as an answer. */
import { equalBytes } from '../../../base/bytes.ts';
import { checkAnswer } from '../../../catalog/answers.ts';
import { answersInView, findAnswer, visibleQuestions } from '../../../catalog/conditions.ts';
import { findSharedAnswer, type SharedAsk, type SharedRecord } from '../../../catalog/fill-shared.ts';
import { canonicalBytes } from '../../../catalog/matter-bytes.ts';
import type { Answers, Matter } from '../../../catalog/schema.ts';
import type { IdentityRead } from '../../../drivers/api.ts';
import type { Query } from '../../../sync/queries.ts';
import { checkCase, formContext } from '../../cases/check.ts';
import type { CardPerson, QueryWish } from '../../queries/content.ts';
import type { EarlierConsent } from '../../queries/earlier-consents.ts';
import { contentPlace, type Desk } from '../desk.ts';
import { copiesOf } from '../paper.ts';
import { consentWords } from '../shared-words.ts';
import { fillsOf, findAsk, findAskBeside, findFetch, type SharedFetch } from '../sharing.ts';
import { findSubjectCard } from '../subject.ts';
import { atSpot, type Filling, goTo, type Spot, type Visit } from '../visit.ts';
import { CONSENT_NOT_TAKEN_BACK } from '../words.ts';
import { onward, wishOf } from './fill.ts';
import { setDown } from './set-down.ts';
import { type Handler, on, refuse } from './step.ts';

/** More than these nobody reads through; the newest come first. */
const MOST_TO_CHOOSE = 6;

export const consent: Handler<'consent'> = (visit, { agree }, desk) => {
  const { filling } = visit;
  if (filling === null) return refuse(visit, 'not-here');
  const ask = askShown(visit, filling, desk);
  const card = findSubjectCard(visit, filling);
  if (ask === undefined || card === undefined) return refuse(visit, 'not-here');
  if (!agree) return on(decided(visit, filling, { dataSet: ask.dataSet, fetchId: null, done: true }, desk));
  if (isToShow(ask)) {
    const checked = checkCase(wishOf(visit, filling, desk), {
      crypto: desk.crypto,
      time: desk.time,
      online: desk.online(),
    });
    if (!checked.ok)
      return refuse(
        visit,
        checked.error.code,
        checked.error.words ?? undefined,
        checked.error.questionId ?? undefined,
      );
  }
  const fetchId = desk.queries.fetch(wishFor(visit, filling, ask, card, desk));
  return on(decided(visit, filling, { dataSet: ask.dataSet, fetchId, done: false }, desk));
};

export const goOn: Handler<'go-on'> = (visit, { choice }, desk) => {
  const { filling, spot } = visit;
  const fetch = filling !== null && spot.at === 'fetched' ? findFetch(filling, spot.dataSet) : undefined;
  if (filling === null || fetch === undefined) return refuse(visit, 'not-here');
  const answers = choice === null ? undefined : fetchedAnswers(visit, filling, fetch, desk)[choice];
  return on(filledWith(visit, filling, fetch, answers ?? {}, desk));
};

/**
 * The visit past the page that waits for an answer, once one came that can only mean one thing: it stands, is shown with
 * the questions that are left and on the check page, and can be called wrong there.
 */
export function pastAsking(visit: Visit, desk: Desk): Visit {
  const { filling, spot } = visit;
  const fetch = filling !== null && spot.at === 'fetched' ? findFetch(filling, spot.dataSet) : undefined;
  if (filling === null || fetch === undefined) return visit;
  const [only, ...others] = fetchedAnswers(visit, filling, fetch, desk);
  return only === undefined || others.length > 0 ? visit : filledWith(visit, filling, fetch, only, desk);
}

/** What was fetched stands as answers, and the next page follows. */
function filledWith(visit: Visit, filling: Filling, fetch: SharedFetch, answers: Answers, desk: Desk): Visit {
  const questions = Object.keys(answers);
  if (questions.length > 0) {
    desk.log('visit.shared-filled', { questions: questions.length });
    const { dataSet } = fetch;
    desk.countSaved({ dataSet, questions: questions.length, papers: countPapers(filling.matter, dataSet) });
  }
  const consentId = fetch.fetchId === null ? undefined : desk.queries.findConsentId(fetch.fetchId);
  const from = consentId && { dataSet: fetch.dataSet, consentId };
  const { sharing } = filling;
  const next: Filling = {
    ...filling,
    answers: { ...filling.answers, ...answers },
    sharing: {
      ...sharing,
      fetches: sharing.fetches.map((one) => (one === fetch ? { ...one, done: true } : one)),
      fetched: { ...sharing.fetched, ...(from && Object.fromEntries(questions.map((id) => [id, from]))) },
    },
  };
  const isOf = (spot: Spot, id: string) => spot.at === 'question' && spot.questionId === id;
  const trail = visit.trail.filter((spot) => !questions.some((id) => isOf(spot, id)));
  const asked = lastAsked(visit);
  // Beside its question nothing was found: it is asked as before.
  const isOpen = asked !== null && findAnswer(next.answers, asked) === undefined;
  if (isOpen && findFetchedFor(filling, asked) === fetch.dataSet)
    return atSpot(
      { ...visit, filling: next, trail: trail.slice(0, -1) },
      { at: 'question', questionId: asked },
    );
  return further({ ...visit, filling: next, trail }, onward(visit, next, asked, desk));
}

/** The data set that is offered beside a question. */
function findFetchedFor({ matter }: Filling, questionId: string): string | undefined {
  return matter.shared.find(({ beside, fills }) => beside && Object.hasOwn(fills, questionId))?.dataSet;
}

/** What is agreed to on the page that stands: a page of its own, or a question's. */
function askShown(visit: Visit, filling: Filling, desk: Desk): SharedAsk | undefined {
  const { spot } = visit;
  if (spot.at === 'question') return findAskBeside(visit, filling, spot.questionId, desk);
  return spot.at === 'consent' ? findAsk(filling.matter, spot.dataSet) : undefined;
}

/** The same question again, on the same consent. */
export const askStateAgain: Handler<'ask-again'> = (visit, _action, desk) => {
  const fetchId = findFetchShown(visit);
  if (fetchId === undefined) return refuse(visit, 'not-here');
  desk.queries.again(fetchId);
  return on(visit);
};

export const turnPage: Handler<'turn-page'> = (visit, { page }) =>
  visit.spot.at === 'records' ? on(atSpot(visit, { at: 'records', page })) : refuse(visit, 'not-here');

/** What was fetched is not right: it is asked instead, and the case says so. */
export const dispute: Handler<'dispute'> = (visit, { questionId }) => {
  const { filling } = visit;
  const from = filling?.sharing.fetched[questionId];
  if (filling === null || from === undefined || visit.spot.at !== 'check') return refuse(visit, 'not-here');
  const { [questionId]: _wrong, ...answers } = filling.answers;
  const { [questionId]: _from, ...fetched } = filling.sharing.fetched;
  const sharing = {
    ...filling.sharing,
    fetched,
    disputed: { ...filling.sharing.disputed, [questionId]: from },
  };
  const asked = { ...filling, answers, sharing, problem: null };
  return on(goTo({ ...visit, filling: asked }, { at: 'question', questionId }));
};

export const openKeptOfMe = (visit: Visit) => {
  if (visit.spot.at === 'kept-of-me') return on(visit);
  return on(goTo(setDown(visit), { at: 'kept-of-me' }));
};

export const withdrawConsent: Handler<'withdraw-consent'> = (visit, { fetchId }, desk) => {
  const given = desk.queries.consents().some((one) => one.fetchId === fetchId);
  if (visit.spot.at !== 'kept-of-me' || !given) return refuse(visit, 'not-here');
  const taken = desk.queries.withdraw(fetchId);
  return taken.ok ? on(visit) : refuse(visit, 'store-full', CONSENT_NOT_TAKEN_BACK);
};

export const withdrawEarlierConsent: Handler<'withdraw-earlier-consent'> = (visit, { no }, desk) => {
  const one = earlierConsents(desk)[no];
  if (visit.spot.at !== 'kept-of-me' || one === undefined) return refuse(visit, 'not-here');
  const taken = desk.earlier.withdraw(one.consentId);
  return taken.ok ? on(visit) : refuse(visit, 'store-full', CONSENT_NOT_TAKEN_BACK);
};

/** Those of earlier visits that were told: what was given in this one stands beside them. */
export function earlierConsents({ earlier, queries }: Desk): readonly EarlierConsent[] {
  const state = earlier.state();
  if (state.at !== 'told') return [];
  const now = queries.consents().flatMap(({ fetchId }) => queries.findConsentId(fetchId) ?? []);
  return state.consents.filter(({ consentId }) => !now.some((one) => equalBytes(one, consentId)));
}

/** The visit as it comes to a page: what is open to anyone is asked for when its page is reached. */
export function arrived(visit: Visit, desk: Desk): Visit {
  const { filling, spot } = visit;
  const source = filling?.matter.source;
  if (filling === null || spot.at !== 'records' || typeof source !== 'object' || !('open' in source))
    return visit;
  if (findFetch(filling, source.open) !== undefined) return visit;
  const fetchId = desk.queries.fetchOpen({
    dataSet: source.open,
    parameters: parametersOf(filling, source.open, desk),
  });
  return withFetch(visit, filling, { dataSet: source.open, fetchId, done: false });
}

/** The fetch whose answer the present page shows. */
export function findFetchShown({ filling, spot }: Visit): number | undefined {
  if (filling === null) return undefined;
  if (spot.at === 'records') return filling.sharing.fetches[0]?.fetchId ?? undefined;
  if (spot.at === 'print') {
    const { shared } = filling.matter.certificate ?? {};
    return shared && (findFetch(filling, shared.dataSet)?.fetchId ?? undefined);
  }
  return spot.at === 'fetched' ? (findFetch(filling, spot.dataSet)?.fetchId ?? undefined) : undefined;
}

/**
 * What came of a fetch as answers to open questions, each judged like one that was given: one set of answers where the
 * records agree, else one for each of them, to be chosen from. None where nothing came, or nothing of it helps.
 */
export function fetchedAnswers(
  visit: Visit,
  filling: Filling,
  { dataSet, fetchId }: SharedFetch,
  desk: Desk,
): readonly Answers[] {
  const state = fetchId === null ? undefined : desk.queries.find(fetchId);
  if (typeof state !== 'object' || !state.ok || state.value.outcome !== 'found') return [];
  const ask = findAsk(filling.matter, dataSet);
  const fills = ask === undefined ? {} : fillsOf(filling, ask);
  const sets = state.value.records.map((record) => answersOf(visit, filling, fills, record, desk));
  const differing = new Map(sets.map((answers) => [JSON.stringify(answers), answers]));
  return [...differing.values()]
    .filter((answers) => Object.keys(answers).length > 0)
    .slice(0, MOST_TO_CHOOSE);
}

/** The answers of one record, in the order they are asked: one that is fetched may be what another waits for. */
function answersOf(
  visit: Visit,
  filling: Filling,
  fills: SharedAsk['fills'],
  record: SharedRecord,
  desk: Desk,
): Answers {
  const { matter, basis } = filling;
  const context = formContext(wishOf(visit, filling, desk), desk.time);
  let answers = filling.answers;
  const filled = new Set<string>();
  for (const question of matter.questions) {
    const field = fills[question.id];
    const isAsked = visibleQuestions(matter, basis, answers).includes(question);
    if (field === undefined || !isAsked || findAnswer(answers, question.id) !== undefined) continue;
    const value = findSharedAnswer(question, field, record);
    const checked = value === undefined ? undefined : checkAnswer(question, value, context);
    if (!checked?.ok) continue;
    answers = answersInView(matter, basis, { ...answers, [question.id]: checked.value });
    filled.add(question.id);
  }
  return Object.fromEntries(Object.entries(answers).filter(([id]) => filled.has(id)));
}

/** The papers of a matter that a data set stands for. */
function countPapers({ materials }: Matter, dataSet: string): number {
  return materials.filter(({ from }) => from.by === 'shared' && from.dataSet === dataSet).length;
}

/** What was decided stands, and the page that asked is not gone back to. */
function decided(visit: Visit, filling: Filling, fetch: SharedFetch, desk: Desk): Visit {
  const next = withFetch(visit, filling, fetch);
  if (next.filling === null) return next;
  return further(next, onward(next, next.filling, lastAsked(visit), desk));
}

/** The question that was answered before this page, if any. */
function lastAsked({ trail }: Visit): string | null {
  const before = trail.at(-1);
  return before?.at === 'question' ? before.questionId : null;
}

function withFetch(visit: Visit, filling: Filling, fetch: SharedFetch): Visit {
  const fetches = [...filling.sharing.fetches.filter(({ dataSet }) => dataSet !== fetch.dataSet), fetch];
  return { ...visit, filling: { ...filling, sharing: { ...filling.sharing, fetches }, problem: null } };
}

function further(visit: Visit, spot: Spot): Visit {
  const there = goTo(visit, spot);
  return { ...there, trail: there.trail.filter(({ at }) => at !== 'consent' && at !== 'fetched') };
}

/** What is shown or printed rests on the whole form; what only saves questions comes before them. */
function isToShow({ fills }: SharedAsk): boolean {
  return Object.keys(fills).length === 0;
}

function wishFor(visit: Visit, filling: Filling, ask: SharedAsk, card: IdentityRead, desk: Desk): QueryWish {
  const { matter, basis } = filling;
  const { language, person } = visit;
  const dataSet = desk.catalog().dataSets.find(({ id }) => id === ask.dataSet);
  const { certificate } = matter;
  const isPrinted = certificate?.shared?.dataSet === ask.dataSet && isToShow(ask);
  const submitter = person !== null && basis !== 'self' ? { ...cardPerson(person.card), basis } : null;
  return {
    dataSet: ask.dataSet,
    parameters: parametersOf(filling, ask.dataSet, desk),
    ...(isPrinted && { certificates: { template: certificate.template, sheets: copiesOf(filling) } }),
    from: dataSet?.from[language] ?? ask.dataSet,
    ...{ person: cardPerson(card), submitter },
    matter: [matter.id, matter.version, desk.crypto.sha256(canonicalBytes(matter))],
    purpose: matter.name.official[language],
    words: consentWords(ask, dataSet, language),
    lang: language,
    place: contentPlace(desk.site),
  };
}

function cardPerson({ name, number, kind }: IdentityRead): CardPerson {
  return { name, number, kind };
}

/** The answers that a data set takes as parameters, each in one word. */
function parametersOf(filling: Filling, dataSetId: string, desk: Desk): Query['parameters'] {
  const dataSet = desk.catalog().dataSets.find(({ id }) => id === dataSetId);
  return Object.keys(dataSet?.parameters ?? {}).flatMap((name) => {
    const value = findAnswer(filling.answers, name);
    return typeof value === 'string' || typeof value === 'number' ? [{ name, value: String(value) }] : [];
  });
}
