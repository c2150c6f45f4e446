/** The orders of the platform, joined to this machine's parts. */
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Log } from '../../base/log.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import type { Watched } from '../program/source.ts';
import type { Terminal } from '../terminal.ts';
import type { DiagnosticsFacts } from './diagnostics.ts';
import { bundleFile, gatherDiagnostics } from './diagnostics.ts';
import { restartByLauncher } from './machine-restart.ts';
import { createOrderRunner, type OrderRunner } from './order-runner.ts';
import type { MachineLock } from './order-table.ts';
import { runOrderedTest } from './ordered-test.ts';

/** Starts carrying them out. `restart` ends the programs in order, to be started again. */
export function startOrders(parts: {
  readonly opened: OpenedKeeper;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly terminal: Pick<Terminal, 'vacant' | 'care'>;
  readonly lock: Watched<MachineLock | null>;
  readonly facts: DiagnosticsFacts;
  readonly restart: () => void;
  /** The launcher's folder, as it said; `undefined` without one. */
  readonly softwareDir: string | undefined;
}): OrderRunner {
  const { opened, terminal, facts, softwareDir } = parts;
  const { care } = terminal;
  return createOrderRunner({
    ...{ clock: parts.clock, crypto: parts.crypto, log: parts.log, vacant: terminal.vacant },
    ...{ table: opened.orders, keeper: opened.keeper, nowMs: () => opened.time.nowMs() },
    sureMs: () => opened.sureMs(),
    onLock: (lock) => parts.lock.set(lock),
    deeds: {
      restart: parts.restart,
      machine: restartByLauncher(softwareDir === undefined ? undefined : nodeDisk(softwareDir), parts.clock),
      selfTest: (paper) =>
        runOrderedTest({
          ...{ statuses: care.statuses, find: care.find, paper },
          facts: () => ({
            ...{ atMs: Math.trunc(opened.time.nowMs()), software: facts.software },
            ...{ clockTrusted: opened.time.trusted(), freeBytes: facts.freeBytes() },
            owed: opened.upkeep.countOwed(),
          }),
        }),
      async diagnose() {
        const file = bundleFile(gatherDiagnostics(facts));
        return file === undefined
          ? { outcome: 'failed', why: 'too-large' }
          : { outcome: 'done', why: null, files: [file] };
      },
    },
  });
}
