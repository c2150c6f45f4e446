/** What goes wrong with a device's line is said soon, and set right without anybody's help. */
import { describe, expect, test } from 'vitest';
import { err, ok } from '../base/result.ts';
import type { DeviceName, SensorName } from './api.ts';
import { PRINTER_DELAYS } from './printer/printer-delays.ts';
import { startPrinterSession } from './printer/printer-session.ts';
import { READER_DELAYS } from './reader/reader-delays.ts';
import { startReaderSession } from './reader/reader-session.ts';
import { memoryLine } from './simulator/memory-line.ts';
import { NO_FAULTS, PrinterSimulator } from './simulator/printer-simulator.ts';
import { ReaderSimulator } from './simulator/reader-simulator.ts';
import { setUpRig } from './testing/rig.ts';
import { virtualClock } from './testing/virtual-clock.ts';
import { keepLine } from './transport/kept-line.ts';
import type { OpenTransport } from './transport/transport.ts';

const BAUD_RATE = 115_200;

describe('on a clock of their own', () => {
  function setUpPrinter() {
    const clock = virtualClock();
    const line = memoryLine(BAUD_RATE);
    const device = new PrinterSimulator({
      clock,
      baudRate: BAUD_RATE,
      columns: 48,
      onChange: () => undefined,
    });
    device.plug(line.device);
    const statuses: (string | null)[] = [];
    startPrinterSession({
      open: line.open,
      clock,
      columns: 48,
      baudRate: BAUD_RATE,
      onStatus: (state, reason) => statuses.push(reason ?? state),
    });
    return {
      clock,
      line,
      statuses,
      silence: (silent: boolean) => device.setFaults(silent ? { silent } : NO_FAULTS),
      limitMs: PRINTER_DELAYS.pollMs + 3 * PRINTER_DELAYS.answerMs,
    };
  }

  function setUpReader() {
    const clock = virtualClock();
    const line = memoryLine(BAUD_RATE);
    const device = new ReaderSimulator({ clock, baudRate: BAUD_RATE, onChange: () => undefined });
    device.plug(line.device);
    const statuses: (string | null)[] = [];
    startReaderSession({
      open: line.open,
      clock,
      random: { bytes: (length) => new Uint8Array(length) },
      isWatched: () => true,
      onStatus: (state, reason) => statuses.push(reason ?? state),
      onEvent: () => undefined,
    });
    return {
      clock,
      line,
      statuses,
      silence: (silent: boolean) => device.setSilent(silent),
      limitMs: 3 * (READER_DELAYS.answerMs.find + READER_DELAYS.noiseMs) + 1_000,
    };
  }

  test.each([
    ['the printer', setUpPrinter],
    ['the reader', setUpReader],
  ])(
    '%s: a closed port is said within 1 s, silence within its limit, and both pass',
    async (_name, setUp) => {
      const { clock, line, statuses, silence, limitMs } = setUp();
      await clock.pass(5_000);
      expect(statuses.at(-1)).toBe('ok');
      line.unplug();
      await clock.pass(1_000);
      expect(statuses.at(-1)).toBe('port-closed');
      line.plug();
      await clock.pass(5_000);
      expect(statuses.at(-1)).toBe('ok');
      silence(true);
      await clock.pass(limitMs);
      expect(statuses.at(-1)).toBe('not-answering');
      silence(false);
      await clock.pass(5_000);
      expect(statuses.at(-1)).toBe('ok');
    },
  );

  test('a line whose opening hangs is tried again; one that comes too late is closed', async () => {
    const clock = virtualClock();
    const told: string[] = [];
    const settle: (() => void)[] = [];
    let closed = 0;
    const countClosed = () => {
      closed += 1;
    };
    const open: OpenTransport = () =>
      new Promise((resolve) => {
        const transport = { write: () => undefined, close: countClosed };
        settle.push(() => resolve(ok(transport)));
      });
    const line = keepLine({
      open,
      clock,
      onOpen: () => told.push('open'),
      onData: () => undefined,
      onGone: () => told.push('gone'),
    });
    await clock.pass(7_000);
    expect(told).toEqual(['gone']);
    settle[0]?.();
    await clock.pass(0);
    expect(closed).toBe(1);
    settle[1]?.();
    await clock.pass(0);
    expect(told).toEqual(['gone', 'open']);
    line.stop();
    expect(closed).toBe(2);
    await clock.pass(60_000);
    expect(told).toEqual(['gone', 'open']);
  });
});

/** A line that hangs the first time it is opened, as a driver of the system's may, and is well later. */
function hangingOnce(hung: DeviceName) {
  let openings = 0;
  return (device: DeviceName, open: OpenTransport): OpenTransport => {
    if (device !== hung) return open;
    return (listener) => {
      openings += 1;
      return openings === 1 ? new Promise(() => undefined) : open(listener);
    };
  };
}

/** A line that swallows what is written once it is told to, and says that it is open. */
function goingDeaf(deaf: DeviceName) {
  let isDeaf = false;
  const through = (device: DeviceName, open: OpenTransport): OpenTransport => {
    if (device !== deaf) return open;
    return async (listener) => {
      const opened = await open(listener);
      if (!opened.ok) return err(opened.error);
      const { value } = opened;
      return ok({ write: (bytes) => (isDeaf ? undefined : value.write(bytes)), close: () => value.close() });
    };
  };
  return {
    through,
    set(deafNow: boolean) {
      isDeaf = deafNow;
    },
  };
}

describe.concurrent('over a pseudo-terminal', () => {
  test.each(['card-reader', 'slip-printer'] as const)(
    'the driver of the %s hangs: it is closed and opened again, and the others never notice',
    async (device) => {
      await using rig = await setUpRig({ hangMs: 4_000, through: hangingOnce(device) });
      await rig.status(device, 'fault', 'not-answering');
      await rig.status(device, 'ok');
      expect(rig.events).toContainEqual({ type: 'hung', device });
      const troubles = rig.events.filter(
        (event) => event.type === 'status' && event.status.device !== device && event.status.reason !== null,
      );
      expect(troubles).toEqual([]);
    },
  );

  test('the scanner’s line hangs: it is opened again', async () => {
    await using rig = await setUpRig({ through: hangingOnce('code-scanner') });
    await rig.status('code-scanner', 'absent', 'port-closed');
    await rig.status('code-scanner', 'ok');
  });

  test.each(['card-reader', 'slip-printer', 'door-sensor'] as const)(
    'the %s falls silent while its port stays open: that is said, and passes',
    async (device) => {
      const line = goingDeaf(device);
      await using rig = await setUpRig({ through: line.through });
      await rig.status(device, 'ok');
      line.set(true);
      await rig.status(device, 'fault', 'not-answering');
      line.set(false);
      await rig.status(device, 'ok');
    },
  );

  test('every plug pulled and put back at once: all come back by themselves', async () => {
    await using rig = await setUpRig();
    const names = Object.keys(rig.cabinet.state().sensors) as SensorName[];
    const others = [
      'card-reader',
      'slip-printer',
      'a4-printer',
      'code-scanner',
      'social-card-reader',
    ] as const;
    const all = [...others, ...names];
    for (const device of all) await rig.status(device, 'ok');
    await Promise.all(all.map((device) => rig.order({ order: 'unplug', device })));
    for (const device of all) await rig.status(device, 'absent', 'port-closed');
    await Promise.all(all.map((device) => rig.order({ order: 'plug', device })));
    for (const device of all) await rig.status(device, 'ok');
  });
});
