/** The page of an emergency notice, and what may be done there: schemas alone, so that the screen imports the types. */
import { z } from 'zod';
import { textSchema } from '../catalog/schema.ts';
import { noticeSchema } from './page-parts.ts';

const noticeId = z.string().regex(/^[0-9a-f]{32}$/);

export const NOTICE_PAGES = [
  /**
   * An emergency, between two pages. `read`: whoever is here has seen it. `acknowledge`: an agent says by it that the
   * village has it. `answer`: the agent may say how things stand.
   */
  z.object({
    kind: z.literal('urgent-notice'),
    notice: noticeSchema,
    asks: z.enum(['read', 'acknowledge', 'answer']),
    /** What the village said last; null where it said nothing yet. */
    answered: z.object({ atMs: z.number(), delivered: z.boolean() }).nullable(),
  }),
] as const;

/** An emergency on an agent's own page. */
export const agentNoticeSchema = z.object({
  noticeId: z.string(),
  title: textSchema,
  /** Whether the village said how things stand. */
  answered: z.boolean(),
});

/** What is done with an emergency notice. */
export const noticeCommandSchema = z.discriminatedUnion('do', [
  /** On its page: on to the next; an agent acknowledges it by that. */
  z.object({ do: z.literal('know') }),
  /** On the page of an agent alone. */
  z.object({ do: z.literal('open'), noticeId }),
  /** On its page: the agent says how things stand. */
  z.object({ do: z.literal('answer') }),
]);
