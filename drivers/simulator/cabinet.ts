import { join } from 'node:path';
import { z } from 'zod';
import { utf8 } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { deviceNameSchema, type SensorName, screenDeviceSchema, sensorNameSchema } from '../api.ts';
import type { DevicesConfig } from '../devices.ts';
import { COMMANDS, type CommandName, READER_SPEEDS } from '../reader/commands.ts';
import { findSampleCard, SAMPLE_CARDS } from './cards.ts';
import type { DeviceLine } from './device-line.ts';
import {
  type DocumentPrinterFaults,
  DocumentPrinterSimulator,
  type DocumentPrinterState,
  NO_DOCUMENT_FAULTS,
} from './document-printer-simulator.ts';
import { NO_FAULTS, type PaperLine, type PrinterFaults, PrinterSimulator } from './printer-simulator.ts';
import { FACES, ProofSimulator, type ProofSimulatorState } from './proof-simulator.ts';
import { openPtyLine } from './pty.ts';
import { type FaultOrder, ReaderSimulator } from './reader-simulator.ts';
import { CODE_ENDS, type CodeEnd, ScannerSimulator } from './scanner-simulator.ts';
import { SensorSimulator } from './sensor-simulator.ts';
import { SocialCardSimulator, type SocialCardSimulatorState } from './social-card-simulator.ts';

const codeEnds = Object.keys(CODE_ENDS) as [CodeEnd, ...CodeEnd[]];
const commandNames = Object.keys(COMMANDS) as [CommandName, ...CommandName[]];

const answerFaultSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), sw3: z.int().min(0).max(255) }),
  z.object({ type: z.literal('noise') }),
  z.object({ type: z.literal('silence') }),
  z.object({ type: z.literal('half') }),
  z.object({ type: z.literal('pulled') }),
]);

const printerFaultsSchema = z
  .strictObject({
    paper: z.enum(['enough', 'low', 'out']),
    coverOpen: z.boolean(),
    cutterError: z.boolean(),
    overheated: z.boolean(),
    jammed: z.boolean(),
    silent: z.boolean(),
  })
  .partial();

const documentPrinterFaultsSchema = z
  .strictObject({
    paper: z.enum(['enough', 'low', 'out']),
    toner: z.enum(['enough', 'low', 'empty']),
    jammed: z.boolean(),
    doorOpen: z.boolean(),
    silent: z.boolean(),
  })
  .partial();

/** Cameras and microphones are the browser's own to imitate. */
const simulatedNameSchema = deviceNameSchema.exclude(screenDeviceSchema.options);
type SimulatedName = z.infer<typeof simulatedNameSchema>;

/** What can be done to the cabinet, by a person at the dock or by a test. */
const cabinetOrderSchema = z.discriminatedUnion('order', [
  z.strictObject({ order: z.literal('lay-card'), card: z.string() }),
  z.strictObject({ order: z.literal('lift-card') }),
  /** A fault of the next answers to `command`, or to any command where it is null. */
  z.strictObject({
    order: z.literal('fail-reader'),
    fault: answerFaultSchema,
    command: z.enum(commandNames).nullable().default(null),
    times: z.int().positive().default(1),
  }),
  z.strictObject({ order: z.literal('clear-reader-faults') }),
  z.strictObject({ order: z.literal('set-reader-silent'), silent: z.boolean() }),
  z.strictObject({ order: z.literal('make-reader-noise') }),
  /** A share of all bytes on the reader's line arrives wrong, both ways. */
  z.strictObject({ order: z.literal('set-reader-noise'), share: z.number().min(0).max(1) }),
  /** The reader speaks at another speed, as one that was set elsewhere. */
  z.strictObject({ order: z.literal('set-reader-speed'), baudRate: z.literal(READER_SPEEDS) }),
  z.strictObject({ order: z.literal('set-printer-faults'), faults: printerFaultsSchema }),
  /** Faults that come once so many more lines are printed; a cut counts as one. */
  z.strictObject({
    order: z.literal('fail-printer-after'),
    lines: z.int().positive(),
    faults: printerFaultsSchema,
  }),
  z.strictObject({ order: z.literal('mend-printer') }),
  z.strictObject({ order: z.literal('tear-paper') }),
  z.strictObject({
    order: z.literal('set-document-printer-faults'),
    faults: documentPrinterFaultsSchema,
  }),
  /** The A4 printer jams once its next sheet is out. */
  z.strictObject({ order: z.literal('jam-next-sheet') }),
  z.strictObject({ order: z.literal('mend-document-printer') }),
  z.strictObject({ order: z.literal('take-sheets') }),
  z.strictObject({ order: z.literal('insert-social-card'), card: z.string() }),
  z.strictObject({ order: z.literal('remove-social-card') }),
  z.strictObject({ order: z.literal('set-social-card-silent'), silent: z.boolean() }),
  /** A code is held before the scanner. */
  z.strictObject({
    order: z.literal('scan-code'),
    text: z.string().min(1).max(16_384),
    end: z.enum(codeEnds).default('crlf'),
  }),
  z.strictObject({ order: z.literal('set-sensor'), sensor: sensorNameSchema, on: z.boolean() }),
  z.strictObject({ order: z.literal('set-sensor-silent'), sensor: sensorNameSchema, silent: z.boolean() }),
  /** Who stands before the proof box's camera, and whether a phone is on record for whoever is asked about. */
  z.strictObject({ order: z.literal('set-proof-face'), face: z.enum(FACES) }),
  z.strictObject({ order: z.literal('set-proof-phone'), onRecord: z.boolean() }),
  z.strictObject({ order: z.literal('set-proof-silent'), silent: z.boolean() }),
  z.strictObject({ order: z.literal('unplug'), device: simulatedNameSchema }),
  z.strictObject({ order: z.literal('plug'), device: simulatedNameSchema }),
]);
export type CabinetOrder = z.input<typeof cabinetOrderSchema>;

/** All that can be seen of the cabinet, as plain data. */
export interface CabinetState {
  /** The cards that lie ready. */
  readonly cards: readonly { readonly id: string; readonly label: string }[];
  readonly reader: {
    readonly isPlugged: boolean;
    readonly isSilent: boolean;
    /** The card on it. */
    readonly card: string | null;
    /** Faults on order that have not happened yet. */
    readonly orders: readonly FaultOrder[];
  };
  readonly printer: {
    readonly isPlugged: boolean;
    readonly faults: PrinterFaults;
    /** Cut slips that hang at the mouth, oldest first. */
    readonly slips: readonly (readonly PaperLine[])[];
    /** Printed, but not cut off yet. */
    readonly uncut: readonly PaperLine[];
  };
  readonly documentPrinter: DocumentPrinterState;
  readonly socialCard: SocialCardSimulatorState;
  readonly scanner: {
    readonly isPlugged: boolean;
    /** How many codes it has read. */
    readonly scans: number;
  };
  readonly sensors: Readonly<
    Record<SensorName, { readonly isPlugged: boolean; readonly isOn: boolean; readonly isSilent: boolean }>
  >;
  readonly proof: ProofSimulatorState;
}

/** A simulated cabinet: its devices on serial lines, its A4 printer on loopback. */
export interface Cabinet {
  /** Where the devices are and how they are spoken to: the devices program's configuration. */
  readonly config: DevicesConfig;
  state(): CabinetState;
  /** Called after each change; the answer stops it. */
  onChange(listener: () => void): () => void;
  /** Carries out one order (a {@link CabinetOrder}); what is wrong with it comes back as a line of text. */
  command(order: unknown): Promise<string | undefined>;
  /** Pulls every plug. */
  close(): Promise<void>;
}

/** What a cabinet is made of; speeds are those of the devices, in bits per second. */
export interface CabinetOptions {
  /** Where the links to the devices' lines are made. */
  readonly folder: string;
  readonly clock: Clock;
  readonly readerBaudRate?: number;
  readonly printerBaudRate?: number;
  readonly printerDialect?: 'escpos' | 'kpm';
  readonly scannerBaudRate?: number;
  readonly columns?: 48 | 32;
}

/** A simulated device, as far as its plug goes. */
interface Pluggable {
  readonly isPlugged: boolean;
  plug(): Promise<void>;
  unplug(): Promise<void>;
}

/** One that is plugged into a serial line. */
interface LineDevice {
  readonly isPlugged: boolean;
  plug(line: DeviceLine): void;
  unplug(): Promise<void>;
}

function onLine(device: LineDevice, path: string): Pluggable {
  return {
    get isPlugged() {
      return device.isPlugged;
    },
    plug: async () => device.plug(await openPtyLine(path)),
    unplug: () => device.unplug(),
  };
}

/** Sets up a cabinet with everything plugged in, no card laid, paper enough. */
export async function createCabinet(options: CabinetOptions): Promise<Cabinet> {
  const { clock, folder, readerBaudRate = 115_200, printerBaudRate = 115_200, columns = 48 } = options;
  const { printerDialect: dialect = 'escpos', scannerBaudRate = 9_600 } = options;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const reader = new ReaderSimulator({ clock, baudRate: readerBaudRate, onChange: changed });
  const printer = new PrinterSimulator({
    clock,
    baudRate: printerBaudRate,
    columns,
    dialect,
    onChange: changed,
  });
  const scanner = new ScannerSimulator({ clock, baudRate: scannerBaudRate, onChange: changed });
  const sensor = () => new SensorSimulator({ clock, baudRate: SENSOR_BAUD_RATE, onChange: changed });
  const sensors = perSensor(sensor);
  const proof = new ProofSimulator({ clock, baudRate: PROOF_BAUD_RATE, onChange: changed });
  const documentPrinter = new DocumentPrinterSimulator({ clock, onChange: changed });
  const socialCard = new SocialCardSimulator({ clock, baudRate: SOCIAL_CARD_BAUD_RATE, onChange: changed });
  const names = simulatedNameSchema.options;
  const pathOf = (name: SimulatedName) => join(folder, name);
  const devices: Readonly<Record<SimulatedName, Pluggable>> = {
    'card-reader': onLine(reader, pathOf('card-reader')),
    'slip-printer': onLine(printer, pathOf('slip-printer')),
    'code-scanner': onLine(scanner, pathOf('code-scanner')),
    ...perSensor((name) => onLine(sensors[name], pathOf(name))),
    proof: onLine(proof, pathOf('proof')),
    'a4-printer': documentPrinter,
    'social-card-reader': onLine(socialCard, pathOf('social-card-reader')),
  };

  const plug = async (name: SimulatedName) => {
    if (!devices[name].isPlugged) await devices[name].plug();
    changed();
  };
  const unplug = async (name: SimulatedName) => {
    await devices[name].unplug();
    changed();
  };
  const carryOut = async (order: z.output<typeof cabinetOrderSchema>): Promise<string | undefined> => {
    switch (order.order) {
      case 'lay-card': {
        const card = findSampleCard(order.card);
        if (card === undefined) return `no such card: ${order.card}`;
        return void reader.lay(card);
      }
      case 'lift-card':
        return void reader.lift();
      case 'fail-reader':
        return void reader.order({ fault: order.fault, command: order.command, times: order.times });
      case 'clear-reader-faults':
        return void reader.clearOrders();
      case 'set-reader-silent':
        return void reader.setSilent(order.silent);
      case 'make-reader-noise':
        return void reader.makeNoise(NOISE);
      case 'set-reader-noise':
        return void reader.setNoise(order.share);
      case 'set-reader-speed':
        return void reader.setSpeed(order.baudRate);
      case 'set-printer-faults':
        return void printer.setFaults(definedOnly<PrinterFaults>(order.faults));
      case 'fail-printer-after':
        return void printer.failAfter(order.lines, definedOnly<PrinterFaults>(order.faults));
      case 'mend-printer':
        return void printer.setFaults(NO_FAULTS);
      case 'tear-paper':
        return void printer.tear();
      case 'set-document-printer-faults':
        return void documentPrinter.setFaults(definedOnly<DocumentPrinterFaults>(order.faults));
      case 'jam-next-sheet':
        return void documentPrinter.jamNext();
      case 'mend-document-printer':
        return void documentPrinter.setFaults(NO_DOCUMENT_FAULTS);
      case 'take-sheets':
        return void documentPrinter.takeSheets();
      case 'insert-social-card':
        return socialCard.insert(order.card) ? undefined : `no such card: ${order.card}`;
      case 'remove-social-card':
        return void socialCard.remove();
      case 'set-social-card-silent':
        return void socialCard.setSilent(order.silent);
      case 'scan-code':
        return void scanner.scan(utf8(order.text), order.end);
      case 'set-sensor':
        return void sensors[order.sensor].set(order.on);
      case 'set-sensor-silent':
        return void sensors[order.sensor].setSilent(order.silent);
      case 'set-proof-face':
        return void proof.setFace(order.face);
      case 'set-proof-phone':
        return void proof.setPhone(order.onRecord);
      case 'set-proof-silent':
        return void proof.setSilent(order.silent);
      case 'unplug':
        return void (await unplug(order.device));
      case 'plug':
        return void (await plug(order.device));
    }
  };

  for (const name of names) await plug(name);
  return {
    config: {
      cardReader: { path: pathOf('card-reader'), baudRate: readerBaudRate },
      slipPrinter: {
        path: pathOf('slip-printer'),
        baudRate: printerBaudRate,
        columns,
        dialect,
        rollLengthM: 50,
      },
      codeScanner: { path: pathOf('code-scanner'), baudRate: scannerBaudRate, hasAim: true },
      sensors: perSensor((name) => ({ path: pathOf(name), baudRate: SENSOR_BAUD_RATE })),
      proof: { path: pathOf('proof'), baudRate: PROOF_BAUD_RATE, methods: ['face', 'phone-code'] },
      documentPrinter: { url: documentPrinter.url },
      socialCard: {
        driver: 'ccid-serial',
        path: pathOf('social-card-reader'),
        baudRate: SOCIAL_CARD_BAUD_RATE,
      },
    },
    state: () => ({
      cards: SAMPLE_CARDS.map(({ id, label }) => ({ id, label })),
      reader: {
        isPlugged: reader.isPlugged,
        isSilent: reader.isSilent,
        card: reader.cardId,
        orders: reader.orders,
      },
      printer: {
        isPlugged: printer.isPlugged,
        faults: printer.faults,
        slips: printer.slips,
        uncut: printer.uncut,
      },
      documentPrinter: documentPrinter.state,
      socialCard: socialCard.state,
      scanner: { isPlugged: scanner.isPlugged, scans: scanner.scans },
      sensors: perSensor((name) => {
        const { isPlugged, isOn, isSilent } = sensors[name];
        return { isPlugged, isOn, isSilent };
      }),
      proof: proof.state,
    }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async command(order) {
      const parsed = cabinetOrderSchema.safeParse(order);
      return parsed.success ? carryOut(parsed.data) : z.prettifyError(parsed.error);
    },
    async close() {
      for (const name of names) await unplug(name);
    },
  };
}

const SENSOR_BAUD_RATE = 9_600;
const PROOF_BAUD_RATE = 115_200;
const SOCIAL_CARD_BAUD_RATE = 115_200;

function perSensor<T>(make: (name: SensorName) => T): Record<SensorName, T> {
  return {
    'door-sensor': make('door-sensor'),
    'light-sensor': make('light-sensor'),
    'presence-sensor': make('presence-sensor'),
    'audio-jack': make('audio-jack'),
  };
}

/** Line noise with a false start of a frame in it. */
const NOISE = Uint8Array.of(0x00, 0xaa, 0xaa, 0xaa, 0x96, 0x00, 0xff, 0x55, 0xaa);

/** The same without keys whose value is undefined, so that they do not overwrite what stands. */
function definedOnly<T extends object>(faults: { readonly [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(faults).filter(([, value]) => value !== undefined)) as Partial<T>;
}
