/**
 * Orders that a machine answers, and its answers, as data (protocol.md "Orders that are answered"). An order travels
 * unsealed in a signed page of the feed, so nothing in it names a person; its end is the item's own `expires`.
 */
import { z } from 'zod';
import { REASON_LIMIT } from './feed-contents.ts';

const id = z.instanceof(Uint8Array).refine((value) => value.length === 16, 'must be 16 bytes');
const said = z
  .string()
  .refine(
    (text) => text.trim() !== '' && text.length <= REASON_LIMIT,
    `must be 1 to ${REASON_LIMIT} characters`,
  );
/** When: as soon as nobody stands there, or at once, whoever does. */
const when = z.enum(['vacant', 'now']);

/** The content of kind 13. */
export const machineOrderContentSchema = z.discriminatedUnion('kind', [
  z.looseObject({ schema: z.literal(1), kind: z.literal('machine.restart'), when }),
  /** All programs of the machine and its screen, by whoever starts them; `machine.restart` is of the terminal's alone. */
  z.looseObject({ schema: z.literal(1), kind: z.literal('machine.restart-all'), when }),
  /** `paper`: printers print their test page, too. */
  z.looseObject({ schema: z.literal(1), kind: z.literal('machine.self-test'), paper: z.boolean() }),
  z.looseObject({ schema: z.literal(1), kind: z.literal('machine.diagnostics') }),
  /** Out of service until it is unlocked, with the reason that villagers read. */
  z.looseObject({
    schema: z.literal(1),
    kind: z.literal('machine.lock'),
    when,
    reason: z.looseObject({ zh: said, en: said }),
  }),
  z.looseObject({ schema: z.literal(1), kind: z.literal('machine.unlock') }),
]);
export type MachineOrderContent = z.infer<typeof machineOrderContentSchema>;

/** What became of an order. */
export const orderOutcomeSchema = z.enum(['done', 'expired', 'failed']);
export type OrderOutcome = z.infer<typeof orderOutcomeSchema>;

/** One device of a self-test's report: names and states as drivers/api.ts has them. */
const resultSchema = z.looseObject({
  device: z.string(),
  passed: z.boolean(),
  state: z.string(),
  reason: z.string().nullable(),
});

/** What a self-test that was ordered found. */
export const orderReportSchema = z.looseObject({
  atMs: z.int(),
  software: z.string(),
  clockTrusted: z.boolean(),
  freeBytes: z.int().nullable(),
  owed: z.int().nonnegative(),
  results: z.array(resultSchema),
});
export type OrderReport = z.infer<typeof orderReportSchema>;

/**
 * `audit.machine-order`: what became of the order that the feed's item `orderId` brought. `why` is a code of ours where
 * it was not done. A bundle of diagnostics is the entry's only attachment.
 */
export const machineOrderAnswerSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('audit.machine-order'),
  orderId: id,
  order: z.string().max(64),
  outcome: orderOutcomeSchema,
  why: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .nullable(),
  report: orderReportSchema.nullish(),
});
export type MachineOrderAnswer = z.infer<typeof machineOrderAnswerSchema>;

/** The media type of a bundle of diagnostics. */
export const DIAGNOSTICS_TYPE = 'application/vnd.yizhan.diagnostics+json';
