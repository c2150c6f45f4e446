/** What a matter names outside its own file is there, and fits: data sets, local data, templates, other matters. */

import { type CertificateTemplate, saysFetched } from './certificate-template.ts';
import type { FieldType } from './data-field.ts';
import { type DataSet, fitsForm } from './data-set.ts';
import { isFiled } from './kind-rules.ts';
import { type LocalData, unfoundChoices } from './local-data.ts';
import { problem, type RuleProblem, when } from './rule-problem.ts';
import type { Matter, Question } from './schema.ts';
import { findSpeechLimit } from './spoken.ts';

/** What matters may name. */
export interface Named {
  readonly matters: readonly Matter[];
  readonly dataSets: readonly DataSet[];
  readonly localData: readonly LocalData[];
  readonly templates: readonly CertificateTemplate[];
}

/** Questions whose answer is one word a source can be asked with. */
const PARAMETER_TYPES: ReadonlySet<Question['type']> = new Set([
  ...(['one-of', 'quantity', 'date', 'month', 'phone', 'id-number', 'name'] as const),
  ...(['text', 'village', 'code', 'amount'] as const),
]);

/** Questions whose answer is one value that a row of local data can have. */
const FILTER_TYPES: ReadonlySet<Question['type']> = new Set([...PARAMETER_TYPES, 'yes-no']);

/** Which fields can answer a question of that type; for what is not there a question is asked. */
const FILLED_BY: Partial<Readonly<Record<Question['type'], readonly FieldType[]>>> = {
  'one-of': ['text', 'count'],
  'several-of': ['text'],
  village: ['text'],
  'yes-no': ['yes-no'],
  quantity: ['count'],
  date: ['date'],
  phone: ['text'],
  'id-number': ['text'],
  name: ['text'],
  text: ['text'],
  amount: ['fen'],
  month: ['month'],
};

/** Everything a matter names that is not there or does not fit; empty when all is. */
export function findReferenceProblems(matter: Matter, named: Named): readonly RuleProblem[] {
  return [
    ...sourceProblems(matter, named),
    ...fillProblems(matter, named),
    ...certificateProblems(matter, named),
    ...matter.materials.flatMap(({ from }, index) =>
      from.by === 'shared'
        ? dataSetProblems(named, from.dataSet, 'person', `materials[${index}].from.dataSet`)
        : [],
    ),
    ...bundleProblems(matter, named),
  ];
}

/** The ids of questions that say on whose behalf, not what is asked for. */
export function evidenceIds({ bases, questions }: Pick<Matter, 'bases' | 'questions'>): ReadonlySet<string> {
  const evidence = bases.flatMap((basis) => basis.evidence.map(({ question }) => question));
  // The name asked beside a number, and what a person declares, belong to it.
  const beside = questions.filter(({ type }) => type === 'declaration' || type === 'signature');
  return new Set([...evidence, ...beside.map(({ id }) => id)]);
}

function sourceProblems(matter: Matter, named: Named): readonly RuleProblem[] {
  const { source } = matter;
  if (typeof source !== 'object') return [];
  if ('local' in source) return localProblems(matter, named, source.local);
  const id = 'shared' in source ? source.shared : source.open;
  const path = 'shared' in source ? 'source.shared' : 'source.open';
  const missing = dataSetProblems(named, id, 'shared' in source ? 'person' : 'anyone', path);
  const dataSet = named.dataSets.find((one) => one.id === id);
  if (missing.length > 0 || dataSet === undefined) return missing;
  return [
    ...parameterProblems(matter, dataSet),
    // What anyone may ask is asked whole: a question left out would bring everybody's.
    ...Object.keys(dataSet.parameters).flatMap((name) => {
      const question = matter.questions.find((one) => one.id === name);
      const always = question !== undefined && !question.optional && question.when === undefined;
      return when('open' in source && !always, path, `its parameter ${name} is not always asked`);
    }),
  ];
}

/** Each question is a parameter, of a type that has one word, whose choices the data set takes. */
function parameterProblems(matter: Matter, { id, parameters }: DataSet): readonly RuleProblem[] {
  const beside = evidenceIds(matter);
  const hasHeir = matter.bases.some(({ evidence }) => evidence.some(({ type }) => type === 'number'));
  return matter.questions.flatMap((question, index) => {
    const path = `questions[${index}]`;
    const form = parameters[question.id];
    if (form === undefined) {
      const belongs = beside.has(question.id) || (hasHeir && question.type === 'name');
      return when(!belongs, `${path}.id`, `${question.id} is no parameter of ${id}`);
    }
    const misfits =
      question.type === 'one-of'
        ? question.choices.filter(({ value }) => !fitsForm(form, value)).map(({ value }) => value)
        : [];
    return [
      ...when(!PARAMETER_TYPES.has(question.type), `${path}.type`, 'cannot be a parameter'),
      ...when(misfits.length > 0, `${path}.choices`, `${id} takes no ${misfits.join(', ')}`),
    ];
  });
}

function localProblems(matter: Matter, { localData }: Named, id: string): readonly RuleProblem[] {
  const data = localData.find((one) => one.id === id);
  if (data === undefined) return [problem('source.local', `there are no local data ${id}`)];
  return [
    ...matter.questions.flatMap((question, index) => {
      if (!data.filter.includes(question.id))
        return [problem(`questions[${index}].id`, `${id} is not filtered by ${question.id}`)];
      if (!FILTER_TYPES.has(question.type))
        return [problem(`questions[${index}].type`, `no row of ${id} can have such an answer`)];
      const unfound = unfoundChoices(data, question);
      return when(
        unfound.length > 0,
        `questions[${index}].choices`,
        `no row of ${id} has ${unfound.join(', ')}`,
      );
    }),
    ...data.filter.flatMap((name) =>
      when(!matter.questions.some((one) => one.id === name), 'questions', `${id} is filtered by ${name}`),
    ),
  ];
}

function fillProblems(matter: Matter, named: Named): readonly RuleProblem[] {
  return matter.shared.flatMap(({ dataSet: id, fills, beside }, index) => {
    const filled = Object.keys(fills).map((name) => matter.questions.find((one) => one.id === name)?.type);
    if (beside && filled.join() !== 'phone')
      return [problem(`shared[${index}].beside`, 'only a telephone is offered beside its question')];
    const missing = dataSetProblems(named, id, 'person', `shared[${index}].dataSet`);
    const dataSet = named.dataSets.find((one) => one.id === id);
    if (missing.length > 0 || dataSet === undefined) return missing;
    return Object.entries(fills).flatMap(([questionId, fieldId]) => {
      const path = `shared[${index}].fills.${questionId}`;
      const field = dataSet.fields.find((one) => one.id === fieldId);
      const question = matter.questions.find((one) => one.id === questionId);
      if (field === undefined) return [problem(path, `${id} has no field ${fieldId}`)];
      if (question === undefined) return [];
      const fits = FILLED_BY[question.type]?.includes(field.type) ?? false;
      return when(!fits, path, `a ${question.type} cannot be filled by a field of the type ${field.type}`);
    });
  });
}

function certificateProblems({ certificate, devices }: Matter, named: Named): readonly RuleProblem[] {
  if (certificate === undefined) return [];
  const { shared } = certificate;
  const template = named.templates.find(({ id }) => id === certificate.template);
  return [
    ...when(template === undefined, 'certificate.template', `there is no template ${certificate.template}`),
    ...when(
      template !== undefined && saysFetched(template) !== (shared !== undefined),
      'certificate.shared',
      `${certificate.template} ${shared ? 'says nothing of what is fetched' : 'says what must be fetched'}`,
    ),
    ...when(
      template !== undefined && (template.paper.stock === 'special') !== devices.includes('special-paper'),
      'devices',
      `special-paper goes with a template on such paper: ${certificate.template} is on ${template?.paper.stock}`,
    ),
    ...(shared ? dataSetProblems(named, shared.dataSet, 'person', 'certificate.shared.dataSet') : []),
    ...(shared?.ready === undefined ? [] : readyProblems(shared.dataSet, shared.ready, named)),
  ];
}

/** What says whether a record may be printed is a field that says yes or no. */
function readyProblems(id: string, ready: string, { dataSets }: Named): readonly RuleProblem[] {
  const field = dataSets.find((one) => one.id === id)?.fields.find((one) => one.id === ready);
  const path = 'certificate.shared.ready';
  if (field === undefined) return [problem(path, `${id} has no field ${ready}`)];
  return when(field.type !== 'yes-no', path, `${ready} is of the type ${field.type}, not yes-no`);
}

/** What one set of answers opens is filed too, and each answer fits the question it is for. */
function bundleProblems({ id, bundle, questions }: Matter, { matters }: Named): readonly RuleProblem[] {
  const find = (among: readonly Question[], name: string) => among.find((one) => one.id === name);
  return bundle.flatMap(({ matter: name, answers }, index) => {
    const other = matters.find((one) => one.id === name);
    const path = `bundle[${index}]`;
    if (other === undefined || name === id) return [problem(`${path}.matter`, `there is no matter ${name}`)];
    const isFiledAlone = isFiled(other) && other.kind !== 'pay';
    const problems = Object.entries(answers).flatMap(([question, ours]) => {
      const [wanted, given] = [find(other.questions, question), find(questions, ours)];
      const words =
        wanted === undefined
          ? `${name} has no such question`
          : `a ${wanted.type} cannot be answered by a ${given?.type ?? 'question that is not there'}`;
      return [
        ...when(wanted === undefined || wanted.type !== given?.type, `${path}.answers.${question}`, words),
        ...when(
          wanted !== undefined && given !== undefined && saysMore(given, wanted),
          `${path}.answers.${question}`,
          `what may be said for ${ours} could not be taken there`,
        ),
      ];
    });
    return [...when(!isFiledAlone, `${path}.matter`, `${name} is not filed`), ...problems];
  });
}

/** Whether one question takes longer recordings than the other. */
function saysMore(given: Question, wanted: Question): boolean {
  return (findSpeechLimit(given) ?? 0) > (findSpeechLimit(wanted) ?? 0);
}

function dataSetProblems(
  { dataSets }: Named,
  id: string,
  about: DataSet['about'],
  path: string,
): readonly RuleProblem[] {
  const dataSet = dataSets.find((one) => one.id === id);
  if (dataSet === undefined) return [problem(path, `there is no data set ${id}`)];
  const words = about === 'person' ? 'is about nobody' : 'is kept of people, who must agree';
  return when(dataSet.about !== about, path, `${id} ${words}`);
}
