/**
 * The keeper as visits see it. While an agent is signed in, everything kept on somebody's behalf goes through here: it
 * is signed with the agent's own key and names them, or is refused where they rest on nothing. No page and no flow can
 * go round it.
 */
import { err, type Result } from '../../base/result.ts';
import type { ContentMap, Keeper, KeepTrouble, KeepWish, Kept } from '../keeper.ts';
import type { Acting, AgentDesk, AgentHere } from './agent-desk.ts';

/** Whether an entry speaks for a person: what the machine says by itself (an audit, a voided paper) does not. */
function isOnBehalf({ kind, by }: ContentMap): boolean {
  if (typeof kind !== 'string' || by === 'terminal') return false;
  return kind.startsWith('case.') || kind.startsWith('consent') || kind === 'rating';
}

/** A keeper that signs, names and refuses as above. */
export function createActingKeeper(
  keeper: Keeper,
  agents: Pick<AgentDesk, 'acting' | 'stands' | 'helpers' | 'sealDayRow'>,
): Keeper {
  function keep(wish: KeepWish): Result<Kept, KeepTrouble> {
    if (!isOnBehalf(wish.content)) return keeper.keep(wish);
    const acting = agents.acting();
    const helped = agents.helpers().map((agent) => actorOf('helper', agent, 'card'));
    if (acting === null) return keeper.keep(withActors(wish, helped));
    // Nothing is done for anybody without their card or their word, nor by whom the roster names no more.
    if (acting.by === null || !agents.stands(acting.agent))
      return err({ code: 'no-evidence', detail: 'an agent without the resident' });
    if (wish.content.kind === 'rating')
      return err({ code: 'no-evidence', detail: 'a rating is the resident’s own' });
    return keeper.keep({
      ...withActors(wish, [...helped, ownActor(acting, acting.by)]),
      agentKey: acting.key,
      dayRow: agents.sealDayRow(wish),
    });
  }

  return {
    keep,
    openMemory: (card) => keeper.openMemory(card),
    entryState: (entryId) => keeper.entryState(entryId),
    findSlip: (entryId) => keeper.findSlip(entryId),
    wantSlipCopy: (entryId) => keeper.wantSlipCopy(entryId),
    noteSlip: (jobId, state) => keeper.noteSlip(jobId, state),
    slipQr: (entryId, localNumber, slipCode) => keeper.slipQr(entryId, localNumber, slipCode),
    certificateQr: (words) => keeper.certificateQr(words),
    holdNumbers: (numbers) => keeper.holdNumbers(numbers),
    freeNumbers: (numbers) => keeper.freeNumbers(numbers),
    heldNumbers: () => keeper.heldNumbers(),
    lastContactMs: () => keeper.lastContactMs(),
    onChange: (listener) => keeper.onChange(listener),
  };
}

function ownActor({ agent }: Acting, by: 'card' | 'entrustment'): ContentMap {
  return actorOf('agent', agent, by);
}

function actorOf(role: 'agent' | 'helper', agent: AgentHere, by: 'card' | 'entrustment'): ContentMap {
  const { agentId, signKeyId, roster } = agent;
  return { role, agentId, agentKeyId: signKeyId, by, roster: { ...roster } };
}

function withActors(wish: KeepWish, more: readonly ContentMap[]): KeepWish {
  if (more.length === 0) return wish;
  const { actors } = wish.content;
  const before = Array.isArray(actors) ? actors : [];
  return { ...wish, content: { ...wish.content, actors: [...before, ...more] } };
}
