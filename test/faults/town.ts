/** A village of real processes on real files: platform, terminal, devices, and a cabinet on pseudo-terminals. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/ports.ts';
import { type Dock, dockAt } from '../journeys/dock.ts';
import { type KeptProgram, keepProgram } from './processes.ts';

/** The sample village. */
export const VILLAGE = '330624108248';

/** Everything there is to hurt. */
export interface Town {
  readonly platform: KeptProgram;
  readonly terminal: KeptProgram;
  readonly devices: KeptProgram;
  /** Cards, paper and the network. */
  readonly dock: Dock;
  readonly folders: { readonly platform: string; readonly terminal: string; readonly mirror: string };
  /** Where a screen finds the terminal. */
  readonly screenSocket: string;
  /** What the platform said when it first was up: its sample's agent, staff and till among it. */
  readonly sample: TownSample;
  /** Ends everything; the folders stay for whoever looks at them, until `clear`. */
  stop(): Promise<void>;
  clear(): void;
}

/** People of the sample, and where they go. */
export interface TownSample {
  readonly deskUrl: string | null;
  readonly staff: readonly { readonly name: string; readonly password: string }[];
  readonly agent: { readonly code: string };
  readonly payUrl: string;
}

/** What a town may have beside what every one has. */
export interface TownExtras {
  /** Added to the environment of the program of that name. */
  env?(name: string, folder: string): Readonly<Record<string, string>>;
  /** Added to what these programs are told. */
  readonly config?: Readonly<Record<'platform' | 'devices' | 'terminal', Readonly<Record<string, unknown>>>>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const SUPPORT = {
  agentName: '陈志明',
  agentPhone: '0575-86120001',
  agentHours: { zh: '周一到周五 8:00–17:00', en: 'Monday to Friday, 8:00–17:00' },
  townPhone: '0575-86120000',
};

/** Starts everything; `terminalFolder` may lie on a disk of its own. */
export async function openTown(terminalFolder?: string, extras: TownExtras = {}): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-faults-'));
  const at = (name: string) => join(folder, name);
  mkdirSync(at('run'), { mode: 0o700 });
  const gatewayPort = await freePort();
  const networkPort = await freePort();
  const keep = (name: string, entry: string, config: unknown) =>
    keepProgram({
      ...{ name, entry: join(ROOT, entry), config, folder: at('run') },
      env: extras.env?.(name, folder) ?? {},
    });

  const platform = keep('platform', 'platform/main.ts', {
    dataDir: at('platform'),
    gateway: { port: gatewayPort, publicOrigin: `http://127.0.0.1:${networkPort}` },
    backupEveryMs: 2_000,
    sample: true,
    sampleCentre: false,
    enrol: VILLAGE,
    ...extras.config?.platform,
  });
  const said = await platform.up();
  const simulator = keep('simulator', 'drivers/simulator/main.ts', {
    folder: at('devices'),
    dockPort: 0,
    platform: { host: '127.0.0.1', port: gatewayPort },
    networkPort,
  });
  const simulated = (await simulator.up()) as { dock: string; devices: object };
  const sockets = { screen: at('run/ports/terminal.sock'), devices: at('run/ports/devices.sock') };
  const devices = keep('devices', 'drivers/main.ts', {
    ...simulated.devices,
    terminalSocket: sockets.devices,
    ...extras.config?.devices,
  });
  const folders = {
    platform: at('platform'),
    terminal: terminalFolder ?? at('terminal'),
    mirror: at('mirror'),
  };
  const terminal = keep('terminal', 'terminal/main.ts', {
    dataDir: folders.terminal,
    mirrorDir: folders.mirror,
    village: VILLAGE,
    support: SUPPORT,
    enrolment: said.enrolment,
    screenSocket: sockets.screen,
    devicesSocket: sockets.devices,
    ...extras.config?.terminal,
  });
  await Promise.all([devices.up(), terminal.up()]);
  return {
    ...{ platform, terminal, devices, folders, screenSocket: sockets.screen },
    sample: said as unknown as TownSample,
    dock: dockAt(simulated.dock),
    async stop() {
      for (const program of [terminal, devices, platform, simulator]) await program.layDown();
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}
