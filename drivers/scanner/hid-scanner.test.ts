import { describe, expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import type { DevicesEvent, ScannerEvent } from '../api.ts';
import { hidTransport } from '../hid/hid-transport.ts';
import { wholeReports } from '../hid/whole-reports.ts';
import { createHidEndpoint } from '../simulator/hid-endpoint.ts';
import { hidPosEndpoint, hidPosReports } from '../simulator/hid-pos-endpoint.ts';
import { setUpRig } from '../testing/rig.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { MAX_CODE_BYTES } from './code.ts';
import { HID_POS_USAGE_PAGE } from './hid-pos.ts';
import { COMMON_HID_POS_LAYOUT } from './hid-pos-layout.ts';
import { startHidScannerSession } from './hid-scanner-session.ts';
import { hidScannerMatch } from './scanner-line.ts';
import { SCANNER_DELAYS } from './scanner-session.ts';

const SCANNER = { vendorId: 0x0c2e, productId: 0x0caa, layout: COMMON_HID_POS_LAYOUT };
const place = (usagePage: number | null = HID_POS_USAGE_PAGE) => ({
  path: 'sample',
  vendorId: SCANNER.vendorId,
  productId: SCANNER.productId,
  serialNumber: 'S1',
  usagePage,
});

const lineTo = (endpoint: ReturnType<typeof createHidEndpoint>) =>
  hidTransport({
    backend: endpoint.backend,
    match: hidScannerMatch(SCANNER),
    createCodec: wholeReports,
  });

/** A session on a HID endpoint in memory, on a clock of its own. */
async function onEndpoint(usagePage?: number | null) {
  const clock = virtualClock();
  const endpoint = createHidEndpoint(place(usagePage), hidPosEndpoint());
  const told: ScannerEvent[] = [];
  const statuses: string[] = [];
  const watched = { yes: true };
  const session = startHidScannerSession({
    open: lineTo(endpoint),
    clock,
    layout: COMMON_HID_POS_LAYOUT,
    isWatched: () => watched.yes,
    onStatus: (state) => statuses.push(state),
    onEvent: (event) => told.push(event),
  });
  await clock.pass(0);
  return { clock, endpoint, told, statuses, watched, session };
}

const texts = (events: readonly ScannerEvent[]) =>
  events.map((event) => (event.type === 'code' ? event.code.text : event.type));

describe('on an endpoint in memory', () => {
  test.each([
    ['one report', '330624260000123'],
    ['several reports', '长'.repeat(200)],
    ['4 KB', '0'.repeat(MAX_CODE_BYTES)],
    ['control characters', '\u0003\u001b[2J\u0000\u0004\u007f\b好\r\n第二行\t.\r\n'],
    ['key sequences', '{ENTER}^c%{F4}\u001bOP<script>alert(1)</script>'],
    ['what looks like an identifier', ']C0]Q1'],
  ])('a code of %s is data, whole and as one event', async (_what, text) => {
    const { endpoint, told } = await onEndpoint();
    endpoint.device.write(utf8(text));
    expect(told).toEqual([{ type: 'code', code: { symbology: 'qr', text } }]);
    // Nothing is ever sent to a scanner.
    expect(endpoint.written).toEqual([]);
  });

  test('a code is told with its last report, and two codes are two', async () => {
    const { clock, endpoint, told } = await onEndpoint();
    const [first = new Uint8Array(), second = new Uint8Array()] = hidPosReports(utf8('a'.repeat(80)), ']h1');
    endpoint.send(first);
    await clock.pass(SCANNER_DELAYS.gapMs - 1);
    expect(told).toEqual([]);
    endpoint.send(second);
    endpoint.device.write(utf8('two'));
    expect(texts(told)).toEqual(['a'.repeat(80), 'two']);
    expect(told[0]).toMatchObject({ code: { symbology: 'han-xin' } });
  });

  test('half a code, then silence: unreadable, and the next one is not joined to it', async () => {
    const { clock, endpoint, told } = await onEndpoint();
    const [first = new Uint8Array()] = hidPosReports(utf8('a'.repeat(80)), ']Q1');
    endpoint.send(first);
    await clock.pass(SCANNER_DELAYS.gapMs);
    endpoint.device.write(utf8('whole'));
    expect(texts(told)).toEqual(['unreadable', 'whole']);
  });

  test('a code too long is unreadable, reports about other things are passed over', async () => {
    const { endpoint, told } = await onEndpoint();
    endpoint.device.write(utf8('0'.repeat(MAX_CODE_BYTES + 1)));
    endpoint.send(Uint8Array.of(0x07, 1, 0, 0, 0, 0x41));
    endpoint.send(new Uint8Array(0));
    expect(texts(told)).toEqual(['unreadable']);
  });

  test('while nobody watches a code is dropped, and not told later', async () => {
    const { clock, endpoint, told, watched } = await onEndpoint();
    watched.yes = false;
    endpoint.device.write(utf8('token'));
    endpoint.send(hidPosReports(utf8('a'.repeat(80)), ']Q1')[0] ?? new Uint8Array());
    await clock.pass(SCANNER_DELAYS.gapMs);
    watched.yes = true;
    await clock.pass(1_000);
    expect(told).toEqual([]);
  });

  test('unplugged in the middle of a code: its half is gone; plugged in again it is well within 1 s', async () => {
    const { clock, endpoint, told, statuses } = await onEndpoint();
    endpoint.send(hidPosReports(utf8('a'.repeat(80)), ']Q1')[0] ?? new Uint8Array());
    endpoint.unplug();
    await clock.pass(0);
    expect(statuses).toEqual(['starting', 'ok', 'absent']);
    endpoint.plug();
    await clock.pass(1_000);
    expect(statuses.at(-1)).toBe('ok');
    endpoint.device.write(utf8('whole'));
    expect(texts(told)).toEqual(['whole']);
  });

  test('the interface that is a keyboard is never opened; one whose use nobody tells is', async () => {
    const keyboard = await onEndpoint(0x01);
    await keyboard.clock.pass(3_000);
    expect(keyboard.statuses).not.toContain('ok');
    const unknown = await onEndpoint(null);
    expect(unknown.statuses.at(-1)).toBe('ok');
  });

  test('stopped, it tells nothing more', async () => {
    const { endpoint, told, session } = await onEndpoint();
    session.stop();
    endpoint.device.write(utf8('code'));
    expect(told).toEqual([]);
  });
});

test('in the devices process: configured on HID, watched, unplugged and found again', async () => {
  const endpoint = createHidEndpoint(place(), hidPosEndpoint());
  const line = lineTo(endpoint);
  await using rig = await setUpRig({
    config: { codeScanner: SCANNER },
    through: (device, open) => (device === 'code-scanner' ? line : open),
  });
  await rig.status('code-scanner', 'ok');
  endpoint.device.write(utf8('https://example.org/s#1.abc'));
  const scanned = await rig.next((event): event is Extract<DevicesEvent, { type: 'scanner' }> => {
    return event.type === 'scanner';
  });
  expect(texts([scanned.event])).toEqual(['https://example.org/s#1.abc']);
  endpoint.unplug();
  await rig.status('code-scanner', 'absent', 'port-closed');
  endpoint.plug();
  await rig.status('code-scanner', 'ok');
});
