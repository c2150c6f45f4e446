/**
 * The keeper as visits see it. While an agent is signed in, everything kept on somebody's behalf goes through here: it
 * is signed with the agent's own key and names them, or is refused where they rest on nothing. No page and no flow can
 * go round it.
 */
import { equalBytes } from '../../base/bytes.ts';
import { err, type Result } from '../../base/result.ts';
import type { AgentActor } from '../../sync/agent-contents.ts';
import { findAuthorityNamed } from '../../sync/authority-contents.ts';
import type { ContentMap, ContentValue, Keeper, KeepTrouble, KeepWish, Kept } from '../keeper.ts';
import type { Acting, AgentDesk, AgentHere } from './agent-desk.ts';

/** Whether an entry speaks for a person: what the machine says by itself (an audit, a voided paper) does not. */
function isOnBehalf({ kind, by }: ContentMap): boolean {
  if (typeof kind !== 'string' || by === 'terminal') return false;
  const speaksFor = ['case.', 'cash.', 'call-back.', 'consent', 'authority.'].some((start) =>
    kind.startsWith(start),
  );
  return speaksFor || kind === 'rating';
}

/** Whether a content claims to be done by an agent for somebody who is not here. */
function claimsAuthority({ basis, evidence, actors }: ContentMap): boolean {
  const isByWord = (actor: ContentValue) => (actor as ContentMap | null)?.by === 'entrustment';
  return (
    basis === 'agent' ||
    (Array.isArray(evidence) && findAuthorityNamed(evidence) !== undefined) ||
    (Array.isArray(actors) && actors.some(isByWord))
  );
}

/** What an agent says of their village, as themself and on nobody's behalf. */
const OWN_WORDS: ReadonlySet<unknown> = new Set([
  ...['notice.acknowledged', 'notice.answered'],
  ...['audit.agent-day', 'audit.repair', 'call-back.done'],
]);

/** A keeper that signs, names and refuses as above. */
export function createActingKeeper(
  keeper: Keeper,
  agents: Pick<AgentDesk, 'acting' | 'stands' | 'helpers' | 'sealDayRow' | 'authorities'>,
): Keeper {
  function keep(wish: KeepWish): Result<Kept, KeepTrouble> {
    const acting = agents.acting();
    if (OWN_WORDS.has(wish.content.kind)) return keepOwn(wish, acting);
    if (!isOnBehalf(wish.content)) return keeper.keep(wish);
    const helped = agents.helpers().map((agent) => actorOf('helper', agent, 'card'));
    const wrong = findWrong(wish, acting);
    if (wrong !== undefined) return err({ code: 'no-evidence', detail: wrong });
    if (acting === null || acting.by === null) return keeper.keep(withActors(wish, helped));
    const kept = keeper.keep({
      ...withActors(wish, [...helped, ownActor(acting, acting.by)]),
      agentKey: acting.key,
      dayRow: agents.sealDayRow(wish),
    });
    if (!kept.ok && acting.by === 'entrustment') agents.authorities.giveBack(wish.submissionId);
    return kept;
  }

  /**
   * Why nothing may be kept: nothing is done for anybody without their card or their recorded word, nor by whom the roster
   * names no more. What is done under an authority is counted here.
   */
  function findWrong(wish: KeepWish, acting: Acting | null): string | undefined {
    const { content } = wish;
    const { kind } = content;
    if (acting !== null && (acting.by === null || !agents.stands(acting.agent)))
      return 'an agent without the resident';
    if (acting !== null && kind === 'rating') return 'a rating is the resident’s own';
    // Cash goes from hand to hand: whoever gives it is here, and whoever takes it has signed.
    if (wish.cash !== undefined && acting?.by !== 'card') return 'cash without both of them';
    if (acting?.by === 'entrustment') {
      const { authorityId } = acting;
      return authorityId !== null && agents.authorities.takeUse(authorityId, content)
        ? undefined
        : 'not under this authority';
    }
    if (claimsAuthority(content)) return 'an authority that nobody acts on';
    if (kind !== 'authority.given') return undefined;
    const isToThem = acting !== null && isSameId(content.agentId, acting.agent.agentId);
    return isToThem ? undefined : 'an authority to whoever is not beside';
  }

  function keepOwn(wish: KeepWish, acting: Acting | null): Result<Kept, KeepTrouble> {
    if (acting === null || !agents.stands(acting.agent))
      return err({ code: 'no-evidence', detail: 'an agent’s own word without an agent' });
    const actor = actorOf('agent', acting.agent, 'own');
    const dayRow = agents.sealDayRow(wish);
    return keeper.keep({ ...withActors(wish, [actor]), agentKey: acting.key, dayRow });
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

function isSameId(value: ContentValue | undefined, id: Uint8Array): boolean {
  return value instanceof Uint8Array && equalBytes(value, id);
}

function ownActor({ agent }: Acting, by: AgentActor['by']): ContentMap {
  return actorOf('agent', agent, by);
}

function actorOf(role: 'agent' | 'helper', agent: AgentHere, by: AgentActor['by']): ContentMap {
  const { agentId, signKeyId, roster } = agent;
  return { role, agentId, agentKeyId: signKeyId, by, roster: { ...roster } };
}

function withActors(wish: KeepWish, more: readonly ContentMap[]): KeepWish {
  if (more.length === 0) return wish;
  const { actors } = wish.content;
  const before = Array.isArray(actors) ? actors : [];
  return { ...wish, content: { ...wish.content, actors: [...before, ...more] } };
}
