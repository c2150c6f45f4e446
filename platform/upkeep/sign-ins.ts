/**
 * Who entered the upkeep of machines, by the machines' own word, beside who answered at the telephone. An entry by
 * telephone that nobody answered rings: somebody has the machine's key who should not.
 */
import type { UpkeepSignIn } from '../../sync/upkeep-contents.ts';
import type { PlatformContext } from '../context.ts';
import type { UpkeepSignInRow } from '../store/answered-tables.ts';
import type { Db } from '../store/store.ts';

/** What the entry says. */
export type SignInFacts = Pick<UpkeepSignIn, 'role' | 'by' | 'machine' | 'challenge'>;

/** One telephone call that is answered. */
export interface PhoneAnswer {
  readonly machine: string;
  readonly role: string;
  readonly challenge: string;
  /** Who answers: of the staff, or null and a name. */
  readonly staffId: number | null;
  readonly holder: string;
}

/** Puts it on record; the answer is said afterwards. */
export async function notePhoneAnswer(
  { store, clock }: Pick<PlatformContext, 'store' | 'clock'>,
  answer: PhoneAnswer,
): Promise<void> {
  await store.db
    .insertInto('phoneAnswers')
    .values({ ...answer, atMs: clock.wallMs() })
    .execute();
}

/** Takes the word of an entry just held; true where it was by telephone, and nobody answered. */
export async function takeSignIn(
  tx: Db,
  { entryId, terminalId }: { readonly entryId: Uint8Array; readonly terminalId: Uint8Array },
  { role, by, ...call }: SignInFacts,
  atMs: number,
): Promise<boolean> {
  const { machine, challenge } = { machine: call.machine ?? null, challenge: call.challenge ?? null };
  const row: UpkeepSignInRow = { entryId, terminalId, role, way: by ?? 'pin', machine, challenge, atMs };
  await tx
    .insertInto('upkeepSignIns')
    .values(row)
    .onConflict((on) => on.column('entryId').doNothing())
    .execute();
  if (row.way !== 'phone' || challenge === null) return false;
  return (await findAnswer(tx, row)) === undefined;
}

/** A sign-in with whoever answered; `unknown`: the machine did not say which call it was. */
export interface ShownSignIn extends UpkeepSignInRow {
  readonly answer: { readonly holder: string; readonly atMs: number } | 'nobody' | 'unknown' | null;
}

/** The last of one machine, the newest first. */
export async function signInsOf(
  db: Db,
  terminalId: Uint8Array,
  most: number,
): Promise<readonly ShownSignIn[]> {
  const rows = await db
    .selectFrom('upkeepSignIns')
    .selectAll()
    .where('terminalId', '=', terminalId)
    .orderBy('atMs', 'desc')
    .limit(most)
    .execute();
  const shown: ShownSignIn[] = [];
  for (const row of rows) {
    const answer = row.way === 'phone' && row.challenge !== null ? await findAnswer(db, row) : undefined;
    const without = row.way !== 'phone' ? null : row.challenge === null ? 'unknown' : 'nobody';
    shown.push({ ...row, answer: answer ?? without });
  }
  return shown;
}

async function findAnswer(db: Db, { machine, role, challenge }: UpkeepSignInRow) {
  return db
    .selectFrom('phoneAnswers')
    .select(['holder', 'atMs'])
    .where('machine', '=', machine)
    .where('challenge', '=', challenge)
    .where('role', '=', role)
    .orderBy('answerNo')
    .limit(1)
    .executeTakeFirst();
}
