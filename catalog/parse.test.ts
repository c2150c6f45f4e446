import { describe, expect, it } from 'vitest';
import { parseCategories, parseDataSet, parseEmergencyNumbers, parseMatter } from './parse.ts';
import { SAMPLE_CHOICES, sampleMatterData, sampleQuestion } from './testing/sample-matter.ts';

const FILE = 'bench-repair.yaml';
const text = (zh: string, en: string) => ({ zh, en });

/** `path: words` of every problem; empty when the matter is sound. */
function problemsOf(changes: Readonly<Record<string, unknown>>, fileName = FILE): readonly string[] {
  const parsed = parseMatter(sampleMatterData(changes), fileName, { categoryIds: new Set(['feedback']) });
  return parsed.ok ? [] : parsed.error.map(({ path, words }) => `${path}: ${words}`);
}

const family = (evidence: unknown) => [{ basis: 'family', label: text('给家人办', 'For family'), evidence }];
const yesNo = (id: string, when?: unknown) => sampleQuestion(id, 'yes-no', when ? { when } : {});
const date = (extra = {}) => sampleQuestion('day', 'date', extra);
const code = (extra = {}) => sampleQuestion('paper', 'code', { maxLength: 20, ...extra });
const deadline = { question: 'day', leadHours: 24, offlineHours: 24, phone: '12345' };
const open = {
  assurance: 'open',
  bases: [{ basis: 'open', label: text('不用卡', 'No card'), evidence: [] }],
  devices: [],
  cardFacts: [],
};

describe('a sound matter', () => {
  it.each([
    ['as it is', {}],
    ['by a code from the phone too', { phoneCode: true }],
    ['open to anyone', open],
    ['private, with neutral words', { private: true, neutral: text('一件事项', 'One matter') }],
    ['with a deadline', { questions: [date()], deadline }],
    [
      'with a code, and the scanner among the devices',
      { questions: [code()], devices: ['card-reader', 'code-scanner'] },
    ],
    ['with a code that may be typed, and no scanner', { questions: [code({ typed: true })] }],
    [
      'with a photograph, and its camera among the devices',
      {
        questions: [sampleQuestion('paper', 'photo', { of: 'document' })],
        devices: ['card-reader', 'document-camera'],
      },
    ],
  ])('is taken %s', (_name, changes) => {
    expect(problemsOf(changes)).toEqual([]);
  });
});

describe('what the schema refuses', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a field it does not know', { colour: 'red' }, ': Unrecognized key'],
    ['a missing translation', { gets: { zh: '有' } }, 'gets.en: '],
    ['an empty translation', { gets: text('有', '') }, 'gets.en: '],
    ['script in text', { gets: text('<script>有</script>', 'Yes') }, 'gets.zh: '],
    ['a printer command in text', { gets: text('有\u001b@', 'Yes') }, 'gets.zh: '],
    ['text that turns its direction', { gets: text('有', 'Yes\u202eoN') }, 'gets.en: '],
    ['an unknown kind', { kind: 'wish' }, 'kind: '],
    ['no basis', { bases: [] }, 'bases: '],
    ['an unknown type of question', { questions: [sampleQuestion('a-b', 'mood')] }, 'questions[0].type: '],
    ['an id that is no slug', { questions: [yesNo('__proto__')] }, 'questions[0].id: '],
    ['a private neighbour of a prototype', { __proto__: null, constructor: 1 }, ': Unrecognized key'],
  ])('%s', (_name, changes, start) => {
    const problems = problemsOf(changes);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.startsWith(start), problems[0]).toBe(true);
  });

  it.each([null, undefined, 7, 'text', [], new Map()])('%s instead of a matter', (data) => {
    expect(parseMatter(data, FILE).ok).toBe(false);
  });
});

describe('what the rules refuse', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a question twice', { questions: [yesNo('aa'), yesNo('aa')] }, 'questions[1].id: aa is there twice'],
    [
      'a choice twice',
      { questions: [sampleQuestion('aa', 'one-of', { choices: [...SAMPLE_CHOICES, ...SAMPLE_CHOICES] })] },
      'questions[0].choices[2].value: red is there twice',
    ],
    [
      'a condition on no question',
      { questions: [yesNo('aa', { question: 'zz', is: true })] },
      'questions[0].when.question: there is no zz',
    ],
    [
      'a condition on itself',
      { questions: [yesNo('aa', { question: 'aa', is: true })] },
      'questions[0].when.question: aa is not asked before it: it would wait for ever',
    ],
    [
      'a circle of conditions',
      {
        questions: [
          yesNo('aa', { not: { question: 'cc', is: true } }),
          yesNo('bb', { question: 'aa', is: true }),
          yesNo('cc', { all: [{ question: 'bb', is: true }] }),
        ],
      },
      'questions[0].when.not.question: cc is not asked before it: it would wait for ever',
    ],
    [
      'a condition that can never be met',
      { questions: [yesNo('aa'), yesNo('bb', { any: [{ question: 'aa', is: 'yes' }] })] },
      'questions[1].when.any[0].is: aa can have no such answer',
    ],
    [
      'a condition on another basis',
      { questions: [yesNo('aa', { basis: 'heir' })] },
      'questions[0].when.basis: heir is no basis of this matter',
    ],
    [
      'limits the wrong way round',
      { questions: [date({ minDays: 3, maxDays: 1 })] },
      'questions[0]: its lowest limit is above its highest',
    ],
    [
      'a code that can only be scanned where no scanner is needed',
      { questions: [code()] },
      'devices: paper can only be scanned and so needs the code-scanner',
    ],
    [
      'a code that cannot be long enough',
      { questions: [code({ typed: true, pattern: [{ of: 'digits', min: 21, max: 30 }] })] },
      'questions[0].maxLength: is shorter than its pattern',
    ],
    [
      'a photograph that must be taken where no camera is needed',
      { questions: [sampleQuestion('paper', 'photo', { of: 'document' })] },
      'devices: paper must be answered, so its camera is needed: document-camera',
    ],
    [
      'more photographs than a case can carry',
      {
        questions: Array.from({ length: 17 }, (_, at) =>
          sampleQuestion(`paper-${at}`, 'photo', { of: 'scene', optional: true }),
        ),
      },
      'questions: more than 16 of them are photographs, signatures or words that may be said',
    ],
    [
      'evidence that is not asked',
      { bases: family([{ type: 'relation', question: 'zz' }]) },
      'bases[0].evidence[0].question: there is no question zz',
    ],
    [
      'evidence of another type',
      { bases: family([{ type: 'subject-card', question: 'broken' }]) },
      'bases[0].evidence[0].question: broken must be of type person-card',
    ],
    [
      'evidence that is asked only sometimes',
      {
        bases: family([{ type: 'declaration', question: 'agreed' }]),
        questions: [
          yesNo('aa'),
          sampleQuestion('agreed', 'declaration', { when: { question: 'aa', is: true } }),
        ],
      },
      'bases[0].evidence[0].question: agreed is evidence and so must always be asked on this basis',
    ],
    [
      'a number of somebody whose name nobody asks',
      {
        bases: family([{ type: 'number', question: 'child-number' }]),
        questions: [sampleQuestion('child-number', 'id-number')],
      },
      'bases[0].evidence[0].question: child-number stands for somebody without a card, whose name must be asked too',
    ],
    [
      'acting for another without evidence',
      { bases: family([]) },
      'bases[0].evidence: to act for another person, something must stand as evidence',
    ],
    [
      'a deadline that is no date',
      { deadline: { ...deadline, question: 'broken' } },
      'deadline.question: must be a date that is always asked',
    ],
    [
      'a deadline that may be left out',
      { questions: [date({ optional: true })], deadline },
      'deadline.question: must be a date that is always asked',
    ],
    [
      'a time that is shorter than its levels take',
      {
        route: [
          { level: 'village', workingDays: 2 },
          { level: 'town', workingDays: 3 },
        ],
        time: { workingDays: 4, hearWithinDays: 9 },
      },
      'time.workingDays: is 4, but the levels of the route take 5',
    ],
    [
      'a private matter that a code from the phone would open',
      { private: true, neutral: text('一件事项', 'One matter'), phoneCode: true },
      'phoneCode: goes with a matter that is handed in by card, and is not private',
    ],
    [
      'a matter of proof that a code from the phone would open',
      { assurance: 'card+proof', phoneCode: true },
      'phoneCode: goes with a matter that is handed in by card, and is not private',
    ],
    [
      'a code from the phone where nobody acts for themselves',
      {
        bases: family([{ type: 'relation', question: 'broken' }]),
        phoneCode: true,
      },
      'phoneCode: is for whoever hands it in for themselves',
    ],
    [
      'a private matter without neutral words',
      { private: true },
      'neutral: a private matter needs neutral words',
    ],
    [
      'a private matter on home',
      { private: true, neutral: text('一件事项', 'One matter'), likely: { order: 1 } },
      'likely: a private matter never stands on home',
    ],
    ['an unknown category', { category: 'weather' }, 'category: there is no category weather'],
    [
      'card facts without a card',
      { ...open, cardFacts: ['name'] },
      'cardFacts: nothing is known without a card',
    ],
    ['a card without its reader', { devices: [] }, 'devices: a card needs the card reader'],
    ['a guide without pages', { kind: 'guide' }, 'source: a guide has the source guides'],
    [
      'questions where nothing is asked',
      { kind: 'query', source: 'own-cases' },
      'questions: are never asked: it opens where its source leads',
    ],
    ['nothing to file', { questions: [] }, 'questions: there is nothing to file'],
    ['no word on when to ask', { time: undefined }, 'time: must say when to ask if nothing was heard'],
    [
      'a name longer than its tile',
      { name: { short: text('九个字的名字太长了', 'Nine'), official: text('名', 'Name') } },
      'name.short.zh: has more than 8 characters',
    ],
    ['Chinese where English stands', { cost: text('不收钱', '不收钱') }, 'cost.en: is not English'],
    ['English where Chinese stands', { cost: text('Free', 'Free') }, 'cost.zh: is not Chinese'],
  ])('%s', (_name, changes, problem) => {
    expect(problemsOf(changes)).toContain(problem);
  });

  it('a file under another name', () => {
    expect(problemsOf({}, 'other.yaml')).toEqual(['id: the file must be bench-repair.yaml']);
  });

  it('everything at once, each with its place', () => {
    expect(problemsOf({ category: 'weather', private: true, devices: [] })).toHaveLength(3);
  });
});

describe('data that is no plain data', () => {
  it('is refused when it goes round in a circle', () => {
    const condition: Record<string, unknown> = {};
    condition.not = condition;
    expect(problemsOf({ questions: [yesNo('aa', condition)] })).toEqual([
      ': is nested too deep, or in a circle',
    ]);
  });

  it('is refused when it is too much', () => {
    expect(problemsOf({ questions: Array.from({ length: 30_000 }, () => 0) })).toEqual([': holds too much']);
  });
});

describe('the lists beside the matters', () => {
  it('refuse a category twice', () => {
    const one = { id: 'bills', name: text('缴费', 'Bills') };
    expect(parseCategories([one], 'categories.yaml').ok).toBe(true);
    expect(parseCategories([one, one], 'categories.yaml').ok).toBe(false);
  });

  it('refuse an emergency number with letters', () => {
    const name = text('报警', 'Police');
    expect(parseEmergencyNumbers([{ name, phone: '110' }], 'emergency.yaml').ok).toBe(true);
    expect(parseEmergencyNumbers([{ name, phone: '1I0' }], 'emergency.yaml').ok).toBe(false);
  });
});

describe('a data set', () => {
  const parsed = (parameters: Readonly<Record<string, string>>) =>
    parseDataSet(
      {
        ...{
          id: 'meters',
          name: text('电表', 'Meters'),
          from: text('供电所', 'Power office'),
          maxRecords: 1,
        },
        ...{ fields: [{ id: 'kwh', label: text('度数', 'Units'), type: 'text' }], parameters },
      },
      'meters.yaml',
    );

  it('takes parameters of its own names, and none that says something else in every question', () => {
    expect(parsed({ account: '[0-9]{10}' })).toMatchObject({ ok: true });
    expect(parsed({ certificates: '.*' })).toEqual({
      ok: false,
      error: [{ file: 'meters.yaml', path: 'parameters.certificates', words: expect.any(String) }],
    });
  });
});
