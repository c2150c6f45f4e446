import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadCatalog } from './load.ts';
import { filterRows, localDataSchema } from './local-data.ts';
import { questionSchema } from './schema.ts';
import { SAMPLE_CHOICES, sampleMatterData, sampleQuestion } from './testing/sample-matter.ts';

const both = (zh: string, en: string) => ({ zh, en });
const PENSION = {
  id: 'pension-benefit',
  name: both('养老金发放', 'Pension payments'),
  from: both('县人力社保局', 'County social insurance'),
  maxRecords: 24,
  parameters: { year: String.raw`(19|20)\d{2}` },
  fields: [
    { id: 'month', label: both('月份', 'Month'), type: 'month' },
    { id: 'amountFen', label: both('金额', 'Amount'), type: 'fen' },
  ],
};
const BUSES = {
  id: 'bus-times',
  name: both('班车', 'Buses'),
  from: both('县交通局', 'County transport bureau'),
  asOf: '2026-11-01',
  sample: true,
  fields: [
    { id: 'colour', label: both('颜色', 'Colour'), type: 'text' },
    { id: 'leaves', label: both('发车', 'Leaves'), type: 'text' },
    { id: 'stop', label: both('车站', 'Stop'), type: 'village' },
    { id: 'phone', label: both('电话', 'Phone'), type: 'phone' },
  ],
  rows: [
    { colour: 'red', leaves: '07:10', stop: null, phone: '057586120000' },
    { colour: both('蓝', 'Blue'), leaves: both('早上七点', 'Seven in the morning') },
  ],
  filter: ['colour'],
};
const QUERY = {
  ...{ kind: 'query', time: undefined, offline: 'online' },
  source: { shared: 'pension-benefit', consent: both('同意查', 'May be looked up') },
  questions: [
    sampleQuestion('year', 'quantity', {
      min: 2020,
      max: 2026,
      unit: { ...both('年', 'years'), enOne: 'year' },
    }),
  ],
};

/** The problems of a catalog with these files, each as `file path: words`. */
function problemsOf(files: Readonly<Record<string, object>>): readonly string[] {
  const texts: Record<string, string> = {
    'categories.yaml': '- { id: feedback, name: { zh: 反映问题, en: Report } }',
    'emergency.yaml': "- { name: { zh: 报警, en: Police }, phone: '110' }",
    'data-sets/pension-benefit.yaml': stringify(PENSION),
    'local-data/bus-times.yaml': stringify(BUSES),
  };
  for (const [name, data] of Object.entries(files))
    texts[name] = stringify(data, { aliasDuplicateObjects: false });
  const { problems } = loadCatalog({ names: Object.keys(texts), findText: (name) => texts[name] });
  return problems.map(({ file, path, words }) => `${file} ${path}: ${words}`);
}
const matterProblems = (changes: object) =>
  problemsOf({ 'matters/bench-repair.yaml': sampleMatterData({ ...changes }) });
const at = (words: string) => [`matters/bench-repair.yaml ${words}`];

describe('a file of what matters draw on', () => {
  it('is read, and named where it is broken', () => {
    expect(problemsOf({})).toEqual([]);
    const broken = (changes: object) =>
      problemsOf({ 'data-sets/pension-benefit.yaml': { ...PENSION, ...changes } })[0];
    expect(broken({ id: 'other-pension' })).toContain('id: the file must be other-pension.yaml');
    expect(broken({ parameters: { year: '(' } })).toContain('is no regular expression');
    expect(broken({ fields: [PENSION.fields[0], { ...PENSION.fields[0] }] })).toContain(
      'month is there twice',
    );
    expect(broken({ name: both('养老金', '养老金') })).toContain('name.en: is not English');
    expect(broken({ about: 'everyone' })).toContain('about');
  });

  it('of local data holds only what its fields say', () => {
    const broken = (row: object) =>
      problemsOf({ 'local-data/bus-times.yaml': { ...BUSES, rows: [...BUSES.rows, row] } });
    expect(broken({ colour: 5 })).toEqual([
      'local-data/bus-times.yaml rows[2].colour: is not of the type text',
    ]);
    expect(broken({ phone: 'call us' })[0]).toContain('is not of the type phone');
    expect(broken({ stop: '330624999999' })[0]).toContain('is not of the type village');
    expect(broken({ fare: 2 })[0]).toContain('is no field');
    expect(problemsOf({ 'local-data/bus-times.yaml': { ...BUSES, filter: ['line'] } })[0]).toContain(
      'no field line',
    );
  });
});

describe('a matter that draws on others', () => {
  it('asks of a source what the source takes', () => {
    expect(matterProblems(QUERY)).toEqual([]);
    expect(matterProblems({ ...QUERY, source: { ...QUERY.source, shared: 'pensions' } })).toEqual(
      at('source.shared: there is no data set pensions'),
    );
    expect(matterProblems({ ...QUERY, questions: [sampleQuestion('day', 'date')] })).toEqual(
      at('questions[0].id: day is no parameter of pension-benefit'),
    );
    expect(matterProblems({ ...QUERY, questions: [sampleQuestion('year', 'yes-no')] })).toEqual(
      at('questions[0].type: cannot be a parameter'),
    );
    expect(
      matterProblems({
        ...QUERY,
        questions: [sampleQuestion('year', 'one-of', { choices: SAMPLE_CHOICES })],
      }),
    ).toEqual(at('questions[0].choices: pension-benefit takes no red, blue'));
  });

  it('asks nobody’s consent for what is open, and somebody’s for what is kept of people', () => {
    const open = {
      ...QUERY,
      ...{ assurance: 'open', devices: [], cardFacts: [], source: { open: 'pension-benefit' } },
      bases: [{ basis: 'open', label: both('谁都可以', 'Anyone'), evidence: [] }],
    };
    expect(matterProblems(open)).toEqual(
      at('source.open: pension-benefit is kept of people, who must agree'),
    );
    const anyones = { 'data-sets/pension-benefit.yaml': { ...PENSION, about: 'anyone' } };
    const of = (changes: object) =>
      problemsOf({ ...anyones, 'matters/bench-repair.yaml': sampleMatterData({ ...changes }) });
    expect(of(open)).toEqual([]);
    expect(of({ ...open, questions: [] })).toEqual(at('source.open: its parameter year is not always asked'));
    expect(of(QUERY)).toEqual(at('source.shared: pension-benefit is about nobody'));
  });

  it('filters local data by what its rows have', () => {
    const local = {
      ...{ ...QUERY, offline: 'full', source: { local: 'bus-times' } },
      questions: [sampleQuestion('colour', 'one-of', { choices: SAMPLE_CHOICES })],
    };
    expect(matterProblems(local)).toEqual([]);
    expect(matterProblems({ ...local, questions: [] })).toEqual(
      at('questions: bus-times is filtered by colour'),
    );
    const green = [...SAMPLE_CHOICES, { value: 'green', label: both('绿', 'Green') }];
    expect(
      matterProblems({ ...local, questions: [sampleQuestion('colour', 'one-of', { choices: green })] }),
    ).toEqual(at('questions[0].choices: no row of bus-times has green'));
    expect(matterProblems({ ...local, questions: [sampleQuestion('colour', 'signature')] })).toEqual(
      at('questions[0].type: no row of bus-times can have such an answer'),
    );
  });

  it('fills a question from a field that can answer it', () => {
    const filled = (fills: object, questions = [sampleQuestion('since', 'month')]) =>
      matterProblems({
        questions,
        shared: [{ dataSet: 'pension-benefit', consent: both('同意', 'Yes'), fills }],
      });
    expect(filled({ since: 'month' })).toEqual([]);
    expect(filled({ since: 'began' })).toEqual(
      at('shared[0].fills.since: pension-benefit has no field began'),
    );
    expect(filled({ since: 'amountFen' })).toEqual(
      at('shared[0].fills.since: a month cannot be filled by a field of the type fen'),
    );
  });

  it('offers beside its question a telephone, and nothing else', () => {
    const beside = (fills: object, question: ReturnType<typeof sampleQuestion>) =>
      matterProblems({
        questions: [question],
        shared: [{ dataSet: 'pension-benefit', consent: both('同意', 'Yes'), fills, beside: true }],
      });
    expect(beside({ since: 'month' }, sampleQuestion('since', 'month'))).toEqual(
      at('shared[0].beside: only a telephone is offered beside its question'),
    );
    expect(beside({ phone: 'month' }, sampleQuestion('phone', 'phone'))).toEqual(
      at('shared[0].fills.phone: a phone cannot be filled by a field of the type month'),
    );
  });

  it('names templates, materials and other matters that are there', () => {
    const material = { id: 'proof', name: both('证明', 'Proof'), from: { by: 'shared', dataSet: 'proofs' } };
    expect(matterProblems({ materials: [material] })).toEqual(
      at('materials[0].from.dataSet: there is no data set proofs'),
    );
    expect(matterProblems({ bundle: [{ matter: 'lamp' }] })).toEqual(
      at('bundle[0].matter: there is no matter lamp'),
    );
    const lamp = (more: object) =>
      problemsOf({
        'matters/bench-repair.yaml': sampleMatterData({
          bundle: [{ matter: 'lamp', answers: { lit: 'broken' } }],
        }),
        'matters/lamp.yaml': sampleMatterData({ id: 'lamp', no: 9_998, ...more }),
      });
    const [lit, when] = [sampleQuestion('lit', 'yes-no'), sampleQuestion('lit', 'date')];
    expect(lamp({ questions: [lit] })).toEqual([]);
    expect(lamp({ questions: [when] })).toEqual(
      at('bundle[0].answers.lit: a date cannot be answered by a yes-no'),
    );
    expect(lamp({ questions: [sampleQuestion('dim', 'yes-no')] })).toEqual(
      at('bundle[0].answers.lit: lamp has no such question'),
    );
    expect(lamp({ ...QUERY, questions: [], source: 'own-cases' })).toContain(
      at('bundle[0].matter: lamp is not filed')[0],
    );
    const print = { kind: 'print', questions: [], devices: ['card-reader', 'document-printer'] };
    expect(matterProblems({ ...print, certificate: { template: 'poster' } })).toEqual(
      at('certificate.template: there is no template poster'),
    );
    const plate = {
      ...{ id: 'plate', name: both('牌', 'Plate') },
      paper: { stock: 'special', name: both('牌纸', 'Plate paper'), orientation: 'landscape' },
      blocks: [{ block: 'title' }, { block: 'facts' }, { block: 'proof' }],
    };
    const plated = (devices: readonly string[], paper: object = plate.paper) =>
      problemsOf({
        'templates/plate.yaml': { ...plate, paper },
        'matters/bench-repair.yaml': sampleMatterData({
          ...{ ...print, offline: 'online' },
          devices: [...print.devices, ...devices],
          certificate: { template: 'plate', shared: { dataSet: 'proofs', consent: both('同意', 'Agreed') } },
        }),
      });
    const onSpecial = 'devices: special-paper goes with a template on such paper: plate is on';
    expect(plated([])).toContainEqual(at(`${onSpecial} special`)[0]);
    expect(plated(['special-paper'])).not.toContainEqual(at(`${onSpecial} special`)[0]);
    expect(plated(['special-paper'], { ...plate.paper, stock: 'plain' })).toContainEqual(
      at(`${onSpecial} plain`)[0],
    );
  });

  it('says by a field of yes and no which records may be printed', () => {
    const printed = (ready: string) =>
      problemsOf({
        'data-sets/deeds.yaml': {
          ...{ id: 'deeds', name: both('证', 'Deeds'), from: both('县里', 'The county'), maxRecords: 3 },
          fields: [
            { id: 'place', label: both('坐落', 'Place'), type: 'text' },
            { id: 'ready', label: both('可以打', 'Ready'), type: 'yes-no' },
          ],
        },
        'matters/bench-repair.yaml': sampleMatterData({
          ...{
            kind: 'print',
            questions: [],
            devices: ['card-reader', 'document-printer'],
            offline: 'online',
          },
          certificate: {
            template: 'poster',
            shared: { dataSet: 'deeds', consent: both('同意', 'Agreed'), ready },
          },
        }),
      }).filter((words) => JSON.stringify(words).includes('shared.ready'));
    expect(printed('ready')).toEqual([]);
    expect(printed('place')).toEqual(at('certificate.shared.ready: place is of the type text, not yes-no'));
    expect(printed('done')).toEqual(at('certificate.shared.ready: deeds has no field done'));
  });
});

describe('rows of local data', () => {
  const data = localDataSchema.parse(BUSES);
  const colour = questionSchema.parse(sampleQuestion('colour', 'one-of', { choices: SAMPLE_CHOICES }));

  it('are found by a choice’s value or by its words, all of them where nothing was chosen', () => {
    const found = (answers: Readonly<Record<string, string>>) => filterRows(data, [colour], answers).length;
    expect([
      found({ colour: 'red' }),
      found({ colour: 'blue' }),
      found({ colour: 'green' }),
      found({}),
    ]).toEqual([1, 1, 0, 2]);
  });
});
