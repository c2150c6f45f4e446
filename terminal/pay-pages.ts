/** The pages on which a bill is paid: schemas alone, so that the screen imports the types. */
import { z } from 'zod';
import { cashOfPaymentSchema } from './cash-pages.ts';
import { matterHeadSchema, problemSchema, slipStateSchema } from './page-parts.ts';

const billSchema = z.object({
  /** Masked by the platform; nobody here knows more. */
  owner: z.string(),
  address: z.string().nullable(),
  period: z.string(),
  /** What would be paid; null where nothing is due. */
  amountFen: z.int().nullable(),
  /** `begun-here`: a payment of it was begun at this machine, and is shown again. */
  state: z.enum(['due', 'none', 'paid', 'being-paid', 'begun-here']),
  /** It may be paid with cash in the hand of the agent who acts. */
  forCash: z.boolean(),
});

export const PAY_PAGES = [
  /** Whose bill it is, and how much: before any code is shown. */
  z.object({
    kind: z.literal('bill'),
    head: matterHeadSchema,
    state: z.enum(['asking', 'found', 'unknown', 'offline', 'too-many', 'unavailable']),
    bills: z.array(billSchema),
    problem: problemSchema.nullable(),
  }),
  /** A payment, by the platform's word alone. */
  z.object({
    kind: z.literal('payment'),
    head: matterHeadSchema,
    /** `sending`: the case, or the order at the provider, is on its way. */
    state: z.enum([
      ...(['sending', 'open', 'paid', 'posted', 'unpaid', 'refunded'] as const),
      ...(['another', 'already-paid', 'amount-changed', 'no-bill'] as const),
    ]),
    /** The platform cannot be asked now: whether it was paid is not known here. */
    lost: z.boolean(),
    owner: z.string(),
    amountFen: z.int(),
    /** What a phone scans; null while nothing can be paid. */
    code: z.string().nullable(),
    secondsLeft: z.int(),
    receipt: z.string().nullable(),
    /** Of the case; the code beside it is null once a slip bears it, or at a later visit. */
    localNumber: z.string().nullable(),
    slipCode: z.string().nullable(),
    slip: slipStateSchema.nullable(),
    /** The cash that stands behind it; null where there is none. */
    cash: cashOfPaymentSchema.nullable(),
  }),
] as const;
