/**
 * Records made up for a data set: plausible, always the same for the same person, so that every query of the catalog
 * answers on a developer's machine. What people of `people.yaml` have written down for them stands before it.
 */
import { addDays, addMonths, isoDate } from '../../../base/calendar.ts';
import type { Field, FieldValue } from '../../../catalog/data-field.ts';
import type { DataSet } from '../../../catalog/data-set.ts';

/** Of whom records are made up; null for what is open to anyone. */
export type MadeUpFor = { readonly number: string; readonly name: string } | null;

/** Nobody's: an area that no county bears, and the specimen. Nothing is made up of anybody else. */
export const SAMPLE_NUMBER = /^(330699\d{11}[\dX]|11010519491231002X)$/;

/** One in so many has nothing in a data set, so that this too can be seen. */
const NOTHING_IN = 7;
const MOST_RECORDS = 12;

/** Words for fields that many data sets have, by the field's id. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  address: ['浙江省样例县沙溪镇董村 12 号', '浙江省样例县沙溪镇董村 31 号'],
  bank: ['浙江农商银行', '中国邮政储蓄银行', '中国农业银行'],
  bankState: ['已激活', '没有激活'],
  course: ['大学语文', '管理学', '计算机基础'],
  employer: ['样例县示例轴承厂', '样例县示例茶业公司'],
  grade: ['甲', '乙', '合格'],
  issuer: ['县里的发证机关'],
  level: ['二级', '三级'],
  phone: ['13900000000'],
  place: ['样例县'],
  relation: ['本人', '配偶', '子女'],
  result: ['通过', '合格'],
  school: ['样例县示例中学', '样例县示例小学'],
  score: ['92', '85', '78', '合格'],
  state: ['正常', '正常', '办理中'],
  status: ['正常', '正常', '办理中'],
  subject: ['语文', '数学', '英语', '科学'],
  town: ['沙溪镇'],
  unit: ['样例县示例单位'],
};

/** The records, as a source would have them; `parameters` are what was asked for. */
export function madeUpRecords(
  dataSet: DataSet,
  who: MadeUpFor,
  parameters: Readonly<Record<string, string>>,
  nowMs: number,
): readonly Readonly<Record<string, FieldValue>>[] {
  const seed = `${dataSet.id}/${who?.number ?? ''}/${JSON.stringify(Object.entries(parameters).sort())}`;
  const pick = (what: string, below: number) => pickBelow(`${seed}/${what}`, below);
  if (who !== null && pick('nothing', NOTHING_IN) === 0) return [];
  const count = 1 + pick('count', Math.min(dataSet.maxRecords, MOST_RECORDS));
  return Array.from({ length: count }, (_, nth) =>
    Object.fromEntries(
      dataSet.fields.map((field) => {
        const asked = findAsked(field, parameters[field.id]);
        const value =
          asked ?? valueFor(field, { dataSet, who, nth, today: todayIn(parameters, nowMs), pick });
        return [field.id, value];
      }),
    ),
  );
}

/** The day the records lead up to: the end of the year that was asked for, where one was. */
function todayIn({ year }: Readonly<Record<string, string>>, nowMs: number): string {
  const today = isoDate(nowMs);
  return year !== undefined && /^\d{4}$/.test(year) && year < today.slice(0, 4) ? `${year}-12-20` : today;
}

/** A parameter that names a field is that field's value, unless it is only the name of a choice. */
function findAsked({ type }: Field, asked: string | undefined): FieldValue | undefined {
  if (asked === undefined) return undefined;
  if (type === 'text') return /^[a-z-]+$/.test(asked) ? undefined : asked;
  if (type === 'date' || type === 'month') return asked;
  return type === 'count' && /^\d{1,15}$/.test(asked) ? Number(asked) : undefined;
}

interface Making {
  readonly dataSet: DataSet;
  readonly who: MadeUpFor;
  /** The newest is 0. */
  readonly nth: number;
  readonly today: string;
  readonly pick: (what: string, below: number) => number;
}

function valueFor({ id, type, label }: Field, making: Making): FieldValue {
  const { nth, today, pick } = making;
  const here = `${id}/${nth}`;
  switch (type) {
    case 'date':
      return /to$|end|until|due/i.test(id)
        ? addDays(today, 200 + pick(id, 900))
        : addDays(today, -30 * nth - pick(id, 25) - 1);
    case 'month':
      return addMonths(today, -1 - nth);
    case 'fen':
      return 100 * (60 + pick(id, 400)) + 10 * pick(here, 90);
    case 'count':
      return /year/i.test(id) ? Number(today.slice(0, 4)) - nth : 1 + pick(here, 30);
    case 'yes-no':
      return pick(here, 4) > 0;
    case 'tail':
      return String(1000 + pick(id, 9000));
    default:
      return textOf(id, label.zh, making);
  }
}

function textOf(id: string, label: string, { dataSet, who, nth, pick }: Making): string {
  if (id === 'name') return who?.name ?? dataSet.name.zh;
  if (id === 'kind' || id === 'what') return dataSet.name.zh;
  const words = WORDS[id];
  return words?.[(pick(id, words.length) + nth) % words.length] ?? `示例${label}${nth === 0 ? '' : nth + 1}`;
}

/** A number from 0 up to below `below`, always the same for the same seed. */
function pickBelow(seed: string, below: number): number {
  // FNV-1a, its bits mixed once more: close seeds must not give close numbers.
  let hash = 0x811c9dc5;
  for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % below;
}
