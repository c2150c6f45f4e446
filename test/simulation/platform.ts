import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { HttpRequest, HttpResponse } from '../../base/fetch.ts';
import type { Log } from '../../base/log.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { invariant } from '../../base/result.ts';
import { startBackups } from '../../platform/backup/backups.ts';
import { matterBook } from '../../platform/cases/matters.ts';
import { WEEKENDS_ALONE } from '../../platform/cases/working-calendar.ts';
import type { PlatformContext } from '../../platform/context.ts';
import { settleEpoch } from '../../platform/epoch.ts';
import { createBell } from '../../platform/feed/bell.ts';
import { createDispatch, type Dispatch, withLimits } from '../../platform/gateway/dispatch.ts';
import { inlineOpener } from '../../platform/intake/opener.ts';
import { createOpeningKeys } from '../../platform/intake/opening-keys.ts';
import { openPlatformKeys, type PlatformKeys } from '../../platform/keys/platform-keys.ts';
import { openStore, type Store } from '../../platform/store/store.ts';
import { makeEnrolmentCode } from '../../platform/terminals/enrol.ts';
import { CBOR_TYPE, ENDPOINTS, type EndpointName } from '../../sync/contract.ts';
import type { Chance } from './chance.ts';
import { createClock, type Timeline } from './clock.ts';
import type { CryptoMaker } from './crypto.ts';
import { awaitKilled, createLife, Killed, type Life, passKilled } from './death.ts';
import { createDisk, type Platter } from './disk.ts';
import { PLACE } from './people.ts';
import { laggingOpener, laggingStore, mortalDisk, mortalStore } from './platform-store.ts';

/** Where a terminal finds the platform. */
export const ORIGIN = 'https://platform.example';
/** The platform's clock is right: this is when the world begins. */
export const BEGAN_AT_MS = 1_767_225_600_000;
const BACKUP_EVERY_MS = 600_000;
/** Where a disk in memory is there, it spares the real one. */
const MEMORY_FOLDER = '/dev/shm';
/** How long a gateway may be held up between two steps of one request. */
const LAG_MS = 2_000;

/** One run of the platform's program. */
export interface PlatformRun {
  readonly life: Life;
  /** As its first gateway has it now. */
  context(): PlatformContext;
  /** The store without death, for whoever looks on. */
  readonly store: Store;
  /** The gateways over its one database; any of them may be asked. */
  readonly gateways: Gateway[];
  /** Makes the first gateway anew, from the keys there are. */
  reload(): void;
  /** Resolves when it dies. */
  readonly died: Promise<undefined>;
}

/** One gateway: its own keys as it last read them, its own bell and limits. */
interface Gateway {
  readonly context: PlatformContext;
  readonly dispatch: Dispatch;
}

/** The real platform, driven without sockets, on real files and simulated time. */
export interface SimulatedPlatform {
  /** The present run, or `undefined` while it is down. */
  findRun(): PlatformRun | undefined;
  start(): Promise<void>;
  answer(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | undefined>;
  /** Arms a death at the `n`th point; afterwards it is down for `downMs`. */
  dieAt(n: number, downMs: number): void;
  /** Takes back a death that has not come yet. */
  calm(): void;
  /** Makes a new opening key and the next key set; other gateways learn of it when they are asked for it. */
  rotateKeys(): void;
  /** Puts the newest backup in the database's place; false when there is none yet. */
  restore(): Promise<boolean>;
  enrolmentCode(): Promise<string>;
  end(): Promise<void>;
}

/** What a simulated platform is made of. */
export interface PlatformParts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly makeCrypto: CryptoMaker;
  /** How many gateways work over the one database. */
  readonly gateways: number;
  readonly note: (what: string) => void;
  /** Hears what must not happen. */
  readonly onFault: (what: string) => void;
  readonly bends?: PlatformBends;
}

/** Ways to bend the platform, for the bugs that tests plant; `kept` outlives every run. */
export interface PlatformBends {
  readonly context?: (context: PlatformContext, kept: Map<string, unknown>) => PlatformContext;
  readonly dispatch?: (dispatch: Dispatch, context: PlatformContext, kept: Map<string, unknown>) => Dispatch;
}

/** A platform that is not started yet. */
export function createSimulatedPlatform(parts: PlatformParts): SimulatedPlatform {
  const { timeline, chance, note, bends } = parts;
  const lags = chance.stream('lags');
  const disks = existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir();
  const folder = mkdtempSync(join(disks, 'yizhan-simulation-'));
  const bent = new Map<string, unknown>();
  const path = join(folder, 'platform.db');
  const backupFolder = join(folder, 'backups');
  const platters: Record<'keys' | 'copies', Platter> = { keys: new Map(), copies: new Map() };
  let runs = 0;
  let run: PlatformRun | undefined;
  let lastStore: Store | undefined;
  let downMs = 0;

  async function start(): Promise<void> {
    await lastStore?.close();
    const number = ++runs;
    let tellDeath: () => void = () => {};
    const died = new Promise<undefined>((resolve) => {
      tellDeath = () => resolve(undefined);
    });
    const life = createLife({
      onPoint: () => {},
      onDeath(how) {
        note(`platform: killed ${how}`);
        run = undefined;
        tellDeath();
        timeline.after(downMs, () => timeline.standStillFor(start()));
      },
    });
    const begun = await awaitKilled(open(life, number));
    if (begun === undefined) return;
    const { gateways } = begun;
    run = { life, died, ...begun, context: () => gateways[0]!.context };
    note(`platform: run ${number}`);
  }

  async function open(life: Life, number: number) {
    const random = chance.stream(`run ${number}`);
    const crypto = parts.makeCrypto(random);
    const clock = createClock(timeline, life, () => BEGAN_AT_MS);
    const log = logOf(life, parts);
    const opened = await openStore({ kind: 'sqlite', path });
    invariant(opened.ok, 'the platform opens its own database');
    const store = opened.value;
    lastStore = store;
    // No power is cut in earnest: what a crash would lose is taken away by hand.
    await sql`PRAGMA synchronous = OFF`.execute(store.db);
    const mortal = mortalStore(store, life);
    const backupDisk = mortalDisk(nodeDisk(backupFolder), life);
    const epoch = await settleEpoch(mortal, { crypto, clock }, backupDisk);
    const base = {
      ...{ store: mortal, clock, random, crypto, log, epoch },
      book: matterBook([]),
      county: PLACE.county,
      calendar: WEEKENDS_ALONE,
      centreMatters: null,
      cashCapFen: 0,
      tellsPeople: false,
    };
    const openKeys = () =>
      openPlatformKeys(crypto, {
        keys: createDisk({ platter: platters.keys, life, chance }),
        copies: createDisk({ platter: platters.copies, life, chance }),
      });
    const make = () => makeGateway(base, openKeys());
    const gateways = Array.from({ length: parts.gateways }, make);
    const { context } = gateways[0]!;
    startBackups(
      { ...context, clock: { ...clock, after: (delayMs, task) => clock.after(delayMs, standing(task)) } },
      {
        ...{ disk: backupDisk, everyMs: BACKUP_EVERY_MS, keep: 4, databasePath: path, onThread: false },
      },
    );
    const reload = () => {
      gateways[0] = make();
    };
    return { store, gateways, reload };
  }

  function makeGateway(
    base: Omit<PlatformContext, 'keys' | 'opener' | 'openingKeys' | 'bell'>,
    keys: PlatformKeys,
  ) {
    const opener = inlineOpener(base.crypto, keys.openingKeys());
    const openingKeys = createOpeningKeys(base.crypto, keys, opener);
    const own = { ...base, keys, opener, openingKeys, bell: createBell(base.clock) };
    const context = bends?.context?.(own, bent) ?? own;
    const served = withLimits({
      ...context,
      store: laggingStore(context.store, lag),
      opener: laggingOpener(context.opener, lag),
    });
    const dispatch = createDispatch(served);
    return { context, dispatch: bends?.dispatch?.(dispatch, context, bent) ?? dispatch };
  }

  /** Something else of this machine's comes first, now and then. */
  async function lag(): Promise<void> {
    if (!lags.oneIn(4)) return;
    await new Promise<void>((resolve) => timeline.after(lags.below(LAG_MS), resolve));
  }

  /** The schedule's task answers with a promise that nobody waits for in earnest: here time does. */
  function standing(task: () => void): () => void {
    return () => {
      const work: unknown = task();
      if (work instanceof Promise) timeline.standStillFor(work);
    };
  }

  return {
    findRun: () => run,
    start,
    async answer(request, signal) {
      const present = run;
      if (!present) return undefined;
      const answer = await Promise.race([
        handle(present.life, lags.pick(present.gateways), request, signal, parts),
        present.died,
      ]);
      return present.life.alive() ? answer : undefined;
    },
    dieAt(n, forMs) {
      downMs = forMs;
      run?.life.dieAt(n);
    },
    calm: () => run?.life.dieAt(Number.POSITIVE_INFINITY),
    rotateKeys() {
      const present = run;
      const made = present && passKilled(() => present.context().keys.addSealKey());
      if (!made) return;
      note(`platform: key set ${made.value.number}`);
      present.reload();
    },
    async restore() {
      const newest = readdirSync(folder).includes('backups')
        ? readdirSync(backupFolder)
            .filter((name) => name.endsWith('.db'))
            .sort((a, b) => numberOf(a) - numberOf(b))
            .at(-1)
        : undefined;
      if (newest === undefined || !run) return false;
      downMs = 60_000;
      run.life.die('to be restored');
      await lastStore?.close();
      lastStore = undefined;
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
      copyFileSync(join(backupFolder, newest), path);
      note(`platform: restored from ${newest}`);
      return true;
    },
    enrolmentCode() {
      invariant(run, 'a code is made while the platform runs');
      return makeEnrolmentCode(run.context(), ORIGIN, PLACE);
    },
    async end() {
      run?.life.die('at the end');
      await lastStore?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Alarms and faults, as the log hears them. */
function logOf(life: Life, { note, onFault }: PlatformParts): Log {
  return (name, fields) => {
    if (!life.alive()) return;
    note(`platform: ${name} ${JSON.stringify(fields)}`);
    if (name === 'program.fault') onFault(`the platform's log: ${JSON.stringify(fields)}`);
  };
}

async function handle(
  life: Life,
  { dispatch }: Gateway,
  request: HttpRequest,
  signal: AbortSignal,
  { onFault }: PlatformParts,
): Promise<HttpResponse | undefined> {
  const url = new URL(request.url);
  const { name, params } = endpointOf(request.method, url.pathname);
  try {
    const answer = await dispatch(name, {
      ...{ method: request.method, target: `${url.pathname}${url.search}`, headers: request.headers },
      content: request.body ?? new Uint8Array(0),
      query: Object.fromEntries(url.searchParams),
      ...{ params, remote: 'terminal', signal },
    });
    const headers = { 'content-type': CBOR_TYPE, ...answer.headers };
    return { status: answer.status, headers, body: answer.content };
  } catch (error) {
    if (life.alive() && !(error instanceof Killed)) onFault(`${name} threw ${String(error)}`);
    return undefined;
  }
}

/** The endpoint that answers on this path, and what stands in the path's places. */
function endpointOf(
  method: string,
  pathname: string,
): { readonly name: EndpointName; readonly params: Readonly<Record<string, string>> } {
  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) {
    const { path, method: own } = ENDPOINTS[name];
    const places = new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(pathname);
    if (places && method === own) return { name, params: { ...places.groups } };
  }
  throw new Error(`broken invariant: the terminal calls ${method} ${pathname}`);
}

/** The number at the end of a backup's name. */
function numberOf(name: string): number {
  return Number(/(\d+)\.db$/.exec(name)?.[1] ?? 0);
}
