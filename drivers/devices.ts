import { implement } from '@orpc/server';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Fetch } from '../base/fetch.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import {
  cabinetFactsSchema,
  type DeviceName,
  type DeviceReason,
  type DeviceState,
  type DeviceStatus,
  type DevicesEvent,
  deviceNameSchema,
  devicesContract,
  type ProofEvent,
  type ProofOrder,
  type ReaderEvent,
  type ScannerEvent,
  type SensorName,
  type SlipOutcome,
  sensorNameSchema,
} from './api.ts';
import { Detour } from './detour.ts';
import { startDocumentSession } from './document-printer/document-session.ts';
import { printerUriSchema } from './document-printer/printer-uri.ts';
import { traysSchema } from './document-printer/trays.ts';
import { photoDecoder, pictureOf } from './photo/decoder.ts';
import { startPrinterSession } from './printer/printer-session.ts';
import { linesOfPaper } from './printer/slip-layout.ts';
import { moduleNameSchema } from './proof/load-module.ts';
import { type ProofPlace, proofPlaceSchema, startProof } from './proof/proof-place.ts';
import type { ProofSession } from './proof/proof-session.ts';
import { hidReaderSchema, readerLine } from './reader/reader-line.ts';
import { startReaderSession } from './reader/reader-session.ts';
import { scannerPlaceSchema, startScanner } from './scanner/scanner-line.ts';
import {
  documentPrinterTest,
  readerTest,
  runSelfTest,
  type SelfTest,
  scannerTest,
  sensorTest,
  slipPrinterTest,
} from './self-test.ts';
import { startSensorSession } from './sensors/sensor-session.ts';
import { openSocialCardSlot, socialCardPlaceSchema } from './social-card/social-card-place.ts';
import { startSocialCardSession } from './social-card/social-card-session.ts';
import { type SerialOptions, serialTransport } from './transport/serial.ts';
import type { OpenTransport } from './transport/transport.ts';
import { type LifeSigns, type Watched, watchDriver } from './watchdog.ts';
import { Watchers } from './watchers.ts';

const serialPortSchema = z.object({ path: z.string().min(1), baudRate: z.int().positive() });

/** Which devices there are and how they are reached; one left out is not driven. */
export const devicesConfigSchema = z.object({
  cardReader: z.union([serialPortSchema, hidReaderSchema]).optional(),
  /** `columns`: half-width columns of the paper, 48 for 80 mm and 32 for 58 mm. */
  slipPrinter: serialPortSchema
    .extend({
      columns: z.union([z.literal(48), z.literal(32)]),
      /** How it tells its state: as most do unless said, or by Custom's full status. */
      dialect: z.enum(['escpos', 'kpm']).optional(),
      /** Metres of paper on a full roll, to say when it will end. */
      rollLengthM: z.number().positive().optional(),
    })
    .optional(),
  /** `url`: where the A4 printer speaks IPP, `ipp://host[:port]/path`; `trays` where it has one for paper of the state. */
  documentPrinter: z.object({ url: printerUriSchema, trays: traysSchema.optional() }).optional(),
  codeScanner: scannerPlaceSchema.optional(),
  socialCard: socialCardPlaceSchema.optional(),
  sensors: z.partialRecord(sensorNameSchema, serialPortSchema).optional(),
  proof: proofPlaceSchema.optional(),
  /** The licensed module that makes pictures of photo blocks, where one is fitted. */
  photoDecoder: moduleNameSchema.optional(),
  /** What is known of the cabinet, to be told to the screens. */
  cabinet: cabinetFactsSchema.nullable().optional(),
  /** Devices that the cabinet file describes wrongly: not driven, and said to be so. */
  misconfigured: z.array(deviceNameSchema).readonly().optional(),
});
export type DevicesConfig = z.output<typeof devicesConfigSchema>;

/** What the devices program is given. */
export interface DevicesOptions {
  readonly config: DevicesConfig;
  readonly clock: Clock;
  readonly random: Random;
  /** Must speak plain http with the A4 printer's host. */
  readonly fetch: Fetch;
  readonly log: Log;
  /** A driver of the reader or the printer without a sign of life for so long is started anew. */
  readonly hangMs?: number;
  /** Puts a hand on a device's line, for a test. */
  readonly through?: (device: DeviceName, open: OpenTransport) => OpenTransport;
}

/** Well above the slowest step: a reader is looked for at every speed, a printer asked twice, in under 5 s. */
const HANG_MS = 20_000;

/** Starts the drivers of all devices; `router` implements the devices contract until `stop`. */
export function createDevices(options: DevicesOptions) {
  const { config, clock, random, log, hangMs = HANG_MS, through = (_device, open) => open } = options;
  const statuses = new Map<DeviceName, DeviceStatus>();
  // Whoever held a card is gone when nobody watches: a terminal that starts anew begins with nobody.
  const watchers = new Watchers<DevicesEvent>(() => reader?.current().forgetCard());

  const note = (status: DeviceStatus) => {
    const { device, state, reason } = status;
    const before = statuses.get(device);
    statuses.set(device, status);
    const isNews = before?.state !== state || before.reason !== reason;
    if (!isNews && String(before?.proofMethods) === String(status.proofMethods)) return;
    if (isNews) log('device.status', { device, state, reason });
    watchers.tell({ type: 'status', status });
  };
  /** The line to each watcher holds the last event until the next: what is of a person is pushed out of it at once. */
  const tellOfPerson = (event: DevicesEvent) => {
    watchers.tell(event);
    watchers.tell(snapshot());
  };
  const onStatus = (device: DeviceName) => (state: DeviceState, reason: DeviceReason | null) =>
    note({ device, state, reason });

  for (const device of config.misconfigured ?? []) onStatus(device)('absent', 'misconfigured');
  const drivers = new Map<DeviceName, Watched<{ stop(): void }>>();
  /** One row for each device that has more to test than its state. */
  const selfTests = new Map<DeviceName, SelfTest>();
  const watch = <D extends { stop(): void }>(
    device: DeviceName,
    start: (signs: LifeSigns) => D,
    limitMs: number | null = hangMs,
  ) => {
    const driver = watchDriver({
      clock,
      limitMs,
      start,
      onHang() {
        log('device.hung', { device });
        watchers.tell({ type: 'hung', device });
        onStatus(device)('fault', 'not-answering');
      },
    });
    drivers.set(device, driver);
    return driver;
  };

  const { cardReader, slipPrinter, codeScanner } = config;
  const readerEvents = new Detour<ReaderEvent>((event) => watchers.tell({ type: 'reader', event }));
  const reader =
    cardReader &&
    watch('card-reader', ({ alive, own }) =>
      startReaderSession({
        open: through(
          'card-reader',
          readerLine(cardReader, { clock, onSpeed: (baudRate) => log('reader.speed', { baudRate }) }),
        ),
        clock,
        random,
        isWatched() {
          alive();
          return watchers.count > 0;
        },
        onStep: alive,
        onStatus: own(onStatus('card-reader')),
        onEvent: own((event) => readerEvents.tell(event)),
      }),
    );
  if (reader)
    selfTests.set('card-reader', readerTest({ clock, reader: reader.current, events: readerEvents }));
  let linesBefore = 0;
  const rollLines = slipPrinter?.rollLengthM && linesOfPaper(slipPrinter.rollLengthM);
  const printer =
    slipPrinter &&
    watch('slip-printer', ({ own }) => {
      const base = linesBefore;
      return startPrinterSession({
        open: through('slip-printer', serialTransport(slipPrinter)),
        clock,
        columns: slipPrinter.columns,
        baudRate: slipPrinter.baudRate,
        dialect: slipPrinter.dialect,
        onStatus: own((state, reason, lines) => {
          linesBefore = base + lines;
          const paper = { linesPrinted: linesBefore, ...(rollLines && { rollLines }) };
          note({ device: 'slip-printer', state, reason, ...paper });
        }),
      });
    });
  if (printer) selfTests.set('slip-printer', slipPrinterTest(printer.current, slipPrinter.columns));

  const scannerEvents = new Detour<ScannerEvent>((event) => tellOfPerson({ type: 'scanner', event }));
  if (codeScanner) {
    const start = ({ own }: LifeSigns) =>
      startScanner(codeScanner, {
        through: (open) => through('code-scanner', open),
        clock,
        isWatched: () => watchers.count > 0,
        onStatus: own(onStatus('code-scanner')),
        onEvent: own((event) => scannerEvents.tell(event)),
      });
    // It is never asked anything: silent for days, and well.
    watch('code-scanner', start, null);
    selfTests.set('code-scanner', scannerTest({ clock, events: scannerEvents }));
  }

  const readings = new Map<SensorName, boolean | null>();
  for (const [sensor, port] of Object.entries(config.sensors ?? {}) as [SensorName, SerialOptions][]) {
    const start = ({ own }: LifeSigns) =>
      startSensorSession({
        open: through(sensor, serialTransport(port)),
        clock,
        onStatus: own(onStatus(sensor)),
        onReading: own((on) => {
          readings.set(sensor, on);
          watchers.tell({ type: 'sensor', reading: { sensor, on } });
        }),
      });
    // A silent one is seen and opened anew by its own session.
    watch(sensor, start, null);
    selfTests.set(
      sensor,
      sensorTest(() => readings.get(sensor) ?? null),
    );
  }

  const { socialCard } = config;
  if (socialCard) {
    const open = openSocialCardSlot(socialCard, {
      clock,
      through: (line) => through('social-card-reader', line),
    });
    watch(
      'social-card-reader',
      ({ own }) =>
        startSocialCardSession({
          open,
          clock,
          random,
          isWatched: () => watchers.count > 0,
          onStatus: own(onStatus('social-card-reader')),
          onEvent: own((event) => tellOfPerson({ type: 'social-card', event })),
        }),
      // An empty slot has nothing to say.
      null,
    );
  }

  const { documentPrinter: documentPlace } = config;
  const documents =
    documentPlace &&
    watch(
      'a4-printer',
      ({ own }) =>
        startDocumentSession({
          printerUri: documentPlace.url,
          trays: documentPlace.trays,
          fetch: options.fetch,
          clock,
          random,
          onStatus: own(onStatus('a4-printer')),
        }),
      // Every question to it has a deadline of its own.
      null,
    );
  if (documents) {
    const cabinetName = config.cabinet?.name?.en ?? '';
    selfTests.set('a4-printer', documentPrinterTest({ clock, printer: documents.current, cabinetName }));
  }

  const { proof: proofPlace } = config;
  const startProving = (place: ProofPlace, { own }: LifeSigns) =>
    startProof(place, {
      through: (open) => through('proof', open),
      clock,
      onStatus: own((state, reason, proofMethods) => note({ device: 'proof', state, reason, proofMethods })),
    });
  // Its session has deadlines of its own.
  const proof = proofPlace && watch('proof', (signs) => startProving(proofPlace, signs), null);

  const decoder =
    config.photoDecoder === undefined ? undefined : photoDecoder({ module: config.photoDecoder, clock });

  const snapshot = (): DevicesEvent => ({
    type: 'snapshot',
    devices: [...statuses.values()],
    sensors: [...readings].map(([sensor, on]) => ({ sensor, on })),
    cabinet: config.cabinet ?? null,
  });
  const contract = implement(devicesContract);
  const router = contract.router({
    watch: contract.watch.handler(({ signal }) => watchers.watch(snapshot, signal)),
    printSlip: contract.printSlip.handler(({ input }) => printer?.current().print(input) ?? noPrinter()),
    printDocument: contract.printDocument.handler(
      ({ input, signal }) => documents?.current().print(input, signal) ?? noPrinter(),
    ),
    forgetCard: contract.forgetCard.handler(() => {
      reader?.current().forgetCard();
      // As above: the last event may be that card.
      watchers.tell(snapshot());
      return null;
    }),
    cardPicture: contract.cardPicture.handler(({ input: { readId } }) =>
      pictureOf(reader?.current().findPhoto(readId), decoder),
    ),
    prove: contract.prove.handler(({ input, signal }) => provedBy(proof?.current(), input, signal)),
    answerProof: contract.answerProof.handler(({ input: { proofId, code } }) => {
      proof?.current().answer(proofId, code);
      return null;
    }),
    restart: contract.restart.handler(({ input: { device } }) => {
      log('device.restarted', { device });
      drivers.get(device)?.restart();
      return drivers.has(device);
    }),
    selfTest: contract.selfTest.handler(({ input: { device }, signal }) =>
      runSelfTest(device, selfTests.get(device), () => statuses.get(device), signal),
    ),
  });
  return {
    router,
    /** Closes every line. */
    stop() {
      for (const driver of drivers.values()) driver.stop();
      decoder?.stop();
    },
  };
}

/** A cabinet without a printer prints nothing: the caller is told as of one that is not plugged in. */
function noPrinter(): SlipOutcome {
  return { outcome: 'not-printed', reason: 'port-closed' };
}

/** A cabinet without proof of person says so as of one that fails: nothing is said of the person. */
async function* provedBy(
  session: ProofSession | undefined,
  order: ProofOrder,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProofEvent, void, void> {
  if (session !== undefined) return yield* session.prove(order, signal);
  order.person.photo.fill(0);
  yield { type: 'ended', end: { outcome: 'unavailable' } };
}
