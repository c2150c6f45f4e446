/** The software of this machine as the launcher keeps it: releases from the platform and from sticks. */
import { join } from 'node:path';
import { toHex } from '../../base/bytes.ts';
import type { Cancel } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Log } from '../../base/log.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk, readOnlyDisk } from '../../base/node/disk.ts';
import { findDiskSpace } from '../../base/node/free-space.ts';
import { systemRandom } from '../../base/node/random.ts';
import { removeTree } from '../../base/node/remove-tree.ts';
import { updateFromRepository } from '../../base/node/signed-repository.ts';
import { err, ok } from '../../base/result.ts';
import type { DeviceName, DeviceStatus } from '../../drivers/api.ts';
import type { Client } from '../../sync/client.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { MachineReport } from '../../sync/report-contents.ts';
import type { SoftwareOffer } from '../../sync/software-contents.ts';
import { SOFTWARE_LIMITS, SOFTWARE_TARGET } from '../../sync/software-release.ts';
import { bytesForCases, DISK_RESERVE_BYTES } from '../limits/limits.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import { findAnswered, noteAnswering } from '../software/answering.ts';
import { isInHours, offerOf } from '../software/offers.ts';
import { runningSince } from '../software/since.ts';
import { findLauncherStatus, openSlots } from '../software/slots.ts';
import { createSoftwareKeeper, type SoftwareKeeper } from '../software/software-keeper.ts';
import type { SoftwareFrom } from '../software/source.ts';
import { stepsBack, triedOrders } from '../software/step-back.ts';
import type { Source } from '../terminal.ts';
import { fetchFrom, findReleaseRoot, readFrom } from './catalog-source.ts';
import type { TerminalConfig } from './config.ts';
import { trustOf } from './platform-link.ts';

/** Where releases lie on a stick. */
export const SOFTWARE_STICK = 'yizhan-software';
const SETTLE_EVERY_MS = 60_000;
/** So long may a quarter of a megabyte take. */
const PART_TIMEOUT_MS = 60_000;

/** The software of this machine. */
export interface SoftwareSource
  extends Pick<SoftwareKeeper, 'state' | 'look' | 'lookAt' | 'hurry' | 'cancel' | 'stop'> {
  /** What the platform offers this machine now. */
  offer(): SoftwareOffer | null;
  /** Since when the release runs that runs now; null where the launcher does not say which. */
  readonly sinceMs: number | null;
  stickAt(stickDir: string): SoftwareFrom;
}

/** Begins to look; `undefined` where no launcher started this program, or no root says whom to trust. */
export function startSoftware(parts: {
  readonly config: TerminalConfig;
  readonly opened: OpenedKeeper;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly client: Client;
  /** The latest time that can be answered for. */
  readonly nowMs: () => number;
  /** Whether nobody stands here. */
  readonly vacant: Source<boolean>;
  readonly statuses: () => readonly DeviceStatus[];
  /** The launcher's folder, as it said; `undefined` without one. */
  readonly softwareDir: string | undefined;
}): SoftwareSource | undefined {
  const { config, opened, crypto, log, client, nowMs, vacant, statuses, softwareDir } = parts;
  const root = findReleaseRoot(config);
  if (softwareDir === undefined || root === undefined) return undefined;
  const own = ownFolder(config);
  const contents = (kind: number) => opened.feedItems(kind).map(({ content }) => content);
  const offer = () => offerOf(contents(FEED_KIND.software));
  const slots = openSlots({
    ...{ disk: nodeDisk(softwareDir), clock: systemClock, newId: () => toHex(crypto.randomBytes(8)) },
    removeTree: (slot) => removeTree(join(softwareDir, slot)),
  });
  const keeper = createSoftwareKeeper({
    slots: {
      ...slots,
      ask(...asked) {
        if (asked[0] === 'switch') noteAnswering(nodeDisk(own), statuses());
        return slots.ask(...asked);
      },
    },
    incoming: nodeDisk(join(own, 'incoming')),
    triedOrders: triedOrders(nodeDisk(own)),
    isVacant: vacant.now,
    platform: platformOf(client, () => offer()?.channel ?? 'stable'),
    findList: (fetchFile) =>
      updateFromRepository({
        ...{ trustDir: join(own, 'trust'), root, fetchFile, nowMs: nowMs() },
        ...{ target: SOFTWARE_TARGET, mostBytes: SOFTWARE_LIMITS.listBytes },
      }),
    wishes(running) {
      const offered = offer();
      const { leftBehind, to, order } =
        opened.findEnrolment() === undefined
          ? { leftBehind: 0, to: null, order: null }
          : stepsBack(crypto, trustOf(opened), contents(FEED_KIND.stepBack), running);
      // By a clock that nobody vouched for no hour is known.
      const isHour =
        offered !== null && opened.time.trusted() && isInHours(offered.hours, opened.time.nowMs());
      return { offered: offered?.version ?? null, leftBehind, backTo: to, order, mayChange: isHour };
    },
    architecture: `${process.platform}-${process.arch}`,
    bytesForCases() {
      const space = findDiskSpace(config.dataDir);
      return space === undefined ? DISK_RESERVE_BYTES : bytesForCases(space.totalBytes);
    },
    ...{ crypto, log, clock: systemClock, random: systemRandom },
  });
  const said = () =>
    [FEED_KIND.software, FEED_KIND.stepBack].map((kind) => opened.feedItems(kind).length).join();
  let heard = said();
  const stopHearing = opened.keeper.onChange(() => {
    if (said() === heard) return;
    heard = said();
    void keeper.look().then(settle);
  });
  const settle = () => {
    if (vacant.now()) keeper.betweenVisits();
  };
  const stopSettling = vacant.onChange(settle);
  // The hour may come while nobody does.
  let cancel: Cancel = () => {};
  const again = () => {
    settle();
    cancel = systemClock.after(SETTLE_EVERY_MS, again);
  };
  again();
  const manifest = findLauncherStatus(readOnlyDisk(softwareDir))?.running.manifest ?? null;
  return {
    ...{ state: keeper.state, look: keeper.look, lookAt: keeper.lookAt },
    ...{ hurry: keeper.hurry, cancel: keeper.cancel, offer },
    sinceMs: manifest === null ? null : runningSince(nodeDisk(own), manifest, opened.time.nowMs()),
    stickAt: (stickDir) => stickOf(join(stickDir, SOFTWARE_STICK)),
    stop() {
      cancel();
      stopSettling();
      stopHearing();
      keeper.stop();
    },
  };
}

function ownFolder({ dataDir }: TerminalConfig): string {
  return join(dataDir, 'software');
}

/** The devices that answered the version before, for the trial of this one. */
export function answeredBefore(config: TerminalConfig): ReadonlySet<DeviceName> {
  return findAnswered(readOnlyDisk(ownFolder(config)));
}

function platformOf(client: Client, channel: () => string): SoftwareFrom {
  return {
    fetchFile: (name, mostBytes) => fetchFrom(client, channel)(name, mostBytes),
    async fetchPart(name, from, bytes) {
      const [folder = '', file = ''] = name.split('/');
      const fetched = await client({
        ...{ endpoint: 'releaseFile', params: { channel: channel(), folder, name: file } },
        ...{
          headers: { range: `bytes=${from}-${from + bytes - 1}` },
          status: 206,
          timeoutMs: PART_TIMEOUT_MS,
        },
      });
      if (fetched.ok) return ok(fetched.value);
      if (fetched.error.code === 'timeout') return err('slow');
      const status = fetched.error.code === 'http' ? fetched.error.status : undefined;
      if (status === 429) return err('busy');
      return err(status === 404 || status === 416 ? 'not-there' : 'unreachable');
    },
  };
}

function stickOf(folder: string): SoftwareFrom {
  const disk = readOnlyDisk(folder);
  return {
    fetchFile: readFrom(folder),
    async fetchPart(name, from, bytes) {
      const read = disk.readPart(name, from, bytes);
      if (read.ok) return read.value.length > 0 ? ok(read.value) : err('not-there');
      return err(read.error.code === 'not-found' ? 'not-there' : 'unreachable');
    },
  };
}

/** The release that runs and what became of the last change, for the machine's report; nothing without a launcher. */
export function findLaunched(softwareDir: string | undefined): Pick<MachineReport, 'release' | 'update'> {
  const status = softwareDir === undefined ? undefined : findLauncherStatus(readOnlyDisk(softwareDir));
  if (status === undefined) return {};
  const { running, last } = status;
  return {
    ...(running.version !== null &&
      running.manifest !== null && { release: { number: running.version, manifest: running.manifest } }),
    ...(last && { update: { version: String(last.version), state: last.outcome } }),
  };
}
