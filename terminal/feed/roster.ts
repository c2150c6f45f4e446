/** The roster of village agents, as it counts here, and how each agent stands in it. */
import { equalBytes } from '../../base/bytes.ts';
import { type RosterAgent, type RosterContent, rosterContentSchema } from '../../sync/agent-contents.ts';
import { readContent } from '../../sync/content-coding.ts';

/** The roster of this village with the highest version; null before the first. The order they came in says nothing. */
export function rosterOf(contents: readonly Uint8Array[], village: string): RosterContent | null {
  const own = contents.flatMap((content) => {
    const read = readContent(rosterContentSchema, content);
    return read.ok && read.value.village === village ? [read.value] : [];
  });
  return own.reduce<RosterContent | null>(
    (best, one) => (best === null || one.version > best.version ? one : best),
    null,
  );
}

/** How old a roster is, by time that certainly has been reached: `ended` counts no more. */
export type RosterAge = 'fresh' | 'stale' | 'ended';

/** The age of a roster. A clock set back makes nothing younger: `sureMs` never goes back. */
export function rosterAge(roster: RosterContent, sureMs: number): RosterAge {
  if (sureMs >= roster.endMs) return 'ended';
  return sureMs >= roster.staleMs ? 'stale' : 'fresh';
}

/** Why somebody may not act as an agent here. */
export type AgentStanding = 'stands' | 'no-roster' | 'roster-ended' | 'not-listed' | 'revoked' | 'expired';

/** How an agent stands; `signKeyId` is that of their key here, null before they have one. */
export function standingOf(
  roster: RosterContent | null,
  agentId: Uint8Array,
  signKeyId: Uint8Array | null,
  sureMs: number,
): AgentStanding {
  if (roster === null) return 'no-roster';
  if (rosterAge(roster, sureMs) === 'ended') return 'roster-ended';
  const agent = findAgent(roster, agentId);
  if (agent === undefined) return 'not-listed';
  const isRefused = signKeyId !== null && agent.refused.some((id) => equalBytes(id, signKeyId));
  if (agent.revoked || isRefused) return 'revoked';
  return sureMs >= agent.untilMs ? 'expired' : 'stands';
}

/** The agent of that id. */
export function findAgent(roster: RosterContent, agentId: Uint8Array): RosterAgent | undefined {
  return roster.agents.find((one) => equalBytes(one.agentId, agentId));
}
