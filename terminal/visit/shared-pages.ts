/** The pages of what the state keeps: the consent, what came of it, what is read, and what is kept of the person. */
import { describeField } from '../../catalog/data-field.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import {
  filterRows,
  findFieldChoice,
  isText,
  type LocalData,
  type LocalRow,
} from '../../catalog/local-data.ts';
import type { Answers, Matter, Text } from '../../catalog/schema.ts';
import { same } from '../../catalog/text.ts';
import type { QueryContent } from '../../sync/contents.ts';
import type { Fact, Page } from '../api.ts';
import type { EarlierConsent } from '../queries/earlier-consents.ts';
import type { FetchState } from '../queries/query-desk.ts';
import type { Desk } from './desk.ts';
import { entrustedLines } from './entrusting.ts';
import { earlierConsents, fetchedAnswers, findFetchShown } from './flow/shared.ts';
import { listedName } from './my-cases.ts';
import { fillsOf, findAsk, findAskBeside, findFetch } from './sharing.ts';
import type { Filling, Visit } from './visit.ts';
import { AN_OFFICE } from './words.ts';

type PageOf<K extends Page['kind']> = Extract<Page, { kind: K }>;
type Head = PageOf<'check'>['head'];
type RecordsPage = PageOf<'records'>;
type Told = Pick<RecordsPage, 'state' | 'asOfMs' | 'afterS' | 'mayAskAgain'>;

/** Lines that stand on one page of records beside their heading and keys. */
const LINES = 10;
/** Records of two values make a table, one line each. */
const ROWS_OF_A_TABLE = 8;

/** What would be fetched, from whom, and on which words. */
export function consentPage(
  filling: Filling,
  dataSetId: string,
  head: Head,
  desk: Desk,
): PageOf<'consent'> | undefined {
  const { matter } = filling;
  const ask = findAsk(matter, dataSetId);
  const dataSet = desk.catalog().dataSets.find(({ id }) => id === dataSetId);
  if (ask === undefined || dataSet === undefined) return undefined;
  return {
    kind: 'consent',
    head,
    words: ask.consent,
    name: dataSet.name,
    from: dataSet.from,
    fields: dataSet.fields.map(({ label }) => label),
    saves: matter.questions
      .filter(({ id }) => Object.hasOwn(fillsOf(filling, ask), id))
      .map(({ label }) => label),
    online: desk.online(),
  };
}

/** What may be looked up on the page of a question instead of being typed there. */
export function offerBeside(
  visit: Visit,
  filling: Filling,
  questionId: string,
  desk: Desk,
): PageOf<'question'>['offer'] {
  const ask = findAskBeside(visit, filling, questionId, desk);
  const dataSet = desk.catalog().dataSets.find(({ id }) => id === ask?.dataSet);
  return ask === undefined || dataSet === undefined ? null : { name: dataSet.name, words: ask.consent };
}

/** What came of a consent that saves questions: the answers to choose from, or why they are asked. */
export function fetchedPage(
  visit: Visit,
  filling: Filling,
  dataSetId: string,
  head: Head,
  desk: Desk,
): PageOf<'fetched'> | undefined {
  const fetch = findFetch(filling, dataSetId);
  const dataSet = desk.catalog().dataSets.find(({ id }) => id === dataSetId);
  if (fetch === undefined || dataSet === undefined) return undefined;
  const found = fetchedAnswers(visit, filling, fetch, desk);
  const factsOf = (answers: Answers) =>
    filling.matter.questions.flatMap((question): Fact[] => {
      const value = answers[question.id];
      if (value === undefined) return [];
      const { label, id } = question;
      return [
        {
          label,
          value: describeAnswer(question, value),
          source: 'shared',
          questionId: id,
          from: dataSet.from,
        },
      ];
    });
  const { name, from } = dataSet;
  return {
    ...{ kind: 'fetched', head, name, from, choices: found.map(factsOf) },
    ...told(findState(fetch.fetchId, desk)),
  };
}

/** What a matter that is read says: records of the person, of anyone, or those that came with the catalog. */
export function recordsPage(
  visit: Visit,
  filling: Filling,
  page: number,
  head: Head,
  desk: Desk,
): RecordsPage | undefined {
  const { source } = filling.matter;
  if (typeof source !== 'object') return undefined;
  if ('local' in source) {
    const data = desk.catalog().localData.find(({ id }) => id === source.local);
    return data && localPage(data, filling, page, head);
  }
  const id = 'shared' in source ? source.shared : source.open;
  const dataSet = desk.catalog().dataSets.find((one) => one.id === id);
  if (dataSet === undefined) return undefined;
  const isRefused = findFetch(filling, id)?.fetchId === null;
  const state = findState(findFetchShown(visit) ?? null, desk);
  const content = typeof state === 'object' && state.ok ? state.value : undefined;
  const { name, from } = dataSet;
  return {
    ...{ kind: 'records', head, name, from, asOfDay: null, sample: false },
    personal: 'shared' in source,
    ...(isRefused ? { ...told(undefined), state: 'not-agreed', mayAskAgain: false } : told(state)),
    ...paged(content?.outcome === 'found' ? linesOf(content) : [], page),
  };
}

/** Local data; where no row fits, all of them stand there and the page says so. */
function localPage(data: LocalData, filling: Filling, page: number, head: Head): RecordsPage {
  const { matter, answers } = filling;
  const fitting = filterRows(data, matter.questions, answers);
  const rows = fitting.length > 0 ? fitting : data.rows;
  const { name, from, asOf, sample } = data;
  return {
    ...{ kind: 'records', head, name, from, personal: false, sample },
    ...{ asOfMs: null, asOfDay: asOf, afterS: null, mayAskAgain: false },
    state: fitting.length > 0 ? 'found' : 'none-fits',
    ...paged(
      rows.map((row) => linesOfRow(data, matter, row)),
      page,
    ),
  };
}

/** The consents of this visit and of earlier ones, and what this machine remembers of the person. */
export function keptOfMePage(visit: Visit, desk: Desk): PageOf<'kept-of-me'> | undefined {
  const { person } = visit;
  if (person === null) return undefined;
  const earlier = desk.earlier.state();
  return {
    kind: 'kept-of-me',
    caseCount: person.cases.length,
    hasDraft: visit.draft !== null,
    remembered: person.memory !== null,
    entrusted: [...entrustedLines(person, desk)],
    consents: desk.queries.consents().map(({ fetchId, atMs, withdrawn, ...given }) => ({
      ...{ fetchId, atMs, withdrawn },
      ...namesOfConsent(given, desk),
    })),
    earlier:
      earlier.at === 'told'
        ? {
            at: 'told',
            consents: earlierConsents(desk).map(({ atMs, withdrawn, ...given }, no) => ({
              ...{ no, atMs, withdrawn },
              ...namesOfConsent(given, desk),
            })),
          }
        : earlier,
  };
}

/** What was agreed to be looked up, and where: of a private matter neither, since it would name it. */
function namesOfConsent(
  { dataSet: id, matterId, from }: Pick<EarlierConsent, 'dataSet' | 'matterId' | 'from'>,
  desk: Desk,
): { readonly name: Text; readonly from: Text } {
  const { dataSets, matters } = desk.catalog();
  const dataSet = dataSets.find((one) => one.id === id);
  const matter = matters.find((one) => one.id === matterId);
  // One that is gone may have been private.
  if (matterId !== null && (matter === undefined || matter.private))
    return { name: listedName(matterId, desk).name, from: AN_OFFICE };
  return { name: dataSet?.name ?? same(id), from: dataSet?.from ?? same(from) };
}

type Lines = RecordsPage['records'][number];

/** Records as lines of a page: every field with its name. */
export function linesOf({ fields, records }: Extract<QueryContent, { outcome: 'found' }>): Lines[] {
  // A table keeps its columns; elsewhere what a record does not have is not a line.
  const isTable = fields.length <= 2;
  return records.map((record) =>
    fields.flatMap(({ id, label, type }) => {
      const value = record[id] ?? null;
      return value === null && !isTable ? [] : [{ label, value: describeField(type, value) }];
    }),
  );
}

function linesOfRow({ fields }: LocalData, matter: Matter, row: LocalRow): Lines {
  return fields.flatMap(({ id, label, type }) => {
    const value = row[id] ?? null;
    if (value === null) return [];
    const choice = findFieldChoice(matter.questions, id, value);
    return [{ label, value: choice ?? (isText(value) ? value : describeField(type, value)) }];
  });
}

/** One page of them; more records fit where each has few lines. */
function paged(
  records: readonly Lines[],
  page: number,
): Pick<RecordsPage, 'records' | 'page' | 'pages' | 'total'> {
  const longest = Math.max(1, ...records.map(({ length }) => length));
  const size = longest <= 2 ? ROWS_OF_A_TABLE : Math.max(1, Math.floor(LINES / longest));
  const pages = Math.max(1, Math.ceil(records.length / size));
  const at = Math.max(0, Math.min(page, pages - 1));
  return { records: records.slice(at * size, (at + 1) * size), page: at, pages, total: records.length };
}

function findState(fetchId: number | null, desk: Desk): FetchState | undefined {
  return fetchId === null ? undefined : desk.queries.find(fetchId);
}

/** How a fetch stands, as pages say it; one that nobody knows any more cannot be told. */
export function told(state: FetchState | undefined): Told {
  const plain = { asOfMs: null, afterS: null, mayAskAgain: false };
  if (state === undefined) return { ...plain, state: 'unavailable' };
  if (state === 'withdrawn') return { ...plain, state: 'withdrawn' };
  if (typeof state === 'string') return { ...plain, state: 'asking' };
  if (!state.ok) {
    const isNamed = state.error === 'offline' || state.error === 'too-many';
    return { ...plain, state: isNamed ? state.error : 'unavailable', mayAskAgain: true };
  }
  const content = state.value;
  switch (content.outcome) {
    case 'found':
    case 'nothing':
      return { ...plain, state: content.outcome, asOfMs: content.asOfMs };
    case 'refused':
      return { ...plain, state: 'refused' };
    case 'later':
      return { ...plain, state: 'later', afterS: content.afterS, mayAskAgain: true };
    case 'unavailable':
      return { ...plain, state: 'unavailable', mayAskAgain: true };
  }
}
