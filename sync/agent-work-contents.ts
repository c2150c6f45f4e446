/** What an agent says of their own work: the sums of a day, a call they promised, that it was made. As data, for both sides. */
import { z } from 'zod';

const id: z.ZodType<Uint8Array> = z
  .instanceof(Uint8Array)
  .refine((value) => value.length === 16, 'must be 16 bytes');
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.int().nonnegative();

/** `audit.agent-day`: what a day came to, as it was printed. Counts and money alone, of nobody. */
export const agentDayContentSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('audit.agent-day'),
  submissionId: id,
  agentId: id,
  day: isoDate,
  filed: count,
  supplemented: count,
  withdrawn: count,
  collected: count,
  promised: count,
  called: count,
  cashTakenFen: count,
  cashReturnedFen: count,
});

/** `call-back.promised`: an agent will call the resident of this case, by the end of `day`. Its `submissionId` names it. */
export const callBackPromisedSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('call-back.promised'),
  submissionId: id,
  agentId: id,
  caseId: id,
  localNumber: z.string().max(32),
  day: isoDate,
});

/** `call-back.done`: the call was made. */
export const callBackDoneSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('call-back.done'),
  submissionId: id,
  agentId: id,
  callBackId: id,
});

/**
 * `audit.repair`: whoever looks after a machine asks for a repair. `part` is a device's name, or `screen`, `network`, `power`, `other`;
 * `fault` why it does not work as it says itself, else `broken`. `agentId` is null where the caretaker's PIN was given.
 */
export const repairContentSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('audit.repair'),
  submissionId: id,
  part: z.string().regex(/^[a-z0-9-]{1,40}$/),
  fault: z.string().regex(/^[a-z0-9-]{1,40}$/),
  agentId: id.nullable(),
});
