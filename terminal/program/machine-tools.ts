/** What maintainers are shown and given of the machine itself, joined to this process. */

import type { Crypto } from '../../base/crypto/api.ts';
import { systemClock } from '../../base/node/clock.ts';
import { findDiskSpace, findFreeBytes } from '../../base/node/free-space.ts';
import { systemRandom } from '../../base/node/random.ts';
import type { DeviceStatus } from '../../drivers/api.ts';
import type { Standing } from '../limits/standing.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import { writeBundle } from '../orders/bundle-on-stick.ts';
import { type DiagnosticsFacts, gatherDiagnostics } from '../orders/diagnostics.ts';
import type { UpkeepCatalog } from '../upkeep/catalog-page.ts';
import type { LogRing } from '../upkeep/log-ring.ts';
import type { MachineTools } from '../upkeep/machine-care.ts';
import { machineReport } from '../upkeep/machine-report.ts';
import { createPhoneSignIn } from '../upkeep/phone-sign-in.ts';
import type { UpkeepQueue } from '../upkeep/queue.ts';
import { BUILT_AT_MS, SOFTWARE } from './build-info.ts';
import type { TerminalConfig } from './config.ts';
import { hashOfProgram, RUNTIME } from './running.ts';
import type { SoftwareSource } from './software-source.ts';
import { softwareUpkeep } from './software-upkeep.ts';
import { mountedSticks } from './sticks.ts';

/** The facts of a bundle of diagnostics, and what the maintainer's pages stand on. */
export function machineTools(parts: {
  readonly config: TerminalConfig;
  readonly opened: OpenedKeeper;
  readonly crypto: Crypto;
  readonly ring: LogRing;
  readonly catalog: Pick<UpkeepCatalog, 'state'>;
  readonly queue: UpkeepQueue;
  readonly online: () => boolean;
  readonly standing: () => Standing;
  readonly statuses: () => readonly DeviceStatus[];
  readonly software: () => SoftwareSource | undefined;
  readonly maintains: MachineTools['maintains'];
}): { readonly facts: DiagnosticsFacts; readonly tools: MachineTools } {
  const { config, opened, crypto, ring, queue } = parts;
  const programHash = hashOfProgram(crypto);
  const machine = () =>
    machineReport({
      ...{ opened, crypto, clock: systemClock, software: SOFTWARE, builtAtMs: BUILT_AT_MS, queue },
      ...{ runtime: RUNTIME, programHash, catalog: parts.catalog.state, online: parts.online },
      disk: () => findDiskSpace(config.dataDir) ?? null,
    });
  const facts: DiagnosticsFacts = {
    ...{ software: SOFTWARE, config: () => config, machine, log: ring.newest, store: opened.upkeep },
    ...{ statuses: parts.statuses, standing: parts.standing, queue: queue.entries },
    freeBytes: () => findFreeBytes(config.dataDir) ?? null,
  };
  const { keeper, phoneTries: store, upkeepCards: cards } = opened;
  const key = config.upkeep.phone;
  return {
    facts,
    tools: {
      ...{ report: machine, log: ring.newest, cards, sticks: () => mountedSticks(config.rescueDir) },
      software: softwareUpkeep({
        ...{ source: parts.software, time: opened.time, rescueDir: config.rescueDir },
      }),
      phone: createPhoneSignIn({ key, store, clock: systemClock, crypto, random: systemRandom, keeper }),
      writeBundle: ({ disk }) =>
        writeBundle({
          ...{ disk, crypto, enrolment: opened.findEnrolment(), bundle: gatherDiagnostics(facts) },
          wallMs: opened.time.nowMs(),
        }),
      maintains: parts.maintains,
    },
  };
}
