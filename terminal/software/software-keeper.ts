/**
 * How new software comes to this machine: looked for now and then, fetched in the background and gone on with after any
 * cut, verified to the last byte, written into the folder that does not run, and changed over to when nobody stands
 * here. Whatever fails, the machine goes on with what it has; trust lies in signatures alone, never in who brought it.
 */
import { toHex } from '../../base/bytes.ts';
import { type Cancel, type Clock, sleep } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import type { Log } from '../../base/log.ts';
import type { FetchFile, RepositoryTrouble, VerifiedTarget } from '../../base/node/signed-repository.ts';
import { fraction, type Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';
import {
  findManifestTrouble,
  type ListedRelease,
  MANIFEST_FILE,
  parseManifest,
  parseSoftwareList,
  type SoftwareManifest,
} from '../../sync/software-release.ts';
import { createDepot } from './depot.ts';
import type { ReleaseRef, SoftwareSlots } from './slots.ts';
import type {
  SoftwareOutcome,
  SoftwareState,
  SoftwareTrouble,
  SoftwareWishes,
  WaitsFor,
} from './software-state.ts';
import type { SoftwareFrom } from './source.ts';
import type { TriedOrders } from './step-back.ts';

/** The keeper of the software. */
export interface SoftwareKeeper {
  state(): SoftwareState;
  /** Looks at the platform for what it offers; one look at a time. */
  look(): Promise<SoftwareOutcome>;
  /** Takes the newest that lies on a stick: whoever stands here has signed in, no offer is needed. */
  lookAt(stick: SoftwareFrom): Promise<SoftwareOutcome>;
  /**
   * What waits is not to wait for its hour, for whoever signed in says so: it is changed over to as soon as nobody stands
   * here, within minutes or not at all. False where nothing waits that may be changed over to.
   */
  hurry(): boolean;
  /** Breaks a look off, what came of it stays; else lets go of what came by stick. False where there is neither. */
  cancel(): boolean;
  /** Nobody stands here: what waits is changed over to, where it may. */
  betweenVisits(): void;
  stop(): void;
}

/** What it stands on. */
export interface SoftwareParts {
  readonly slots: SoftwareSlots;
  /** A folder of its own, for what is being fetched. */
  readonly incoming: Disk;
  readonly platform: SoftwareFrom;
  /** The signed list, as it is there now. */
  readonly findList: (fetchFile: FetchFile) => Promise<Result<VerifiedTarget, RepositoryTrouble>>;
  readonly wishes: (running: number) => SoftwareWishes;
  readonly triedOrders: TriedOrders;
  /** Whether nobody stands here. */
  readonly isVacant: () => boolean;
  readonly architecture: string;
  /** What must stay free when all is written, in bytes: cases come first. */
  readonly bytesForCases: () => number;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** How often is looked without being told to; terminals are spread over it. */
const LOOK_EVERY_MS = 3_600_000;
const FIRST_LOOK_MS = 120_000;
/** So long does the word of whoever signed in hold. */
const HURRY_MS = 600_000;
/** How long a part is waited for whose giver has too much to do, and how often in a row: as long as to the next look. */
const WAIT_MS = 5_000;
const MOST_WAITS = 600;
/** So many files are written before others get their turn. */
const FILES_AT_ONCE = 8;

/** What is wanted now: a release, and whether it was ordered. */
interface Wanted {
  readonly version: number | 'newest';
  readonly byOrder: boolean;
}

/** Starts to look. */
export function createSoftwareKeeper(parts: SoftwareParts): SoftwareKeeper {
  const { slots, incoming, clock, crypto, log, random } = parts;
  const depot = createDepot(incoming, crypto);
  let waiting: (ReleaseRef & { readonly byOrder: boolean }) | null = null;
  let fetching: SoftwareState['fetching'] = null;
  let last: SoftwareState['last'] = null;
  let looking: Promise<SoftwareOutcome> | null = null;
  let changing = false;
  /** The free folder is being written, or read by the launcher: it is not changed over to meanwhile. */
  let filling = false;
  let fromStick: number | null = null;
  let hurried: { readonly manifest: string; readonly untilMs: number } | null = null;
  let stopped = false;
  let other: SoftwareState['other'] | undefined;

  /**
   * What is wished now. An order whose release failed its trial here is done with: without that the machine would go from
   * trial to trial, with people in between, until somebody takes the order back. The same words signed anew are tried anew.
   */
  function wishesNow(): SoftwareWishes {
    const status = slots.findStatus();
    const wishes = parts.wishes(status?.running.version ?? 0);
    const { backTo, order } = wishes;
    const hasFailed = status?.refused.some(({ version, why }) => version === backTo && why !== 'power');
    return order !== null && hasFailed && parts.triedOrders.isTried(order)
      ? { ...wishes, backTo: null, order: null }
      : wishes;
  }

  async function lookOnce(from: SoftwareFrom, wanted: Wanted): Promise<SoftwareOutcome> {
    stopped = false;
    const stoppable: SoftwareFrom = {
      ...from,
      async fetchPart(...asked) {
        // Where many machines come to it by one address, each gets its share and gives nothing up.
        for (let waits = 0; ; waits += 1) {
          if (stopped) return err('unreachable');
          const part = await from.fetchPart(...asked);
          if (part.ok || part.error !== 'busy' || waits >= MOST_WAITS) return part;
          await sleep(clock, WAIT_MS * (0.5 + fraction(random)));
        }
      },
    };
    const done = await makeReady(stoppable, wanted).catch(diskTrouble);
    filling = false;
    fetching = null;
    other = undefined;
    if (stopped) return { code: 'stopped' };
    if (!done.ok) return { code: done.error };
    waiting = { ...done.value, byOrder: wanted.byOrder };
    depot.clear();
    return { code: 'ready', version: done.value.version };
  }

  async function makeReady(from: SoftwareFrom, wanted: Wanted): Promise<Result<ReleaseRef, SoftwareTrouble>> {
    const status = slots.findStatus();
    const running = slots.findRunning();
    if (status === undefined || running === undefined) return err('no-launcher');
    if (status.phase === 'trial') return err('in-trial');
    const other = findOther(wanted);
    if (other !== undefined) return stage(other, wanted);
    const listed = await findListed(from, wanted, running);
    if (!listed.ok) return listed;
    const ref: ReleaseRef = { version: listed.value.version, manifest: listed.value.manifest.sha256 };
    if (waiting?.manifest === ref.manifest || status.staged?.manifest === ref.manifest) return ok(ref);
    if (!wanted.byOrder && status.refused.some(({ manifest }) => manifest === ref.manifest))
      return err('failed-before');
    const manifest = await fetchManifest(from, listed.value);
    if (!manifest.ok) return manifest;
    const here = { architecture: parts.architecture, launcher: status.launcher, store: running.store };
    const trouble = findManifestTrouble(manifest.value.read, listed.value, here);
    if (trouble !== undefined) return err(trouble);
    const written = await bring(from, manifest.value, running, ref);
    return written.ok ? stage(ref, wanted) : written;
  }

  /** What an order asks for lies in the free folder already: the way back needs no network. */
  function findOther({ version, byOrder }: Wanted): ReleaseRef | undefined {
    const other = byOrder ? slots.findOther() : undefined;
    return other?.manifest.version === version
      ? { version: other.manifest.version, manifest: toHex(crypto.sha256(other.bytes)) }
      : undefined;
  }

  async function findListed(
    from: SoftwareFrom,
    wanted: Wanted,
    running: SoftwareManifest,
  ): Promise<Result<ListedRelease, SoftwareTrouble>> {
    const target = await parts.findList(from.fetchFile);
    // Past its date it is not installed any more, and that is what comes next. Of a stick it says nothing of the county's.
    if (!target.ok && target.error === 'expired' && wanted.version !== 'newest') letGo(() => false);
    if (!target.ok) return target;
    const list = parseSoftwareList(target.value.bytes);
    if (!list.ok) return list;
    const fit = list.value.releases
      .filter((one) => one.architecture === 'any' || one.architecture === parts.architecture)
      .filter(({ withdrawn }) => withdrawn !== true)
      .toSorted((a, b) => b.version - a.version);
    letGo(({ manifest }) => fit.some((one) => one.manifest.sha256 === manifest));
    const found =
      wanted.version === 'newest' ? fit[0] : fit.find(({ version }) => version === wanted.version);
    if (found === undefined) return err('not-listed');
    const { leftBehind } = wishesNow();
    const isOld = found.version <= Math.max(running.version, leftBehind);
    return isOld && !wanted.byOrder ? err('newest') : ok(found);
  }

  /** What waits and may not be installed any more is let go of; an order stands by itself. */
  function letGo(isStillGood: (release: ReleaseRef) => boolean): void {
    if (waiting !== null && !waiting.byOrder && !isStillGood(waiting)) waiting = null;
  }

  async function fetchManifest(
    from: SoftwareFrom,
    { manifest }: ListedRelease,
  ): Promise<Result<{ readonly read: SoftwareManifest; readonly bytes: Uint8Array }, SoftwareTrouble>> {
    const bytes = await depot.fetchManifest(from, manifest);
    if (!bytes.ok) return bytes;
    const read = parseManifest(bytes.value);
    return read.ok ? ok({ read: read.value, bytes: bytes.value }) : read;
  }

  /** Fetches what is lacking and writes the free folder, the manifest last. */
  async function bring(
    from: SoftwareFrom,
    { read: manifest, bytes }: { readonly read: SoftwareManifest; readonly bytes: Uint8Array },
    running: SoftwareManifest,
    ref: ReleaseRef,
  ): Promise<Result<void, SoftwareTrouble>> {
    const heldBy = await findHeld(running);
    const lacking = manifest.files.filter(({ sha256 }) => !heldBy.has(sha256));
    const delivery = depot.plan(manifest, lacking, ref.manifest);
    const free = incoming.findFreeBytes();
    const needed =
      delivery.missing() + manifest.files.reduce((sum, file) => sum + file.bytes, parts.bytesForCases());
    if (free !== undefined && free < needed) return err('no-room');
    const whole = lacking.reduce((sum, file) => sum + file.bytes, 0);
    const tellMissing: SoftwareFrom = {
      ...from,
      fetchPart(...asked) {
        fetching = { version: manifest.version, missing: delivery.missing(), whole };
        return from.fetchPart(...asked);
      },
    };
    const brought = await delivery.bring(tellMissing);
    if (!brought.ok) return brought;
    if (changing) return err('trial');
    filling = true;
    // It lay where this one goes.
    waiting = null;
    slots.empty();
    for (const [index, file] of manifest.files.entries()) {
      if (index % FILES_AT_ONCE === 0) await sleep(clock, 0);
      const path = heldBy.get(file.sha256);
      const content = path === undefined ? delivery.find(file) : findOwn(path, file.sha256);
      if (content === undefined || stopped) {
        slots.empty();
        return err(stopped ? 'stopped' : 'wrong-hash');
      }
      const written = slots.write(file.path, content);
      if (!written.ok) return giveUp(written.error);
    }
    const written = slots.write(MANIFEST_FILE, bytes);
    return written.ok ? ok(undefined) : giveUp(written.error);
  }

  /** Paths of what runs, by the hash of what lies there; a file that the disk has hurt is fetched like any other. */
  async function findHeld(running: SoftwareManifest): Promise<ReadonlyMap<string, string>> {
    const held = new Map<string, string>();
    for (const [index, { path, sha256 }] of running.files.entries()) {
      if (index % FILES_AT_ONCE === 0) await sleep(clock, 0);
      if (findOwn(path, sha256) !== undefined) held.set(sha256, path);
    }
    return held;
  }

  function findOwn(path: string, sha256: string): Uint8Array | undefined {
    const own = slots.findRunningFile(path);
    return own && toHex(crypto.sha256(own)) === sha256 ? own : undefined;
  }

  /** Half a folder is of no use, and its room is needed. */
  function giveUp({ code }: DiskTrouble): Result<never, SoftwareTrouble> {
    slots.empty();
    return err(code === 'full' ? 'no-room' : code);
  }

  async function stage(ref: ReleaseRef, { byOrder }: Wanted): Promise<Result<ReleaseRef, SoftwareTrouble>> {
    if (changing) return err('trial');
    filling = true;
    const staged = await slots.ask('stage', ref, byOrder);
    return staged.ok ? ok(ref) : staged;
  }

  async function look(from: SoftwareFrom, wanted: Wanted): Promise<SoftwareOutcome> {
    looking ??= lookOnce(from, wanted).finally(() => {
      looking = null;
    });
    const outcome = await looking;
    last = { code: outcome.code, atMs: clock.wallMs() };
    if (outcome.code !== 'newest' && outcome.code !== 'nothing-offered')
      log('software.release', { code: outcome.code, version: waiting?.version ?? 0 });
    return outcome;
  }

  function lookAtPlatform(): Promise<SoftwareOutcome> {
    const { offered, backTo } = wishesNow();
    const version = backTo ?? offered;
    if (version === null) return Promise.resolve({ code: 'nothing-offered' });
    return look(parts.platform, { version, byOrder: backTo !== null });
  }

  /** What waits and is offered no more is not changed over to: a roll-out was stopped. By order and by stick it is. */
  function waitsFor({ version, manifest, byOrder }: NonNullable<typeof waiting>): WaitsFor {
    const { offered, leftBehind, backTo, mayChange } = wishesNow();
    if (byOrder) return backTo === version ? 'nobody' : 'offer';
    if (version <= leftBehind) return 'offer';
    if (fromStick === version) return 'nobody';
    if (offered !== version) return 'offer';
    const isHurried = hurried?.manifest === manifest && clock.monoMs() < hurried.untilMs;
    return mayChange || isHurried ? 'nobody' : 'hour';
  }

  const isFromStick = ({ version, byOrder }: NonNullable<typeof waiting>) =>
    !byOrder && fromStick === version;

  /** A manifest may be megabytes: it is read once, and again after each look. */
  function otherOf(): SoftwareState['other'] {
    if (other === undefined) {
      const manifest = slots.findOther()?.manifest;
      other = manifest === undefined ? null : { version: manifest.version, name: manifest.name };
    }
    return other;
  }

  let cancel: Cancel = () => {};
  const again = () => {
    void lookAtPlatform();
    cancel = clock.after(LOOK_EVERY_MS * (0.75 + 0.5 * fraction(random)), again);
  };
  cancel = clock.after(FIRST_LOOK_MS * (1 + fraction(random)), again);

  return {
    state() {
      const status = slots.findStatus();
      const { version = null, manifest = null, name = null } = status?.running ?? {};
      return {
        running: version === null || manifest === null ? null : { version, manifest, name: name ?? '' },
        waiting: waiting && {
          ...{ version: waiting.version, manifest: waiting.manifest, for: waitsFor(waiting) },
          by: waiting.byOrder ? 'order' : isFromStick(waiting) ? 'stick' : 'county',
        },
        ...{ other: otherOf(), trial: status?.last ?? null, backTo: wishesNow().backTo },
        ...{ looking: looking !== null, fetching, last },
        refused: status?.refused.map(({ version: refused, why }) => ({ version: refused, why })) ?? [],
      };
    },
    look: lookAtPlatform,
    async lookAt(stick) {
      const outcome = await look(stick, { version: 'newest', byOrder: false });
      if (outcome.code === 'ready') fromStick = outcome.version;
      return outcome;
    },
    hurry() {
      if (waiting === null || waitsFor(waiting) === 'offer') return false;
      hurried = { manifest: waiting.manifest, untilMs: clock.monoMs() + HURRY_MS };
      return true;
    },
    cancel() {
      const isStick = waiting !== null && isFromStick(waiting);
      if (looking !== null) stopped = true;
      else if (isStick) waiting = fromStick = null;
      return looking !== null || isStick;
    },
    betweenVisits() {
      if (waiting === null || changing || filling || waitsFor(waiting) !== 'nobody') return;
      const { byOrder, ...ref } = waiting;
      const { order } = wishesNow();
      if (byOrder && (order === null || !parts.triedOrders.note(order))) return;
      changing = true;
      void slots.ask('switch', ref, byOrder, parts.isVacant).then((asked) => {
        changing = false;
        if (!asked.ok) {
          // Somebody came while it was read once more: it waits until they have gone.
          if (asked.error !== 'called-off') waiting = null;
          log('software.release', { code: asked.error, version: ref.version });
        }
      });
    },
    stop: () => cancel(),
  };
}

/** A folder that cannot be read or emptied ends nothing: what runs lies in another. Anything else is a bug. */
function diskTrouble(error: unknown): Result<never, 'io'> {
  if (error instanceof Error && 'syscall' in error) return err('io');
  throw error;
}
