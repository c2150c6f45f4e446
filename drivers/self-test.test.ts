/** Self-tests and restarts as a maintainer asks for them, on the real drivers over real lines. */
import { expect, test } from 'vitest';
import type { DevicesEvent } from './api.ts';
import { setUpRig } from './testing/rig.ts';

const isRead = (event: DevicesEvent): event is Extract<DevicesEvent, { type: 'reader' }> =>
  event.type === 'reader' && event.event.type === 'identity';

test('the card reader: its module, its id, and a card that nobody else hears of', async () => {
  await using rig = await setUpRig();
  await rig.status('card-reader', 'ok');
  const testing = rig.client.selfTest({ device: 'card-reader' });
  await rig.order({ order: 'lay-card', card: 'mother' });
  expect(await testing).toEqual({
    device: 'card-reader',
    passed: true,
    state: 'ok',
    reason: null,
    findings: [
      { type: 'secure-module', ok: true },
      { type: 'secure-module-id', id: expect.stringMatching(/^\d\d\.\d\d-\d+-\d{10}-\d{10}$/) },
      { type: 'card', outcome: 'read' },
    ],
  });
  expect(rig.readerEvents()).toEqual([]);

  await rig.order({ order: 'lift-card' });
  await rig.order({ order: 'lay-card', card: 'mother' });
  const { event } = await rig.next(isRead);
  expect(event.type).toBe('identity');
});

test('a reader that is started anew under its test lets go of the card too', async () => {
  await using rig = await setUpRig();
  await rig.status('card-reader', 'ok');
  const testing = rig.client.selfTest({ device: 'card-reader' });
  // Once its module has answered, it waits for a card.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await rig.client.restart({ device: 'card-reader' });
  await rig.status('card-reader', 'ok');
  await rig.order({ order: 'lay-card', card: 'mother' });
  expect(await testing).toMatchObject({ passed: true });
  await rig.order({ order: 'lift-card' });
  await rig.order({ order: 'lay-card', card: 'mother' });
  const { event } = await rig.next(
    (event): event is Extract<DevicesEvent, { type: 'reader' }> =>
      event.type === 'reader' && event.event.type !== 'reading',
  );
  expect(event.type).toBe('identity');
});

test('a test that is broken off takes no card: the next one is a visitor’s', async () => {
  await using rig = await setUpRig();
  await rig.status('card-reader', 'ok');
  const line = new AbortController();
  const testing = rig.client.selfTest({ device: 'card-reader' }, { signal: line.signal });
  const ended = testing.catch(() => 'broken off');
  line.abort();
  await ended;
  await rig.order({ order: 'lay-card', card: 'mother' });
  expect((await rig.next(isRead)).event.type).toBe('identity');
});

test('a reader that does not answer fails at once, and nobody is asked for a card', async () => {
  await using rig = await setUpRig();
  await rig.status('card-reader', 'ok');
  await rig.order({ order: 'set-reader-silent', silent: true });
  const report = await rig.client.selfTest({ device: 'card-reader' });
  expect(report).toMatchObject({
    passed: false,
    findings: [
      { type: 'secure-module', ok: false },
      { type: 'card', outcome: 'not-laid' },
    ],
  });
});

test('the slip printer prints a ruler, Chinese and a QR code; without paper it says so', async () => {
  await using rig = await setUpRig();
  await rig.status('slip-printer', 'ok');
  expect(await rig.client.selfTest({ device: 'slip-printer' })).toMatchObject({
    passed: true,
    findings: [{ type: 'test-slip', result: { outcome: 'printed' } }],
  });
  const [slip] = rig.cabinet.state().printer.slips;
  const text = JSON.stringify(slip);
  expect(text).toContain('123456789012345678901234567890123456789012345678');
  expect(text).toContain('喆堃\u{20BB7}');
  expect(text).toContain('YIZHAN TEST');

  await rig.order({ order: 'set-printer-faults', faults: { paper: 'out' } });
  expect(await rig.client.selfTest({ device: 'slip-printer' })).toMatchObject({
    passed: false,
    state: 'fault',
    reason: 'paper-out',
    findings: [{ type: 'test-slip', result: { outcome: 'not-printed', reason: 'paper-out' } }],
  });
});

test('the scanner: kind and length of a code, and not a character of it', async () => {
  await using rig = await setUpRig();
  await rig.status('code-scanner', 'ok');
  const testing = rig.client.selfTest({ device: 'code-scanner' });
  await rig.order({ order: 'scan-code', text: ']Q1a-token-of-somebody' });
  const report = await testing;
  expect(report.passed).toBe(true);
  expect(report.findings).toEqual([
    { type: 'code', code: { symbology: expect.toBeOneOf(['qr', null]), length: expect.any(Number) } },
  ]);
  expect(JSON.stringify([report, rig.events])).not.toContain('somebody');
});

test('a sensor says what it says; a device without a test of its own says how it is', async () => {
  await using rig = await setUpRig();
  await rig.status('door-sensor', 'ok');
  await rig.order({ order: 'set-sensor', sensor: 'door-sensor', on: true });
  await rig.next(
    (event): event is Extract<DevicesEvent, { type: 'sensor' }> =>
      event.type === 'sensor' && event.reading.sensor === 'door-sensor' && event.reading.on === true,
  );
  expect(await rig.client.selfTest({ device: 'door-sensor' })).toMatchObject({
    passed: true,
    findings: [{ type: 'reading', on: true }],
  });

  await using bare = await setUpRig({ config: { codeScanner: undefined } });
  expect(await bare.client.selfTest({ device: 'code-scanner' })).toEqual({
    device: 'code-scanner',
    passed: false,
    state: 'absent',
    reason: 'port-closed',
    findings: [],
  });
  expect(await bare.client.restart({ device: 'code-scanner' })).toBe(false);
});

test.each(['card-reader', 'slip-printer', 'code-scanner', 'door-sensor'] as const)(
  'a restarted %s is opened anew and works',
  async (device) => {
    await using rig = await setUpRig();
    await rig.status(device, 'ok');
    const from = rig.events.length;
    expect(await rig.client.restart({ device })).toBe(true);
    const isOf =
      (state: string) =>
      (event: DevicesEvent): event is Extract<DevicesEvent, { type: 'status' }> =>
        event.type === 'status' && event.status.device === device && event.status.state === state;
    await rig.next(isOf('starting'), from);
    await rig.next(isOf('ok'), from);
  },
);

test('paper used is counted on through a restart, and the roll is told where it is known', async () => {
  await using rig = await setUpRig();
  await rig.status('slip-printer', 'ok');
  const lines = () =>
    rig.events.flatMap((event) =>
      event.type === 'status' && event.status.device === 'slip-printer' ? [event.status.linesPrinted] : [],
    );
  await rig.client.selfTest({ device: 'slip-printer' });
  const before = lines().at(-1) ?? 0;
  expect(before).toBeGreaterThan(10);
  await rig.client.restart({ device: 'slip-printer' });
  await rig.status('slip-printer', 'ok');
  expect(lines().at(-1)).toBe(before);
});
