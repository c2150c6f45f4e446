/** An agent's own pages: what is to be done, and what today came to. Schemas alone, so that the screen imports the types. */
import { z } from 'zod';
import { textSchema } from '../catalog/schema.ts';
import { listItemSchema } from '../sync/agent-list.ts';
import { spokenSchema } from './page-parts.ts';

/** Parts of a machine that an agent may ask a repair for from their own desk. */
export const REPAIR_PARTS = [
  ...(['card-reader', 'slip-printer'] as const),
  ...(['screen', 'network', 'power', 'other'] as const),
] as const;

/** One thing to be done, as its line and its page show it. */
const workItemSchema = z.object({
  /** Names it on this page. */
  ref: z.string(),
  why: listItemSchema.shape.why,
  /** Neutral where the matter is private. */
  name: textSchema,
  /** The resident, masked. */
  who: spokenSchema,
  localNumber: z.string().nullable(),
  /** ISO date; null where no day is set. */
  day: z.string().nullable(),
  /** The day is over. */
  late: z.boolean(),
});
export type WorkItem = z.infer<typeof workItemSchema>;

export const AGENT_WORK_PAGES = [
  /** What is to be done, what is late first. `madeMs` null: no list has come yet. */
  z.object({
    kind: z.literal('agent-list'),
    madeMs: z.number().nullable(),
    items: z.array(workItemSchema),
    /** What this agent handed in at this machine and the platform refused, on the first page of the list alone. */
    refused: z.array(
      z.object({
        name: textSchema,
        localNumber: z.string().nullable(),
        atMs: z.number(),
        /** Why, as journal.md "Receipt" numbers it. */
        outcome: z.int(),
      }),
    ),
    /** Pages of it, from 0. */
    page: z.int(),
    pages: z.int(),
  }),
  z.object({
    kind: z.literal('agent-item'),
    item: workItemSchema,
    words: z.string().nullable(),
    owner: z.string().nullable(),
    reader: z.enum(['ready', 'reading', 'down']),
  }),
  /** What of the machine is to be repaired; `asked` in this visit. */
  z.object({
    kind: z.literal('agent-repair'),
    parts: z.array(z.object({ part: z.enum(REPAIR_PARTS), asked: z.boolean() })),
  }),
  /** What today came to. Numbers and counts, of nobody. */
  z.object({
    kind: z.literal('agent-day'),
    /** ISO date. */
    day: z.string(),
    filed: z.array(z.object({ name: textSchema, count: z.int(), numbers: z.array(z.string()) })),
    supplemented: z.int(),
    withdrawn: z.int(),
    collected: z.int(),
    promised: z.int(),
    called: z.int(),
    /** `openFen`: of whatever day, neither paid nor given back, as far as this machine knows. */
    cash: z.object({ takenFen: z.int(), returnedFen: z.int(), openFen: z.int() }).nullable(),
    slip: z.enum(['none', 'no-printer', 'printing', 'printed', 'not-printed', 'unknown']),
  }),
] as const;

/** Whether a call will be made by the end of the day after so many days. */
export const CALL_BACK_DAYS = [0, 1, 2, 7] as const;

/** What an agent asks for of their own work. */
export const AGENT_WORK_COMMANDS = [
  z.object({ do: z.literal('open-list') }),
  z.object({ do: z.literal('list-page'), page: z.int().min(0).max(20) }),
  z.object({ do: z.literal('open-item'), ref: z.string().max(64) }),
  z.object({ do: z.literal('open-repair') }),
  z.object({ do: z.literal('order-repair'), part: z.enum(REPAIR_PARTS) }),
  z.object({ do: z.literal('open-day') }),
  z.object({ do: z.literal('print-day') }),
  /** On the page of a case, beside its resident. */
  z.object({ do: z.literal('promise-call'), days: z.union(CALL_BACK_DAYS.map((days) => z.literal(days))) }),
  /** On the page of a call-back: it was made. */
  z.object({ do: z.literal('called') }),
] as const;
export type AgentWorkCommand = z.infer<(typeof AGENT_WORK_COMMANDS)[number]>;
