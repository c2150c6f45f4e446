/**
 * Puts a terminal together on this machine and keeps it going: opens what is kept (again and again, when it
 * cannot be opened), enrols at the first start, runs the engine, and joins screen and devices.
 */
import { join } from 'node:path';
import type { Cancel } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import type { Log } from '../../base/log.ts';
import { CannotStart } from '../../base/node/cannot-start.ts';
import { systemClock } from '../../base/node/clock.ts';
import { findDiskSpace, findFreeBytes } from '../../base/node/free-space.ts';
import { systemRandom } from '../../base/node/random.ts';
import type { Health } from '../../base/program-lines.ts';
import { invariant } from '../../base/result.ts';
import { connect } from '../../base/rpc/connect.ts';
import type { Port, PortSource } from '../../base/rpc/port.ts';
import { serve } from '../../base/rpc/serve.ts';
import type { Catalog } from '../../catalog/load.ts';
import type { DevicesContract } from '../../drivers/api.ts';
import { createSlotDesk } from '../bookings/slot-desk.ts';
import { createTypesetter } from '../certificate/pdf.ts';
import { createFeedSources } from '../feed/feed-sources.ts';
import { watchStanding } from '../limits/watch-limits.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import { withLock } from '../orders/lock.ts';
import type { MachineLock } from '../orders/order-table.ts';
import { startOrders } from '../orders/start-orders.ts';
import type { TakeAnswers } from '../rescue/answers.ts';
import type { RescueTools } from '../rescue/stick-work.ts';
import { createOutOfService } from '../screen/out-of-service.ts';
import type { ScreenRouter } from '../screen/router.ts';
import { createTerminal, type Source } from '../terminal.ts';
import { startHealingAudit } from '../upkeep/healing-audit.ts';
import { createLogRing } from '../upkeep/log-ring.ts';
import type { Site } from '../visit/desk.ts';
import { type BeginTrouble, formerTerminals, openOrBeginAnew } from './begin-anew.ts';
import { BUILT_AT_MS, SOFTWARE } from './build-info.ts';
import { createCatalogSource, shippedCatalog } from './catalog-source.ts';
import type { TerminalConfig } from './config.ts';
import { startFleetCounts } from './fleet-link.ts';
import { packagedFonts } from './fonts.ts';
import { watchHealth } from './health.ts';
import { machineTools } from './machine-tools.ts';
import { createMaintains } from './maintenance.ts';
import { watchForNight } from './nightly.ts';
import { DATABASE, isInUse } from './open-stores.ts';
import { phoneRulesOf } from './phone-rules.ts';
import { startPlatformLink } from './platform-link.ts';
import { siteOf } from './site.ts';
import { answeredBefore, startSoftware } from './software-source.ts';
import { watched } from './source.ts';
import { mountedSticks } from './sticks.ts';
import { findStuckVisit } from './synthetic-visit.ts';

/** How long before a store that could not be opened is tried again. */
const REOPEN_MS = 15_000;
/** A slip and a self-test take their time: their own limits and a little more. */
const CALL_TIMEOUTS_MS = { printSlip: 35_000, printDocument: 185_000, selfTest: 185_000 };

export interface TerminalProgram {
  stop(): Promise<void>;
}

/** Starts everything; the screen shows "out of service" for as long as nothing can be kept. */
export function startTerminalProgram(options: {
  readonly config: TerminalConfig;
  readonly screens: PortSource;
  readonly devices: PortSource;
  readonly log: Log;
  /** Ends the program because of a bug, or because another one has the database. */
  readonly die: (error: unknown) => void;
  /** Ends the program in order, to be started again at once. */
  readonly end: () => void;
  /** Hears how it is; absent where no launcher wants to know. */
  readonly sayHealth?: (health: Health) => void;
}): TerminalProgram {
  const { config, log } = options;
  const site = siteOf(config);
  invariant(site.ok, 'the configuration names a village of the county');
  const crypto = createCrypto(systemRandom);
  const catalog = shippedCatalog(config, log);
  const router = watched<ScreenRouter>(createOutOfService(site.value, systemClock));
  serveScreens(options.screens, router, options.die);

  // Before anything is opened: what a killed run left would let sticks in for as long as the store stays shut.
  const maintains = createMaintains(config.maintenanceDir, log);

  let stopRunning: () => Promise<void> = async () => {};
  let cancel: Cancel = () => {};
  const open = () => {
    const opened = openOrBeginAnew(config, crypto, log);
    if (!opened.ok) {
      if (isInUse(opened.error)) {
        const path = join(config.dataDir, DATABASE);
        return options.die(new CannotStart('in-use', `another program has ${path} open; stop it first`));
      }
      log('store.cannot-open', { code: opened.error.code, detail: openDetail(opened.error) });
      cancel = systemClock.after(REOPEN_MS, open);
      return;
    }
    const running = runOpened({
      ...options,
      ...{ site: site.value, catalog, crypto, maintains, opened: opened.value },
    });
    router.set(running.router);
    stopRunning = running.stop;
  };
  open();
  return {
    async stop() {
      cancel();
      await stopRunning();
    },
  };
}

function openDetail(trouble: BeginTrouble): string {
  return 'trouble' in trouble ? trouble.trouble.code : trouble.code;
}

interface Opened {
  readonly config: TerminalConfig;
  readonly devices: PortSource;
  readonly log: Log;
  readonly site: Site;
  readonly catalog: Catalog;
  readonly crypto: Crypto;
  readonly opened: OpenedKeeper;
  readonly maintains: (isSignedIn: boolean) => void;
  readonly end: () => void;
  readonly sayHealth?: (health: Health) => void;
}

function runOpened(parts: Opened): { readonly router: ScreenRouter; stop(): Promise<void> } {
  const { config, site, crypto, opened } = parts;
  const ring = createLogRing(parts.log, () => opened.time.nowMs());
  const { log } = ring;
  const lock = watched<MachineLock | null>(opened.orders.findLock() ?? null);
  const counts = startFleetCounts(opened);
  const platform = startPlatformLink({
    ...{ opened, crypto, log, enrolment: config.enrolment, longestWaitMs: config.longestWaitMs },
    onNewKey: parts.end,
    onTrouble: counts.trouble,
  });
  const feed = createFeedSources(opened, systemClock, site.village.code);
  const releases = createCatalogSource({
    ...{ config, shipped: parts.catalog, crypto, log, client: platform.client },
    channel: () => feed.catalogChannel.now(),
    // Law 9: what is past its date by a clock nobody vouched for is held against the latest signed time instead.
    nowMs: () => (opened.time.trusted() ? opened.time.nowMs() : opened.time.floorMs()),
  });
  const startedMonoMs = systemClock.monoMs();
  const standing = watchStanding({
    clock: systemClock,
    facts: () => ({
      disk: findDiskSpace(config.dataDir) ?? null,
      owed: opened.upkeep.countOwed(),
      lastContactMs: lastSureContactMs(opened),
      sureMs: opened.sureMs(),
      untrustedMs: opened.time.trusted() ? 0 : systemClock.monoMs() - startedMonoMs,
      builtAtMs: BUILT_AT_MS,
    }),
    takenOut: feed.takenOut,
    revoked: [feed.revoked, platform.revoked],
    lock,
  });
  const care = machineTools({
    ...{ config, opened, crypto, ring, catalog: releases.upkeep, queue: platform.queue },
    ...{ online: platform.online.now, standing: standing.now, statuses: () => terminal.care.statuses() },
    ...{ software: () => software, maintains: parts.maintains },
  });
  const terminal = createTerminal({
    clock: systemClock,
    random: systemRandom,
    crypto,
    log,
    keeper: opened.keeper,
    time: opened.time,
    site,
    catalog: releases.catalog,
    network: platform.online,
    service: withLock(platform.service, lock),
    lookUp: platform.lookUp,
    queries: platform.queries,
    typesetter: createTypesetter(packagedFonts),
    slots: createSlotDesk({ queries: platform.queries, online: () => platform.online.now() }),
    notices: feed.notices,
    noticeMarks: opened.noticeMarks,
    standing,
    deviceNews: counts.deviceNews,
    ...(config.phoneCode && {
      phone: {
        ...{ rules: phoneRulesOf(config.phoneCode), used: opened.phoneCodes },
        named: () => feed.phoneIssuers.now()?.issuers ?? null,
      },
    }),
    agents: {
      ...{ vault: opened.agents, dayBook: opened.dayBook, authorities: opened.authorities },
      ...{ cash: opened.cash, roster: feed.roster, sureMs: () => opened.sureMs() },
      lists: feed.agentLists,
    },
    upkeep: {
      store: opened.upkeep,
      verifiers: config.upkeep,
      software: SOFTWARE,
      queue: platform.queue,
      catalog: releases.upkeep,
      freeBytes: () => findFreeBytes(config.dataDir) ?? null,
      rescue: rescueTools(parts, platform.takeAnswers),
      machine: care.tools,
    },
  });
  const orders = startOrders({
    ...{ opened, clock: systemClock, crypto, log, terminal, lock, restart: parts.end },
    ...{ facts: care.facts, softwareDir: process.env.YIZHAN_SOFTWARE },
  });
  const stopHealingAudit = startHealingAudit({
    ...{ clock: systemClock, random: systemRandom, keeper: opened.keeper, healings: opened.healings },
  });
  const report = counts.report({ dataDir: config.dataDir, crypto, terminal, platform, releases });
  const software = startSoftware({
    ...{ config, opened, crypto, log, client: platform.client, vacant: terminal.vacant },
    statuses: terminal.care.statuses,
    nowMs: () => (opened.time.trusted() ? opened.time.nowMs() : opened.time.floorMs()),
    softwareDir: process.env.YIZHAN_SOFTWARE,
  });
  const settle = () => {
    if (terminal.vacant.now()) releases.betweenVisits();
  };
  const stopSettling = terminal.vacant.onChange(settle);
  const stopHearing = feed.catalogNews.onChange(() => void releases.lookAtPlatform().then(settle));
  const visit = {
    ...{ clock: systemClock, random: systemRandom, crypto, site, catalog: releases.catalog, opened },
    ...{ lookUp: platform.lookUp, queries: platform.queries, dataDir: config.dataDir },
    typesetter: createTypesetter(packagedFonts),
  };
  const stopHealth =
    parts.sayHealth &&
    watchHealth({
      ...{ clock: systemClock, say: parts.sayHealth, statuses: terminal.care.statuses },
      ...{ queue: platform.queue, findStuckVisit: () => findStuckVisit(visit) },
      answered: answeredBefore(config),
      onStuck: (at) => log('trial.stuck', { at }),
    });
  const stopNightly = watchForNight({
    ...{ clock: systemClock, random: systemRandom, nowMs: () => opened.time.nowMs() },
    ...{ hours: config.restartHours, vacant: terminal.vacant, renew: parts.end },
    countOwed: () => opened.upkeep.countOwed(),
  });
  parts.devices.onPort(({ port }) => {
    const { client } = connect<DevicesContract>(port, { clock: systemClock, timeoutsMs: CALL_TIMEOUTS_MS });
    terminal.attachDevices(client);
  });
  return {
    router: terminal.router,
    async stop() {
      stopNightly();
      stopHealth?.();
      orders.stop();
      report.stop();
      terminal.stop();
      standing.stop();
      stopSettling();
      stopHearing();
      releases.stop();
      software?.stop();
      stopHealingAudit();
      feed.stop();
      await platform.stop();
      opened.close();
    },
  };
}

function rescueTools({ config, crypto, opened }: Opened, takeAnswers: TakeAnswers): RescueTools {
  return {
    ...{ crypto, takeAnswers, source: opened.rescue, nowMs: () => opened.time.nowMs() },
    sticks: () => mountedSticks(config.rescueDir),
    former: formerTerminals(config.dataDir),
    findSigner() {
      const enrolment = opened.findEnrolment();
      return enrolment && { terminalId: enrolment.cert.terminalId, key: opened.key };
    },
  };
}

/** When the platform was last heard, and no later than it has signed: a clock that ran ahead then hides no silence. */
function lastSureContactMs({ keeper, time }: OpenedKeeper): number | null {
  const lastMs = keeper.lastContactMs();
  return lastMs === null ? null : Math.min(lastMs, time.floorMs());
}

/** Each screen is served by the router of its moment; when that changes its port is closed, and it dials again. */
function serveScreens(
  screens: PortSource,
  router: Source<ScreenRouter>,
  die: (error: unknown) => void,
): void {
  const open = new Set<Port>();
  screens.onPort(({ port }) => {
    open.add(port);
    port.onClose(() => open.delete(port));
    serve(router.now(), port, {
      clock: systemClock,
      context: {},
      onFault: die,
    });
  });
  router.onChange(() => {
    for (const port of [...open]) port.close();
  });
}
