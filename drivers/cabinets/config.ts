import { sensorNameSchema } from '../api.ts';
import type { DevicesConfig } from '../devices.ts';
import { COMMON_HID_POS_LAYOUT } from '../scanner/hid-pos-layout.ts';
import type { SocialCardPlace } from '../social-card/social-card-place.ts';
import { camerasOf, type LoadedCabinet } from './load.ts';
import type { CabinetDevices } from './schema.ts';

/** Half-width columns by the paper's width (domain.md C.2). */
const COLUMNS = { 80: 48, 58: 32 } as const;

/** What the devices program is to do with a cabinet: drive what is sound, and own up to the rest. */
export function configOf({ devices, facts, refused }: LoadedCabinet): DevicesConfig {
  const reader = devices['card-reader'];
  const printer = devices['slip-printer'];
  const documentPrinter = devices['a4-printer'];
  const scanner = devices['code-scanner'];
  const socialCard = devices['social-card-reader'];
  const { proof } = devices;
  const sensors = sensorNameSchema.options.flatMap((name) => {
    const sensor = devices[name];
    return sensor === undefined ? [] : [[name, { path: sensor.port, baudRate: sensor.baudRate }] as const];
  });
  return {
    cabinet: facts,
    // Where the screen's own facts are wrong nobody is told of a camera, and so it cannot be opened.
    misconfigured: [...refused, ...(facts === null ? camerasOf(devices).map(({ device }) => device) : [])],
    ...(reader && { cardReader: readerPlace(reader) }),
    ...(reader?.photoDecoder !== undefined && { photoDecoder: reader.photoDecoder }),
    ...(printer && {
      slipPrinter: {
        path: printer.port,
        baudRate: printer.baudRate,
        columns: COLUMNS[printer.paperMm],
        dialect: printer.driver === 'kpm-serial' ? 'kpm' : 'escpos',
        rollLengthM: printer.rollLengthM ?? (printer.rollMm && lengthOfRollM(printer.rollMm)),
      },
    }),
    ...(documentPrinter && { documentPrinter: { url: documentPrinter.url, trays: documentPrinter.trays } }),
    ...(socialCard && { socialCard: socialCardPlace(socialCard) }),
    ...(scanner && { codeScanner: scannerPlace(scanner) }),
    sensors: Object.fromEntries(sensors),
    ...(proof && { proof: proofPlace(proof) }),
  };
}

/** The core a roll is wound on, and thermal paper's usual thickness, both in millimetres. */
const CORE_MM = 18;
const PAPER_MM = 0.065;

/** Metres on a roll of so many millimetres across: the area it covers, unrolled. */
function lengthOfRollM(diameterMm: number): number {
  return (Math.PI * (diameterMm ** 2 - CORE_MM ** 2)) / 4 / PAPER_MM / 1000;
}

function readerPlace(reader: NonNullable<CabinetDevices['card-reader']>): DevicesConfig['cardReader'] {
  if (reader.driver === 'sam-serial') return { path: reader.port, baudRate: reader.baudRate };
  return { ...hidPlace(reader.plug), wrapping: reader.wrapping };
}

function scannerPlace(scanner: NonNullable<CabinetDevices['code-scanner']>): DevicesConfig['codeScanner'] {
  if (scanner.driver === 'scanner-serial')
    return { path: scanner.port, baudRate: scanner.baudRate, hasAim: scanner.aimPrefix };
  return { ...hidPlace(scanner.plug), layout: scanner.report ?? COMMON_HID_POS_LAYOUT };
}

function proofPlace(proof: NonNullable<CabinetDevices['proof']>): DevicesConfig['proof'] {
  const { methods } = proof;
  if (proof.driver === 'module') return { module: proof.module, methods };
  return { path: proof.port, baudRate: proof.baudRate, methods };
}

function socialCardPlace(slot: NonNullable<CabinetDevices['social-card-reader']>): SocialCardPlace {
  if (slot.driver === 'pcsc') return slot;
  return { driver: slot.driver, path: slot.port, baudRate: slot.baudRate };
}

/** Which device on HID is meant. */
function hidPlace(plug: { readonly usb: string; readonly serial?: string | undefined }) {
  const [vendorId = 0, productId = 0] = plug.usb.split(':').map((digits) => Number.parseInt(digits, 16));
  return { vendorId, productId, serialNumber: plug.serial };
}
