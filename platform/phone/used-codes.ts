/** Codes from phones that were used up, whichever terminal used them: random ids, which name nobody. */
import type { PlatformContext } from '../context.ts';

/** Longer than any clock is set back by, so that a code forgotten is out of force whatever the clock says. */
const KEEP_MS = 30 * 86_400_000;

/** Notes a code and says whether it is the first time, in one step; what has long been out of force is let go of. */
export async function noteUsed(
  { store, clock }: Pick<PlatformContext, 'store' | 'clock'>,
  { codeId, terminalId, untilMs }: UsedCode,
): Promise<boolean> {
  const usedMs = Math.floor(clock.wallMs());
  await store.db
    .deleteFrom('phoneCodes')
    .where('untilMs', '<', usedMs - KEEP_MS)
    .execute();
  const noted = await store.db
    .insertInto('phoneCodes')
    .values({ codeId, terminalId, usedMs, untilMs: Math.floor(untilMs) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(noted.numInsertedOrUpdatedRows ?? 0) === 1;
}

/** A code, who used it, and when it is certainly out of force. */
export interface UsedCode {
  readonly codeId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly untilMs: number;
}
