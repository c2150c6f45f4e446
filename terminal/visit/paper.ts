/** The paper of a matter in hand: what is known for it, and whether it can be printed. */
import { type CertificateTemplate, saysNothing } from '../../catalog/certificate-template.ts';
import { findAnswer } from '../../catalog/conditions.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import type { Matter, Question } from '../../catalog/schema.ts';
import type { QueryContent } from '../../sync/contents.ts';
import type { Fact } from '../api.ts';
import { filesAnswered } from '../cases/held-files.ts';
import type { PrintOrder } from '../certificate/print-desk.ts';
import type { FetchState } from '../queries/query-desk.ts';
import { type Desk, placeText } from './desk.ts';
import { questionsOf } from './flow/fill.ts';
import { findFetch } from './sharing.ts';
import { findSubjectCard } from './subject.ts';
import type { Filling, Visit } from './visit.ts';

type Found = Extract<QueryContent, { outcome: 'found' }>;

/** What a question with this id asks, wherever a matter prints: for whom the paper is, and how many. */
const PURPOSE = 'purpose';
/** And the same in the person's own words, where none of the choices is it. */
const PURPOSE_IN_WORDS = 'purpose-words';
const COPIES = 'copies';
/** Which of its papers, where a matter has more than one. */
const WHICH = 'which';

/** The template of a matter's paper; `undefined` where it prints none. */
export function findTemplate({ matter }: Filling, desk: Desk): CertificateTemplate | undefined {
  return desk.catalog().templates.find(({ id }) => id === matter.certificate?.template);
}

/** How many copies are wanted: what was answered, as many as the matter gives at most. */
export function copiesOf({ matter, answers }: Filling): number {
  const most = matter.certificate?.maxCopies ?? 1;
  const wanted = findAnswer(answers, COPIES);
  return typeof wanted === 'number' ? Math.max(1, Math.min(wanted, most)) : 1;
}

/** How the fetch that a paper rests on stands; null where it rests on none, `undefined` where nobody agreed to it. */
export function findPaperState(filling: Filling, desk: Desk): FetchState | null | undefined {
  const { shared } = filling.matter.certificate ?? {};
  if (shared === undefined) return null;
  const fetchId = findFetch(filling, shared.dataSet)?.fetchId;
  return fetchId == null ? undefined : desk.queries.find(fetchId);
}

/** What was found for a paper, told apart: what goes on it, and how many records are not ready. */
export interface SortedRecords {
  /** Where the matter says by which field a record is ready, without that field: a paper has no word on itself. */
  readonly content: Found;
  readonly waiting: number;
}

/** Tells what may be printed from what may not yet. Only a plain yes is one; all is ready where the matter asks for none. */
export function sortReady(content: Found, { certificate }: Matter): SortedRecords {
  const ready = certificate?.shared?.ready;
  if (ready === undefined) return { content, waiting: 0 };
  const fields = content.fields.filter(({ id }) => id !== ready);
  const records = content.records.filter((record) => record[ready] === true);
  return { content: { ...content, fields, records }, waiting: content.records.length - records.length };
}

/** What will be printed, once everything is there and there are words for it. */
export function findOrder(
  visit: Visit,
  filling: Filling,
  desk: Desk,
): Omit<PrintOrder, 'certificates'> | undefined {
  const template = findTemplate(filling, desk);
  const state = findPaperState(filling, desk);
  if (template === undefined || state === undefined) return undefined;
  const said = state === null ? null : saidOf(state, template);
  if (said === undefined) return undefined;
  const { matter } = filling;
  const found = said?.outcome === 'found' ? sortReady(said, matter) : undefined;
  if (found?.waiting && found.content.records.length === 0) return undefined;
  const card = findSubjectCard(visit, filling);
  return {
    template,
    copies: copiesOf(filling),
    facts: {
      title: matter.name.official.zh,
      person: card === undefined ? null : { name: card.name, number: card.number },
      purpose: purposeOf(filling)?.value.zh ?? null,
      which: whichOf(filling)?.value.zh ?? null,
      from: said?.from.zh ?? null,
      asOfMs: said?.asOfMs ?? null,
      fields: found?.content.fields ?? [],
      records: found?.content.records ?? [],
      pictures: filesAnswered(filling).flatMap(({ mediaType, bytes }) =>
        mediaType === 'image/jpeg' ? [bytes] : [],
      ),
      sample: matter.status === 'sample',
      place: placeText(desk.site).zh,
    },
  };
}

/** What the person said of the paper: what for, and the rest of what was asked, but for pictures and evidence. */
export function factsOf(filling: Filling): Pick<Fact, 'label' | 'value'>[] {
  return questionsOf(filling).flatMap((question) => {
    const fact = SAID_IN_WORDS.has(question.type) ? answered(question, filling) : undefined;
    return fact === undefined ? [] : [fact];
  });
}

const SAID_IN_WORDS: ReadonlySet<Question['type']> = new Set([
  ...(['one-of', 'quantity', 'date', 'month', 'text', 'yes-no'] as const),
]);

function purposeOf(filling: Filling): Pick<Fact, 'label' | 'value'> | undefined {
  const questions = questionsOf(filling);
  const inWords = questions.find(({ id }) => id === PURPOSE_IN_WORDS);
  const question = inWords ?? questions.find(({ id }) => id === PURPOSE);
  return question && answered(question, filling);
}

function whichOf(filling: Filling): Pick<Fact, 'label' | 'value'> | undefined {
  const question = questionsOf(filling).find(({ id }) => id === WHICH);
  return question && answered(question, filling);
}

function answered(question: Question, { answers }: Filling): Pick<Fact, 'label' | 'value'> | undefined {
  const value = findAnswer(answers, question.id);
  return value === undefined ? undefined : { label: question.label, value: describeAnswer(question, value) };
}

/** What the source said, where the template has words for it. */
function saidOf(state: FetchState, template: CertificateTemplate) {
  if (typeof state === 'string' || !state.ok) return undefined;
  const { value } = state;
  if (value.outcome === 'found') return value;
  return value.outcome === 'nothing' && saysNothing(template) ? value : undefined;
}
