/** The pages of village agents, and what they may ask: schemas alone, so that the screen imports the types. */
import { z } from 'zod';
import { textSchema } from '../catalog/schema.ts';
import { AGENT_CODE } from '../sync/agent-contents.ts';
import { AGENT_WORK_COMMANDS, AGENT_WORK_PAGES } from './agent-work-pages.ts';
import { agentNoticeSchema } from './notice-pages.ts';
import { caseLineSchema, matterTileSchema, spokenSchema, thereStateSchema } from './page-parts.ts';

/** Who acts for whom, on every page of a visit in which an agent is signed in. Names are masked. */
export const actingSchema = z.object({
  agent: spokenSchema,
  /** Null while nobody's card was laid: nothing can be done then. */
  forWhom: spokenSchema.nullable(),
  /** The last day of the recorded authority they act on, an ISO date; null on a card. */
  authorityUntil: z.string().nullable(),
  /** The roster is over 30 days old. */
  stale: z.boolean(),
});

export const AGENT_PAGES = [
  /** Who helps. `signIn`: an agent may sign in from here. `acting`: one is signed in, alone or beside a resident. */
  z.object({
    kind: z.literal('agent'),
    signIn: z.boolean(),
    acting: z.enum(['alone', 'beside']).nullable(),
    /** The resident who is here may entrust them. */
    entrusts: z.boolean(),
    /** Cash that this agent took of this resident and that is not settled, in fen; null where there is none. */
    openCashFen: z.int().nullable(),
    /**
     * The wish to be called that can be made from here, by its matter; `before` is one that is open, `said` what was said of
     * it. Null beside an agent.
     */
    call: z
      .object({ matterId: z.string(), before: caseLineSchema.nullable(), said: z.string().nullable() })
      .nullable(),
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
    /** How much is on the agent's list, and how much of it is late; null before a list has come. */
    work: z.object({ items: z.int(), late: z.int() }).nullable(),
    /** What was filed since they signed in, and what is offered first to the next resident. */
    sitting: z.object({ done: z.int(), again: textSchema.nullable() }),
    reader: z.enum(['ready', 'reading', 'down']),
    /** Emergencies in force. */
    notices: z.array(agentNoticeSchema),
    /** How many are not here for whom they may act all the same. */
    absent: z.int(),
    /** Whether those are known who entrusted them at other machines. */
    absentThere: thereStateSchema,
  }),
  /** Those, names masked; `numberEnd` tells two of one name apart. Days are ISO dates. */
  z.object({
    kind: z.literal('absent-list'),
    there: thereStateSchema,
    people: z.array(
      z.object({
        ref: z.string(),
        name: spokenSchema,
        numberEnd: z.string(),
        untilDay: z.string(),
      }),
    ),
  }),
  /** The one who was chosen, by the whole name, and what may be done for them; `left` is how often still this month. */
  z.object({
    kind: z.literal('absent'),
    name: spokenSchema,
    numberEnd: z.string(),
    givenMs: z.number(),
    untilDay: z.string(),
    matters: z.array(z.object({ tile: matterTileSchema, left: z.int() })),
  }),
  ...AGENT_WORK_PAGES,
] as const;

/** What an agent asks for. */
export const agentCommandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('sign-in') }),
  ...AGENT_WORK_COMMANDS,
  /** The registration code, the first time at a machine. */
  z.object({ do: z.literal('code'), code: z.string().regex(AGENT_CODE) }),
  z.object({ do: z.literal('pin'), pin: z.string().regex(/^\d{6,12}$/) }),
  z.object({ do: z.literal('change-pin') }),
  /** The resident goes on alone, with everything as it stands. */
  z.object({ do: z.literal('hand-back') }),
  /** This resident is done: nothing of theirs stays, the agent does. */
  z.object({ do: z.literal('next-resident') }),
  /** The resident who is here entrusts the agent with what they choose. */
  z.object({ do: z.literal('entrust') }),
  /** Those who are not here, and one of them. */
  z.object({ do: z.literal('absent-list') }),
  z.object({ do: z.literal('absent'), ref: z.string().max(64) }),
]);
export type AgentCommand = z.infer<typeof agentCommandSchema>;
