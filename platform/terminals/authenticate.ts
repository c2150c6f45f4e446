/** Who sent a request: the terminal whose key signed exactly this request, once. */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { isAuthSignedBy, parseAuth, type RequestProof } from '../../sync/formats/request.ts';
import type { PlatformContext } from '../context.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import type { Db } from '../store/store.ts';
import type { Counters, KnownBoot } from './counters.ts';
import { noteFirstUse, ringForRetired } from './key-use.ts';
import { type Terminal, terminalOf } from './terminals.ts';

/** A request as it came in. */
export interface ClaimedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly content: Uint8Array;
  /** The header's value; `undefined` when there was none. */
  readonly auth: string | undefined;
  /** Whether nobody minds a moment's wait before it is served. */
  readonly canWait: boolean;
}

/** Who sent a request, and as which of their boot's. */
export interface Sender {
  readonly terminal: Terminal;
  readonly bootId: Uint8Array;
  readonly counter: number;
}

/** Why it is nobody's. `unknown`: no such terminal or key, or one that a newer took the place of; `revoked` is told and nothing else. */
export type AuthTrouble = 'missing' | 'malformed' | 'unknown' | 'revoked' | 'forged' | 'replayed';

type Context = Pick<PlatformContext, 'store' | 'crypto' | 'clock' | 'keys' | 'log'> & {
  readonly counters: Counters;
};

/** Who sent it; the counter is used up durably before this answers. */
export async function authenticate(
  context: Context,
  request: ClaimedRequest,
): Promise<Result<Sender, AuthTrouble>> {
  if (request.auth === undefined) return err('missing');
  const auth = parseAuth(request.auth);
  if (!auth.ok) return err('malformed');
  const proof = auth.value.value;
  const found = await findSender(context.store.db, proof);
  if (!found || !equalBytes(found.terminalId, proof.terminalId)) return err('unknown');
  if (!isAuthSignedBy(context.crypto, auth.value, found.publicKey)) return err('forged');
  if (!isAbout(context, proof, request)) return err('forged');
  const terminal = terminalOf(found);
  if (terminal.isRevoked) return err('revoked');
  const { terminalId } = terminal;
  const { bootId, counter, signKeyId: keyId } = proof;
  if (found.retiredMs !== null) {
    await ringForRetired(context, { keyId, terminalId }, { counter, boot: knownBoot(found) });
    return err('unknown');
  }
  const spent = await context.counters.spend({
    ...{ terminalId, bootId, counter, known: knownBoot(found), canWait: request.canWait },
  });
  if (spent === 'replayed') return err('replayed');
  if (found.usedMs === null) await noteFirstUse(context, { keyId, terminalId });
  if (spent === 'late') await ringForClone(context, terminalId, bootId);
  return ok({ terminal, bootId, counter });
}

/** Key, terminal and boot in one look. */
function findSender(db: Db, { signKeyId, bootId }: RequestProof) {
  return db
    .selectFrom('terminalKeys')
    .innerJoin('terminals', 'terminals.terminalId', 'terminalKeys.terminalId')
    .leftJoin('boots', (join) =>
      join.onRef('boots.terminalId', '=', 'terminals.terminalId').on('boots.bootId', '=', bootId),
    )
    .select(['terminals.terminalId', 'terminals.place', 'terminals.currentBootId', 'terminals.revokedMs'])
    .select(['terminalKeys.publicKey', 'terminalKeys.usedMs', 'terminalKeys.retiredMs'])
    .select(['boots.highest', 'boots.seen', 'boots.leftAt'])
    .where('terminalKeys.keyId', '=', signKeyId)
    .executeTakeFirst();
}

function knownBoot({ highest, seen, leftAt }: { [Field in keyof KnownBoot]: KnownBoot[Field] | null }) {
  return highest === null || seen === null ? undefined : { highest, seen, leftAt };
}

function isAbout(context: Context, proof: RequestProof, request: ClaimedRequest): boolean {
  return (
    equalBytes(proof.platformId, context.keys.platformId) &&
    proof.method === request.method &&
    proof.target === request.target &&
    equalBytes(proof.contentHash, context.crypto.sha256(request.content))
  );
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
