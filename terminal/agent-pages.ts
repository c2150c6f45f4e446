/** The pages of village agents, and what they may ask: schemas alone, so that the screen imports the types. */
import { z } from 'zod';
import { AGENT_CODE } from '../sync/agent-contents.ts';
import { spokenSchema } from './page-parts.ts';

/** Who acts for whom, on every page of a visit in which an agent is signed in. Names are masked. */
export const actingSchema = z.object({
  agent: spokenSchema,
  /** Null while nobody's card was laid: nothing can be done then. */
  forWhom: spokenSchema.nullable(),
  /** The roster is over 30 days old. */
  stale: z.boolean(),
});

export const AGENT_PAGES = [
  /** Who helps. `signIn`: an agent may sign in from here. `acting`: one is signed in, alone or beside a resident. */
  z.object({
    kind: z.literal('agent'),
    signIn: z.boolean(),
    acting: z.enum(['alone', 'beside']).nullable(),
  }),
  z.object({
    kind: z.literal('agent-sign-in'),
    step: z.enum(['card', 'code', 'pin', 'new-pin', 'repeat-pin']),
    /** How the card it waits for is doing. */
    card: z.enum(['waiting', 'reading', 'trouble']),
    /** Whose matter stands half filled meanwhile; null where nobody's does. Masked. */
    beside: spokenSchema.nullable(),
    trouble: z
      .enum([
        ...(['no-roster', 'roster-ended', 'not-listed', 'revoked', 'expired'] as const),
        ...(['wrong', 'wait', 'not-registered', 'code-used', 'photo-unfit', 'store'] as const),
        ...(['weak-pin', 'not-same'] as const),
      ])
      .nullable(),
    waitSeconds: z.int(),
  }),
  /** An agent alone: it waits for a resident's card. */
  z.object({
    kind: z.literal('agent-desk'),
    reader: z.enum(['ready', 'reading', 'down']),
  }),
] as const;

/** What an agent asks for. */
export const agentCommandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('sign-in') }),
  /** The registration code, the first time at a machine. */
  z.object({ do: z.literal('code'), code: z.string().regex(AGENT_CODE) }),
  z.object({ do: z.literal('pin'), pin: z.string().regex(/^\d{6,12}$/) }),
  z.object({ do: z.literal('change-pin') }),
  /** The resident goes on alone, with everything as it stands. */
  z.object({ do: z.literal('hand-back') }),
  /** This resident is done: nothing of theirs stays, the agent does. */
  z.object({ do: z.literal('next-resident') }),
]);
export type AgentCommand = z.infer<typeof agentCommandSchema>;
