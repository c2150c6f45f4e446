/**
 * The simulator as a program of its own, so that its serial lines outlive a crash of the devices process: a
 * cabinet on pseudo-terminals, a network that can be cut, and the dock to play with both. For developers and
 * tests alone; no production build holds it.
 */
import { z } from 'zod';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { runProgram } from '../../base/node/program.ts';
import { systemRandom } from '../../base/node/random.ts';
import { type Cabinet, createCabinet } from './cabinet.ts';
import { startDock } from './dock-server.ts';
import { startNetwork } from './network.ts';

const configSchema = z.strictObject({
  /** Where the links to the devices' lines are made. */
  folder: z.string(),
  dockPort: z.int().min(0).max(65_535),
  readerBaudRate: z.int().optional(),
  printerBaudRate: z.int().optional(),
  printerDialect: z.enum(['escpos', 'kpm']).optional(),
  scannerBaudRate: z.int().optional(),
  columns: z.union([z.literal(48), z.literal(32)]).optional(),
  /** The platform that the simulated network leads to; without one there is no network to cut. */
  platform: z.strictObject({ host: z.string(), port: z.int() }).optional(),
  /** The port the network takes on the terminal's side; the same one after a restart. */
  networkPort: z.int().optional(),
  /** Where made-up people show codes on their phones, and whose they are. */
  phones: z.strictObject({ url: z.string(), people: z.array(z.string()) }).optional(),
});

/** The phone of one of them is held before the scanner: with a code signed, or one that only its maker can read. */
const phoneOrderSchema = z.strictObject({
  order: z.literal('scan-phone'),
  person: z.int().min(0),
  kind: z.enum(['signed', 'unread']).default('signed'),
});

const networkOrderSchema = z.strictObject({
  order: z.literal('set-network'),
  mode: z.enum(['on', 'cut', 'half-open', 'slow', 'corrupt']),
});

const fetch = createNodeFetch({ tolerateDateErrors: () => false });

/** Reads the code on a phone's screen now and holds it before the scanner. */
async function scanPhone(
  cabinet: Cabinet,
  url: string | undefined,
  { person, kind }: z.output<typeof phoneOrderSchema>,
): Promise<string | undefined> {
  const shown =
    url === undefined
      ? undefined
      : await fetch({
          ...{ method: 'GET', url: `${url}/${person}/code?kind=${kind}`, headers: {} },
          ...{ timeoutMs: 5_000, maxBytes: 4_096 },
        });
  if (!shown?.ok || shown.value.status !== 200) return 'nobody shows a code on a phone';
  return cabinet.command({ order: 'scan-code', text: new TextDecoder().decode(shown.value.body) });
}

await runProgram({
  name: 'simulator',
  config: configSchema,
  async start({ dockPort, platform, networkPort, phones, ...cabinetOptions }) {
    const cabinet = await createCabinet({ clock: systemClock, ...cabinetOptions });
    const network =
      platform === undefined
        ? undefined
        : await startNetwork({
            target: platform,
            port: networkPort,
            clock: systemClock,
            random: systemRandom,
          });
    const listeners: (() => void)[] = [];
    cabinet.onChange(() => {
      for (const listener of listeners) listener();
    });
    const dock = await startDock({
      port: dockPort,
      docked: {
        state: () => ({ ...cabinet.state(), network: network?.mode() ?? 'on', phones: phones?.people ?? [] }),
        onChange: (listener) => listeners.push(listener),
        command(order) {
          const phoneOrder = phoneOrderSchema.safeParse(order);
          if (phoneOrder.success) return scanPhone(cabinet, phones?.url, phoneOrder.data);
          const networkOrder = networkOrderSchema.safeParse(order);
          if (!networkOrder.success) return cabinet.command(order);
          if (network === undefined) return 'there is no network to cut';
          network.setMode(networkOrder.data.mode);
          for (const listener of listeners) listener();
          return undefined;
        },
      },
    });
    return {
      ready: { dock: dock.url, devices: cabinet.config, network: network?.origin ?? null },
      async stop() {
        await dock.close();
        await network?.close();
        await cabinet.close();
      },
    };
  },
});
