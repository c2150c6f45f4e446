import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, utf8 } from '../../base/bytes.ts';
import type { DevicesEvent, ScannerEvent } from '../api.ts';
import { memoryLine } from '../simulator/memory-line.ts';
import { type Rig, setUpRig } from '../testing/rig.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { MAX_CODE_BYTES } from './code.ts';
import { SCANNER_DELAYS, startScannerSession } from './scanner-session.ts';

/** A session on a line in memory, on a clock of its own. */
function onVirtualLine(options: { hasAim?: boolean } = {}) {
  const clock = virtualClock();
  const line = memoryLine(9_600);
  const told: ScannerEvent[] = [];
  const statuses: string[] = [];
  const watched = { yes: true };
  const session = startScannerSession({
    open: line.open,
    clock,
    hasAim: options.hasAim ?? false,
    isWatched: () => watched.yes,
    onStatus: (state) => statuses.push(state),
    onEvent: (event) => told.push(event),
  });
  const send = (...bytes: Uint8Array[]) => line.device.write(concat(...bytes));
  const settle = () => clock.pass(SCANNER_DELAYS.gapMs + SCANNER_DELAYS.endMs);
  return { clock, line, told, statuses, watched, session, send, settle };
}

const texts = (events: readonly ScannerEvent[]) =>
  events.map((event) => (event.type === 'code' ? event.code.text : event.type));

describe('over a line in memory', () => {
  test.each(['\r', '\n', '\r\n'])('a code ends with %j', async (end) => {
    const { clock, send, told, settle } = onVirtualLine();
    await clock.pass(0);
    send(utf8(`12345${end}`));
    await settle();
    expect(texts(told)).toEqual(['12345']);
  });

  test('in whatever pieces it comes, with whatever in it, one code is one event and nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
        fc.array(fc.nat(SCANNER_DELAYS.endMs - 1), { minLength: 1, maxLength: 5 }),
        async (text, pauses) => {
          fc.pre(!/[\r\n]$/.test(text));
          const { clock, send, told, settle } = onVirtualLine();
          await clock.pass(0);
          const bytes = utf8(`${text}\r\n`);
          const piece = Math.ceil(bytes.length / pauses.length);
          for (const [index, pauseMs] of pauses.entries()) {
            send(bytes.slice(index * piece, (index + 1) * piece));
            await clock.pass(pauseMs);
          }
          await settle();
          expect(texts(told)).toEqual([text]);
        },
      ),
    );
  });

  test('two codes are two events', async () => {
    const { clock, send, told, settle } = onVirtualLine();
    await clock.pass(0);
    for (const text of ['one', 'two']) {
      send(utf8(`${text}\r`));
      await settle();
    }
    expect(texts(told)).toEqual(['one', 'two']);
  });

  test('half a code, then silence: unreadable, and the next one is not joined to it', async () => {
    const { clock, send, told, settle } = onVirtualLine();
    await clock.pass(0);
    send(utf8('half'));
    await settle();
    send(utf8('whole\r\n'));
    await settle();
    expect(texts(told)).toEqual(['unreadable', 'whole']);
  });

  test.each([
    [MAX_CODE_BYTES, 'code'],
    [MAX_CODE_BYTES + 1, 'unreadable'],
    [MAX_CODE_BYTES + 3, 'unreadable'],
    [200_000, 'unreadable'],
  ])('a code of %i bytes is %s', async (length, type) => {
    const { clock, send, told, settle } = onVirtualLine();
    await clock.pass(0);
    send(new Uint8Array(length).fill(0x30), utf8('\r\n'));
    await settle();
    expect(told.map((event) => event.type)).toEqual([type]);
    send(utf8('next\r\n'));
    await settle();
    expect(texts(told).at(-1)).toBe('next');
  });

  test('an identifier is taken off where the scanner sends one, and only there', async () => {
    for (const hasAim of [true, false]) {
      const { clock, send, told, settle } = onVirtualLine({ hasAim });
      await clock.pass(0);
      send(utf8(']Q1]C0x\r'));
      await settle();
      expect(told).toEqual([
        {
          type: 'code',
          code: hasAim ? { symbology: 'qr', text: ']C0x' } : { symbology: null, text: ']Q1]C0x' },
        },
      ]);
    }
  });

  test('a code too long is one event, though it pauses', async () => {
    const { clock, send, told, settle } = onVirtualLine();
    await clock.pass(0);
    for (let piece = 0; piece < 5; piece += 1) {
      send(new Uint8Array(3_000).fill(0x30));
      await clock.pass(SCANNER_DELAYS.gapMs - 1);
    }
    send(utf8('\r\n'));
    await settle();
    expect(texts(told)).toEqual(['unreadable']);
  });

  test('while nobody watches a code is dropped, and not told later', async () => {
    const { clock, send, told, settle, watched } = onVirtualLine();
    await clock.pass(0);
    watched.yes = false;
    send(utf8('token\r'));
    await settle();
    watched.yes = true;
    await settle();
    expect(told).toEqual([]);
  });

  test('unplugged in the middle of a code: its half is gone; plugged in again it is well within 1 s', async () => {
    const { clock, line, send, told, statuses, settle } = onVirtualLine();
    await clock.pass(0);
    send(utf8('half'));
    line.unplug();
    await clock.pass(0);
    expect(statuses).toEqual(['starting', 'ok', 'absent']);
    line.plug();
    await clock.pass(1_000);
    expect(statuses.at(-1)).toBe('ok');
    send(utf8('whole\r'));
    await settle();
    expect(texts(told)).toEqual(['whole']);
  });

  test('stopped, it tells nothing more', async () => {
    const { clock, send, told, session, settle } = onVirtualLine();
    await clock.pass(0);
    send(utf8('code\r'));
    session.stop();
    await settle();
    expect(told).toEqual([]);
  });
});

describe.concurrent('over a pseudo-terminal', () => {
  const scanned = async (rig: Rig, text: string) => {
    const from = rig.events.length;
    await rig.order({ order: 'scan-code', text });
    const event = await rig.next(
      (told): told is Extract<DevicesEvent, { type: 'scanner' }> => told.type === 'scanner',
      from,
    );
    return event.event;
  };

  const CODES = [
    ['of a case number', '330624260000123'],
    ['with control characters', '\u0003\u001b[2J\u0000\u0004\u007f\b好\r\n第二行\t.'],
    ['with key sequences', '{ENTER}^c%{F4}\u001bOP\u001b[15~<script>'],
    ['of 4 KB', '长'.repeat(1365)],
  ] as const;

  test.each(CODES)('a code %s is data, whole and as one event', async (_what, text) => {
    await using rig = await setUpRig();
    await rig.status('code-scanner', 'ok');
    expect(await scanned(rig, text)).toEqual({ type: 'code', code: { symbology: 'qr', text } });
    expect(rig.events.filter(({ type }) => type === 'scanner')).toHaveLength(1);
  });

  test('a code too long is unreadable, and the next one is read', async () => {
    await using rig = await setUpRig({ scannerBaudRate: 115_200 });
    await rig.status('code-scanner', 'ok');
    expect(await scanned(rig, '0'.repeat(9_000))).toEqual({ type: 'unreadable' });
    await rig.order({ order: 'scan-code', text: 'next' });
    await rig.next(
      (told): told is DevicesEvent =>
        told.type === 'scanner' && told.event.type === 'code' && told.event.code.text === 'next',
    );
  });

  test('unplugged it is absent; plugged in again it reads', async () => {
    await using rig = await setUpRig();
    await rig.status('code-scanner', 'ok');
    await rig.order({ order: 'unplug', device: 'code-scanner' });
    await rig.status('code-scanner', 'absent', 'port-closed');
    await rig.order({ order: 'plug', device: 'code-scanner' });
    await rig.status('code-scanner', 'ok');
    expect(await scanned(rig, 'again')).toMatchObject({ code: { text: 'again' } });
  });
});
