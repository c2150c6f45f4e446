import { join } from 'node:path';
import { systemClock } from '../../base/node/clock.ts';
import { PrinterSimulator } from '../../drivers/simulator/printer-simulator.ts';
import { openPtyLine } from '../../drivers/simulator/pty.ts';
import { ReaderSimulator } from '../../drivers/simulator/reader-simulator.ts';
import { type Exchange, tapLine } from './tapped-line.ts';

/** A cabinet whose reader's line is listened to. */
export interface BenchCabinet {
  /** The devices' configuration. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly reader: ReaderSimulator;
  /** What went over the line since the last find, that find first. */
  takeReadExchanges(): readonly Exchange[];
  close(): Promise<void>;
}

/** The simulated cabinet, with an ear at the reader's end of its line. */
export async function setUpCabinet(folder: string, baudRate: number): Promise<BenchCabinet> {
  const simulated = { clock: systemClock, baudRate, onChange: () => undefined };
  const reader = new ReaderSimulator(simulated);
  const printer = new PrinterSimulator({ ...simulated, columns: 48 });
  const paths = { reader: join(folder, 'card-reader'), printer: join(folder, 'slip-printer') };
  const tap = tapLine(await openPtyLine(paths.reader));
  reader.plug(tap.line);
  printer.plug(await openPtyLine(paths.printer));
  return {
    config: {
      cardReader: { path: paths.reader, baudRate },
      slipPrinter: { path: paths.printer, baudRate, columns: 48 },
    },
    reader,
    takeReadExchanges: tap.sinceLastFind,
    async close() {
      await reader.unplug();
      await printer.unplug();
    },
  };
}
