import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import schemaFile from './cabinet.schema.json' with { type: 'json' };
import { configOf } from './config.ts';
import { loadCabinet } from './load.ts';
import { cabinetJsonSchema } from './schema.ts';
import { udevRules } from './udev.ts';

const textOf = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'));
const VILLAGE = textOf('village.yaml');
const VILLAGE_DEVICES = ['card-reader', 'slip-printer', 'code-scanner', 'document-camera'];
/** The number of the line that holds `words`, counted from 1. */
const lineOf = (text: string, words: string) =>
  text.split('\n').findIndex((line) => line.includes(words)) + 1;

describe('the project’s cabinets', () => {
  test.each(files)('%s is sound, and its devices have rules', (name) => {
    const cabinet = loadCabinet(textOf(name));
    expect(cabinet.problems).toEqual([]);
    const rules = udevRules({ name: 'model', devices: cabinet.devices }).trim().split('\n').slice(1);
    const local = Object.values(cabinet.devices).filter(
      ({ driver }) => driver !== 'ipp' && driver !== 'pcsc',
    );
    expect(rules).toHaveLength(local.length);
  });

  test('the editors’ schema is the one in code', () => {
    expect(schemaFile).toEqual(JSON.parse(JSON.stringify(cabinetJsonSchema())));
  });

  test('the village terminal is driven as its file says', () => {
    expect(configOf(loadCabinet(VILLAGE))).toMatchObject({
      cabinet: {
        readerPlace: 'lower-right',
        screen: { widthMm: 268, heightMm: 476 },
        cameras: [{ device: 'document-camera', usb: '0ac8:3420', label: null }],
      },
      misconfigured: [],
      cardReader: { path: '/dev/yizhan/card-reader', baudRate: 115_200 },
      slipPrinter: { path: '/dev/yizhan/slip-printer', baudRate: 115_200, columns: 48 },
    });
  });
});

test('the laptop has a reader and a camera, and nothing that prints', () => {
  const config = configOf(loadCabinet(textOf('laptop.yaml')));
  expect(config).toMatchObject({
    cabinet: {
      screen: { widthMm: 344, heightMm: 194 },
      cameras: [{ device: 'document-camera', usb: '04f2:b6d9' }],
    },
    misconfigured: [],
    cardReader: { vendorId: 0x0400, productId: 0xc35a },
  });
  expect(config.slipPrinter).toBeUndefined();
});

test('what a file says of the cabinet itself reaches the screens', () => {
  const lines = 'readerTouch: raised-edge\nfourKeys: { next: [F1], back: [F2], choose: [F3], help: [F4] }\n';
  const { facts } = loadCabinet(`${lines}${VILLAGE}`);
  expect(facts).toMatchObject({ readerTouch: 'raised-edge', fourKeys: { next: ['F1'] } });
  expect(loadCabinet(VILLAGE).facts).not.toHaveProperty('readerTouch');
});

describe('a wrong file', () => {
  const cases = [
    ['baudRate: 115200', 'baudRate: fast', 'devices.card-reader.baudRate'],
    ['driver: sam-serial', 'driver: magic', 'devices.card-reader.driver'],
    ['driver: sam-serial', 'driver: sam-serial\n    colour: red', 'devices.card-reader.colour'],
    ['port: /dev/yizhan/card-reader', 'port: /etc/passwd', 'devices.card-reader.port'],
    ['port: /dev/yizhan/card-reader', 'port: "/dev/x\\", RUN+=\\"/bin/sh"', 'devices.card-reader.port'],
    ['plug: { tty: ttyS0 }', 'plug: {}', 'devices.card-reader.plug'],
    ['plug: { tty: ttyS0 }', 'plug: { usb: "1A86:7523" }', 'devices.card-reader.plug.usb'],
  ] as const;

  test.each(cases)('%s as %s: the line is named, the other device is driven', (was, is, path) => {
    const text = VILLAGE.replace(was, is);
    const cabinet = loadCabinet(text);
    expect(cabinet.problems).toHaveLength(1);
    expect(cabinet.problems[0]).toMatchObject({ line: lineOf(text, is.split('\n').at(-1) ?? ''), path });
    expect(cabinet.refused).toEqual(['card-reader']);
    expect(configOf(cabinet)).toMatchObject({ slipPrinter: { columns: 48 }, misconfigured: ['card-reader'] });
    expect(configOf(cabinet)).not.toHaveProperty('cardReader');
    expect(cabinet.facts).not.toBeNull();
  });

  test('a device without what it needs is named by its own line', () => {
    const text = VILLAGE.replace('    paperMm: 80\n', '');
    expect(loadCabinet(text).problems).toMatchObject([
      { line: lineOf(text, 'slip-printer:'), path: 'devices.slip-printer.paperMm' },
    ]);
  });

  test('a device nobody can drive is named; the others are driven', () => {
    const cabinet = loadCabinet(`${VILLAGE}  toaster:\n    driver: crumbs\n`);
    expect(cabinet.problems).toMatchObject([{ path: 'devices.toaster' }]);
    expect(cabinet.refused).toEqual([]);
    expect(Object.keys(cabinet.devices)).toEqual(VILLAGE_DEVICES);
  });

  test('a wrong screen leaves the devices alone', () => {
    const text = VILLAGE.replace('widthMm: 268', 'widthMm: -1');
    const cabinet = loadCabinet(text);
    expect(cabinet.problems).toMatchObject([{ line: lineOf(text, 'screen:'), path: 'screen.widthMm' }]);
    expect(cabinet.facts).toBeNull();
    expect(Object.keys(cabinet.devices)).toEqual(VILLAGE_DEVICES);
    // Nobody could tell the screens of its camera: it is owned up to.
    expect(configOf(cabinet).misconfigured).toEqual(['document-camera']);
  });

  test.each([
    ['tty: ttyS1', 'tty: ttyS0', 'devices.slip-printer.plug', 'card-reader'],
    [
      'port: /dev/yizhan/slip-printer',
      'port: /dev/yizhan/card-reader',
      'devices.slip-printer.port',
      'card-reader',
    ],
  ])('two devices on one line, %s as %s: the later one is refused', (was, is, path, other) => {
    const cabinet = loadCabinet(VILLAGE.replace(was, is));
    expect(cabinet.problems).toMatchObject([{ path, words: expect.stringContaining(other) }]);
    expect(cabinet.refused).toEqual(['slip-printer']);
    expect(Object.keys(cabinet.devices)).toEqual(VILLAGE_DEVICES.filter((name) => name !== 'slip-printer'));
  });

  test.each([
    ['', 1],
    ['devices: [', 1],
    ['name: x\nname: y\n', 2],
    ['- 1\n', 1],
    [`a: &a [x]\nb: [${'*a,'.repeat(200)}]`, 1],
    ['x'.repeat(70_000), 1],
  ])('no cabinet at all (%#): both devices are said to be missing or none is made up', (text, line) => {
    const cabinet = loadCabinet(text);
    expect(cabinet.problems[0]).toMatchObject({ line });
    expect(cabinet.devices).toEqual({});
  });

  test('whatever is broken in it, it never throws, and every problem has a line of the file', () => {
    fc.assert(
      fc.property(fc.nat(VILLAGE.length), fc.nat(40), fc.string({ maxLength: 8 }), (from, length, put) => {
        const text = VILLAGE.slice(0, from) + put + VILLAGE.slice(from + length);
        const { problems } = loadCabinet(text);
        const lines = text.split(/\r?\n/).length;
        for (const { line } of problems) expect(line).toBeLessThanOrEqual(lines);
      }),
    );
  });
});

test('a decoder of photos is named with the reader, by its package or its file, and by nothing else', () => {
  const withDecoder = (name: string) =>
    VILLAGE.replace('port: /dev/yizhan/card-reader', `$&\n    photoDecoder: ${name}`);
  for (const name of ['photo-sdk', '/opt/vendor/photo.mjs']) {
    const cabinet = loadCabinet(withDecoder(`'${name}'`));
    expect([cabinet.problems, configOf(cabinet).photoDecoder]).toEqual([[], name]);
  }
  expect(loadCabinet(withDecoder('https://example.org/x.mjs')).problems).toMatchObject([
    { line: lineOf(VILLAGE, 'port: /dev/yizhan/card-reader') + 1, path: 'devices.card-reader.photoDecoder' },
  ]);
  expect(configOf(loadCabinet(VILLAGE))).not.toHaveProperty('photoDecoder');
});

test('rules tell bridges of one make apart by their sockets', () => {
  const { devices } = loadCabinet(textOf('hall-24h.yaml'));
  expect(udevRules({ name: 'Hall', devices }).split('\n')[1]).toBe(
    'SUBSYSTEM=="tty", KERNELS=="1-1.1", ATTRS{idVendor}=="1a86", ATTRS{idProduct}=="7523", SYMLINK+="yizhan/card-reader", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"',
  );
});

test('an A4 printer is found by its address, which names a port that there is', () => {
  const text = textOf('hall-24h.yaml');
  expect(configOf(loadCabinet(text)).documentPrinter).toEqual({ url: 'ipp://192.168.8.20/ipp/print' });
  for (const url of ['http://192.168.8.20/', 'ipp://192.168.8.20:99999/ipp/print', 'ipp://a b/', 'ipp://']) {
    const wrong = text.replace('ipp://192.168.8.20/ipp/print', url);
    expect(loadCabinet(wrong).problems).toMatchObject([{ path: 'devices.a4-printer.url' }]);
    expect(loadCabinet(wrong).refused).toEqual(['a4-printer']);
  }
});

test('an A4 printer may have a tray for each paper, never one for both', () => {
  const url = 'url: ipp://192.168.8.20/ipp/print';
  const withTrays = (trays: string) =>
    loadCabinet(textOf('hall-24h.yaml').replace(url, `${url}\n    trays: ${trays}`));
  expect(configOf(withTrays('{ plain: tray-1, special: tray-2 }')).documentPrinter).toEqual({
    url: 'ipp://192.168.8.20/ipp/print',
    trays: { plain: 'tray-1', special: 'tray-2' },
  });
  const wrong = [
    '{ plain: tray-1, special: tray-1 }',
    '{ plain: auto, special: tray-2 }',
    '{ special: tray-2 }',
  ];
  for (const trays of [...wrong, '{ plain: Tray 1, special: tray-2 }', 'tray-1'])
    expect([trays, withTrays(trays).refused]).toEqual([trays, ['a4-printer']]);
});

describe('proof of person', () => {
  const withProof = (lines: string) => `${VILLAGE}  proof:\n${lines}`;
  const MODULE = "    driver: module\n    module: '@vendor/proof'\n    methods: [face, phone-code]\n";

  test('a vendor’s module is named, and asks nothing of udev', () => {
    const cabinet = loadCabinet(withProof(MODULE));
    expect(cabinet.problems).toEqual([]);
    expect(configOf(cabinet).proof).toEqual({ module: '@vendor/proof', methods: ['face', 'phone-code'] });
    const before = udevRules({ name: 'model', devices: loadCabinet(VILLAGE).devices });
    expect(udevRules({ name: 'model', devices: cabinet.devices })).toBe(before);
  });

  test('a box on a serial line has its port and its rule', () => {
    const cabinet = loadCabinet(
      withProof(
        "    driver: proof-serial\n    port: /dev/yizhan/proof\n    baudRate: 115200\n    plug: { usb: '1a86:7523' }\n    methods: [face]\n",
      ),
    );
    expect(cabinet.problems).toEqual([]);
    expect(configOf(cabinet).proof).toEqual({
      path: '/dev/yizhan/proof',
      baudRate: 115_200,
      methods: ['face'],
    });
    expect(udevRules({ name: 'model', devices: cabinet.devices })).toContain('SYMLINK+="yizhan/proof"');
  });

  test.each([
    ['https://example.com/proof.mjs', 'devices.proof.module'],
    ['../proof.mjs', 'devices.proof.module'],
    ['node:fs', 'devices.proof.module'],
  ])('%s is no name of a module: the others are driven', (name, path) => {
    const cabinet = loadCabinet(withProof(MODULE.replace('@vendor/proof', name)));
    expect(cabinet.problems).toMatchObject([{ path }]);
    expect(cabinet.refused).toEqual(['proof']);
    expect(configOf(cabinet)).not.toHaveProperty('proof');
    expect(configOf(cabinet)).toHaveProperty('cardReader');
  });

  test('without a method it proves nobody', () => {
    const text = withProof(MODULE.replace('[face, phone-code]', '[]'));
    expect(loadCabinet(text).problems).toMatchObject([{ path: 'devices.proof.methods' }]);
  });
});

test('a reader on HID is found by what it is: no port, and a rule that lets it be opened', () => {
  const text = VILLAGE.replace(
    /driver: sam-serial[\s\S]*?plug: .*\n/,
    "driver: sam-hid\n    plug: { usb: '0400:c35a', serial: A1 }\n    wrapping: { type: plain }\n",
  );
  const cabinet = loadCabinet(text);
  expect(cabinet.problems).toEqual([]);
  expect(configOf(cabinet).cardReader).toEqual({
    vendorId: 0x0400,
    productId: 0xc35a,
    serialNumber: 'A1',
    wrapping: { type: 'plain' },
  });
  expect(udevRules({ name: 'HID', devices: cabinet.devices })).toContain(
    'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0400", ATTRS{idProduct}=="c35a", ATTRS{serial}=="A1", GROUP="dialout", MODE="0660"',
  );
  const wrong = text.replace('type: plain', 'type: magic');
  expect(loadCabinet(wrong).problems).toMatchObject([
    { line: lineOf(wrong, 'wrapping:'), path: 'devices.card-reader.wrapping.type' },
  ]);
});

test('a scanner on HID is found by what it is, and may say how its maker lays out a report', () => {
  const hid = (more: string) =>
    VILLAGE.replace(
      /driver: scanner-serial[\s\S]*?plug: .*\n/,
      `driver: scanner-hid-pos\n    plug: { usb: '0c2e:0caa' }\n${more}`,
    );
  const plain = loadCabinet(hid(''));
  expect(plain.problems).toEqual([]);
  expect(configOf(plain).codeScanner).toEqual({
    vendorId: 0x0c2e,
    productId: 0x0caa,
    serialNumber: undefined,
    layout: { reportId: 2, lengthAt: 1, aimAt: 2, dataAt: 5, maxDataBytes: 56, moreAt: 63 },
  });
  expect(udevRules({ name: 'HID', devices: plain.devices })).toContain(
    'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0c2e", ATTRS{idProduct}=="0caa"',
  );
  const other = '{ reportId: 6, lengthAt: 2, aimAt: 3, dataAt: 6, maxDataBytes: 58, moreAt: 1 }';
  expect(configOf(loadCabinet(hid(`    report: ${other}\n`))).codeScanner).toMatchObject({
    layout: { reportId: 6, moreAt: 1 },
  });
  const wrong = hid(`    report: ${other.replace('dataAt: 6', 'dataAt: 4')}\n`);
  expect(loadCabinet(wrong)).toMatchObject({
    refused: ['code-scanner'],
    problems: [{ line: lineOf(wrong, 'report:'), path: 'devices.code-scanner.report' }],
  });
});

describe('cameras', () => {
  const HALL = textOf('hall-24h.yaml');

  test('the screens are told which is which, and udev who may open them', () => {
    const { facts, devices } = loadCabinet(HALL);
    expect(facts?.cameras).toEqual([
      { device: 'document-camera', usb: '0ac8:3420', label: null },
      { device: 'face-camera', usb: '046d:082d', label: 'HD Pro Webcam C920' },
    ]);
    expect(udevRules({ name: 'Hall', devices })).toContain(
      'SUBSYSTEM=="video4linux", ATTRS{idVendor}=="0ac8", ATTRS{idProduct}=="3420", GROUP="dialout", MODE="0660"',
    );
    const byLabel = loadCabinet(VILLAGE.replace("usb: '0ac8:3420'", 'label: Lens One'));
    expect(byLabel.problems).toEqual([]);
    expect(udevRules({ name: 'Village', devices: byLabel.devices })).not.toContain('video4linux');
  });

  test('one that nothing tells from another is refused, and one that says nothing of itself', () => {
    const alike = HALL.replace("usb: '046d:082d'\n    label: HD Pro Webcam C920", "usb: '0ac8:3420'");
    expect(loadCabinet(alike)).toMatchObject({
      refused: ['face-camera'],
      problems: [{ path: 'devices.face-camera.usb', words: expect.stringContaining('document-camera') }],
      facts: { cameras: [{ device: 'document-camera' }] },
    });
    const unknown = VILLAGE.replace("    usb: '0ac8:3420'\n", '');
    expect(loadCabinet(unknown)).toMatchObject({
      refused: ['document-camera'],
      problems: [{ line: lineOf(unknown, 'document-camera:') }],
    });
  });
});
