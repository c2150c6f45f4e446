/**
 * A person's cases as any machine of the county is told of them, on the mark of the card that lies there: what is under
 * way, and what is asked for of it. Flat records, as answers of the platform hold them: one for each thing asked for, one
 * where nothing is named.
 */
import { z } from 'zod';
import { findHex, toHex } from '../base/bytes.ts';
import { type Ask, type AskedItem, askedItemSchema } from './progress-parts.ts';

/** How a case that nobody decided stands. */
const statusSchema = z.enum(['received', 'accepted', 'supplement', 'supplemented']);

/** A case that was handed in with the card, wherever that was. */
export interface CaseThere {
  /** 16 bytes. */
  readonly caseId: Uint8Array;
  readonly matterId: string;
  readonly localNumber: string;
  /** The code of its slip, for the slip of what is supplied. */
  readonly slipCode: string;
  readonly submittedMs: number;
  /** The village, by name. */
  readonly place: string;
  readonly status: z.infer<typeof statusSchema>;
  /** What is asked for now; null where nothing is. */
  readonly asked: { readonly askedMs: number; readonly ask: Ask } | null;
}

/** As many records as one answer holds: whole cases alone, the newest first. */
export const MOST_RECORDS = 40;

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const recordSchema = z.object({
  case: z.string().regex(/^[0-9a-f]{32}$/),
  matter: z.string().regex(/^[a-z0-9-]{1,64}$/),
  number: z.string().regex(/^\d{12}$/),
  code: z.string().regex(/^\d{6}$/),
  submittedMs: z.int(),
  place: z.string().min(1).max(40),
  status: statusSchema,
  /** The time of the progress that asked; null where nothing is asked for. */
  askedMs: z.int().nullable(),
  by: isoDate.nullable(),
  note: z.string().max(500).nullable(),
  /** One thing that is asked for; all null where it stands in the words alone. */
  itemOf: z.string().nullable(),
  itemId: z.string().nullable(),
  itemZh: z.string().nullable(),
  itemEn: z.string().nullable(),
});

/** One record of the answer. */
export type CaseThereRecord = z.infer<typeof recordSchema>;

/** The names of what a record holds. */
export const CASE_THERE_FIELDS = Object.keys(recordSchema.shape);

/** A case as records. */
export function recordsOfCase(one: CaseThere): readonly CaseThereRecord[] {
  const { caseId, matterId, localNumber, slipCode, submittedMs, place, status, asked } = one;
  const about = {
    ...{ case: toHex(caseId), matter: matterId, number: localNumber, code: slipCode },
    ...{ submittedMs, place, status, askedMs: asked?.askedMs ?? null, by: asked?.ask.by ?? null },
  };
  const nothing = { itemOf: null, itemId: null, itemZh: null, itemEn: null };
  const [first, ...others] = (asked?.ask.items ?? []).map(itemFields);
  // What staff wrote is said once.
  return [
    { ...about, note: asked?.ask.note ?? null, ...(first ?? nothing) },
    ...others.map((item) => ({ ...about, note: null, ...item })),
  ];
}

/** The cases that records tell of, in their order; nothing where one of them makes no sense. */
export function findCasesThere(records: readonly unknown[]): readonly CaseThere[] | undefined {
  const read = z.array(recordSchema).max(MOST_RECORDS).safeParse(records);
  if (!read.success) return undefined;
  const byCase = new Map<string, CaseThereRecord[]>();
  for (const record of read.data) byCase.set(record.case, [...(byCase.get(record.case) ?? []), record]);
  const cases = [...byCase.values()].map(findCase);
  return cases.every((one) => one !== undefined) ? cases : undefined;
}

function findCase(records: readonly CaseThereRecord[]): CaseThere | undefined {
  const [first] = records;
  const caseId = findHex(first?.case ?? '');
  if (first === undefined || caseId === undefined) return undefined;
  const items = records.flatMap(findItem);
  const isWhole = first.itemId === null ? records.length === 1 : items.length === records.length;
  if (!isWhole) return undefined;
  const { matter: matterId, number: localNumber, code: slipCode, submittedMs, place, status } = first;
  const { askedMs, by, note } = first;
  const asked = askedMs === null || status !== 'supplement' ? null : { askedMs, ask: { items, by, note } };
  return { caseId, matterId, localNumber, slipCode, submittedMs, place, status, asked };
}

function itemFields({ of, id, label }: AskedItem) {
  return { itemOf: of, itemId: id, itemZh: label.zh, itemEn: label.en };
}

function findItem({ itemOf, itemId, itemZh, itemEn }: CaseThereRecord): AskedItem[] {
  const read = askedItemSchema.safeParse({ of: itemOf, id: itemId, label: { zh: itemZh, en: itemEn } });
  return read.success ? [read.data] : [];
}
