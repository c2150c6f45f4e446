/** What each kind of matter must say of itself, and that the questions it names are there. */
import { problem, type Rule, type RuleProblem, when } from './rule-problem.ts';
import type { Matter, Question } from './schema.ts';
import { findSpeechLimit } from './spoken.ts';

/** Whether a matter is read on the screen and nothing is handed in. */
export function isRead({ kind }: Pick<Matter, 'kind'>): boolean {
  return kind === 'query' || kind === 'guide';
}

/** Whether something is handed in, so that a case comes of it: a matter that is only read or printed leaves none. */
export function isFiled(matter: Pick<Matter, 'kind'>): boolean {
  return !isRead(matter) && matter.kind !== 'print';
}

/** Whether a matter has no page of its own to start from: it opens the list of the person's cases or of guide pages. */
function opensAtOnce({ source }: Pick<Matter, 'source'>): boolean {
  return source === 'guides' || source === 'own-cases';
}

const kindFits: Rule = (matter) => {
  const { kind, source, certificate, bill, questions } = matter;
  const reads = isRead(matter);
  const filed = isFiled(matter);
  return [
    ...when(kind === 'guide' && source !== 'guides', 'source', 'a guide has the source guides'),
    ...when(kind === 'query' && source === undefined, 'source', 'a query needs a source'),
    ...when(!reads && source !== undefined, 'source', 'only a query or a guide has a source'),
    ...when(
      opensAtOnce(matter) && questions.length > 0,
      'questions',
      'are never asked: it opens where its source leads',
    ),
    ...when((kind === 'print') !== (certificate !== undefined), 'certificate', 'goes with the kind print'),
    ...when((kind === 'pay') !== (bill !== undefined), 'bill', 'goes with the kind pay'),
    ...when(filed && questions.length === 0, 'questions', 'there is nothing to file'),
    ...when(filed && matter.time === undefined, 'time', 'must say when to ask if nothing was heard'),
    ...when(
      kind === 'book' && !questions.some(({ type }) => type === 'slot'),
      'questions',
      'a booking asks for a slot',
    ),
  ];
};

/** A source that is asked of a person needs the person, one that is asked of nobody needs none. */
const sourceFits: Rule = ({ source, assurance, offline }) => {
  if (typeof source !== 'object') return [];
  const open = assurance === 'open';
  return [
    ...when('shared' in source && open, 'assurance', 'what is kept of a person needs their card'),
    ...when('local' in source !== (offline === 'full'), 'offline', 'full goes with a source that is here'),
  ];
};

/** Without network only a wish can be booked; paying and fetching need it. */
const offlineFits: Rule = ({ kind, offline, questions, certificate, bill, assurance }) => [
  ...when(
    bill !== undefined && bill.account === undefined && assurance === 'open',
    'bill.account',
    'without a card an account must be asked for',
  ),
  ...when(kind === 'pay' && offline !== 'online', 'offline', 'paying needs the network'),
  ...when(
    certificate?.shared !== undefined && offline !== 'online',
    'offline',
    'what is fetched for a certificate needs the network',
  ),
  ...questions.flatMap((question, index) =>
    question.type === 'slot'
      ? when(
          question.wish !== (offline === 'queue'),
          `questions[${index}].wish`,
          'a wish goes with the offline policy queue, and that with a wish',
        )
      : [],
  ),
];

const devicesFit: Rule = ({ kind, questions, devices }) => [
  ...when(
    kind === 'print' && !devices.includes('document-printer'),
    'devices',
    'a certificate needs the document-printer',
  ),
  ...when(
    questions.some(({ type, optional }) => type === 'voice' && !optional) && !devices.includes('microphone'),
    'devices',
    'a recording that must be made needs the microphone',
  ),
];

/** What is said needs somebody who listens: nobody does where no case comes of it, nor where an account is looked up. */
const somebodyListens: Rule = (matter) =>
  matter.questions.flatMap((question, index) => {
    if (question.type !== 'text') return [];
    const path = `questions[${index}].spoken`;
    const isLookedUp = !isFiled(matter) || matter.bill?.account === question.id;
    const mayBeSaid = findSpeechLimit(question) !== undefined;
    return [
      ...when(mayBeSaid && isLookedUp, path, 'must be false: nobody would listen to it'),
      ...when(
        !mayBeSaid && question.maxSeconds !== undefined,
        `questions[${index}].maxSeconds`,
        'goes with words that may be said',
      ),
    ];
  });

/** The question of this id, of one of these types, always asked where that is needed. */
function named(
  matter: Matter,
  id: string,
  path: string,
  types?: readonly Question['type'][],
): readonly RuleProblem[] {
  const question = matter.questions.find((other) => other.id === id);
  if (question === undefined) return [problem(path, `there is no question ${id}`)];
  return when(
    types !== undefined && !types.includes(question.type),
    path,
    `${id} must be of type ${types?.join(' or ')}`,
  );
}

const questionsAreThere: Rule = (matter) => [
  ...(matter.bill
    ? [
        ...(matter.bill.account ? named(matter, matter.bill.account, 'bill.account') : []),
        ...(matter.bill.amount ? named(matter, matter.bill.amount, 'bill.amount', ['amount']) : []),
      ]
    : []),
  ...matter.materials.flatMap(({ from }, index) => {
    const path = `materials[${index}].from.question`;
    if (from.by === 'photo') return named(matter, from.question, path, ['photo']);
    return from.by === 'declared' ? named(matter, from.question, path) : [];
  }),
  ...matter.shared.flatMap(({ fills }, index) =>
    Object.keys(fills).flatMap((id) => named(matter, id, `shared[${index}].fills.${id}`)),
  ),
  ...matter.bundle.flatMap(({ answers }, index) =>
    Object.values(answers).flatMap((id) => named(matter, id, `bundle[${index}].answers`)),
  ),
];

/** Whoever calls needs a number, a day, and nobody's secret on the list that they read. */
const callBackFits: Rule = ({ callBack, questions, time, private: isPrivate }) =>
  callBack === undefined
    ? []
    : [
        ...when(
          questions.filter(({ type, optional, when: on }) => type === 'phone' && !optional && !on).length !==
            1,
          'callBack',
          'goes with one telephone that is always asked',
        ),
        ...when(time === undefined, 'callBack', 'goes with a time'),
        ...when(isPrivate, 'callBack', 'a private matter stands on no list'),
      ];

/** The rules of kinds. */
export const KIND_RULES: readonly Rule[] = [
  ...[kindFits, sourceFits, offlineFits, devicesFit],
  ...[somebodyListens, questionsAreThere, callBackFits],
];
