import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import type { DeviceStatus, DevicesEvent, ReaderEvent } from '../api.ts';
import { createDevices, type DevicesConfig, type DevicesOptions } from '../devices.ts';
import { type Cabinet, type CabinetOptions, type CabinetOrder, createCabinet } from '../simulator/cabinet.ts';

type DevicesClient = RouterClient<ReturnType<typeof createDevices>['router']>;

/** A simulated cabinet and the real drivers on it, over real pseudo-terminals. */
export interface Rig extends AsyncDisposable {
  readonly cabinet: Cabinet;
  readonly client: DevicesClient;
  /** Everything told so far, oldest first. */
  readonly events: readonly DevicesEvent[];
  /** What the reader told so far. */
  readerEvents(): ReaderEvent[];
  /** Gives an order that must be understood. */
  order(order: CabinetOrder): Promise<void>;
  /** The first event from `from` (an index into `events`) on that `accepts`; fails after 20 s. */
  next<T extends DevicesEvent>(accepts: (event: DevicesEvent) => event is T, from?: number): Promise<T>;
  /** Waits until a device is in a state for a reason. */
  status(device: DeviceStatus['device'], state: DeviceStatus['state'], reason?: string | null): Promise<void>;
  /** Stops watching, as a terminal that goes away does. */
  leave(): Promise<void>;
}

const PATIENCE_MS = 20_000;

/** Sets a rig up. The drivers go where the cabinet says, or where `config` or `driverSpeed` say otherwise. */
export async function setUpRig(
  options: Omit<Partial<CabinetOptions>, 'clock'> & {
    readonly config?: Partial<DevicesConfig>;
    readonly driverSpeed?: number;
  } & Pick<Partial<DevicesOptions>, 'hangMs' | 'through'> = {},
): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-cabinet-'));
  const { config, driverSpeed, hangMs, through, ...cabinetOptions } = options;
  const cabinet = await createCabinet({ folder, clock: systemClock, ...cabinetOptions });
  const devices = createDevices({
    config: { ...speedSet(cabinet.config, driverSpeed), ...config },
    clock: systemClock,
    random: systemRandom,
    fetch: createNodeFetch({ tolerateDateErrors: () => false }),
    log: () => undefined,
    hangMs,
    through,
  });
  const client = createRouterClient(devices.router);
  const events: DevicesEvent[] = [];
  const statuses = new Map<string, DeviceStatus>();
  const waiters = new Set<() => void>();
  const controller = new AbortController();
  const watching = (async () => {
    for await (const event of await client.watch(undefined, { signal: controller.signal })) {
      const told = event.type === 'snapshot' ? event.devices : event.type === 'status' ? [event.status] : [];
      for (const status of told) statuses.set(status.device, status);
      events.push(event);
      for (const waiter of waiters) waiter();
    }
  })();
  const until = (isSo: () => boolean, what: () => string) =>
    new Promise<void>((resolve, reject) => {
      const settle = (finish: () => void) => {
        cancel();
        waiters.delete(check);
        finish();
      };
      const check = () => isSo() && settle(resolve);
      const cancel = systemClock.after(PATIENCE_MS, () => settle(() => reject(new Error(`no ${what()}`))));
      waiters.add(check);
      check();
    });
  const leave = async () => {
    controller.abort();
    await watching;
  };
  const story = () => JSON.stringify(events, (key, value) => (key === 'photo' ? undefined : value));
  return {
    cabinet,
    client,
    events,
    readerEvents: () => events.flatMap((event) => (event.type === 'reader' ? [event.event] : [])),
    async order(order) {
      const problem = await cabinet.command(order);
      if (problem !== undefined) throw new Error(problem);
    },
    async next<T extends DevicesEvent>(accepts: (event: DevicesEvent) => event is T, from = 0) {
      await until(
        () => events.slice(from).some(accepts),
        () => `such event in ${story()}`,
      );
      return events.slice(from).find(accepts) as T;
    },
    async status(device, state, reason = null) {
      await until(
        () => statuses.get(device)?.state === state && statuses.get(device)?.reason === reason,
        () => `${device} ${state} ${reason} in ${story()}`,
      );
    },
    leave,
    async [Symbol.asyncDispose]() {
      try {
        await leave();
      } finally {
        devices.stop();
        await cabinet.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function speedSet(config: DevicesConfig, baudRate: number | undefined): DevicesConfig {
  if (baudRate === undefined) return config;
  return {
    ...config,
    ...(config.cardReader && { cardReader: { ...config.cardReader, baudRate } }),
    ...(config.slipPrinter && { slipPrinter: { ...config.slipPrinter, baudRate } }),
  };
}
