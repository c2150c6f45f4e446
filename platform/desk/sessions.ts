/** Desk sessions: a random token in a cookie; the store knows only its hash. */
import { findBase64Url, toBase64Url } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import type { StaffRow } from '../store/tables.ts';

/** A session ends after this long without a request, */
export const IDLE_MS = 30 * 60_000;
/** and after this long in any case. */
export const LONGEST_MS = 12 * 3_600_000;

/** Who is signed in. */
export interface Session {
  readonly staff: Pick<StaffRow, 'staffId' | 'name' | 'deskCode'>;
  /** Stands in every form, so that no other site can send one. */
  readonly formToken: string;
  readonly tokenHash: Uint8Array;
}

type Context = Pick<PlatformContext, 'store' | 'crypto' | 'clock'>;

/** Begins a session; answers the token for the cookie. */
export async function beginSession(context: Context, staffId: number): Promise<string> {
  const token = context.crypto.randomBytes(32);
  const nowMs = context.clock.wallMs();
  const { db } = context.store;
  await db
    .deleteFrom('sessions')
    .where('beganMs', '<', nowMs - LONGEST_MS)
    .execute();
  await db
    .insertInto('sessions')
    .values({
      tokenHash: context.crypto.sha256(token),
      staffId,
      formToken: toBase64Url(context.crypto.randomBytes(24)),
      beganMs: nowMs,
      lastMs: nowMs,
    })
    .execute();
  return toBase64Url(token);
}

/** The session of a cookie's token, if it still lasts; it lasts on from now, unless `prolongs` says otherwise. */
export async function findSession(
  context: Context,
  token: string | undefined,
  { prolongs }: { readonly prolongs: (deskCode: string) => boolean } = { prolongs: () => true },
): Promise<Session | undefined> {
  const bytes = token === undefined ? undefined : findBase64Url(token);
  if (bytes?.length !== 32) return undefined;
  const tokenHash = context.crypto.sha256(bytes);
  const { db } = context.store;
  const row = await db
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.staffId', 'sessions.staffId')
    .select(['staff.staffId', 'name', 'deskCode', 'disabled', 'formToken', 'beganMs', 'lastMs'])
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  if (!row) return undefined;
  const nowMs = context.clock.wallMs();
  const isOver = nowMs - row.lastMs > IDLE_MS || nowMs - row.beganMs > LONGEST_MS || nowMs < row.beganMs;
  if (isOver || row.disabled === 1) {
    await endSession(context, tokenHash);
    return undefined;
  }
  if (prolongs(row.deskCode)) {
    await db.updateTable('sessions').set({ lastMs: nowMs }).where('tokenHash', '=', tokenHash).execute();
  }
  const { staffId, name, deskCode, formToken } = row;
  return { staff: { staffId, name, deskCode }, formToken, tokenHash };
}

/** Ends a session. */
export async function endSession(context: Context, tokenHash: Uint8Array): Promise<void> {
  await context.store.db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute();
}
