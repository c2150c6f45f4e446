/**
 * What a cabinet file may say: one hardware model, its devices with their drivers and stable port names, where
 * the reader sits, and the screen in millimetres. Pure data; nothing in code names a model.
 */
import { z } from 'zod';
import { cabinetFactsSchema } from '../api.ts';
import { printerUriSchema } from '../document-printer/printer-uri.ts';
import { traysSchema } from '../document-printer/trays.ts';
import { moduleNameSchema } from '../proof/load-module.ts';
import { proofMethodsSchema } from '../proof/proof-place.ts';
import { hidPosLayoutSchema } from '../scanner/hid-pos-layout.ts';

/** Words for people; they stand in udev comments too, so they keep to one line. */
const words = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'must be one line of words');

/** A stable name under `/dev`, made by the udev rules where it lies in `/dev/yizhan/`. */
const port = z
  .string()
  .regex(/^\/dev\/(?:[a-z][a-z0-9-]*\/)*[A-Za-z][A-Za-z0-9-]{0,40}$/, 'must be a plain path below /dev');

const baudRate = z.union([9600, 19_200, 38_400, 57_600, 115_200].map((speed) => z.literal(speed)));

/** Maker and product, `1a86:7523`. */
const usb = z
  .string()
  .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, 'must be two numbers of four small hex digits, as lsusb shows them');

/** The device's own serial number, where it has one. */
const serial = z.string().regex(/^[\w.-]{1,64}$/, 'must be letters, digits, dots and hyphens');

/** A device that is found by what it is, and so needs no name. */
const hidPlug = z.strictObject({ usb, serial: serial.optional() });

/** What udev knows a device by; nothing here can end a rule's string. */
const plug = z
  .strictObject({
    usb: usb.optional(),
    serial: serial.optional(),
    /** The socket it is plugged into, as the kernel names it: `1-1.2`. */
    socket: z
      .string()
      .regex(/^\d+-\d+(?:\.\d+)*$/, 'must be a socket as the kernel names it, such as 1-1.2')
      .optional(),
    /** A serial port of the board itself: `ttyS0`. */
    tty: z
      .string()
      .regex(/^tty[A-Z]{1,4}\d{1,3}$/, 'must be a port of the board, such as ttyS0')
      .optional(),
  })
  .refine(({ usb, tty }) => (usb === undefined) !== (tty === undefined), 'needs either usb or tty');
export type Plug = z.output<typeof plug>;

/** What every device on a serial line has. */
const serialLine = { port, baudRate, plug };

/** On or off behind a serial board (`drivers/sensors/`). */
const sensor = z.strictObject({ driver: z.literal('switch-serial'), ...serialLine }).optional();

/** What a camera calls itself, as Chromium's label has it before `(vid:pid)`. */
const label = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'must be one line of words');

/** A camera of the USB video class: the screen opens it, by what it is. */
const camera = z
  .strictObject({ driver: z.literal('uvc'), usb: usb.optional(), label: label.optional() })
  .refine((given) => given.usb !== undefined || given.label !== undefined, 'needs usb or label')
  .optional();

/** A microphone of the USB audio class: the screen opens it, by what it is. */
const microphone = z
  .strictObject({ driver: z.literal('uac'), usb: usb.optional(), label: label.optional() })
  .refine((given) => given.usb !== undefined || given.label !== undefined, 'needs usb or label')
  .optional();

/** A licensed module that makes pictures of cards' photo blocks (`drivers/photo/`). */
const photoDecoder = moduleNameSchema.optional();

/** The devices a cabinet may have, each with the drivers there are for it. */
export const cabinetDevicesSchema = z.strictObject({
  'card-reader': z
    .discriminatedUnion('driver', [
      z.strictObject({ driver: z.literal('sam-serial'), ...serialLine, photoDecoder }),
      z.strictObject({
        driver: z.literal('sam-hid'),
        plug: hidPlug,
        /** How it wraps frames (domain.md A.10); `command` is its maker's byte for passing one on. */
        wrapping: z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('plain') }),
          z.strictObject({ type: z.literal('miaxis'), command: z.int().min(0).max(0xff) }),
        ]),
        photoDecoder,
      }),
    ])
    .optional(),
  'slip-printer': z
    .strictObject({
      /** `kpm-serial`: Custom's KPM series, which tells more of its state. */
      driver: z.enum(['escpos-serial', 'kpm-serial']),
      ...serialLine,
      paperMm: z.union([z.literal(80), z.literal(58)]),
      /** Metres of paper on a full roll, as its box says it: from it follows when a roll will end. */
      rollLengthM: z.number().min(1).max(500).optional(),
      /** Or the full roll's outer diameter, where no box says its length. */
      rollMm: z.number().min(30).max(300).optional(),
    })
    .optional(),
  'a4-printer': z
    .strictObject({
      driver: z.literal('ipp'),
      /** Where it speaks IPP; a printer on USB is reached through the machine's own `ipp-usb`. */
      url: printerUriSchema,
      /** Which tray holds which paper, by the printer's own words; named where one holds paper of the state. */
      trays: traysSchema.optional(),
    })
    .optional(),
  'code-scanner': z
    .discriminatedUnion('driver', [
      z.strictObject({
        driver: z.literal('scanner-serial'),
        ...serialLine,
        /** It is set to send an AIM identifier (`]Q1`) before each code. */
        aimPrefix: z.boolean().default(false),
      }),
      z.strictObject({
        /** A scanner that is no keyboard: its codes come in input reports. */
        driver: z.literal('scanner-hid-pos'),
        plug: hidPlug,
        /** How its maker lays out a report, where that is not as most do. */
        report: hidPosLayoutSchema.optional(),
      }),
    ])
    .optional(),
  'social-card-reader': z
    .discriminatedUnion('driver', [
      z.strictObject({
        /** Through the machine's own service; `reader` is a part of the name that `pcsc_scan` shows. */
        driver: z.literal('pcsc'),
        reader: words.optional(),
      }),
      /** On a serial line, as readers of the GemPC Twin kind. */
      z.strictObject({ driver: z.literal('ccid-serial'), ...serialLine }),
    ])
    .optional(),
  'door-sensor': sensor,
  'light-sensor': sensor,
  'presence-sensor': sensor,
  /** On while a headphone is plugged in or the handset is off its hook; the socket itself turns the loudspeaker off. */
  'audio-jack': sensor,
  'document-camera': camera,
  'face-camera': camera,
  microphone,
  proof: z
    .discriminatedUnion('driver', [
      z.strictObject({
        /** A vendor's module (`drivers/proof/module.ts`), loaded where it is installed. */
        driver: z.literal('module'),
        module: moduleNameSchema,
        methods: proofMethodsSchema,
      }),
      z.strictObject({ driver: z.literal('proof-serial'), ...serialLine, methods: proofMethodsSchema }),
    ])
    .optional(),
});
export type CabinetDevices = z.output<typeof cabinetDevicesSchema>;

export const cabinetSchema = z.strictObject({
  /** The model's name. */
  name: z.strictObject({ zh: words, en: words }),
  ...cabinetFactsSchema.omit({ name: true, cameras: true, microphone: true }).shape,
  devices: cabinetDevicesSchema,
});
export type CabinetFile = z.output<typeof cabinetSchema>;

/** The JSON Schema that editors check a cabinet file against; kept in `cabinet.schema.json`. */
export function cabinetJsonSchema(): unknown {
  return { title: 'Yizhan cabinet', ...z.toJSONSchema(cabinetSchema, { io: 'input', reused: 'ref' }) };
}
