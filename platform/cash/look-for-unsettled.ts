/** Rings for cash that a day later is neither paid nor given back; each once. */
import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import { keepLooking } from '../keep-looking.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import { SETTLE_WITHIN_MS, unsettledCash } from './cash.ts';

const LOOK_EVERY_MS = 600_000;

/** Rings for all of it; how many rang for the first time. */
export async function ringUnsettledCash({
  store,
  clock,
  log,
}: Pick<PlatformContext, 'store' | 'clock' | 'log'>): Promise<number> {
  const nowMs = clock.wallMs();
  const rows = await unsettledCash(store.db, null, nowMs - SETTLE_WITHIN_MS);
  let rang = 0;
  for (const { caseId, localNumber } of rows) {
    const alarm = { kind: 'cash-open', about: toHex(caseId), terminalId: null, detail: localNumber } as const;
    if (!(await raiseAlarm(store.db, alarm, nowMs))) continue;
    log('platform.alarm', { kind: 'cash-open' });
    rang += 1;
  }
  return rang;
}

/** Looks now, and then every ten minutes. */
export function lookForUnsettledCash(context: PlatformContext): { stop(): Promise<void> } {
  return keepLooking(context, {
    program: 'cash',
    everyMs: LOOK_EVERY_MS,
    look: () => ringUnsettledCash(context),
  });
}
