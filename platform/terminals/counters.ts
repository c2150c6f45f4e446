/**
 * Uses request counters up, durably, before anybody acts on a request. Those that come while a transaction is under
 * way share the next: a disk flushes once for all of them, so a county on the feed costs it few flushes.
 */
import { toHex } from '../../base/bytes.ts';
import type { Cancel } from '../../base/clock.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';
import { type CounterWindow, EMPTY_WINDOW, findNextWindow } from './counter-window.ts';

/** What is stored of a boot. */
export interface KnownBoot extends CounterWindow {
  /** Its highest counter when the next boot began; null for the one that began last. */
  readonly leftAt: number | null;
}

/** A counter that a request of one boot named. */
export interface Claim {
  readonly terminalId: Uint8Array;
  readonly bootId: Uint8Array;
  readonly counter: number;
  /** The boot as it was a moment ago, if it was there. */
  readonly known: KnownBoot | undefined;
  /** Whether it may wait a moment for others to share its transaction: nobody waits for a poll to begin. */
  readonly canWait: boolean;
}

/** `late`: not used before, but its boot was left long ago. */
export type Spent = 'fresh' | 'late' | 'replayed';

/** The counters of every terminal, as one gateway uses them. */
export interface Counters {
  /** Resolves when the counter is used up for good, or was before. */
  spend(claim: Claim): Promise<Spent>;
}

/** So many in one transaction. */
const AT_ONCE = 200;
/** How long one that can wait does so at most: some twenty flushes a second, however many terminals poll. */
const GATHER_MS = 50;

/**
 * So many requests of a boot may have been on their way when the next one began: a terminal has but a few open
 * at once. Only a boot that goes on beyond is the mark of a clone.
 */
const ON_THEIR_WAY = 16;

interface Waiting {
  readonly claim: Claim;
  resolve(spent: Spent): void;
  reject(error: unknown): void;
}

/** Counters of this process; other gateways over the same database are reckoned with. */
export function createCounters({ store, clock }: Pick<PlatformContext, 'store' | 'clock'>): Counters {
  const queue: Waiting[] = [];
  let isBusy = false;
  let stopGathering: Cancel | undefined;

  async function work(): Promise<void> {
    isBusy = true;
    stopGathering?.();
    stopGathering = undefined;
    while (queue.length > 0) {
      // In one order everywhere, so that two gateways never wait for each other crosswise.
      const group = queue.splice(0, AT_ONCE).sort(byTerminal);
      try {
        const spent = await store.transaction(async (tx) => {
          const each: Spent[] = [];
          for (const { claim } of group) each.push(await spendOne(tx, claim, clock.wallMs()));
          return each;
        });
        for (const [index, { resolve }] of group.entries()) resolve(spent[index]!);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isBusy = false;
  }

  return {
    spend: (claim) =>
      new Promise((resolve, reject) => {
        queue.push({ claim, resolve, reject });
        if (isBusy) return;
        if (!claim.canWait) void work();
        else stopGathering ??= clock.after(GATHER_MS, () => void work());
      }),
  };
}

function byTerminal({ claim: a }: Waiting, { claim: b }: Waiting): number {
  return toHex(a.terminalId) < toHex(b.terminalId) ? -1 : 1;
}

/** Uses one up; where the boot moved on meanwhile it looks again. */
async function spendOne(tx: Db, claim: Claim, nowMs: number): Promise<Spent> {
  const { terminalId, bootId, counter } = claim;
  for (let boot = claim.known; ; boot = await findBoot(tx, claim)) {
    if (!boot) {
      await beginBoot(tx, claim, nowMs);
      continue;
    }
    const next = findNextWindow(boot, counter);
    if (!next) return 'replayed';
    const updated = await tx
      .updateTable('boots')
      .set(next)
      .where('terminalId', '=', terminalId)
      .where('bootId', '=', bootId)
      .where('highest', '=', boot.highest)
      .where('seen', '=', boot.seen)
      .executeTakeFirstOrThrow();
    if (Number(updated.numUpdatedRows) === 0) continue;
    return isOnItsWay(boot, counter) ? 'fresh' : 'late';
  }
}

/** Whether a request of this boot may have been sent before the next boot began. */
export function isOnItsWay({ leftAt }: KnownBoot, counter: number): boolean {
  return leftAt === null || counter <= leftAt + ON_THEIR_WAY;
}

function findBoot(tx: Db, { terminalId, bootId }: Claim): Promise<KnownBoot | undefined> {
  return tx
    .selectFrom('boots')
    .select(['highest', 'seen', 'leftAt'])
    .where('terminalId', '=', terminalId)
    .where('bootId', '=', bootId)
    .executeTakeFirst();
}

async function beginBoot(tx: Db, { terminalId, bootId }: Claim, nowMs: number): Promise<void> {
  const begun = await tx
    .insertInto('boots')
    .values({ terminalId, bootId, ...EMPTY_WINDOW, beganMs: nowMs, leftAt: null })
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
}
