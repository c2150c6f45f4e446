import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { type DeviceName, deviceNameSchema } from '../api.ts';
import { COMMANDS, type CommandName } from '../reader/commands.ts';
import { findSampleCard, SAMPLE_CARDS } from './cards.ts';
import { NO_FAULTS, type PaperLine, type PrinterFaults, PrinterSimulator } from './printer-simulator.ts';
import { openPtyLine } from './pty.ts';
import { type FaultOrder, ReaderSimulator } from './reader-simulator.ts';

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
  z.strictObject({ order: z.literal('set-printer-faults'), faults: printerFaultsSchema }),
  /** Faults that come once so many more lines are printed. */
  z.strictObject({
    order: z.literal('fail-printer-after'),
    lines: z.int().positive(),
    faults: printerFaultsSchema,
  }),
  z.strictObject({ order: z.literal('mend-printer') }),
  z.strictObject({ order: z.literal('tear-paper') }),
  z.strictObject({ order: z.literal('unplug'), device: deviceNameSchema }),
  z.strictObject({ order: z.literal('plug'), device: deviceNameSchema }),
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
}

/** A simulated cabinet: a card reader and a slip printer on serial lines. */
export interface Cabinet {
  /** Where the devices are and how they are spoken to: the devices program's configuration. */
  readonly config: {
    readonly cardReader: { readonly path: string; readonly baudRate: number };
    readonly slipPrinter: { readonly path: string; readonly baudRate: number; readonly columns: 48 | 32 };
  };
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
  readonly columns?: 48 | 32;
}

/** Sets up a cabinet with everything plugged in, no card laid, paper enough. */
export async function createCabinet(options: CabinetOptions): Promise<Cabinet> {
  const { clock, folder, readerBaudRate = 115_200, printerBaudRate = 115_200, columns = 48 } = options;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const reader = new ReaderSimulator({ clock, baudRate: readerBaudRate, onChange: changed });
  const printer = new PrinterSimulator({ clock, baudRate: printerBaudRate, columns, onChange: changed });
  const paths = { 'card-reader': join(folder, 'card-reader'), 'slip-printer': join(folder, 'slip-printer') };
  const deviceOf = (name: DeviceName) => (name === 'card-reader' ? reader : printer);

  const plug = async (name: DeviceName) => {
    const device = deviceOf(name);
    if (!device.isPlugged) device.plug(await openPtyLine(paths[name]));
    changed();
  };
  const unplug = async (name: DeviceName) => {
    await deviceOf(name).unplug();
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
      case 'set-printer-faults':
        return void printer.setFaults(definedOnly(order.faults));
      case 'fail-printer-after':
        return void printer.failAfter(order.lines, definedOnly(order.faults));
      case 'mend-printer':
        return void printer.setFaults(NO_FAULTS);
      case 'tear-paper':
        return void printer.tear();
      case 'unplug':
        return void (await unplug(order.device));
      case 'plug':
        return void (await plug(order.device));
    }
  };

  await plug('card-reader');
  await plug('slip-printer');
  return {
    config: {
      cardReader: { path: paths['card-reader'], baudRate: readerBaudRate },
      slipPrinter: { path: paths['slip-printer'], baudRate: printerBaudRate, columns },
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
      await unplug('card-reader');
      await unplug('slip-printer');
    },
  };
}

/** Line noise with a false start of a frame in it. */
const NOISE = Uint8Array.of(0x00, 0xaa, 0xaa, 0xaa, 0x96, 0x00, 0xff, 0x55, 0xaa);

/** The same without keys whose value is undefined, so that they do not overwrite what stands. */
function definedOnly(faults: z.output<typeof printerFaultsSchema>): Partial<PrinterFaults> {
  return Object.fromEntries(Object.entries(faults).filter(([, value]) => value !== undefined));
}
