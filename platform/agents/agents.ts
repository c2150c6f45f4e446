/** Village agents: enrolled and revoked by a desk, their keys taken as machines bring them. Each step sends a new roster. */
import { concat, equalBytes, label, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { type AgentKeyContent, agentCodeHash } from '../../sync/agent-contents.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import type { AgentRow } from '../store/agent-tables.ts';
import type { Db } from '../store/store.ts';
import { putRoster } from './roster.ts';
import { beginList } from './wanted.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'bell'>;

/** Somebody to be made an agent. */
export interface AgentWish {
  readonly villageCode: string;
  readonly name: string;
  /** As their card says it, X upper-case. */
  readonly number: string;
  readonly untilMs: number;
}

const NUMBER_LABEL = label('yizhan/agent-number/1');
const CODE_DIGITS = 12;

/** Enrols somebody; the registration code is told once, here. */
export async function enrolAgent(
  context: Context,
  wish: AgentWish,
  staffId: number,
  code: string = newCode(context.crypto),
): Promise<{ readonly agentId: Uint8Array; readonly code: string }> {
  const { crypto } = context;
  const agentId = crypto.randomBytes(16);
  await change(context, wish.villageCode, async (tx, nowMs) => {
    await tx
      .insertInto('agents')
      .values({
        ...{ agentId, villageCode: wish.villageCode, name: wish.name, untilMs: wish.untilMs },
        numberHash: numberHash(crypto, agentId, wish.number),
        codeHash: agentCodeHash(crypto, agentId, code),
        ...{ enrolledByStaffId: staffId, enrolledMs: nowMs, revokedByStaffId: null, revokedMs: null },
      })
      .execute();
    return true;
  });
  return { agentId, code };
}

/** Another registration code: for a renewed card, a forgotten PIN, another machine. Null where they are no agent now. */
export async function giveNewCode(context: Context, agent: AgentRow): Promise<string | null> {
  const code = newCode(context.crypto);
  const { agentId, villageCode } = agent;
  const isDone = await change(context, villageCode, async (tx) => {
    const updated = await tx
      .updateTable('agents')
      .set({ codeHash: agentCodeHash(context.crypto, new Uint8Array(agentId), code) })
      .where('agentId', '=', agentId)
      .where('revokedMs', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(updated.numUpdatedRows) === 1;
  });
  return isDone ? code : null;
}

/** Ends somebody's being an agent, for good; false where they were none. */
export function revokeAgent(context: Context, agent: AgentRow, staffId: number): Promise<boolean> {
  return change(context, agent.villageCode, async (tx, nowMs) => {
    const updated = await tx
      .updateTable('agents')
      .set({ revokedByStaffId: staffId, revokedMs: nowMs, codeHash: null })
      .where('agentId', '=', agent.agentId)
      .where('revokedMs', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(updated.numUpdatedRows) === 1;
  });
}

/** The agent of that id. */
export function findAgent(db: Db, agentId: Uint8Array): Promise<AgentRow | undefined> {
  return db.selectFrom('agents').selectAll().where('agentId', '=', agentId).executeTakeFirst();
}

/** Why a key that a machine brought counts for nothing. */
export type KeyRefusal = 'no such agent' | 'another card' | 'revoked';

/**
 * Takes a key in the transaction that holds its entry; what speaks against it is kept with it, and told to the village's
 * machines. `undefined` where it counts.
 */
export async function takeAgentKey(
  tx: Db,
  context: Pick<Context, 'clock' | 'crypto'>,
  entry: { readonly entryId: Uint8Array; readonly terminalId: Uint8Array },
  content: Pick<AgentKeyContent, 'agentId' | 'signKey' | 'openKey'> & { readonly number: string },
  outbox: Outbox,
): Promise<KeyRefusal | undefined> {
  const { agentId, signKey, openKey } = content;
  const agent = await findAgent(tx, agentId);
  if (agent === undefined) return 'no such agent';
  const isOwnCard = equalBytes(agent.numberHash, numberHash(context.crypto, agentId, content.number));
  const refused = !isOwnCard ? 'another card' : agent.revokedMs === null ? undefined : 'revoked';
  await tx
    .insertInto('agentKeys')
    .values({
      ...{ keyId: keyId(context.crypto, signKey), agentId, signKey, openKey },
      ...{ entryId: entry.entryId, terminalId: entry.terminalId },
      ...{ takenMs: context.clock.wallMs(), refused: refused ?? null },
    })
    .onConflict((on) => on.column('keyId').doNothing())
    .execute();
  if (refused === undefined) await beginList(tx, keyId(context.crypto, signKey), agentId);
  await putRoster(tx, context, agent.villageCode, outbox);
  return refused;
}

/** A number under an agent's own id, so that two hashes of one number have nothing in common. */
function numberHash(crypto: Pick<Crypto, 'sha256'>, agentId: Uint8Array, number: string): Uint8Array {
  return crypto.sha256(concat(NUMBER_LABEL, agentId, utf8(number.toUpperCase())));
}

/** Twelve digits, each as likely as any other. */
function newCode(crypto: Pick<Crypto, 'randomBytes'>): string {
  const digits: number[] = [];
  while (digits.length < CODE_DIGITS) {
    const [byte = 255] = crypto.randomBytes(1);
    if (byte < 250) digits.push(byte % 10);
  }
  return digits.join('');
}

async function change(
  context: Context,
  villageCode: string,
  write: (tx: Db, nowMs: number) => Promise<boolean>,
): Promise<boolean> {
  const outbox: Outbox = [];
  const isDone = await context.store.transaction(async (tx) => {
    outbox.length = 0;
    const nowMs = context.clock.wallMs();
    if (!(await write(tx, nowMs))) return false;
    await putRoster(tx, context, villageCode, outbox);
    await flushOutbox(tx, outbox, nowMs);
    return true;
  });
  if (isDone) ringFor(context.bell, outbox);
  return isDone;
}
