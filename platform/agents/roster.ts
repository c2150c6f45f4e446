/** The roster of a village: made from what stands, sent to its machines, and made anew before it grows old. */
import { equalBytes } from '../../base/bytes.ts';
import type { RosterContent } from '../../sync/agent-contents.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { endedIn } from '../authorities/judge.ts';
import type { PlatformContext } from '../context.ts';
import { terminalsIn } from '../feed/areas.ts';
import { type FeedItem, flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import type { AgentKeyRow, AgentRow } from '../store/agent-tables.ts';
import type { Db } from '../store/store.ts';

const DAY_MS = 86_400_000;
/** A machine that heard nothing for so long says that its roster is old, on every page and in what it files. */
export const STALE_AFTER_MS = 30 * DAY_MS;
/** After so long nobody signs in there as an agent. */
export const ENDS_AFTER_MS = 90 * DAY_MS;
/** So often it is sent again though nothing changed. */
const SEND_AGAIN_MS = 7 * DAY_MS;

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell'>;

/**
 * Makes the village's next roster and puts it into the outbox for every machine there. Versions only go up, also after
 * the platform was restored from a backup: they follow the clock where that is ahead of the last one.
 */
export async function putRoster(
  tx: Db,
  context: Pick<Context, 'clock' | 'crypto'>,
  villageCode: string,
  outbox: Outbox,
): Promise<void> {
  const nowMs = context.clock.wallMs();
  const agents = await tx
    .selectFrom('agents')
    .selectAll()
    .where('villageCode', '=', villageCode)
    .orderBy('enrolledMs')
    .execute();
  const keys = await tx
    .selectFrom('agentKeys')
    .innerJoin('agents', 'agents.agentId', 'agentKeys.agentId')
    .selectAll('agentKeys')
    .where('agents.villageCode', '=', villageCode)
    .orderBy('agentKeys.takenMs')
    .execute();
  const last = await tx
    .selectFrom('rosters')
    .select('version')
    .where('villageCode', '=', villageCode)
    .executeTakeFirst();
  const version = Math.max(nowMs, (last?.version ?? 0) + 1);
  const roster: RosterContent = {
    schema: 1,
    kind: 'roster',
    ...{ version, village: villageCode, issuedMs: nowMs },
    ...{ staleMs: nowMs + STALE_AFTER_MS, endMs: nowMs + ENDS_AFTER_MS },
    agents: agents.map((agent) => listedAgent(agent, keys)),
    endedAuthorities: [...(await endedIn(tx, villageCode, nowMs))],
  };
  const row = { villageCode, version, issuedMs: nowMs, content: encodeContent(roster) };
  const insert = tx.insertInto('rosters').values(row);
  await insert.onConflict((on) => on.column('villageCode').doUpdateSet(row)).execute();
  for (const { terminalId } of await terminalsIn(tx, villageCode))
    outbox.push(rosterItem(context, terminalId, row.content));
}

/** The roster that stands for a village, for a machine that is new there. */
export async function standingRoster(
  tx: Db,
  context: Pick<Context, 'crypto'>,
  terminalId: Uint8Array,
  villageCode: string,
): Promise<Outbox> {
  const row = await tx
    .selectFrom('rosters')
    .select('content')
    .where('villageCode', '=', villageCode)
    .executeTakeFirst();
  return row === undefined ? [] : [rosterItem(context, terminalId, new Uint8Array(row.content))];
}

/** Sends again every roster that is a week old; answers how many. */
export async function renewRosters(context: Context): Promise<number> {
  const outbox: Outbox = [];
  const before = context.clock.wallMs() - SEND_AGAIN_MS;
  const renewed = await context.store.transaction(async (tx) => {
    outbox.length = 0;
    const old = await tx
      .selectFrom('rosters')
      .select('villageCode')
      .where('issuedMs', '<=', before)
      .execute();
    for (const { villageCode } of old) await putRoster(tx, context, villageCode, outbox);
    await flushOutbox(tx, outbox, context.clock.wallMs());
    return old.length;
  });
  ringFor(context.bell, outbox);
  return renewed;
}

/** By id alone: who they are stays with the platform. */
function listedAgent(agent: AgentRow, keys: readonly AgentKeyRow[]): RosterContent['agents'][number] {
  const own = keys.filter(({ agentId }) => equalBytes(agentId, agent.agentId));
  return {
    agentId: new Uint8Array(agent.agentId),
    role: 'agent',
    untilMs: agent.untilMs,
    revoked: agent.revokedMs !== null,
    codeHash: agent.codeHash === null ? null : new Uint8Array(agent.codeHash),
    keys: own
      .filter(({ refused }) => refused === null)
      .map(({ signKey, openKey }) => ({
        signKey: new Uint8Array(signKey),
        openKey: new Uint8Array(openKey),
      })),
    refused: own.filter(({ refused }) => refused !== null).map(({ keyId }) => new Uint8Array(keyId)),
  };
}

function rosterItem(context: Pick<Context, 'crypto'>, terminalId: Uint8Array, content: Uint8Array): FeedItem {
  const itemId = context.crypto.randomBytes(16);
  return { itemId, terminalId, kind: FEED_KIND.roster, expiresMs: null, caseId: null, content };
}
