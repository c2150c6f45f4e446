/** Enrolment by code, and new keys of terminals already enrolled (journal.md part 3). */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Place } from '../../sync/contents.ts';
import {
  type EnrolRequest,
  enrolmentCodeId,
  formatEnrolmentCode,
  isEnrolRequestBy,
} from '../../sync/formats/enrolment.ts';
import { certFormat } from '../../sync/formats/key-set.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox } from '../feed/outbox.ts';
import { standingItems } from '../feed/standing.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import type { Db } from '../store/store.ts';

type Context = Pick<PlatformContext, 'store' | 'crypto' | 'clock' | 'keys' | 'log'>;

/** Makes a one-time code for a terminal that will stand at `place`; `origin` is where it will find us. */
export async function makeEnrolmentCode(context: Context, origin: string, place: Place): Promise<string> {
  const secret = context.crypto.randomBytes(16);
  await context.store.db
    .insertInto('enrolmentCodes')
    .values({
      codeId: enrolmentCodeId(context.crypto, secret),
      secret,
      place: JSON.stringify(place),
      madeMs: context.clock.wallMs(),
      usedByKey: null,
      terminalId: null,
    })
    .execute();
  return formatEnrolmentCode({ origin, rootHash: context.keys.rootHash, secret });
}

/** A terminal enrolled: its id and its certificate, as issued the first time. */
export interface Enrolled {
  readonly terminalId: Uint8Array;
  readonly cert: Uint8Array;
}

/** `refused` does not say why: whoever has no code learns nothing. `used`: another key used it first. */
export type EnrolTrouble = 'refused' | 'used';

/** Enrols whoever knows the code's secret; the same key again gets the same answer. */
export async function enrol(
  context: Context,
  request: EnrolRequest,
): Promise<Result<Enrolled, EnrolTrouble>> {
  const { crypto } = context;
  const outcome = await context.store.transaction(async (tx): Promise<Result<Enrolled, EnrolTrouble>> => {
    const code = await tx
      .selectFrom('enrolmentCodes')
      .selectAll()
      .where('codeId', '=', request.codeId)
      .executeTakeFirst();
    if (!code || !isEnrolRequestBy(crypto, request, code.secret)) return err('refused');
    if (code.usedByKey === null) {
      // A key that is certified already would join two terminals, or two places, under one key.
      if (await findCert(tx, context, request.publicKey)) return err('refused');
      const taken = await tx
        .updateTable('enrolmentCodes')
        .set({ usedByKey: request.publicKey })
        .where('codeId', '=', request.codeId)
        .where('usedByKey', 'is', null)
        .executeTakeFirstOrThrow();
      if (Number(taken.numUpdatedRows) === 1) {
        return ok(await admit(tx, context, request, JSON.parse(code.place) as Place));
      }
    }
    return repeat(tx, context, request);
  });
  return outcome;
}

/** A certificate for another key of a terminal already enrolled; the same key again gets the same one, unless it is retired. */
export async function addTerminalKey(
  tx: Db,
  context: Context,
  terminal: { readonly terminalId: Uint8Array; readonly place: Place },
  publicKey: Uint8Array,
): Promise<Result<Uint8Array, 'refused'>> {
  const id = keyId(context.crypto, publicKey);
  const known = await tx.selectFrom('terminalKeys').selectAll().where('keyId', '=', id).executeTakeFirst();
  if (known) {
    const isOwn = equalBytes(known.terminalId, terminal.terminalId) && known.retiredMs === null;
    return isOwn ? ok(known.cert) : err('refused');
  }
  const nowMs = context.clock.wallMs();
  const issuer = context.keys.certifyKey();
  const cert = certFormat.make(issuer.key, {
    v: 1,
    suite: 1,
    issuerKeyId: issuer.keyId,
    terminalId: terminal.terminalId,
    publicKey,
    // The statistics code of the village: names are looked up, and the slip's QR code stays small.
    place: terminal.place.village.code,
    issuedAt: nowMs,
  });
  await tx
    .insertInto('terminalKeys')
    .values({ keyId: id, terminalId: terminal.terminalId, publicKey, cert, certifiedMs: nowMs })
    .execute();
  return ok(cert);
}

async function admit(tx: Db, context: Context, request: EnrolRequest, place: Place): Promise<Enrolled> {
  const terminalId = context.crypto.randomBytes(16);
  await tx
    .insertInto('terminals')
    .values({
      terminalId,
      place: JSON.stringify(place),
      enrolledMs: context.clock.wallMs(),
      revokedMs: null,
      currentBootId: null,
    })
    .execute();
  await tx.updateTable('enrolmentCodes').set({ terminalId }).where('codeId', '=', request.codeId).execute();
  // What stands for everybody there stands for a newcomer too.
  await flushOutbox(tx, await standingItems(tx, context, { terminalId, place }), context.clock.wallMs());
  const cert = await addTerminalKey(tx, context, { terminalId, place }, request.publicKey);
  if (!cert.ok) throw new Error('broken invariant: a key never seen is certified');
  return { terminalId, cert: cert.value };
}

/** The code was used before: by this key, or by another, which is an alarm. */
async function repeat(
  tx: Db,
  context: Context,
  request: EnrolRequest,
): Promise<Result<Enrolled, EnrolTrouble>> {
  const code = await tx
    .selectFrom('enrolmentCodes')
    .select(['usedByKey', 'terminalId'])
    .where('codeId', '=', request.codeId)
    .executeTakeFirstOrThrow();
  const cert = await findCert(tx, context, request.publicKey);
  const isSame = code.usedByKey !== null && equalBytes(code.usedByKey, request.publicKey);
  if (isSame && cert && code.terminalId) return ok({ terminalId: code.terminalId, cert });
  const about = `${toHex(request.codeId)}/${toHex(keyId(context.crypto, request.publicKey))}`;
  const alarm = { kind: 'code-reused', about, terminalId: code.terminalId, detail: about } as const;
  await raiseAlarm(tx, alarm, context.clock.wallMs());
  context.log('platform.alarm', { kind: alarm.kind });
  return err('used');
}

async function findCert(tx: Db, context: Context, publicKey: Uint8Array): Promise<Uint8Array | undefined> {
  const row = await tx
    .selectFrom('terminalKeys')
    .select('cert')
    .where('keyId', '=', keyId(context.crypto, publicKey))
    .executeTakeFirst();
  return row?.cert;
}
