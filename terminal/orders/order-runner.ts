/**
 * Carries out what the platform orders of this machine: in the order in which it came, each once, none after its end,
 * and each with an answer in the journal. An order is noted as begun before anything is done; whoever is killed then
 * finds it begun, and does not do it again.
 */

import { toHex } from '../../base/bytes.ts';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Log } from '../../base/log.ts';
import { readContent } from '../../sync/content-coding.ts';
import {
  type MachineOrderContent,
  machineOrderContentSchema,
  type OrderOutcome,
  type OrderReport,
} from '../../sync/machine-orders.ts';
import type { AttachmentWish, ContentValue, Keeper } from '../keeper.ts';
import type { Source } from '../terminal.ts';
import type { MachineLock, OrderTable, PendingOrder } from './order-table.ts';
import { submissionOf } from './submission.ts';

/** What came of an order. `why` is a code of `[a-z-]`, where it was not done. */
export interface OrderAnswer {
  readonly outcome: OrderOutcome;
  readonly why: string | null;
  readonly report?: OrderReport;
  readonly files?: readonly AttachmentWish[];
}

/** How a whole machine is started again: by its launcher, which ends this program too. */
export interface MachineRestart {
  /** Whether it cannot be now, and can be later: a version is on trial. */
  mustWait(): boolean;
  /** Asks for it, under a name; answers why not, or nothing: then this program is being ended. */
  ask(name: string): Promise<string | undefined>;
  /** Whether what was asked for under that name was taken up. */
  isTaken(name: string): boolean;
}

/** What an order may have done. */
export interface OrderDeeds {
  /** Ends the programs in order, to be started again at once. */
  restart(): void;
  /** The programs of the whole machine and its screen, by whoever starts them. */
  readonly machine: MachineRestart;
  /** Looks at every device; `paper`: printers print. */
  selfTest(paper: boolean): Promise<OrderAnswer>;
  /** Gathers what tells how this machine is. */
  diagnose(): Promise<OrderAnswer>;
}

/** What the runner is made of. */
export interface OrderParts {
  readonly table: OrderTable;
  readonly keeper: Pick<Keeper, 'keep' | 'onChange'>;
  readonly crypto: Pick<Crypto, 'sha256'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether nobody stands there. */
  readonly vacant: Source<boolean>;
  readonly nowMs: () => number;
  /** A time that certainly has been reached. */
  readonly sureMs: () => number;
  readonly deeds: OrderDeeds;
  /** The lock is set or taken away. */
  readonly onLock: (lock: MachineLock | null) => void;
}

/** A runner at work. */
export interface OrderRunner {
  /** Looks whether anything is to be done; by itself after each page of the feed, each visit, and now and then. */
  look(): void;
  stop(): void;
}

const LOOK_EVERY_MS = 20_000;
const DONE: OrderAnswer = { outcome: 'done', why: null };
const failed = (why: string): OrderAnswer => ({ outcome: 'failed', why });

/** Starts it. */
export function createOrderRunner(parts: OrderParts): OrderRunner {
  const { table, keeper, crypto, clock, vacant, deeds } = parts;
  /** Begun in this run, by item in hex: null while it goes on, the answer while the journal cannot take it. */
  const own = new Map<string, { readonly order: string; readonly answer: OrderAnswer | null }>();
  let isLooking = false;
  let isStopped = false;
  let isEnding = false;
  let cancel: Cancel = () => {};

  function answer(
    itemId: Uint8Array,
    order: string,
    { outcome, why, report, files = [] }: OrderAnswer,
  ): boolean {
    const content: Record<string, ContentValue> = {
      ...{ schema: 1, kind: 'audit.machine-order', orderId: itemId, order, outcome, why },
      ...(report && { report: report as unknown as ContentValue }),
    };
    const wish = { entryClass: 2, content, attachments: files, remember: null, slip: false } as const;
    const kept = keeper.keep({ ...wish, submissionId: submissionOf(crypto, itemId) });
    if (!kept.ok) return false;
    table.noteAnswered(itemId);
    parts.log('order.answered', { order: order.replace('machine.', ''), outcome });
    return true;
  }

  /** Answers, or remembers the answer until the journal takes it. */
  function finish(itemId: Uint8Array, order: string, said: OrderAnswer): void {
    const name = toHex(itemId);
    if (answer(itemId, order, said)) own.delete(name);
    else own.set(name, { order, answer: said });
  }

  /** `work` resolves with nothing where the next run is to answer. */
  function begin(itemId: Uint8Array, order: string, work: () => Promise<OrderAnswer | undefined>): void {
    if (!table.begin(itemId)) return;
    own.set(toHex(itemId), { order, answer: null });
    void work()
      .catch(() => failed('interrupted'))
      .then((said) => {
        if (!isStopped && said) finish(itemId, order, said);
      });
  }

  function lock(itemId: Uint8Array, order: string, next: MachineLock | null): void {
    // Done twice it is the same: nothing to note before.
    if (!table.saveLock(next)) return;
    parts.onLock(next);
    finish(itemId, order, DONE);
  }

  function carryOut(itemId: Uint8Array, content: MachineOrderContent): void {
    const { kind } = content;
    const waits = 'when' in content ? content.when === 'vacant' : kind === 'machine.self-test';
    if (waits && !vacant.now()) return;
    switch (kind) {
      case 'machine.restart':
        if (!table.begin(itemId)) return;
        isEnding = true;
        deeds.restart();
        break;
      case 'machine.restart-all':
        if (deeds.machine.mustWait()) return;
        begin(itemId, kind, async () => {
          // Nothing else is begun that the end would break off.
          isEnding = true;
          const why = await deeds.machine.ask(toHex(itemId));
          if (why === undefined) return undefined;
          isEnding = false;
          return failed(why);
        });
        break;
      case 'machine.self-test':
        begin(itemId, kind, () => deeds.selfTest(content.paper));
        break;
      case 'machine.diagnostics':
        begin(itemId, kind, () => deeds.diagnose());
        break;
      case 'machine.lock': {
        const reason = { zh: content.reason.zh, en: content.reason.en };
        lock(itemId, kind, { reason, sinceMs: parts.nowMs() });
        break;
      }
      case 'machine.unlock':
        lock(itemId, kind, null);
        break;
    }
  }

  function attend(order: PendingOrder, isOverruled: boolean): void {
    const { itemId, content } = order;
    const mine = own.get(toHex(itemId));
    if (mine !== undefined) {
      if (mine.answer) finish(itemId, mine.order, mine.answer);
      return;
    }
    const ordered = findOrdered(content);
    const settled = settle(order, ordered, isOverruled);
    if (settled !== undefined) finish(itemId, ordered?.kind ?? 'unknown', settled);
    else if (ordered !== undefined) carryOut(itemId, ordered);
  }

  /** What there is to say of it without doing anything; undefined where it is to be done. */
  function settle(
    { itemId, expiresMs, isBegun }: PendingOrder,
    ordered: MachineOrderContent | undefined,
    isOverruled: boolean,
  ): OrderAnswer | undefined {
    if (isBegun) return hasRestarted(itemId, ordered) ? DONE : failed('interrupted');
    if (expiresMs !== null && expiresMs <= parts.sureMs()) return { outcome: 'expired', why: null };
    if (ordered === undefined) return failed('unreadable');
    return isOverruled ? failed('superseded') : undefined;
  }

  /** Of an order begun by a run before this one: whether what it ordered is what ended that run. */
  function hasRestarted(itemId: Uint8Array, ordered: MachineOrderContent | undefined): boolean {
    if (ordered?.kind === 'machine.restart') return true;
    return ordered?.kind === 'machine.restart-all' && deeds.machine.isTaken(toHex(itemId));
  }

  function look(): void {
    // What is done here tells others, and they tell us.
    if (isLooking || isStopped || isEnding) return;
    isLooking = true;
    try {
      const pending = table.pending();
      const lastLock = pending.findLastIndex(({ content }) => isAboutLock(content));
      for (const [index, order] of pending.entries()) {
        if (isEnding) break;
        attend(order, index < lastLock && isAboutLock(order.content));
      }
    } finally {
      // A disk that fails under one look is no end of all of them: whoever told us may go on without it.
      isLooking = false;
    }
  }

  const again = () => {
    look();
    cancel = clock.after(LOOK_EVERY_MS, again);
  };
  const unsubscribes = [keeper.onChange(look), vacant.onChange(look)];
  again();
  return {
    look,
    stop() {
      isStopped = true;
      cancel();
      for (const unsubscribe of unsubscribes) unsubscribe();
    },
  };
}

function findOrdered(content: Uint8Array | null): MachineOrderContent | undefined {
  const read = content && readContent(machineOrderContentSchema, content);
  return read?.ok ? read.value : undefined;
}

function isAboutLock(content: Uint8Array | null): boolean {
  const kind = findOrdered(content)?.kind;
  return kind === 'machine.lock' || kind === 'machine.unlock';
}
