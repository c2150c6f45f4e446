/** How a certificate is laid out on A4, as data: blocks from top to bottom, filled with what was fetched and asked. */
import { z } from 'zod';
import { type RuleProblem, when } from './rule-problem.ts';
import { slug, textSchema } from './words.ts';

/** What words of a template may name; each stands in braces: `{name}`. */
export const PLACEHOLDERS = [
  ...(['name', 'number', 'purpose', 'from', 'asOf', 'today', 'place', 'count'] as const),
  /** The answer to the question `which`: which of its papers a matter prints. */
  'which',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Chinese words with placeholders: certificates are Chinese, whatever language the screen spoke. */
const template = z
  .string()
  .min(1)
  .max(400)
  .refine(
    (words) =>
      [...words.matchAll(/\{(\w*)\}/g)].every(([, name]) => PLACEHOLDERS.includes(name as Placeholder)),
    `names something other than ${PLACEHOLDERS.join(', ')}`,
  );

const blockSchema = z.discriminatedUnion('block', [
  /** What it is, large: the matter's official name unless `words` say otherwise. */
  z.strictObject({ block: z.literal('title'), words: template.optional() }),
  /** A paragraph; only where there are records, or none, when `only` says so; in the middle where it is `centred`. */
  z.strictObject({
    block: z.literal('words'),
    words: template,
    only: z.enum(['records', 'nothing']).optional(),
    centred: z.boolean().optional(),
  }),
  /** Of whom it speaks: name and number. */
  z.strictObject({ block: z.literal('person') }),
  /** The fields of each record, line by line. */
  z.strictObject({ block: z.literal('facts') }),
  /** All records as a table, a column each field. */
  z.strictObject({ block: z.literal('table') }),
  /** The photographs taken in this visit, one below the other, each in a card's true size. */
  z.strictObject({ block: z.literal('pictures'), widthMm: z.number().min(20).max(180) }),
  /** What it is for, across the page, so that it serves nothing else. */
  z.strictObject({ block: z.literal('watermark'), words: template }),
  /** Number, date, where from, and the code by which anyone can check it. */
  z.strictObject({ block: z.literal('proof') }),
]);
export type CertificateBlock = z.infer<typeof blockSchema>;

/**
 * The sheet it is printed on. `special` is paper of the state, which is counted and kept under lock: only a cabinet that
 * declares it prints such a template, and nothing printed on it is more than one sheet.
 */
const paperSchema = z.strictObject({
  stock: z.enum(['plain', 'special']),
  /** What stands on its package. */
  name: textSchema,
  orientation: z.enum(['portrait', 'landscape']),
});
export type CertificatePaper = z.infer<typeof paperSchema>;

const PLAIN: CertificatePaper = {
  stock: 'plain',
  name: { zh: 'A4 纸', en: 'A4 paper' },
  orientation: 'portrait',
};

export const certificateTemplateSchema = z.strictObject({
  id: slug,
  name: textSchema,
  paper: paperSchema.default(PLAIN),
  blocks: z.array(blockSchema).min(1).max(20),
});
/** A template. */
export type CertificateTemplate = z.infer<typeof certificateTemplateSchema>;

/** Whether what was fetched stands on it: such a template goes with shared data, and any other without. */
export function saysFetched({ blocks }: CertificateTemplate): boolean {
  return blocks.some(({ block }) => block === 'facts' || block === 'table');
}

/** Whether it has words for a person of whom the source has nothing: without them nothing is printed then. */
export function saysNothing({ blocks }: CertificateTemplate): boolean {
  return blocks.some((block) => block.block === 'words' && block.only === 'nothing');
}

/** What goes together in a template: what was fetched can be checked by whoever gets the paper. */
export function findTemplateProblems(template: CertificateTemplate): readonly RuleProblem[] {
  const has = (name: CertificateBlock['block']) => template.blocks.some(({ block }) => block === name);
  const fetched = saysFetched(template);
  return [
    ...when(fetched !== has('proof'), 'blocks', 'what was fetched goes with a proof, and a proof with it'),
    ...when(fetched === has('pictures'), 'blocks', 'either what was fetched stands there, or pictures'),
    ...when(
      template.paper.stock === 'special' && (!fetched || saysNothing(template)),
      'paper',
      'paper of the state bears what was fetched, and never that there is nothing',
    ),
  ];
}
