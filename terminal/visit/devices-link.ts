/**
 * The terminal's end of the line to the devices process. That process may die and come back: meanwhile its
 * devices are down, and everything else goes on.
 */
import type { ContractRouterClient } from '@orpc/contract';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import {
  type CabinetFacts,
  cameraNameSchema,
  type DeviceName,
  type DeviceStatus,
  type DevicesContract,
  type DevicesEvent,
  type ProofMethod,
  type ReaderEvent,
  type ScannerEvent,
  type ScreenDevice,
  type SensorReading,
  screenDeviceSchema,
} from '../../drivers/api.ts';
import type { CameraReport, MicrophoneReport } from '../api.ts';
import type { DocumentPrinter } from '../certificate/print-desk.ts';
import type { SlipPrinter } from '../slips/printing.ts';
import type { DeviceView } from './desk.ts';
import type { Timeouts } from './timeouts.ts';

/** The devices process, as its client. */
export type Devices = ContractRouterClient<DevicesContract>;

/** The line to whichever devices process there is. */
export interface DevicesLink {
  /** Goes on with this one, after a start or restart of the devices process; the one before is let go. */
  attach(devices: Devices): void;
  view(): DeviceView;
  /** What prints, while something can. */
  findPrinter(): SlipPrinter | undefined;
  /** What prints whole sheets, while it can. */
  findDocumentPrinter(): DocumentPrinter | undefined;
  /** What proves people, while something can. */
  findProver(): Devices | undefined;
  /** What the screen tells of the cabinet's cameras; of any other camera it tells nothing that counts. */
  camerasSaid(reports: readonly CameraReport[]): void;
  /** What the screen tells of the cabinet's microphone; nothing that counts where the cabinet names none. */
  microphoneSaid(report: MicrophoneReport): void;
  /** Asks the reader to forget the card it holds. */
  forgetCard(): void;
  /** How every device stands that was heard of. */
  statuses(): readonly DeviceStatus[];
  /** The devices process, while there is one. */
  find(): Devices | undefined;
  stop(): void;
}

/** What is told of the devices, as it happens, to whoever keeps count of it. */
export interface DeviceNews {
  status(status: DeviceStatus): void;
  /** A driver hung and was started anew. */
  hung(device: DeviceName): void;
  /** The devices process is gone. */
  lost(): void;
}

/** A line with nobody at the other end yet. */
export function createDevicesLink(options: {
  readonly clock: Clock;
  readonly timeouts: Pick<Timeouts, 'readingMs'>;
  readonly log: Log;
  readonly onReader: (event: ReaderEvent) => void;
  /** Whoever takes it decides whether anybody expects a code; it is kept nowhere here. */
  readonly onScanner: (event: ScannerEvent) => void;
  readonly onChange: () => void;
  /** Somebody steps up before the machine, as its sensor tells. */
  readonly onPresence?: () => void;
  /** What was plugged into the audio jack is out, or nobody can tell any more; called before `onChange`. */
  readonly onUnplugged?: () => void;
  readonly news?: DeviceNews | undefined;
}): DevicesLink {
  const { clock, timeouts, log, onReader, onScanner, onChange } = options;
  const statuses = new Map<DeviceName, DeviceStatus>();
  let present: { readonly devices: Devices; readonly line: AbortController } | undefined;
  /** Outlives a restart of the devices process: the machine around the screen stays the same. */
  let cabinet: CabinetFacts | null = null;
  let reading = false;
  let audioJack: DeviceView['audioJack'] = null;
  let stopReading: Cancel = () => {};

  function setReading(now: boolean): void {
    stopReading();
    reading = now;
    if (now)
      stopReading = clock.after(timeouts.readingMs, () => {
        reading = false;
        onChange();
      });
  }

  function note(status: DeviceStatus): void {
    const { device, state, reason } = status;
    const before = statuses.get(device);
    statuses.set(device, status);
    options.news?.status(status);
    // Each forgotten card brings a snapshot, of which nothing may be new.
    if (before?.state !== state || before.reason !== reason) log('device.status', { device, state, reason });
  }

  function begin(snapshot: Extract<DevicesEvent, { type: 'snapshot' }>): void {
    cabinet = snapshot.cabinet;
    for (const status of snapshot.devices) note(status);
    for (const reading of snapshot.sensors) sense(reading);
    for (const device of screenDeviceSchema.options) {
      if (isNamed(device) && !statuses.has(device)) note({ device, state: 'starting', reason: null });
    }
  }

  function isNamed(device: DeviceName): boolean {
    if (device === 'microphone') return cabinet?.microphone != null;
    return cabinet?.cameras.some((camera) => camera.device === device) === true;
  }

  function screenSaid(device: ScreenDevice, state: CameraReport['state']): void {
    const status = { device, ...SCREEN_STATUS[state] };
    if (isNamed(device) && statuses.get(device)?.state !== status.state) note(status);
  }

  /** Doors and lights are for whoever looks after the machine; only the jack and who stands there change what a page does. */
  function sense({ sensor, on }: SensorReading): void {
    if (sensor === 'audio-jack') setJack(on);
    if (sensor === 'presence-sensor' && on === true) options.onPresence?.();
  }

  function setJack(now: boolean | null): void {
    const wasPlugged = audioJack === true;
    audioJack = now;
    if (wasPlugged && now !== true) options.onUnplugged?.();
  }

  function take(event: DevicesEvent): void {
    if (event.type === 'snapshot') begin(event);
    else if (event.type === 'status') note(event.status);
    else if (event.type === 'hung') options.news?.hung(event.device);
    else if (event.type === 'reader') {
      setReading(event.event.type === 'reading');
      onReader(event.event);
    } else if (event.type === 'scanner') onScanner(event.event);
    else if (event.type === 'sensor') sense(event.reading);
    onChange();
  }

  async function follow(devices: Devices, line: AbortController): Promise<void> {
    try {
      const events = await devices.watch(undefined, { signal: line.signal });
      while (!line.signal.aborted && (await takeNext(events)));
    } catch {
      // A line that breaks is how the devices process dies: expected, and shown as devices down.
    }
    if (present?.line === line) letGo();
  }

  /** In a function of its own: a loop that waits would hold on to the last event, and so to a person. */
  async function takeNext(events: AsyncIterator<DevicesEvent>): Promise<boolean> {
    const next = await events.next();
    if (next.done !== true) take(next.value);
    return next.done !== true;
  }

  function letGo(): void {
    present?.line.abort();
    present = undefined;
    options.news?.lost();
    // Cameras and microphone are the screen's, not that process's.
    for (const device of statuses.keys()) if (!isNamed(device)) statuses.delete(device);
    setReading(false);
    setJack(null);
    onChange();
  }

  return {
    attach(devices) {
      if (present !== undefined) letGo();
      present = { devices, line: new AbortController() };
      // A line that hung may have left a card held for whoever was there before.
      devices.forgetCard().catch(() => {});
      void follow(devices, present.line);
    },
    view: () => ({
      reader: readerView(statuses.get('card-reader'), reading),
      slipPrinter: printerView(statuses.get('slip-printer')),
      documentPrinter: printerView(statuses.get('a4-printer')),
      scanner: isUp(statuses.get('code-scanner')) ? 'ready' : 'down',
      microphone: isUp(statuses.get('microphone')) ? 'ready' : 'down',
      audioJack,
      cameras: new Set(cameraNameSchema.options.filter((device) => statuses.get(device)?.state === 'ok')),
      proofMethods: proofMethodsOf(statuses.get('proof')),
      cabinet,
    }),
    camerasSaid(reports) {
      for (const { device, state } of reports) screenSaid(device, state);
      onChange();
    },
    microphoneSaid({ state }) {
      screenSaid('microphone', state);
      onChange();
    },
    findProver: () => (proofMethodsOf(statuses.get('proof')).length > 0 ? present?.devices : undefined),
    findPrinter: () => (printerView(statuses.get('slip-printer')) === 'down' ? undefined : present?.devices),
    findDocumentPrinter: () =>
      printerView(statuses.get('a4-printer')) === 'down' ? undefined : present?.devices,
    forgetCard() {
      // One that cannot answer is gone, and what it held with it.
      present?.devices.forgetCard().catch(() => {});
    },
    statuses: () => [...statuses.values()],
    find: () => present?.devices,
    stop() {
      present?.line.abort();
      present = undefined;
      stopReading();
    },
  };
}

const SCREEN_STATUS = {
  ready: { state: 'ok', reason: null },
  absent: { state: 'absent', reason: 'port-closed' },
  blocked: { state: 'fault', reason: 'not-authorised' },
} as const satisfies Record<CameraReport['state'], Pick<DeviceStatus, 'state' | 'reason'>>;

function isUp(status: DeviceStatus | undefined): boolean {
  return status !== undefined && works(status);
}

function readerView(status: DeviceStatus | undefined, reading: boolean): DeviceView['reader'] {
  if (status === undefined || !works(status)) return 'down';
  return reading ? 'reading' : 'ready';
}

function printerView(status: DeviceStatus | undefined): DeviceView['slipPrinter'] {
  if (status === undefined || !works(status)) return 'down';
  return status.reason === 'paper-low' ? 'low' : 'ok';
}

/** Busy with one proof, it works: the next begins when that has ended. */
function proofMethodsOf(status: DeviceStatus | undefined): readonly ProofMethod[] {
  return status === undefined || !works(status) ? [] : (status.proofMethods ?? []);
}

function works({ state }: DeviceStatus): boolean {
  return state === 'ok' || state === 'attention' || state === 'busy';
}
