import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Fetch, HttpRequest, HttpResponse, HttpTrouble } from '../../base/fetch.ts';
import { err, ok } from '../../base/result.ts';
import { createSyncEngine, type SyncEngine } from '../engine.ts';
import type { SyncEvent } from '../events.ts';
import type { Entry, HeaderInput } from '../formats/entry.ts';
import { NO_PREVIOUS } from '../formats/entry.ts';
import { SAMPLE_MS, type SampleWorld, sampleEntry, sampleWorld } from '../formats/sample.ts';
import type { TrustRecord } from '../ports.ts';
import { createTimeKeeper, type TimeKeeper } from '../time.ts';
import { createFakePlatform, type FakePlatform, QUIET_HEADER } from './fake-platform.ts';
import type { HandClock } from './hand-clock.ts';
import { createMemoryJournal, type MemoryJournal } from './memory-journal.ts';

/** A network between one terminal and the fake platform. */
interface FakeNetwork {
  readonly fetch: Fetch;
  /** Whether anything gets through. */
  up: boolean;
  /** One way. */
  delayMs: number;
  /** Whether a feed with nothing new is held open. */
  holdsPolls: boolean;
  /** Whether this request's answer is lost after the platform acted on it. */
  loseReply: (request: HttpRequest) => boolean;
}

/** Everything a test of the engine needs. */
export interface Rig {
  readonly world: SampleWorld;
  readonly clock: HandClock;
  readonly journal: MemoryJournal;
  readonly platform: FakePlatform;
  readonly network: FakeNetwork;
  readonly time: TimeKeeper;
  readonly engine: SyncEngine;
  readonly events: SyncEvent[];
  /** Appends `count` entries to the sample journal. */
  keep(count: number, input?: Partial<HeaderInput>): Entry[];
  /** Lets `ms` pass, running whatever falls due. */
  pass(ms: number): Promise<void>;
}

/** What a terminal knows right after enrolment. */
export function enrolledTrust(world: SampleWorld): TrustRecord {
  return { keySet: world.keySetBytes, epoch: world.epoch, formerEpochs: [], floorMs: 0, lastContactMs: null };
}

/** A rig on `clock`; the engine is not started. `longestWaitMs` as the engine's. */
export function createRig(
  crypto: Crypto,
  clock: HandClock,
  trust?: TrustRecord,
  longestWaitMs?: number,
): Rig {
  const world = sampleWorld(crypto);
  const journal = createMemoryJournal(trust ?? enrolledTrust(world));
  const platform = createFakePlatform(crypto, world);
  platform.knobs.nowMs = () => SAMPLE_MS + Math.round(clock.monoMs());
  const network = createFakeNetwork(clock, platform);
  const time = createTimeKeeper(clock, journal.loadTrust().floorMs);
  const events: SyncEvent[] = [];
  const last = new Map<string, Entry>();
  const { platformId, terminalId, terminal: key, bootId } = world;
  const engine = createSyncEngine({
    journal,
    time,
    identity: () => ({ origin: 'https://yizhan.example', platformId, terminalId, key, bootId }),
    clock,
    random: { bytes: (length) => crypto.randomBytes(length) },
    fetch: network.fetch,
    crypto,
    longestWaitMs,
    report: (event) => events.push(event),
  });

  return {
    world,
    clock,
    journal,
    platform,
    network,
    time,
    engine,
    events,

    keep(count, input = {}) {
      const name = (input.journalId ?? world.journalId).join();
      return Array.from({ length: count }, () => {
        const before = last.get(name);
        const seq = (before?.header.seq ?? 0) + 1;
        const entry = sampleEntry(crypto, world, { ...input, seq, prev: before?.entryHash ?? NO_PREVIOUS });
        last.set(name, entry);
        journal.append(entry);
        return entry;
      });
    },

    async pass(ms) {
      const untilMs = clock.monoMs() + ms;
      await settle();
      while (clock.step(untilMs)) await settle();
    },
  };
}

/** A network that works, until its fields say otherwise. */
export function createFakeNetwork(clock: Clock, platform: FakePlatform): FakeNetwork {
  const network: FakeNetwork = {
    up: true,
    delayMs: 20,
    holdsPolls: true,
    loseReply: () => false,
    fetch: (request) =>
      new Promise((resolve) => {
        const fail = (code: HttpTrouble['code']) => finish(err({ code, detail: '' }));
        const cancels: (() => void)[] = [];
        const finish = (result: Awaited<ReturnType<Fetch>>) => {
          for (const cancel of cancels) cancel();
          resolve(result);
        };
        request.signal?.addEventListener('abort', () => fail('cancelled'));
        cancels.push(clock.after(request.timeoutMs, () => fail('timeout')));
        const reach = () => {
          if (!network.up) return fail('unreachable');
          const response = platform.handle(request);
          if (network.loseReply(request)) return;
          cancels.push(
            clock.after(network.delayMs + (network.holdsPolls ? quietMs(request, response) : 0), () =>
              finish(ok(response)),
            ),
          );
        };
        cancels.push(clock.after(network.delayMs, reach));
      }),
  };
  return network;
}

/** How long a feed with nothing new is held open. */
function quietMs(request: HttpRequest, response: HttpResponse): number {
  const waitS = Number(new URL(request.url).searchParams.get('waitS'));
  return response.headers[QUIET_HEADER] ? waitS * 1000 : 0;
}

/** Lets everything that needs no time happen. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
