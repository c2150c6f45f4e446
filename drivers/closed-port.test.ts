/** At whatever moment a plug is pulled, or a device falls silent, that is said in time; present at boot is seen. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRINTER_DELAYS } from './printer/printer-delays.ts';
import { startPrinterSession } from './printer/printer-session.ts';
import { MAX_STRIKES, READER_DELAYS } from './reader/reader-delays.ts';
import { startReaderSession } from './reader/reader-session.ts';
import { searchSpeed } from './reader/speed-search.ts';
import { startScannerSession } from './scanner/scanner-session.ts';
import { SENSOR_DELAYS, startSensorSession } from './sensors/sensor-session.ts';
import { findSampleCard } from './simulator/cards.ts';
import { memoryLine } from './simulator/memory-line.ts';
import { NO_FAULTS, PrinterSimulator } from './simulator/printer-simulator.ts';
import { ReaderSimulator } from './simulator/reader-simulator.ts';
import { SensorSimulator } from './simulator/sensor-simulator.ts';
import { virtualClock } from './testing/virtual-clock.ts';

const BAUD_RATE = 115_200;

/** A closed port is said within this. */
const CLOSED_MS = 1_000;

/** One device with its driver, on a clock and a line of their own. */
interface Driven {
  readonly clock: ReturnType<typeof virtualClock>;
  readonly line: ReturnType<typeof memoryLine>;
  /** What it said, the last last: its reason, or its state where there is none. */
  readonly said: string[];
  /** Gives it something to do. */
  work(): void;
  silence(silent: boolean): void;
  stop(): void;
}

type SetUp = (pluggedAtBoot: boolean) => Driven;

function base(pluggedAtBoot: boolean) {
  const clock = virtualClock();
  const line = memoryLine(BAUD_RATE);
  if (!pluggedAtBoot) line.unplug();
  const said: string[] = [];
  const onStatus = (state: string, reason: string | null) => said.push(reason ?? state);
  return { clock, line, said, onStatus, device: { clock, baudRate: BAUD_RATE, onChange: () => undefined } };
}

function reader(
  open: (made: ReturnType<typeof base>) => Parameters<typeof startReaderSession>[0]['open'],
): SetUp {
  return (pluggedAtBoot) => {
    const made = base(pluggedAtBoot);
    const simulator = new ReaderSimulator(made.device);
    simulator.plug(made.line.device);
    const session = startReaderSession({
      open: open(made),
      clock: made.clock,
      random: { bytes: (length) => new Uint8Array(length) },
      isWatched: () => true,
      onStatus: made.onStatus,
      onEvent: () => undefined,
    });
    const card = findSampleCard('mother');
    return {
      ...made,
      work: () => card && simulator.lay(card),
      silence: (silent) => simulator.setSilent(silent),
      stop: () => session.stop(),
    };
  };
}

const printer: SetUp = (pluggedAtBoot) => {
  const made = base(pluggedAtBoot);
  const simulator = new PrinterSimulator({ ...made.device, columns: 48 });
  simulator.plug(made.line.device);
  const session = startPrinterSession({
    open: made.line.open,
    clock: made.clock,
    columns: 48,
    baudRate: BAUD_RATE,
    onStatus: made.onStatus,
  });
  const blocks = Array.from({ length: 60 }, () => ({ type: 'text' as const, text: '回执', strong: false }));
  return {
    ...made,
    work: () => void session.print({ jobId: 'job', blocks }),
    silence: (silent) => simulator.setFaults(silent ? { silent } : NO_FAULTS),
    stop: () => session.stop(),
  };
};

const sensor: SetUp = (pluggedAtBoot) => {
  const made = base(pluggedAtBoot);
  const simulator = new SensorSimulator(made.device);
  simulator.plug(made.line.device);
  const session = startSensorSession({ ...made, open: made.line.open, onReading: () => undefined });
  return {
    ...made,
    work: () => simulator.set(true),
    silence: (silent) => simulator.setSilent(silent),
    stop: () => session.stop(),
  };
};

/** A scanner is never asked anything: silence is its nature. */
const scanner: SetUp = (pluggedAtBoot) => {
  const made = base(pluggedAtBoot);
  const session = startScannerSession({
    ...made,
    open: made.line.open,
    hasAim: false,
    isWatched: () => true,
    onEvent: () => undefined,
  });
  const half = () => made.line.device.write(Uint8Array.of(0x31, 0x32));
  return { ...made, work: half, silence: () => undefined, stop: () => session.stop() };
};

const plainReader = reader(({ line }) => line.open);
const searchedReader = reader(({ clock, line }) =>
  searchSpeed({ clock, baudRate: BAUD_RATE, openAt: () => line.open, onFound: () => undefined }),
);

const ALL = [
  ['the reader', plainReader],
  ['a reader whose speed is searched', searchedReader],
  ['the printer', printer],
  ['a sensor', sensor],
  ['the scanner', scanner],
] as const;

describe.each(ALL)('%s', (_name, setUp) => {
  test('is seen where it is plugged in at boot, and said to be absent where it is not', async () => {
    const there = setUp(true);
    await there.clock.pass(3_000);
    expect(there.said.at(-1)).toBe('ok');
    const away = setUp(false);
    await away.clock.pass(CLOSED_MS);
    expect(away.said.at(-1)).toBe('port-closed');
    away.line.plug();
    await away.clock.pass(5_000);
    expect(away.said.at(-1)).toBe('ok');
    for (const driven of [there, away]) driven.stop();
  });

  test('pulled at any moment, busy or idle: said within 1 s, and back by itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4_000), fc.nat(1_500), async (workAtMs, afterMs) => {
        const driven = setUp(true);
        await driven.clock.pass(workAtMs);
        driven.work();
        await driven.clock.pass(afterMs);
        driven.line.unplug();
        await driven.clock.pass(CLOSED_MS);
        expect(driven.said.at(-1)).toBe('port-closed');
        driven.line.plug();
        await driven.clock.pass(20_000);
        expect(driven.said.at(-1)).toBe('ok');
        driven.stop();
      }),
      { numRuns: 30 },
    );
  });
});

/** How long each may be silent before that is said: its limits in a row, at the worst moment. */
const READER_SILENCE_MS =
  MAX_STRIKES * READER_DELAYS.answerMs.read +
  MAX_STRIKES * (READER_DELAYS.answerMs.status + (READER_DELAYS.dueMs.checking ?? 0)) +
  READER_DELAYS.answerMs['read-address'];
const PRINTER_SILENCE_MS = PRINTER_DELAYS.printMs + PRINTER_DELAYS.pollMs + 4 * PRINTER_DELAYS.answerMs;
const SENSOR_SILENCE_MS = SENSOR_DELAYS.silenceMs + 2 * SENSOR_DELAYS.askMs;

test.each([
  ['the reader', plainReader, READER_SILENCE_MS],
  ['the printer', printer, PRINTER_SILENCE_MS],
  ['a sensor', sensor, SENSOR_SILENCE_MS],
] as const)(
  '%s silent from any moment on: said within its limit, and it passes',
  async (_name, setUp, limitMs) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4_000), fc.nat(1_500), async (workAtMs, afterMs) => {
        const driven = setUp(true);
        await driven.clock.pass(3_000 + workAtMs);
        driven.work();
        await driven.clock.pass(afterMs);
        const before = driven.said.length;
        driven.silence(true);
        await driven.clock.pass(limitMs);
        expect(driven.said.slice(before)).toContain('not-answering');
        driven.silence(false);
        await driven.clock.pass(20_000);
        expect(driven.said.at(-1)).toBe('ok');
        driven.stop();
      }),
      { numRuns: 30 },
    );
  },
);
