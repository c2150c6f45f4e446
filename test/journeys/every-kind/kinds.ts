/**
 * Matters made from the schema: for each kind those that ask every type of question which the rules let a matter of
 * that kind ask. Which these are is not written down: it is found by trying each.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadCatalog } from '../../../catalog/load.ts';
import { type Matter, matterSchema, type Question, questionSchema } from '../../../catalog/schema.ts';
import { ANSWERING } from './answering.ts';

type Kind = Matter['kind'];
type Type = Question['type'];
type Files = Readonly<Record<string, unknown>>;

/** Every kind, and every type of question, as the schema has them. */
export const KINDS: readonly Kind[] = matterSchema.shape.kind.options;
export const TYPES: readonly Type[] = questionSchema.options.map(({ shape }) => shape.type.value);

/** What an answer is to its matter: handed in or printed, what a source is asked with, said beside that, or what rows must have. */
type Role = 'answer' | 'parameter' | 'beside' | 'filter';

interface Placed {
  readonly type: Type;
  readonly role: Role;
}

/** A matter that can ask questions in these roles. */
interface Shape {
  readonly kind: Kind;
  readonly name: string;
  readonly category: 'handing-in' | 'reading';
  readonly roles: readonly Role[];
  /** Types it must ask anyway. */
  readonly always: readonly Type[];
  /** What makes it one of its kind. */
  readonly says: (placed: readonly Placed[]) => Readonly<Record<string, unknown>>;
  /** What it names of other files. */
  readonly needs?: (placed: readonly Placed[]) => Files;
}

const both = (zh: string, en: string) => ({ zh, en });
const TIME = { workingDays: 5, hearWithinDays: 10 };
const NONE: readonly Type[] = [];
const handsIn = { category: 'handing-in', roles: ['answer'], always: NONE } as const;
const reads = { category: 'reading', always: NONE } as const;
const OPEN_DATA = 'trial-register';
const LOCAL_DATA = 'trial-places';
const PAPER = 'trial-paper';
/** What is read of local data. */
export const LOCAL_PLACE = '样例亭';
/** The only page of the guide. */
export const GUIDE_TITLE = '样样怎么看';

/** By kind, the ways a matter of it can be made; a kind without a line here does not compile. */
const SHAPES: Readonly<Record<Kind, readonly Omit<Shape, 'kind'>[]>> = {
  apply: [{ ...handsIn, name: '样样申请', says: () => ({ offline: 'queue', time: TIME }) }],
  report: [{ ...handsIn, name: '样样反映', says: () => ({ offline: 'full', time: TIME }) }],
  book: [{ ...handsIn, always: ['slot'], name: '样样预约', says: () => ({ offline: 'online', time: TIME }) }],
  pay: [
    {
      ...{ ...handsIn, name: '样样缴费' },
      says: () => ({ offline: 'online', time: TIME, bill: { biller: 'trial-fees' } }),
    },
  ],
  print: [
    {
      ...{ ...reads, roles: ['answer'], name: '样样打印' },
      says: () => ({ offline: 'full', certificate: { template: PAPER } }),
      needs: () => ({ [`templates/${PAPER}.yaml`]: TEMPLATE }),
    },
  ],
  query: [
    {
      ...{ ...reads, roles: ['parameter', 'beside'], name: '样样查询' },
      says: (placed) => ({ offline: 'online', source: { open: OPEN_DATA }, bases: basesWith(placed) }),
      needs: (placed) => ({ [`data-sets/${OPEN_DATA}.yaml`]: openData(placed) }),
    },
    {
      ...{ ...reads, roles: ['filter'], name: '样样本地查' },
      says: () => ({ offline: 'full', source: { local: LOCAL_DATA } }),
      needs: (placed) => ({ [`local-data/${LOCAL_DATA}.yaml`]: localData(placed) }),
    },
  ],
  guide: [
    {
      ...{ ...reads, roles: ['answer'], name: '样样指南' },
      says: () => ({
        ...{ offline: 'full', source: 'guides' },
        guide: [{ id: 'how-trial', title: both(GUIDE_TITLE, 'How to look'), body: [both('看就行', 'Look')] }],
      }),
    },
  ],
};

const TEMPLATE = {
  ...{ id: PAPER, name: both('样样的纸', 'Sample paper') },
  blocks: [
    { block: 'title' },
    { block: 'words', words: '{name}在{place}打印。' },
    { block: 'pictures', widthMm: 60 },
  ],
};

const SELF = { basis: 'self', label: both('给我自己办', 'For myself'), evidence: [] };

/** What is said beside is evidence, where it can be such: of whoever acts for another. */
function basesWith(placed: readonly Placed[]): readonly object[] {
  const types = new Set(placed.filter(({ role }) => role === 'beside').map(({ type }) => type));
  const evidence = [
    ...(types.has('person-card') ? [{ type: 'subject-card', question: idOf('person-card') }] : []),
    ...(types.has('photo') ? [{ type: 'document', question: idOf('photo') }] : []),
  ];
  const family = { basis: 'family', label: both('给家里人办', 'For my family'), evidence };
  return evidence.length > 0 ? [SELF, family] : [SELF];
}

/** A register open to anyone, which says what it was asked with. */
function openData(placed: readonly Placed[]): object {
  const ids = placed.filter(({ role }) => role === 'parameter').map(({ type }) => idOf(type));
  const fields = ids.map((id) => ({ id, label: both('查的', 'Asked'), type: 'text' }));
  return {
    ...{ id: OPEN_DATA, name: both('样样的册子', 'Sample register'), from: both('样例处', 'Sample office') },
    ...{ about: 'anyone', maxRecords: 3, parameters: Object.fromEntries(ids.map((id) => [id, '.{1,60}'])) },
    fields: [{ id: 'place', label: both('地方', 'Place'), type: 'text' }, ...fields],
  };
}

/** One place, which has the answers. */
function localData(placed: readonly Placed[]): object {
  const answers = placed.map(({ type }) => [idOf(type), ANSWERING[type].value?.('2026-11-22')] as const);
  const typed = answers.map(([id, value]) => ({
    ...{ id, label: both('问的', 'Asked') },
    type: typeof value === 'boolean' ? 'yes-no' : 'text',
  }));
  return {
    ...{ id: LOCAL_DATA, name: both('样样的地方', 'Sample places'), from: both('样例处', 'Sample office') },
    ...{ asOf: '2026-11-01', sample: true, filter: answers.map(([id]) => id) },
    fields: [{ id: 'place', label: both('地方', 'Place'), type: 'text' }, ...typed],
    rows: [
      {
        place: LOCAL_PLACE,
        ...Object.fromEntries(answers.map(([id, value]) => [id, String(value) === 'false' ? false : value])),
      },
    ],
  };
}

/** The id of the question of that type; also a name that fields of records can have. */
export function idOf(type: Type): string {
  return type.replaceAll('-', '');
}

const DEVICES = ['card-reader', 'document-camera', 'code-scanner', 'microphone'];

function matterData({ kind, name, category, says }: Shape, placed: readonly Placed[], no: number): object {
  const said = says(placed);
  return {
    ...{ id: `trial-${no}`, no, version: 1, status: 'sample', department: '综合', category, kind },
    name: { short: both(name, `Sample ${no}`), official: both(`${name}的样事项`, `Sample matter ${no}`) },
    ...{ private: false, icon: 'list', assurance: 'card', bases: [SELF], route: ['town'] },
    gets: both('只是试一试', 'Only tried out'),
    devices: kind === 'print' ? [...DEVICES, 'document-printer'] : DEVICES,
    questions: placed.map(({ type }) => questionData(type, said.offline === 'queue')),
    ...said,
  };
}

function questionData(type: Type, isQueued: boolean): object {
  const no = String(TYPES.indexOf(type) + 1).padStart(2, '0');
  const words = both(`${no} 号题`, `Question ${no}`);
  const wish = type === 'slot' ? { wish: isQueued } : {};
  return { id: idOf(type), type, ask: words, label: words, ...ANSWERING[type].asks, ...wish };
}

function filesOf(made: readonly { readonly shape: Shape; readonly placed: readonly Placed[] }[]): Files {
  const matters = made.map(({ shape, placed }, index) => [
    `matters/trial-${900 + index}.yaml`,
    matterData(shape, placed, 900 + index),
  ]);
  return {
    'categories.yaml': [
      { id: 'handing-in', name: both('交上去的', 'Handed in') },
      { id: 'reading', name: both('看一看的', 'Read') },
    ],
    'emergency.yaml': [{ name: both('报警', 'Police'), phone: '110' }],
    ...Object.fromEntries(matters),
    ...Object.assign({}, ...made.map(({ shape, placed }) => shape.needs?.(placed) ?? {})),
  };
}

function catalogOf(files: Files) {
  const texts = new Map(Object.entries(files).map(([name, data]) => [name, JSON.stringify(data)]));
  return { texts, ...loadCatalog({ names: [...texts.keys()], findText: (name) => texts.get(name) }) };
}

/** Where a matter of that shape may ask that type, if anywhere: as the first role in which nothing is wrong with it. */
function findRole(shape: Shape, type: Type): Role | undefined {
  return shape.roles.find((role) => {
    const placed = [...new Set([...shape.always, type])].map((each) => ({ type: each, role }));
    return catalogOf(filesOf([{ shape, placed }])).problems.length === 0;
  });
}

/** A catalog with the fewest matters that ask, in each kind, every type it may ask. */
export interface EveryKind {
  readonly matters: readonly Matter[];
  readonly problems: readonly unknown[];
  /** The category in which a matter is found. */
  findCategory(matter: Matter): string | undefined;
  /** Writes its files to a folder of their own, whose path it returns. */
  write(): string;
}

export function everyKind(): EveryKind {
  const made = KINDS.flatMap((kind) => {
    let left = TYPES;
    return SHAPES[kind].map((rest) => {
      const shape = { kind, ...rest };
      const placed = left.flatMap((type) => {
        const role = findRole(shape, type);
        return role === undefined ? [] : [{ type, role }];
      });
      left = left.filter((type) => !placed.some((one) => one.type === type));
      return { shape, placed };
    });
  });
  const { texts, matters, problems, categories } = catalogOf(filesOf(made));
  return {
    matters,
    problems,
    findCategory: ({ category }) => categories.find(({ id }) => id === category)?.name.zh,
    write() {
      const folder = mkdtempSync(join(tmpdir(), 'yizhan-kinds-'));
      for (const [name, text] of texts) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      return folder;
    },
  };
}
