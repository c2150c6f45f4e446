import { describe, expect, test } from 'vitest';
import type { DeviceReason, DevicesEvent, SlipJob } from '../api.ts';
import type { CabinetOrder } from '../simulator/cabinet.ts';
import type { PaperLine } from '../simulator/printer-simulator.ts';
import { type Rig, setUpRig } from '../testing/rig.ts';
import { countLines } from './slip-layout.ts';

const SLIP: SlipJob = {
  jobId: 'job-1',
  blocks: [
    { type: 'title', text: '回执' },
    { type: 'text', text: '机器已收下，网络通了自动送到镇里', strong: true },
    { type: 'number', text: '1234-5678-9012' },
    { type: 'pair', label: '时间', value: '2026-01-02 08:30' },
    { type: 'rule' },
    { type: 'qr', data: 'https://example.org/s#1.AbC' },
    { type: 'text', text: '请保管好', strong: false },
  ],
};

/** The same as it comes out on 80 mm. */
const WHOLE = [
  '回执',
  '机器已收下，网络通了自动送到镇里',
  '1234-5678-9012',
  '时间                            2026-01-02 08:30',
  '-'.repeat(48),
  'https://example.org/s#1.AbC',
  '',
  '请保管好',
];

const texts = (slip: readonly PaperLine[] | undefined) =>
  slip?.map((line) => (line.type === 'text' ? line.text : line.data));

/** Nobody mends a printer within a third of a second: its last commands are on their way. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300));

/** The rig once its printer was found well. */
async function wellRig(options: Parameters<typeof setUpRig>[0] = {}): Promise<Rig> {
  await using soFar = new AsyncDisposableStack();
  const rig = soFar.use(await setUpRig(options));
  await rig.status('slip-printer', 'ok');
  soFar.move();
  return rig;
}

describe.concurrent('over a pseudo-terminal', () => {
  test('a slip is printed, cut, and known to be', async () => {
    await using rig = await wellRig();
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
    expect(rig.cabinet.state().printer.slips).toHaveLength(1);
    expect(texts(rig.cabinet.state().printer.slips[0])).toEqual(WHOLE);
    await rig.order({ order: 'tear-paper' });
    expect(rig.cabinet.state().printer.slips).toEqual([]);
  });

  test('on narrow paper', async () => {
    await using rig = await wellRig({ columns: 32 });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
    expect(texts(rig.cabinet.state().printer.slips[0])).toContain('时间            2026-01-02 08:30');
  });

  test('a slip of someone who types commands is only text', async () => {
    await using rig = await wellRig();
    const blocks: SlipJob['blocks'] = [
      { type: 'text', text: '\u001b@\u001dV\u0000\u0010\u0004\u0001好', strong: false },
    ];
    expect(await rig.client.printSlip({ jobId: 'job-2', blocks })).toEqual({ outcome: 'printed' });
    expect(texts(rig.cabinet.state().printer.slips[0])).toEqual(['@V好']);
  });

  test('slips asked for together come out one after the other', async () => {
    await using rig = await wellRig();
    const outcomes = await Promise.all([rig.client.printSlip(SLIP), rig.client.printSlip(SLIP)]);
    expect(outcomes).toEqual([{ outcome: 'printed' }, { outcome: 'printed' }]);
    const slips = rig.cabinet.state().printer.slips;
    expect(texts(slips[0])).toEqual(texts(slips[1]));
  });

  const faults = [
    [{ paper: 'out' }, 'paper-out'],
    [{ coverOpen: true }, 'cover-open'],
    [{ cutterError: true }, 'cutter-error'],
    [{ overheated: true }, 'overheated'],
    [{ jammed: true }, 'unrecoverable'],
    [{ silent: true }, 'not-answering'],
  ] as const;

  test.each(faults)('%j before a slip: nothing is printed, and it is told', async (fault, reason) => {
    await using rig = await wellRig();
    await rig.order({ order: 'set-printer-faults', faults: fault });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'not-printed', reason });
    await rig.status('slip-printer', 'fault', reason);
    await rig.order({ order: 'mend-printer' });
    await rig.status('slip-printer', 'ok');
    expect(rig.cabinet.state().printer.uncut).toEqual([]);
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
  });

  /** How much of the slip is out when it happens; a cut counts as a line. */
  const moments = [
    ['at its first line', 1],
    ['in its middle', 3],
    ['after its last line, before the cut', 8],
    ['just after the cut', 9],
  ] as const;
  const cases = moments.flatMap(([when, lines]) =>
    faults.map(([fault, reason]) => ({ when, lines, fault, reason })),
  );

  test.each(cases)(
    '$fault $when: nobody knows, and its rest never comes',
    async ({ lines, fault, reason }) => {
      await using rig = await wellRig();
      await rig.order({ order: 'fail-printer-after', lines, faults: fault });
      expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'unknown', reason });
      await aMoment();
      await rig.order({ order: 'mend-printer' });
      await rig.status('slip-printer', 'ok');
      expect(texts(rig.cabinet.state().printer.uncut)).toEqual(lines === 9 ? [] : WHOLE.slice(0, lines));
      // A copy of it, or somebody else's.
      expect(await rig.client.printSlip({ ...SLIP, blocks: [{ type: 'title', text: '下一位' }] })).toEqual({
        outcome: 'printed',
      });
      // The part slip is cut off before the next person's.
      expect(rig.cabinet.state().printer.slips.map(texts)).toEqual([WHOLE.slice(0, lines), ['下一位']]);
    },
  );

  test.each(moments)('paper near its end %s: it prints, and a person is wanted', async (_when, lines) => {
    await using rig = await wellRig();
    await rig.order({ order: 'fail-printer-after', lines, faults: { paper: 'low' } });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
    expect(rig.cabinet.state().printer.slips.map(texts)).toEqual([WHOLE]);
    await rig.status('slip-printer', 'attention', 'paper-low');
  });

  const kpmFaults = [
    [{ paper: 'out' }, 'paper-out'],
    [{ coverOpen: true }, 'cover-open'],
    [{ cutterError: true }, 'cutter-error'],
    [{ overheated: true }, 'overheated'],
    [{ jammed: true }, 'paper-jam'],
    [{ silent: true }, 'not-answering'],
  ] as const;

  test.each(kpmFaults)('by its full status: %j before and in the middle of a slip', async (fault, reason) => {
    await using rig = await wellRig({ printerDialect: 'kpm', columns: 32 });
    await rig.order({ order: 'set-printer-faults', faults: fault });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'not-printed', reason });
    await rig.order({ order: 'mend-printer' });
    await rig.status('slip-printer', 'ok');
    await rig.order({ order: 'fail-printer-after', lines: 3, faults: fault });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'unknown', reason });
  });

  test('by its full status: a slip is printed, waits in the mouth, and is taken', async () => {
    await using rig = await wellRig({ printerDialect: 'kpm', columns: 32 });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
    await rig.status('slip-printer', 'attention', 'slip-waiting');
    await rig.order({ order: 'tear-paper' });
    await rig.status('slip-printer', 'ok');
  });

  test('the status says how much paper was used; what was not printed used none', async () => {
    await using rig = await wellRig();
    const once = countLines(SLIP.blocks, 48);
    const usedNow = (lines: number, reason: DeviceReason | null) =>
      rig.next(
        (event): event is DevicesEvent =>
          event.type === 'status' &&
          event.status.state !== 'busy' &&
          event.status.reason === reason &&
          event.status.linesPrinted === lines,
      );
    await rig.client.printSlip(SLIP);
    await usedNow(once, null);
    await rig.order({ order: 'set-printer-faults', faults: { paper: 'out' } });
    await rig.client.printSlip(SLIP);
    await usedNow(once, 'paper-out');
    await rig.order({ order: 'mend-printer' });
    await rig.status('slip-printer', 'ok');
    await rig.client.printSlip(SLIP);
    await usedNow(2 * once, null);
  });

  test('paper running low wants a person, and prints', async () => {
    await using rig = await wellRig();
    await rig.order({ order: 'set-printer-faults', faults: { paper: 'low' } });
    await rig.status('slip-printer', 'attention', 'paper-low');
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
  });

  test('unplugged: nothing is printed; plugged in again: it prints', async () => {
    await using rig = await wellRig();
    await rig.order({ order: 'unplug', device: 'slip-printer' });
    await rig.status('slip-printer', 'absent', 'port-closed');
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'not-printed', reason: 'port-closed' });
    await rig.order({ order: 'plug', device: 'slip-printer' });
    await rig.status('slip-printer', 'ok');
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
  });

  test('unplugged in the middle of a slip: nobody knows', async () => {
    await using rig = await wellRig();
    const unplugged = new Promise<void>((resolve) => {
      const stop = rig.cabinet.onChange(() => {
        if (rig.cabinet.state().printer.uncut.length < 2) return;
        stop();
        resolve(rig.order({ order: 'unplug', device: 'slip-printer' } satisfies CabinetOrder));
      });
    });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'unknown', reason: 'port-closed' });
    await unplugged;
    await rig.status('slip-printer', 'absent', 'port-closed');
  });

  test('at the wrong speed it does not answer', async () => {
    await using rig = await setUpRig({ driverSpeed: 19_200 });
    await rig.status('slip-printer', 'fault', 'not-answering');
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'not-printed', reason: 'not-answering' });
  });

  test('on a slow line', async () => {
    await using rig = await wellRig({ printerBaudRate: 9_600 });
    expect(await rig.client.printSlip(SLIP)).toEqual({ outcome: 'printed' });
  });
});
