import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, findHex, toHex } from '../../base/bytes.ts';
import type { ReaderEvent } from '../api.ts';
import { encodeAnswer, encodeRequest } from '../reader/commands.ts';
import { startReaderSession } from '../reader/reader-session.ts';
import { encodeFrame, FrameReader, HEADER_BYTES } from '../reader/sam-frame.ts';
import { findSampleCard } from '../simulator/cards.ts';
import { createHidEndpoint, HID_BIT_RATE, miaxisEndpoint, plainEndpoint } from '../simulator/hid-endpoint.ts';
import { type AnswerFault, ReaderSimulator } from '../simulator/reader-simulator.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { hidTransport } from './hid-transport.ts';
import { encodeMiaxisAnswer, encodeMiaxisRequest, MiaxisMessages, miaxisReports } from './miaxis.ts';
import { nodeHid } from './node-hid.ts';
import { plainReports } from './plain-reports.ts';
import { cutIntoReports, REPORT_BYTES, type ReportCodec } from './reports.ts';
import { SamProgress } from './sam-progress.ts';

/** Made up: no source names the real one. */
const COMMAND = 0x30;
const PLACE = { path: 'sample', vendorId: 0x1234, productId: 0x5678, serialNumber: 'A1', usagePage: null };

const hex = (text: string) => findHex(text.replaceAll(' ', '')) ?? new Uint8Array(0);
const padded = (text: string) => concat(hex(text), new Uint8Array(REPORT_BYTES)).slice(0, REPORT_BYTES);
const decodeAll = (codec: ReportCodec, reports: readonly Uint8Array[]) =>
  concat(...reports.map((report) => codec.decode(report)));

/** Each wrapping: the driver's codec, and the device's side of it. */
const WRAPPINGS = [
  ['plain', () => plainReports(), () => plainEndpoint()],
  ['miaxis', () => miaxisReports(COMMAND), () => miaxisEndpoint(COMMAND, [0, 0])],
  ['miaxis without bytes to skip', () => miaxisReports(COMMAND), () => miaxisEndpoint(COMMAND, [])],
] as const;

describe('bytes', () => {
  test('a frame in plain reports', () => {
    const [report, ...more] = plainReports().encode(encodeRequest('find'));
    expect(report && toHex(report)).toBe(toHex(padded('AAAAAA9669 0003 2001 22')));
    expect(more).toEqual([]);
    expect(
      plainReports()
        .encode(new Uint8Array(65))
        .map(({ length }) => length),
    ).toEqual([64, 64]);
  });

  test('a frame in the wrapping of Miaxis', () => {
    const codec = miaxisReports(COMMAND);
    const [first] = codec.encode(encodeRequest('find'));
    expect(first && toHex(first)).toBe(toHex(padded('88 0100 0B00 30 AAAAAA966900032001 22 7E03')));
    const [second] = codec.encode(encodeRequest('find'));
    expect(second && toHex(second)).toBe(toHex(padded('88 0200 0B00 30 AAAAAA966900032001 22 7E03')));
  });

  test('an answer in the wrapping of Miaxis', () => {
    const answer = 'AA 0100 0E00 00 0000 AAAAAA966900040000808 4 ';
    const bytes = encodeMiaxisAnswer({ serial: 1, code: 0, payload: hex('0000 AAAAAA96690004000080 84') });
    expect(toHex(bytes)).toBe(toHex(hex(`${answer}1304`)));
    expect(toHex(miaxisReports(COMMAND).decode(padded(`${answer}1304`)))).toBe('aaaaaa9669000400008084');
    expect(miaxisReports(COMMAND).decode(padded(`${answer}1404`))).toEqual(new Uint8Array(0));
  });
});

const payloads = fc.uint8Array({ minLength: 3, maxLength: 2_400 });
const reports = fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 60 });

describe.each(WRAPPINGS)('%s', (_name, codec, endpoint) => {
  test('brings answers of any length as they were sent, one after the other', () => {
    fc.assert(
      fc.property(fc.array(payloads, { minLength: 1, maxLength: 3 }), (all) => {
        const driver = codec();
        const device = endpoint();
        for (const payload of all) {
          const frame = encodeFrame(payload);
          expect(decodeAll(driver, device.answer(frame))).toEqual(frame);
        }
      }),
    );
  });

  test('brings requests', () => {
    for (const name of ['find', 'read', 'sam-id'] as const) {
      const frame = encodeRequest(name);
      const device = endpoint();
      const bytes = concat(
        ...codec()
          .encode(frame)
          .map((report) => device.receive(report)),
      );
      expect(bytes.slice(0, frame.length)).toEqual(frame);
    }
  });

  test('takes any reports without a throw, holding no more than a frame, and works after the next request', () => {
    const frame = encodeAnswer(0x90, new Uint8Array(300).fill(7));
    fc.assert(
      fc.property(reports, (noise) => {
        const driver = codec();
        const bytes = decodeAll(driver, noise);
        expect(bytes.length).toBeLessThanOrEqual(60 * 80);
        driver.encode(encodeRequest('read'));
        expect(decodeAll(driver, endpoint().answer(frame))).toEqual(frame);
      }),
    );
  });

  test('half an answer is no part of the next', () => {
    const frame = encodeAnswer(0x90, new Uint8Array(300).fill(7));
    const driver = codec();
    decodeAll(driver, endpoint().answer(frame).slice(0, 2));
    driver.encode(encodeRequest('read'));
    const short = encodeAnswer(0x41);
    expect(decodeAll(driver, endpoint().answer(short))).toEqual(short);
  });

  test('a lost report leaves no sound frame', () => {
    const frame = encodeAnswer(
      0x90,
      Uint8Array.from({ length: 300 }, (_, index) => index),
    );
    const sent = endpoint().answer(frame);
    for (const lost of sent.keys()) {
      const bytes = decodeAll(codec(), sent.toSpliced(lost, 1));
      expect(new FrameReader(3).push(bytes).filter(({ type }) => type === 'frame')).toEqual([]);
    }
  });

  /** A session on a simulated reader behind such an endpoint. */
  function setUp() {
    const clock = virtualClock();
    const hid = createHidEndpoint(PLACE, endpoint());
    const simulator = new ReaderSimulator({ clock, baudRate: HID_BIT_RATE, onChange: () => undefined });
    simulator.plug(hid.device);
    const events: ReaderEvent[] = [];
    const statuses: string[] = [];
    startReaderSession({
      open: hidTransport({
        backend: hid.backend,
        match: { vendorId: PLACE.vendorId, productId: PLACE.productId },
        createCodec: codec,
      }),
      clock,
      random: { bytes: (length) => new Uint8Array(length) },
      isWatched: () => true,
      onStatus: (state, reason) => statuses.push(`${state} ${reason}`),
      onEvent: (event) => events.push(event),
    });
    const lay = (id: string) => {
      const card = findSampleCard(id);
      if (card !== undefined) simulator.lay(card);
    };
    return { clock, hid, simulator, events, statuses, lay };
  }

  test('a card is read through it, with its added address', async () => {
    const { clock, events, statuses, hid, lay } = setUp();
    lay('man-of-70');
    await clock.pass(2_000);
    expect(statuses).toEqual(['starting null', 'ok null']);
    expect(events).toMatchObject([
      { type: 'reading' },
      { type: 'identity', read: { name: '王国强', address: '浙江省样例县沙溪镇董村 88 号', notes: [] } },
    ]);
    expect(new Set(hid.written.map(({ length }) => length))).toEqual(new Set([REPORT_BYTES]));
  });

  test.each<AnswerFault>([{ type: 'noise' }, { type: 'half' }, { type: 'silence' }])(
    '$type in an answer is got over',
    async (fault) => {
      const { clock, simulator, events, lay } = setUp();
      simulator.order({ fault, command: 'read', times: 1 });
      lay('mother');
      await clock.pass(8_000);
      expect(events.map(({ type }) => type)).toEqual(['reading', 'identity']);
    },
  );

  test('unplugged it is absent, and plugged in again it works', async () => {
    const { clock, hid, statuses, events, lay } = setUp();
    await clock.pass(1_000);
    hid.unplug();
    await clock.pass(1_500);
    expect(statuses.at(-1)).toBe('absent port-closed');
    hid.plug();
    lay('mother');
    await clock.pass(3_000);
    expect(statuses.at(-1)).toBe('ok null');
    expect(events.map(({ type }) => type)).toEqual(['reading', 'identity']);
  });
});

test('what begins like a frame and is too long for one is no frame', () => {
  const progress = new SamProgress();
  expect(progress.take(hex('AAAAAA9669 1001 00'))).toEqual(hex('AAAAAA9669 1001 00'));
  expect(progress.isUnderWay).toBe(false);
  expect(progress.take(hex('AAAAAA9669 1000 00'))).toHaveLength(8);
  expect(progress.isUnderWay).toBe(true);
});

describe('messages of Miaxis', () => {
  const messages = fc.record({
    serial: fc.nat(0xffff),
    code: fc.nat(0xff),
    payload: fc.uint8Array({ maxLength: 4_200 }),
  });

  test('come back as they went, each in reports of its own', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 4 }), (all) => {
        const reader = new MiaxisMessages('requests');
        const sent = all.flatMap((message) => cutIntoReports(encodeMiaxisRequest(message)));
        expect(sent.flatMap((report) => reader.push(report) ?? [])).toEqual(all);
      }),
      { numRuns: 50 },
    );
  });

  test('with a wrong byte from the length on are dropped', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), fc.nat(), (payload, place) => {
        const bytes = encodeMiaxisAnswer({ serial: 1, code: 0, payload });
        const at = HEADER_BYTES + (place % (bytes.length - HEADER_BYTES));
        bytes[at] = (bytes[at] ?? 0) ^ 0x11;
        const [report = bytes] = cutIntoReports(bytes);
        expect(new MiaxisMessages('answers').push(report)).toBeUndefined();
      }),
    );
  });

  test('of the other direction, too short or too long are dropped', () => {
    const request = encodeMiaxisRequest({ serial: 1, code: 0, payload: Uint8Array.of(1) });
    expect(new MiaxisMessages('answers').push(request)).toBeUndefined();
    expect(new MiaxisMessages('answers').push(hex('AA 0100'))).toBeUndefined();
    expect(new MiaxisMessages('answers').push(hex('AA 0100 0000 00'))).toBeUndefined();
    expect(new MiaxisMessages('answers').push(hex('AA 0100 FFFF 00'))).toBeUndefined();
  });
});

describe('which device', () => {
  const openWith = (match: { vendorId: number; productId: number; serialNumber?: string }) =>
    hidTransport({
      backend: createHidEndpoint(PLACE, plainEndpoint()).backend,
      match,
      createCodec: plainReports,
    })({ onData: () => undefined, onClose: () => undefined });

  test('is told by maker, product and, where given, serial number', async () => {
    const { vendorId, productId } = PLACE;
    expect((await openWith({ vendorId, productId })).ok).toBe(true);
    expect((await openWith({ vendorId, productId, serialNumber: 'A1' })).ok).toBe(true);
    expect((await openWith({ vendorId, productId, serialNumber: 'A2' })).ok).toBe(false);
    expect((await openWith({ vendorId, productId: 1 })).ok).toBe(false);
  });

  test('on this machine, without one or without the library, is a value', async () => {
    const listed = await nodeHid.list();
    expect(listed.ok ? Array.isArray(listed.value) : listed.error.code).toBe(
      listed.ok ? true : 'cannot-open',
    );
    const listener = { onReport: () => undefined, onClose: () => undefined };
    expect(await nodeHid.open('/dev/hidraw-none', listener)).toMatchObject({
      error: { code: 'cannot-open' },
    });
  });
});
