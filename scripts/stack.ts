/**
 * A whole village on one machine, for developers and end-to-end tests: the reference platform, a simulated
 * cabinet with its dock and a network that can be cut, the terminal's two programs, and the screen's host.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCrypto } from '../base/crypto/self-test.ts';
import type { Log } from '../base/log.ts';
import { systemClock } from '../base/node/clock.ts';
import { pinoLog } from '../base/node/pino-log.ts';
import type { CabinetFacts } from '../drivers/api.ts';
import { loadCabinet } from '../drivers/cabinets/load.ts';
import { startBrowserHost } from '../host/browser-host.ts';
import { startChild } from '../host/child-process.ts';
import { namedMedia } from '../host/media-policy.ts';
import {
  type ProgramForm,
  socketPaths,
  startTerminalPrograms,
  type TerminalPrograms,
} from '../host/programs.ts';
import type { ProgramHandle } from '../host/supervisor.ts';
import type { SamplePhone } from '../platform/phone/configured.ts';
import { makeVerifier } from '../terminal/upkeep/verifier.ts';
import { freePort, getNetworkPort } from './ports.ts';
import { preparedCatalog } from './prepared-catalog.ts';

const ROOT = join(import.meta.dirname, '..');

/** The sample village: Dongcun of Shaxi, in Xinchang. */
export const SAMPLE_VILLAGE = '330624108248';

/** What the sample terminal tells people; numbers that reach nobody. */
const SUPPORT = {
  agentName: '吕小兰',
  agentPhone: '0575-86120001',
  agentHours: { zh: '周一到周五 8:00–17:00', en: 'Monday to Friday, 8:00–17:00' },
  townPhone: '0575-86120000',
};

/** The PINs of the sample terminal's upkeep; no terminal that serves people has these. */
export const SAMPLE_PINS = { caretaker: '112233', maintainer: '445566' } as const;

export interface StackOptions {
  readonly dataDir: string;
  readonly form: ProgramForm;
  /** `browser` serves the screens to a browser; `shell` leaves programs and screens to the kiosk shell. */
  readonly screens: 'browser' | 'shell';
  /** Ports of the screen, the dock and the desk; 0 takes any free one. */
  readonly ports: { readonly screen: number; readonly dock: number; readonly desk: number };
  /** A platform elsewhere, by its enrolment code, instead of the reference platform. */
  readonly enrolment?: string;
  /** Real devices (a devices configuration) instead of the simulated cabinet. */
  readonly devices?: Readonly<Record<string, unknown>>;
  /** The camera that stands for the simulated cabinet's document camera, by its label in the browser. */
  readonly cameraLabel?: string;
  /** The microphone of the simulated cabinet, by its label in the browser; none where nobody names one. */
  readonly microphoneLabel?: string;
  /** The catalog of terminal and platform; the project's own, prepared, unless said. */
  readonly catalogDir?: string;
  /** How long the terminal waits at the most before it tries its platform again; as any terminal does unless said. */
  readonly longestWaitMs?: number;
  /** Where sticks are mounted, and the root of whoever signs releases; as any terminal has them unless said. */
  readonly sticks?: { readonly rescueDir: string; readonly catalogRoot: string };
  /** Hears each step as it begins. */
  readonly say?: (text: string) => void;
}

/** One of the sample staff, with what they sign in with. */
export interface StaffSignIn {
  readonly name: string;
  readonly password: string;
  readonly desk: string;
}

/** The sample village's agent, whose card lies in the dock. */
export interface AgentSignIn {
  readonly name: string;
  /** For the first sign-in at the machine; a PIN is chosen then. */
  readonly code: string;
}

export interface Stack {
  /** Null where the kiosk shell shows the screens. */
  readonly screenUrl: string | null;
  /** Null with real devices and a platform elsewhere. */
  readonly dockUrl: string | null;
  /** Null with a platform elsewhere. */
  readonly deskUrl: string | null;
  readonly staff: readonly StaffSignIn[];
  /** Null with a platform elsewhere. */
  readonly agent: AgentSignIn | null;
  /** Where the sample's bills are paid without a phone; null with a platform elsewhere. */
  readonly payUrl: string | null;
  /** Where sample people show the codes on their phones; null with a platform elsewhere. */
  readonly phoneUrl: string | null;
  /** Null where the kiosk shell runs them. */
  readonly programs: TerminalPrograms | null;
  /** What the kiosk shell is started with. */
  readonly shellSettingsPath: string;
  readonly folders: {
    readonly terminal: string;
    readonly mirror: string;
    readonly platform: string;
    readonly run: string;
  };
  /** Ends the platform at once, as a power cut does. */
  killPlatform(): Promise<void>;
  /** Starts it again, where it was. */
  startPlatform(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the kiosk shell's settings are written. */
export function shellSettingsPath(dataDir: string): string {
  return join(dataDir, 'run', 'config', 'shell.json');
}

/** The simulated cabinet stands in for a village terminal; a camera or microphone nobody has here is not made up. */
function simulatedCabinet({ cameraLabel, microphoneLabel }: StackOptions): CabinetFacts | null {
  const { facts } = loadCabinet(readFileSync(join(ROOT, 'drivers', 'cabinets', 'village.yaml'), 'utf8'));
  const named = (label: string) => ({ usb: null, label });
  return (
    facts && {
      ...facts,
      cameras: cameraLabel === undefined ? [] : [{ device: 'document-camera', ...named(cameraLabel) }],
      microphone: microphoneLabel === undefined ? null : named(microphoneLabel),
    }
  );
}

/** Starts everything, in the order in which it is needed. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const say = options.say ?? (() => {});
  const folder = (name: string) => join(options.dataDir, name);
  const folders = {
    terminal: folder('terminal'),
    mirror: folder('mirror'),
    platform: folder('platform'),
    run: folder('run'),
  };
  const log = pinoLog('host');
  const child = (name: string, entry: string, config: unknown): ProgramHandle =>
    startChild({
      name,
      entry: join(ROOT, entry),
      config,
      configPath: join(folders.run, 'config', `${name}.json`),
      logPath: join(folders.run, 'log', `${name}.log`),
    });

  const catalog = { catalogDir: options.catalogDir ?? preparedCatalog() };
  const networkPort = await getNetworkPort(options.dataDir);
  const gatewayPort = await freePort();
  const deskPort = options.ports.desk === 0 ? await freePort() : options.ports.desk;
  let platform: ProgramHandle | undefined;
  const startPlatform = async () => {
    platform = child('platform', 'platform/main.ts', {
      dataDir: folders.platform,
      gateway: { port: gatewayPort, publicOrigin: `http://127.0.0.1:${networkPort}` },
      desk: { port: deskPort },
      sample: true,
      enrol: SAMPLE_VILLAGE,
      ...catalog,
    });
    return platform.ready;
  };
  let enrolment = options.enrolment;
  let phone: SamplePhone | null = null;
  let desk: Pick<Stack, 'deskUrl' | 'staff' | 'agent' | 'payUrl' | 'phoneUrl'> = {
    deskUrl: null,
    staff: [],
    agent: null,
    payUrl: null,
    phoneUrl: null,
  };
  if (enrolment === undefined) {
    say('starting the reference platform');
    const ready = (await startPlatform()) as {
      enrolment: string;
      deskUrl: string;
      payUrl: string | null;
      phone: SamplePhone | null;
      staff: readonly StaffSignIn[];
      agent: AgentSignIn | null;
    };
    enrolment = ready.enrolment;
    const { deskUrl, staff, agent, payUrl } = ready;
    phone = ready.phone;
    desk = { deskUrl, staff, agent, payUrl, phoneUrl: phone?.url ?? null };
  }

  say('starting the simulated cabinet');
  const simulator = child('simulator', 'drivers/simulator/main.ts', {
    folder: join(folders.run, 'devices'),
    dockPort: options.ports.dock,
    ...(options.enrolment === undefined
      ? { platform: { host: '127.0.0.1', port: gatewayPort }, networkPort, phones: phonesOf(phone) }
      : {}),
  });
  const simulated = (await simulator.ready) as { dock: string; devices: Record<string, unknown> };
  const cabinet = simulatedCabinet(options);
  const devicesConfig = options.devices ?? { ...simulated.devices, cabinet };
  const terminalConfig = {
    dataDir: folders.terminal,
    mirrorDir: folders.mirror,
    village: SAMPLE_VILLAGE,
    catalogRoot: join(folders.platform, 'releases', 'stable', 'metadata', '1.root.json'),
    support: SUPPORT,
    agentTimes: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }],
    upkeep: sampleVerifiers(),
    enrolment,
    longestWaitMs: options.longestWaitMs,
    ...options.sticks,
    ...(phone && { phoneCode: { app: phone.app, issuers: phone.issuers, onlineForm: phone.onlineForm } }),
    ...catalog,
  };
  const settingsPath = shellSettingsPath(options.dataDir);
  const shellSettings = {
    terminal: terminalConfig,
    devices: devicesConfig,
    runFolder: folders.run,
    supportPhone: SUPPORT.townPhone,
    windowed: true,
  };
  writeFileSync(settingsPath, JSON.stringify(shellSettings), { mode: 0o600 });

  const shown =
    options.screens === 'browser'
      ? await showInBrowser({ ...options, runFolder: folders.run, devicesConfig, terminalConfig, log, say })
      : undefined;
  return {
    screenUrl: shown?.url ?? null,
    dockUrl: simulated.dock,
    ...desk,
    programs: shown?.programs ?? null,
    shellSettingsPath: settingsPath,
    folders,
    async killPlatform() {
      const ended = new Promise<void>((resolve) => platform?.onExit(() => resolve()));
      platform?.kill('SIGKILL');
      await ended;
    },
    async startPlatform() {
      await startPlatform();
    },
    async stop() {
      await shown?.stop();
      await Promise.all([simulator.stop(), platform?.stop()]);
    },
  };
}

/** The sample's phones, for whoever holds one before the simulated scanner. */
function phonesOf(phone: SamplePhone | null) {
  return phone === null ? undefined : { url: phone.url, people: phone.people };
}

function sampleVerifiers() {
  const crypto = createCrypto();
  return {
    caretaker: makeVerifier(crypto, SAMPLE_PINS.caretaker),
    maintainer: makeVerifier(crypto, SAMPLE_PINS.maintainer),
  };
}

async function showInBrowser(options: {
  readonly form: ProgramForm;
  readonly runFolder: string;
  readonly ports: { readonly screen: number };
  readonly devicesConfig: Readonly<Record<string, unknown>>;
  readonly terminalConfig: Readonly<Record<string, unknown>>;
  readonly log: Log;
  readonly say: (text: string) => void;
}): Promise<{ readonly url: string; readonly programs: TerminalPrograms; stop(): Promise<void> }> {
  options.say('starting the terminal');
  const programs = startTerminalPrograms({ ...options, clock: systemClock });
  await Promise.all([programs.devices.firstReady, programs.terminal.firstReady]);
  const screen = await startBrowserHost({
    folder: join(ROOT, 'dist', 'screen'),
    port: options.ports.screen,
    terminalSocket: socketPaths(options.runFolder).screen,
    ...namedMedia(options.devicesConfig),
    log: options.log,
  });
  return {
    url: screen.url,
    programs,
    async stop() {
      await screen.close();
      await programs.stop();
    },
  };
}
