/** Fields of records: of shared data that a source keeps, and of data that came with the catalog. */
import { z } from 'zod';
import { findDateStartMs } from '../base/calendar.ts';
import { phoneText } from './phone.ts';
import { findVillage, findVillageText } from './places.ts';
import { dateText, same, yearMonthText, yuanText } from './text.ts';
import { type Text, textSchema } from './words.ts';

/** What a field of a source's record holds; the same as a query's answer carries (docs/protocol.md, "Shared data"). */
export const sharedFieldTypeSchema = z.enum(['text', 'date', 'month', 'fen', 'count', 'yes-no', 'tail']);
/** What a field of local data holds: those, a telephone number, or a village of the county by its 12-digit code. */
export const localFieldTypeSchema = z.enum([...sharedFieldTypeSchema.options, 'phone', 'village']);
export type FieldType = z.infer<typeof localFieldTypeSchema>;

/** The name of a field within its record. */
export const fieldIdSchema = z.string().regex(/^[a-z][A-Za-z0-9-]{0,63}$/);

/** A value of one field, as it goes on to a terminal; null where the source has none. */
export type FieldValue = string | number | boolean | null;

/** A field as it is shown. */
export interface Field {
  readonly id: string;
  readonly label: Text;
  readonly type: FieldType;
}

/** A field of local data as its file writes it. */
export const localFieldSchema = z.strictObject({
  id: fieldIdSchema,
  label: textSchema,
  type: localFieldTypeSchema,
});

/** A field of shared data as its file writes it. */
export const sharedFieldSchema = localFieldSchema.extend({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  type: sharedFieldTypeSchema,
});

const isInt = (value: unknown) => Number.isSafeInteger(value);
const isLike = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

const FITS: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  // One line: no control characters.
  text: isLike(/^[^\p{Cc}]{1,200}$/u),
  date: (value) => typeof value === 'string' && findDateStartMs(value) !== undefined,
  month: isLike(/^\d{4}-(0[1-9]|1[0-2])$/),
  fen: isInt,
  count: (value) => isInt(value) && Number(value) >= 0,
  'yes-no': (value) => typeof value === 'boolean',
  // A source that sends the whole number has sent too much.
  tail: isLike(/^[0-9A-Z]{4}$/),
  phone: isLike(/^\d{3,12}$/),
  village: (value) => typeof value === 'string' && findVillage(value) !== undefined,
};

/** Whether a value is one of this type; null always is. */
export function fitsField(type: FieldType, value: unknown): value is FieldValue {
  return value === null || FITS[type](value);
}

/** A value as people read it; a value that is not there is a dash. */
export function describeField(type: FieldType, value: FieldValue): Text {
  if (value === null) return same('—');
  switch (type) {
    case 'date':
      return dateText(String(value));
    case 'month':
      return yearMonthText(String(value));
    case 'fen':
      return yuanText(Number(value));
    case 'yes-no':
      return value === true ? { zh: '是', en: 'Yes' } : { zh: '不是', en: 'No' };
    case 'tail':
      return same(`**** ${value}`);
    case 'phone':
      return same(phoneText(String(value)));
    case 'village':
      return findVillageText(String(value)) ?? same(String(value));
    case 'text':
    case 'count':
      return same(String(value));
  }
}
