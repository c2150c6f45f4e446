/** A small sound matter as data, for tests to change and break. */
import { type Matter, matterSchema } from '../schema.ts';

const both = (zh: string, en: string) => ({ zh, en });

/** The data of a matter file `bench-repair.yaml` that has nothing wrong, with `changes` at the top level. */
export function sampleMatterData(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 'bench-repair',
    no: 900,
    version: 1,
    status: 'sample',
    name: {
      short: both('修长凳', 'Mend a bench'),
      official: both('公共长凳维修', 'Repair of public benches'),
    },
    department: '综合',
    category: 'feedback',
    kind: 'apply',
    private: false,
    icon: 'list',
    offline: 'queue',
    assurance: 'card',
    bases: [{ basis: 'self', label: both('给自己办', 'For myself'), evidence: [] }],
    route: ['village'],
    time: { workingDays: 3, hearWithinDays: 7 },
    gets: both('有人来修', 'Someone comes to mend it'),
    devices: ['card-reader'],
    cardFacts: ['name'],
    questions: [sampleQuestion('broken', 'yes-no')],
    ...changes,
  };
}

/** The data of a question with this id and type, and `extra` for what the type needs. */
export function sampleQuestion(
  id: string,
  type: string,
  extra: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { id, type, ask: both('是这样吗？', 'Is that so?'), label: both('答案', 'Answer'), ...extra };
}

/** Two choices, `red` and `blue`. */
export const SAMPLE_CHOICES = [
  { value: 'red', label: both('红', 'Red') },
  { value: 'blue', label: both('蓝', 'Blue') },
];

/** A parsed matter of {@link sampleMatterData}; throws when the schema refuses it. */
export function sampleMatter(changes: Readonly<Record<string, unknown>> = {}): Matter {
  return matterSchema.parse(sampleMatterData(changes));
}
