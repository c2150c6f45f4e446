/** This machine's report to whoever keeps machines running: what is counted, when it goes, and what it is made from. */
import { basename, dirname } from 'node:path';
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { systemClock } from '../../base/node/clock.ts';
import { readOnlyDisk } from '../../base/node/disk.ts';
import { findDiskSpace } from '../../base/node/free-space.ts';
import { systemRandom } from '../../base/node/random.ts';
import { SqlFailure } from '../../base/sql.ts';
import type { Catalog } from '../../catalog/load.ts';
import type { DeviceStatus } from '../../drivers/api.ts';
import { JournalUnavailable } from '../../sync/ports.ts';
import type { CountOf } from '../fleet/fleet-store.ts';
import { createPageWatch } from '../fleet/page-watch.ts';
import { createReports } from '../fleet/report.ts';
import { startReporter } from '../fleet/reporter.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import type { Terminal } from '../terminal.ts';
import type { DeviceNews } from '../visit/devices-link.ts';
import { SOFTWARE } from './build-info.ts';
import type { CatalogSource } from './catalog-source.ts';
import { watchLauncher } from './launcher-news.ts';
import type { PlatformLink } from './platform-link.ts';
import { findLaunched } from './software-source.ts';

/** What is counted from the first moment on, before there is anything to report with. */
export interface FleetCounts {
  readonly deviceNews: DeviceNews;
  trouble(code: string): void;
  /** Begins to report. */
  report(parts: ReportParts): { stop(): void };
}

/** What reports are made from and sent by. */
interface ReportParts {
  readonly dataDir: string;
  readonly crypto: Crypto;
  readonly terminal: Terminal;
  readonly platform: Pick<PlatformLink, 'client' | 'online' | 'countWaiting'>;
  readonly releases: Pick<CatalogSource, 'catalog' | 'state'>;
}

/** States that pass by themselves and are no change to tell of. */
const PASSING: ReadonlySet<DeviceStatus['state']> = new Set(['starting', 'busy']);
const CODE = /^[a-z0-9][a-z0-9.-]{0,63}$/;

/** Begins to count; the program before this one that had not been stopped counts too. */
export function startFleetCounts(opened: OpenedKeeper): FleetCounts {
  const { fleet, time } = opened;
  fleet.begin(time.nowMs());
  const startedMonoMs = systemClock.monoMs();
  const known = new Map<string, string>();
  let changed = () => {};
  const count = (of: CountOf) => fleet.count(of);

  return {
    deviceNews: {
      status({ device, state, reason }) {
        if (PASSING.has(state)) return;
        const stands = `${state} ${reason}`;
        if (known.get(device) !== stands) changed();
        known.set(device, stands);
      },
      hung: () => count({ what: 'device-hung' }),
      lost() {
        count({ what: 'devices-lost' });
        known.clear();
        changed();
      },
    },
    trouble: (code) => count({ what: 'network', on: CODE.test(code) ? code : 'other' }),
    report({ dataDir, crypto, terminal, platform, releases }) {
      const launched = () => findLaunched(process.env.YIZHAN_SOFTWARE);
      const reports = createReports({
        ...{ crypto, store: fleet, bootId: opened.bootId },
        software: { version: SOFTWARE, hash: findProgramHash(crypto) },
        nowMs: () => time.nowMs(),
        uptimeMs: () => systemClock.monoMs() - startedMonoMs,
        clockTrusted: () => time.trusted(),
        catalog: () => releases.catalog.now(),
        release: () => releases.state(),
        keySet: () => opened.findEnrolment()?.keySet.value.number ?? null,
        devices: () => terminal.machine?.lines() ?? null,
        paper: () => terminal.machine?.paper() ?? null,
        countOwed: () => opened.upkeep.countOwed(),
        disk: () => findDiskSpace(dataDir) ?? null,
        findLaunched: launched,
      });
      const reporter = startReporter({
        ...{ clock: systemClock, random: systemRandom, client: platform.client },
        report: () => whileReadable(reports),
        online: () => platform.online.now(),
        waiting: () => platform.countWaiting(),
      });
      changed = reporter.changed;
      const watch = createPageWatch({
        count,
        findMatter: (name) => findMatter(releases.catalog.now(), name),
      });
      const stopWatching = terminal.vacant.onChange(() => watch.saw(terminal.view().page));
      // A trial is over while this program runs: the county waits for that word.
      const stopHearing = watchLauncher(systemClock, launched, () => changed());
      return {
        stop() {
          stopHearing();
          stopWatching();
          reporter.stop();
          fleet.end();
        },
      };
    },
  };
}

/** A disk that fails now, or is busy, is asked again later. */
function whileReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SqlFailure || error instanceof JournalUnavailable) return undefined;
    throw error;
  }
}

/** Pages bear the short name of a matter. */
function findMatter({ matters }: Catalog, name: string): string | undefined {
  return matters.find((matter) => matter.name.short.zh === name || matter.name.official.zh === name)?.id;
}

/** Of the file this program was started from: in a package, all of its code. */
function findProgramHash(crypto: Crypto): string | null {
  const [, main] = process.argv;
  if (main === undefined) return null;
  const read = readOnlyDisk(dirname(main)).read(basename(main));
  return read.ok ? toHex(crypto.sha256(read.value)) : null;
}
