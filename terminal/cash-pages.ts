/** The pages on which an agent takes cash for a bill, and what may be asked there: schemas alone, for the screen. */
import { z } from 'zod';
import { matterHeadSchema, slipStateSchema, spokenSchema } from './page-parts.ts';

/** One of the two slips; its state is null while it was not wanted. `again`: it may be printed once more. */
const cashSlipSchema = z.object({ state: slipStateSchema.nullable(), again: z.boolean() });

/** On the page of a payment: cash that stands behind it. Names are masked. */
export const cashOfPaymentSchema = z.object({
  agent: spokenSchema,
  payer: spokenSchema,
  /** `to-return`: it was not paid, and the cash goes back. */
  state: z.enum(['held', 'paid', 'to-return', 'returned']),
  /** The agent who took it acts now, and may say that it went back. */
  mayReturn: z.boolean(),
  slips: z.object({ resident: cashSlipSchema, agent: cashSlipSchema }),
});

export const CASH_PAGES = [
  /** Before any cash is handed over: how much, to whom, and whether it may be taken. */
  z.object({
    kind: z.literal('cash'),
    head: matterHeadSchema,
    state: z.enum(['asking', 'ready', 'over', 'offline', 'unavailable', 'no-printer', 'no-agent']),
    /** Masked: of the account. */
    owner: z.string(),
    amountFen: z.int(),
    /** Null where the agent has signed out. */
    agent: spokenSchema.nullable(),
    payer: spokenSchema,
    /** What the agent took today, and may take; null until that is known. */
    today: z.object({ takenFen: z.int(), capFen: z.int() }).nullable(),
  }),
] as const;

/** What is asked for. */
export const cashCommandSchema = z.discriminatedUnion('do', [
  /** On the page of a bill: the one of those shown from 0 is paid with cash. */
  z.object({ do: z.literal('open'), index: z.int().min(0).max(50) }),
  /** The cash is in the agent's hand. */
  z.object({ do: z.literal('taken') }),
  /** Whether it may be taken is asked once more. */
  z.object({ do: z.literal('ask-again') }),
  /** The cash went back. */
  z.object({ do: z.literal('returned') }),
  /** One slip, once more. */
  z.object({ do: z.literal('print'), side: z.enum(['resident', 'agent']) }),
  /** To the payment of this resident whose cash is not settled. */
  z.object({ do: z.literal('resume') }),
]);
export type CashCommand = z.infer<typeof cashCommandSchema>;
