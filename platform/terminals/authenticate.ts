/** Who sent a request: the terminal whose key signed exactly this request, once. */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { isAuthSignedBy, parseAuth, type RequestProof } from '../../sync/formats/request.ts';
import type { PlatformContext } from '../context.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import type { Db } from '../store/store.ts';
import { EMPTY_WINDOW, findNextWindow } from './counter-window.ts';
import { findTerminal, type Terminal } from './terminals.ts';

/** A request as it came in. */
export interface ClaimedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly content: Uint8Array;
  /** The header's value; `undefined` when there was none. */
  readonly auth: string | undefined;
}

/** Who sent a request, and as which of their boot's. */
export interface Sender {
  readonly terminal: Terminal;
  readonly bootId: Uint8Array;
  readonly counter: number;
}

/** Why it is nobody's. `unknown`: no such terminal or key; `revoked` is told and nothing else. */
export type AuthTrouble = 'missing' | 'malformed' | 'unknown' | 'revoked' | 'forged' | 'replayed';

type Context = Pick<PlatformContext, 'store' | 'crypto' | 'clock' | 'keys' | 'log'>;

/**
 * So many requests of a boot may have been on their way when the next one began: a terminal has but a few open
 * at once. Only a boot that goes on beyond is the mark of a clone.
 */
const ON_THEIR_WAY = 16;

/** Who sent it; the counter is used up durably before this answers. */
export async function authenticate(
  context: Context,
  request: ClaimedRequest,
): Promise<Result<Sender, AuthTrouble>> {
  if (request.auth === undefined) return err('missing');
  const auth = parseAuth(request.auth);
  if (!auth.ok) return err('malformed');
  const proof = auth.value.value;
  const { db } = context.store;
  const key = await db
    .selectFrom('terminalKeys')
    .select(['terminalId', 'publicKey'])
    .where('keyId', '=', proof.signKeyId)
    .executeTakeFirst();
  if (!key || !equalBytes(key.terminalId, proof.terminalId)) return err('unknown');
  if (!isAuthSignedBy(context.crypto, auth.value, key.publicKey)) return err('forged');
  if (!isAbout(context, proof, request)) return err('forged');
  const terminal = await findTerminal(db, proof.terminalId);
  if (!terminal) return err('unknown');
  if (terminal.isRevoked) return err('revoked');
  if (!(await spendCounter(context, terminal, proof))) return err('replayed');
  return ok({ terminal, bootId: proof.bootId, counter: proof.counter });
}

function isAbout(context: Context, proof: RequestProof, request: ClaimedRequest): boolean {
  return (
    equalBytes(proof.platformId, context.keys.platformId) &&
    proof.method === request.method &&
    proof.target === request.target &&
    equalBytes(proof.contentHash, context.crypto.sha256(request.content))
  );
}

/** Uses the counter up; false when it was used before. Two requests at once settle it by trying again. */
async function spendCounter(context: Context, terminal: Terminal, proof: RequestProof): Promise<boolean> {
  const { db } = context.store;
  const { terminalId } = terminal;
  const { bootId, counter } = proof;
  for (;;) {
    const known = await db
      .selectFrom('boots')
      .select(['highest', 'seen', 'leftAt'])
      .where('terminalId', '=', terminalId)
      .where('bootId', '=', bootId)
      .executeTakeFirst();
    if (!known) {
      await beginBoot(context, terminalId, bootId);
      continue;
    }
    const next = findNextWindow(known, counter);
    if (!next) return false;
    const updated = await db
      .updateTable('boots')
      .set(next)
      .where('terminalId', '=', terminalId)
      .where('bootId', '=', bootId)
      .where('highest', '=', known.highest)
      .where('seen', '=', known.seen)
      .executeTakeFirstOrThrow();
    if (Number(updated.numUpdatedRows) === 0) continue;
    if (known.leftAt !== null && counter > known.leftAt + ON_THEIR_WAY)
      await ringForClone(context, terminalId, bootId);
    return true;
  }
}

async function beginBoot(context: Context, terminalId: Uint8Array, bootId: Uint8Array): Promise<void> {
  await context.store.transaction(async (tx: Db) => {
    const begun = await tx
      .insertInto('boots')
      .values({ terminalId, bootId, ...EMPTY_WINDOW, beganMs: context.clock.wallMs(), leftAt: null })
      .onConflict((conflict) => conflict.columns(['terminalId', 'bootId']).doNothing())
      .executeTakeFirstOrThrow();
    if (Number(begun.numInsertedOrUpdatedRows) === 0) return;
    await tx
      .updateTable('boots')
      .set((column) => ({ leftAt: column.ref('highest') }))
      .where('terminalId', '=', terminalId)
      .where('bootId', '!=', bootId)
      .where('leftAt', 'is', null)
      .execute();
    await tx
      .updateTable('terminals')
      .set({ currentBootId: bootId })
      .where('terminalId', '=', terminalId)
      .execute();
  });
}

/** A boot that goes on after another began: two machines may be using one disk's keys. */
async function ringForClone(context: Context, terminalId: Uint8Array, bootId: Uint8Array): Promise<void> {
  const about = toHex(bootId);
  const alarm = { kind: 'clone-mark', about, terminalId, detail: about } as const;
  if (await raiseAlarm(context.store.db, alarm, context.clock.wallMs()))
    context.log('platform.alarm', { kind: alarm.kind });
}

/**
 * Whether no later request of this terminal was seen. What an older one says of its state may be long past: the
 * network held it up.
 */
export async function isNewestRequest(db: Db, { terminal, bootId, counter }: Sender): Promise<boolean> {
  const newest = await db
    .selectFrom('boots')
    .select('highest')
    .where('terminalId', '=', terminal.terminalId)
    .where('bootId', '=', bootId)
    .where('leftAt', 'is', null)
    .executeTakeFirst();
  return newest?.highest === counter;
}
