import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SlipJob, SlipOutcome } from '../api.ts';
import { memoryLine } from '../simulator/memory-line.ts';
import { NO_FAULTS, type PrinterFaults, PrinterSimulator } from '../simulator/printer-simulator.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { startPrinterSession } from './printer-session.ts';

/** Long enough to be still printing when it is first looked at. */
const LINES = 80;

/** A slip whose every line names it. */
function slip(name: string): SlipJob {
  const blocks = Array.from({ length: LINES }, (_, index) => ({
    type: 'text' as const,
    text: `${name} ${index}`,
    strong: false,
  }));
  return { jobId: name, blocks };
}

const faults: fc.Arbitrary<Partial<PrinterFaults>> = fc.constantFrom<Partial<PrinterFaults>>(
  { paper: 'out' },
  { paper: 'low' },
  { coverOpen: true },
  { cutterError: true },
  { overheated: true },
  { jammed: true },
  { silent: true },
);

/** What befalls a slip: nothing, a fault at once or after some lines, or the plug pulled after some time. */
const fates = fc.oneof(
  fc.constant({ type: 'none' as const }),
  faults.map((fault) => ({ type: 'before' as const, fault })),
  fc.tuple(faults, fc.integer({ min: 1, max: LINES + 2 })).map(([fault, lines]) => ({
    type: 'during' as const,
    fault,
    lines,
  })),
  fc.nat(2_500).map((afterMs) => ({ type: 'unplugged' as const, afterMs })),
);
const speeds = fc.constantFrom(9_600, 115_200);

test('what is said of a slip is true, and no slip holds lines of another', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fates, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      speeds,
      async (all, tells, baudRate) => {
        const clock = virtualClock();
        const line = memoryLine(baudRate);
        const simulator = new PrinterSimulator({
          clock,
          baudRate,
          columns: 48,
          answersInOrder: tells,
          onChange: () => undefined,
        });
        simulator.plug(line.device);
        const session = startPrinterSession({
          open: line.open,
          clock,
          columns: 48,
          baudRate,
          onStatus: () => undefined,
        });
        await clock.pass(5_000);

        for (const [index, fate] of all.entries()) {
          const name = `slip-${index}`;
          if (fate.type === 'before') simulator.setFaults(fate.fault);
          if (fate.type === 'during') simulator.failAfter(fate.lines, fate.fault);
          let outcome: SlipOutcome | undefined;
          void session.print(slip(name)).then((told) => {
            outcome = told;
          });
          if (fate.type === 'unplugged') {
            await clock.pass(fate.afterMs);
            await simulator.unplug();
            line.unplug();
          }
          // The contract's limit.
          await clock.pass(30_000);
          const slips = simulator.slips.map((printed) =>
            printed.map((row) => (row.type === 'text' ? row.text : '')),
          );
          const whole = slips.filter(
            (rows) => rows.length === LINES && rows.every((row) => row.startsWith(`${name} `)),
          );
          const some = [
            ...slips.flat(),
            ...simulator.uncut.map((row) => (row.type === 'text' ? row.text : '')),
          ];
          if (outcome?.outcome === 'printed') expect(whole).toHaveLength(1);
          else if (outcome?.outcome === 'not-printed')
            expect(some.some((row) => row.startsWith(`${name} `))).toBe(false);
          else expect(outcome?.outcome).toBe('unknown');
          if (fate.type === 'none' || (fate.type !== 'unplugged' && fate.fault.paper === 'low')) {
            expect(outcome).toEqual({ outcome: 'printed' });
          }
          for (const rows of slips) expect(new Set(rows.map((row) => row.split(' ')[0])).size).toBe(1);

          line.plug();
          if (!simulator.isPlugged) simulator.plug(line.device);
          // A fault ordered for later lines than the slip has would befall the next.
          simulator.failAfter(Number.POSITIVE_INFINITY, {});
          simulator.setFaults(NO_FAULTS);
          await clock.pass(10_000);
        }
        session.stop();
      },
    ),
    { numRuns: 40 },
  );
});

test('a printer that hangs while it answers well is not believed', async () => {
  const clock = virtualClock();
  const line = memoryLine(115_200);
  let reports = 0;
  line.device.onData((bytes) => {
    // Answers every question of its state, and only the first of when it is done.
    if (bytes[0] === 0x10 && bytes[1] === 0x04) clock.after(1, () => line.device.write(Uint8Array.of(0x12)));
    if (bytes[0] === 0x1d && bytes[1] === 0x72) {
      reports += 1;
      if (reports === 1) clock.after(1, () => line.device.write(Uint8Array.of(0)));
    }
  });
  const session = startPrinterSession({
    open: line.open,
    clock,
    columns: 48,
    baudRate: 115_200,
    onStatus: () => undefined,
  });
  await clock.pass(5_000);
  let outcome: SlipOutcome | undefined;
  void session.print(slip('slip')).then((told) => {
    outcome = told;
  });
  await clock.pass(30_000);
  expect(outcome).toEqual({ outcome: 'unknown', reason: 'not-answering' });
  session.stop();
});

test('a slip that would wait too long for another is given back unprinted', async () => {
  const clock = virtualClock();
  const line = memoryLine(1_200);
  const simulator = new PrinterSimulator({ clock, baudRate: 1_200, columns: 48, onChange: () => undefined });
  simulator.plug(line.device);
  const session = startPrinterSession({
    open: line.open,
    clock,
    columns: 48,
    baudRate: 1_200,
    onStatus: () => undefined,
  });
  await clock.pass(5_000);
  const outcomes: SlipOutcome[] = [];
  for (const name of ['first', 'second']) void session.print(slip(name)).then((told) => outcomes.push(told));
  await clock.pass(30_000);
  expect(outcomes).toEqual([{ outcome: 'printed' }, { outcome: 'not-printed', reason: 'not-answering' }]);
  session.stop();
});

test('one lost answer is no fault of the printer, silence is', async () => {
  const clock = virtualClock();
  const line = memoryLine(115_200);
  let asked = 0;
  let isSilent = false;
  line.device.onData(() => {
    asked += 1;
    if (!isSilent && asked % 13 !== 0) clock.after(1, () => line.device.write(Uint8Array.of(0x12)));
  });
  const statuses: string[] = [];
  const session = startPrinterSession({
    open: line.open,
    clock,
    columns: 48,
    baudRate: 115_200,
    onStatus: (state) => statuses.push(state),
  });
  await clock.pass(60_000);
  expect(asked).toBeGreaterThan(50);
  expect(new Set(statuses)).toEqual(new Set(['starting', 'ok']));
  isSilent = true;
  await clock.pass(5_000);
  expect(statuses.at(-1)).toBe('fault');
  session.stop();
});
