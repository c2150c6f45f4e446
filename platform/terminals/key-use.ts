/**
 * Which key of a terminal may ask: a new one replaces all others at its first request (journal.md part 3, "New terminal
 * key"). Those sign no request any more; what they signed before stays verified by their certificates.
 */
import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import { isOnItsWay, type KnownBoot } from './counters.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'log'>;

/** A key of a terminal, as a request names it. */
export interface KeyOfTerminal {
  readonly keyId: Uint8Array;
  readonly terminalId: Uint8Array;
}

/** Notes, durably, that a key was used for the first time; the other keys of its terminal are retired with that. */
export async function noteFirstUse(context: Context, { keyId, terminalId }: KeyOfTerminal): Promise<void> {
  const nowMs = context.clock.wallMs();
  await context.store.transaction(async (tx) => {
    const first = await tx
      .updateTable('terminalKeys')
      .set({ usedMs: nowMs })
      .where('keyId', '=', keyId)
      .where('usedMs', 'is', null)
      .where('retiredMs', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(first.numUpdatedRows) === 0) return;
    await tx
      .updateTable('terminalKeys')
      .set({ retiredMs: nowMs })
      .where('terminalId', '=', terminalId)
      .where('keyId', '!=', keyId)
      .where('retiredMs', 'is', null)
      .execute();
  });
}

/**
 * Rings where a retired key asks, unless the request may have been on its way while the key was still good: an older
 * disk, or a copy of it, is in use.
 */
export async function ringForRetired(
  context: Context,
  { keyId, terminalId }: KeyOfTerminal,
  asked: { readonly counter: number; readonly boot: KnownBoot | undefined },
): Promise<void> {
  if (asked.boot && isOnItsWay(asked.boot, asked.counter)) return;
  const about = toHex(keyId);
  const alarm = { kind: 'old-key', about, terminalId, detail: about } as const;
  if (await raiseAlarm(context.store.db, alarm, context.clock.wallMs()))
    context.log('platform.alarm', { kind: alarm.kind });
}
