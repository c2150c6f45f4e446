/** What a schema cannot say: how the parts of one matter fit together. */
import { findConditionProblems } from './condition-rules.ts';
import { visibleQuestions } from './conditions.ts';
import { entrustFits } from './entrust.ts';
import { isFiled, KIND_RULES } from './kind-rules.ts';
import { CAMERAS_FOR, MOST_FILES } from './photo.ts';
import { plainIsPlain } from './plain-words.ts';
import { problem, type Rule, type RuleProblem, when } from './rule-problem.ts';
import type { Category, Matter, Question, Text } from './schema.ts';
import { findSpeechLimit } from './spoken.ts';

/** Everything wrong with a matter that already fits the schema; empty when it is sound. */
export function findRuleProblems(
  matter: Matter,
  fileName: string,
  categoryIds?: ReadonlySet<Category['id']>,
): readonly RuleProblem[] {
  const problems = RULES.flatMap((rule) => rule(matter));
  if (fileName !== `${matter.id}.yaml`) problems.unshift(problem('id', `the file must be ${matter.id}.yaml`));
  if (categoryIds !== undefined && !categoryIds.has(matter.category))
    problems.push(problem('category', `there is no category ${matter.category}`));
  return problems;
}

/** Where an entry repeats an earlier one. */
function repeated(values: readonly string[], path: (index: number) => string): readonly RuleProblem[] {
  return values.flatMap((value, index) =>
    when(values.indexOf(value) !== index, path(index), `${value} is there twice`),
  );
}

const idsDiffer: Rule = (matter) => [
  ...repeated(
    matter.questions.map(({ id }) => id),
    (index) => `questions[${index}].id`,
  ),
  ...repeated(
    matter.bases.map(({ basis }) => basis),
    (index) => `bases[${index}].basis`,
  ),
  ...repeated(
    matter.guide.map(({ id }) => id),
    (index) => `guide[${index}].id`,
  ),
  ...repeated(matter.cardFacts, (index) => `cardFacts[${index}]`),
  ...matter.questions.flatMap((question, index) =>
    'choices' in question
      ? repeated(
          question.choices.map(({ value }) => value),
          (choice) => `questions[${index}].choices[${choice}].value`,
        )
      : [],
  ),
];

/** The lowest and the highest of what a question takes, where it has such. */
function limitsOf(question: Question): readonly (number | undefined)[] {
  switch (question.type) {
    case 'quantity':
    case 'members':
      return [question.min, question.max];
    case 'date':
      return [question.minDays, question.maxDays];
    case 'month':
      return [question.minMonths, question.maxMonths];
    case 'amount':
      return [question.minFen, question.maxFen];
    default:
      return [];
  }
}

const limitsInOrder: Rule = (matter) => [
  ...matter.questions.flatMap((question, index) => {
    const [low, high] = limitsOf(question);
    const wrong = low !== undefined && high !== undefined && low > high;
    return when(wrong, `questions[${index}]`, 'its lowest limit is above its highest');
  }),
  ...[...matter.eligibility, ...(matter.likely ? [matter.likely] : [])].flatMap((age) =>
    when(
      (age.minAgeYears ?? 0) > (age.maxAgeYears ?? 120),
      'eligibility',
      'its lowest age is above its highest',
    ),
  ),
];

const conditionsFit: Rule = (matter) =>
  matter.questions.flatMap((question, index) =>
    question.when === undefined
      ? []
      : findConditionProblems(matter, index, question.when, `questions[${index}].when`),
  );

/** Which type of question can stand as which evidence. */
const EVIDENCE_TYPE = {
  'subject-card': 'person-card',
  relation: 'one-of',
  declaration: 'declaration',
  /** The subject has no card to lay: a child, or someone who died. Their name is asked beside it. */
  number: 'id-number',
  document: 'photo',
} as const;

const evidenceIsAsked: Rule = (matter) =>
  matter.bases.flatMap(({ basis, evidence }, at) => [
    ...evidence.flatMap(({ type, question: id }, index) => {
      const path = `bases[${at}].evidence[${index}].question`;
      const question = matter.questions.find((other) => other.id === id);
      if (question === undefined) return [problem(path, `there is no question ${id}`)];
      return [
        ...when(question.type !== EVIDENCE_TYPE[type], path, `${id} must be of type ${EVIDENCE_TYPE[type]}`),
        ...when(question.optional, path, `${id} is evidence and so cannot be optional`),
        ...when(
          !visibleQuestions(matter, basis, {}).includes(question),
          path,
          `${id} is evidence and so must always be asked on this basis`,
        ),
        ...when(
          type === 'number' &&
            !visibleQuestions(matter, basis, {}).some((one) => one.type === 'name' && !one.optional),
          path,
          `${id} stands for somebody without a card, whose name must be asked too`,
        ),
      ];
    }),
    ...when(
      ['family', 'guardian', 'heir'].includes(basis) && evidence.length === 0,
      `bases[${at}].evidence`,
      'to act for another person, something must stand as evidence',
    ),
  ]);

const deadlineIsADate: Rule = (matter) => {
  if (matter.deadline === undefined) return [];
  const question = matter.questions.find(({ id }) => id === matter.deadline?.question);
  const wrong = question?.type !== 'date' || question.optional || question.when !== undefined;
  return when(wrong, 'deadline.question', 'must be a date that is always asked');
};

/** A code that can only be scanned needs the scanner, and says so before anyone starts. */
const codesCanBeRead: Rule = (matter) =>
  matter.questions.flatMap((question, index) => {
    if (question.type !== 'code') return [];
    const least = (question.pattern ?? []).reduce(
      (sum, part) => sum + ('exactly' in part ? part.exactly.length : part.min),
      0,
    );
    const mustScan = !question.typed && !question.optional;
    return [
      ...when(least > question.maxLength, `questions[${index}].maxLength`, 'is shorter than its pattern'),
      ...when(
        mustScan && !matter.devices.includes('code-scanner'),
        'devices',
        `${question.id} can only be scanned and so needs the code-scanner`,
      ),
    ];
  });

const privateIsNeutral: Rule = (matter) => [
  ...when(matter.private && matter.neutral === undefined, 'neutral', 'a private matter needs neutral words'),
  ...when(!matter.private && matter.neutral !== undefined, 'neutral', 'only a private matter has them'),
  ...when(matter.private && matter.likely !== undefined, 'likely', 'a private matter never stands on home'),
];

const openNeedsNoCard: Rule = (matter) => {
  const bases = matter.bases.map(({ basis }) => basis);
  const open = matter.assurance === 'open';
  return [
    ...when(
      open !== (bases.length === 1 && bases[0] === 'open'),
      'bases',
      'assurance open goes with the basis open alone, and that with it',
    ),
    ...when(open && matter.cardFacts.length > 0, 'cardFacts', 'nothing is known without a card'),
    ...when(open && matter.eligibility.length > 0, 'eligibility', 'no age is known without a card'),
    ...when(open && matter.devices.includes('card-reader'), 'devices', 'an open matter needs no card reader'),
    ...when(!open && !matter.devices.includes('card-reader'), 'devices', 'a card needs the card reader'),
  ];
};

/**
 * A code from the phone says name and number and no more: it opens nothing private, nothing that is proved, nothing that is
 * only read or printed, and takes the place of nobody else's card.
 */
const phoneCodeFits: Rule = (matter) => [
  ...when(
    matter.phoneCode === true && (matter.private || matter.assurance !== 'card' || !isFiled(matter)),
    'phoneCode',
    'goes with a matter that is handed in by card, and is not private',
  ),
  ...when(
    matter.phoneCode === true && !matter.bases.some(({ basis }) => basis === 'self'),
    'phoneCode',
    'is for whoever hands it in for themselves',
  ),
];

/** A photograph that must be taken cannot be taken everywhere: that is to be said before anyone starts. */
const photosHaveCameras: Rule = (matter) => {
  const photos = matter.questions.filter((question) => question.type === 'photo');
  const must = photos.filter(({ optional }) => !optional);
  const files = matter.questions.filter(
    (question) =>
      question.type === 'photo' || question.type === 'signature' || findSpeechLimit(question) !== undefined,
  );
  return [
    ...must.flatMap(({ id, of }) =>
      when(
        !CAMERAS_FOR[of].some((camera) => matter.devices.includes(camera)),
        'devices',
        `${id} must be answered, so its camera is needed: ${CAMERAS_FOR[of].join(' or ')}`,
      ),
    ),
    ...when(
      files.length > MOST_FILES,
      'questions',
      `more than ${MOST_FILES} of them are photographs, signatures or words that may be said`,
    ),
  ];
};

/** How long words may be so that they fit their place on the screen, in characters of each language. */
const WORD_LIMITS = {
  tile: { zh: 8, en: 24 },
  ask: { zh: 28, en: 90 },
  label: { zh: 12, en: 32 },
  aside: { zh: 40, en: 110 },
} as const;

const wordsFit: Rule = (matter) => [
  ...wordProblems(matter.name.short, 'name.short', 'tile'),
  ...matter.bases.flatMap((basis, index) => wordProblems(basis.label, `bases[${index}].label`, 'label')),
  ...matter.questions.flatMap((question, index) => {
    const path = `questions[${index}]`;
    return [
      ...wordProblems(question.ask, `${path}.ask`, 'ask'),
      ...wordProblems(question.label, `${path}.label`, 'label'),
      ...(question.help ? wordProblems(question.help, `${path}.help`, 'aside') : []),
      ...('choices' in question ? question.choices : []).flatMap((choice, at) => [
        ...wordProblems(choice.label, `${path}.choices[${at}].label`, 'label'),
        ...(choice.help ? wordProblems(choice.help, `${path}.choices[${at}].help`, 'aside') : []),
      ]),
    ];
  }),
];

function wordProblems(text: Text, path: string, place: keyof typeof WORD_LIMITS): readonly RuleProblem[] {
  return (['zh', 'en'] as const).flatMap((language) =>
    when(
      [...text[language]].length > WORD_LIMITS[place][language],
      `${path}.${language}`,
      `has more than ${WORD_LIMITS[place][language]} characters`,
    ),
  );
}

/** Every pair of words, wherever it stands: English holds no Chinese characters, Chinese holds some. */
const languagesInPlace: Rule = (matter) => findMisplaced(matter, '');

/** Pairs of words whose languages are not in their places, anywhere in `value`, which stands at `path`. */
export function findMisplaced(value: unknown, path: string): readonly RuleProblem[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && 'en' in value)
    return [
      ...when(!/\p{Script=Han}/u.test(String(value.zh)), `${path}.zh`, 'is not Chinese'),
      ...when(/\p{Script=Han}/u.test(String(value.en)), `${path}.en`, 'is not English'),
    ];
  return Object.entries(value).flatMap(([key, part]) =>
    findMisplaced(part, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
  );
}

/** Who is told when it is done must not be told less than its levels take one after the other. */
const daysAddUp: Rule = ({ route, time }) => {
  const days = route.map(({ workingDays }) => workingDays);
  if (time === undefined || days.some((each) => each === undefined)) return [];
  const sum = days.reduce<number>((all, each) => all + (each ?? 0), 0);
  return when(
    sum !== time.workingDays,
    'time.workingDays',
    `is ${time.workingDays}, but the levels of the route take ${sum}`,
  );
};

/** It looks at any of the questions, since all are answered by then. */
const countyWhenFits: Rule = (matter) =>
  matter.countyWhen === undefined
    ? []
    : findConditionProblems(matter, matter.questions.length, matter.countyWhen, 'countyWhen');

const RULES: readonly Rule[] = [
  idsDiffer,
  limitsInOrder,
  conditionsFit,
  countyWhenFits,
  evidenceIsAsked,
  deadlineIsADate,
  codesCanBeRead,
  entrustFits,
  privateIsNeutral,
  openNeedsNoCard,
  phoneCodeFits,
  photosHaveCameras,
  ...KIND_RULES,
  wordsFit,
  plainIsPlain,
  daysAddUp,
  languagesInPlace,
];
