/** A village agent made up for a developer's machine, whose card lies in the dock. Never on a real platform. */
import { invariant } from '../../base/result.ts';
import type { PlatformContext } from '../context.ts';
import { enrolAgent } from './agents.ts';

/** What a developer is told of the agent. */
export interface SampleAgent {
  readonly name: string;
  /** For the first sign-in at a machine. */
  readonly code: string;
}

/** The holder of the dock's card `agent` (`drivers/simulator/cards.ts`); a number of nobody. */
const CARD = { name: '吕小兰', number: '330699197905128467' } as const;
const TERM_MS = 365 * 86_400_000;

/** Enrols the sample agent in a village once; `known` is what an earlier start told. Needs somebody on the staff. */
export async function putSampleAgent(
  context: PlatformContext,
  villageCode: string,
  known: SampleAgent | undefined,
): Promise<SampleAgent> {
  const { db } = context.store;
  const there = await db
    .selectFrom('agents')
    .select('agentId')
    .where('villageCode', '=', villageCode)
    .where('name', '=', CARD.name)
    .executeTakeFirst();
  if (there && known) return known;
  const staff = await db.selectFrom('staff').select('staffId').limit(1).executeTakeFirst();
  invariant(staff, 'there is sample staff before a sample agent');
  const untilMs = context.clock.wallMs() + TERM_MS;
  const { code } = await enrolAgent(context, { villageCode, ...CARD, untilMs }, staff.staffId);
  return { name: CARD.name, code };
}
