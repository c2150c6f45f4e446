/** A devices process by its contract alone, as a router: a test says what its reader and printer do. */
import { implement } from '@orpc/server';
import {
  type DeviceName,
  type DeviceStatus,
  type DevicesEvent,
  devicesContract,
  type ProofEvent,
  type ProofOrder,
  type ReaderEvent,
  type ScannerEvent,
  type SelfTestReport,
  type SensorReading,
  type SlipJob,
  type SlipOutcome,
} from '../../../drivers/api.ts';

/** The far end of the devices line. */
export interface FakeDevices {
  readonly router: ReturnType<typeof createRouter>;
  readerSays(event: ReaderEvent): void;
  scannerSays(event: ScannerEvent): void;
  becomes(status: DeviceStatus): void;
  /** What a sensor reads from now on. */
  senses(reading: SensorReading): void;
  readonly printed: SlipJob[];
  /** How the next slips end. */
  answer: () => Promise<SlipOutcome>;
  forgotten(): number;
  /** What the next proofs of person tell; ends when the call is aborted. */
  prove: (order: ProofOrder, signal: AbortSignal | undefined) => AsyncGenerator<ProofEvent, void, void>;
  /** The codes typed for them, oldest first. */
  readonly typed: string[];
  /** Which devices were restarted, oldest first. */
  readonly restarted: DeviceName[];
  /** What the next self-tests come to; ends when the call is aborted. */
  test: (device: DeviceName, signal: AbortSignal | undefined) => Promise<SelfTestReport>;
}

const ALL_WELL: DevicesEvent = {
  type: 'snapshot',
  devices: [
    { device: 'card-reader', state: 'ok', reason: null },
    { device: 'slip-printer', state: 'ok', reason: null },
  ],
  sensors: [],
  cabinet: {
    readerPlace: 'lower-right',
    screen: { widthMm: 268, heightMm: 476 },
    cameras: [{ device: 'document-camera', usb: '0ac8:3420', label: null }],
  },
};

/** Both devices there and well. */
export function createFakeDevices(): FakeDevices {
  const watchers = new Set<(event: DevicesEvent) => void>();
  const tell = (event: DevicesEvent) => {
    for (const watcher of watchers) watcher(event);
  };
  const printed: SlipJob[] = [];
  const restarted: DeviceName[] = [];
  const typed: string[] = [];
  let forgotten = 0;
  const devices: FakeDevices = {
    router: createRouter(watchers, {
      print(job) {
        printed.push(job);
        return devices.answer();
      },
      forget: () => {
        forgotten += 1;
        // Whoever serves a stream holds its last event until the next: an empty one pushes the card out.
        tell(ALL_WELL);
      },
      prove: (order, signal) => devices.prove(order, signal),
      answer: ({ code }) => void typed.push(code),
      restart: (device) => void restarted.push(device),
      test: (device, signal) => devices.test(device, signal),
    }),
    readerSays: (event) => tell({ type: 'reader', event }),
    scannerSays(event) {
      tell({ type: 'scanner', event });
      tell(ALL_WELL);
    },
    becomes: (status) => tell({ type: 'status', status }),
    senses: (reading) => tell({ type: 'sensor', reading }),
    printed,
    answer: async () => ({ outcome: 'printed' }),
    forgotten: () => forgotten,
    prove: async function* () {
      yield { type: 'ended', end: { outcome: 'proved' } };
    },
    typed,
    restarted,
    test: async (device) => ({ device, passed: true, state: 'ok', reason: null, findings: [] }),
  };
  return devices;
}

function createRouter(
  watchers: Set<(event: DevicesEvent) => void>,
  does: {
    readonly print: (job: SlipJob) => Promise<SlipOutcome>;
    readonly forget: () => void;
    readonly prove: FakeDevices['prove'];
    readonly answer: (typed: { readonly code: string }) => void;
    readonly restart: (device: DeviceName) => void;
    readonly test: FakeDevices['test'];
  },
) {
  const devices = implement(devicesContract);
  return devices.router({
    watch: devices.watch.handler(({ signal }) => eventsFor(watchers, signal)),
    printSlip: devices.printSlip.handler(({ input }) => does.print(input)),
    printDocument: devices.printDocument.handler(() => ({ outcome: 'not-printed', reason: 'port-closed' })),
    forgetCard: devices.forgetCard.handler(() => {
      does.forget();
      return null;
    }),
    cardPicture: devices.cardPicture.handler(() => ({ outcome: 'none', why: 'no-decoder' })),
    prove: devices.prove.handler(({ input, signal }) => does.prove(input, signal)),
    answerProof: devices.answerProof.handler(({ input }) => {
      does.answer(input);
      return null;
    }),
    restart: devices.restart.handler(({ input: { device } }) => {
      does.restart(device);
      return true;
    }),
    selfTest: devices.selfTest.handler(({ input: { device }, signal }) => does.test(device, signal)),
  });
}

/** The snapshot, then each event; holds none that was taken. */
async function* eventsFor(
  watchers: Set<(event: DevicesEvent) => void>,
  signal?: AbortSignal,
): AsyncGenerator<DevicesEvent, void> {
  const waiting: DevicesEvent[] = [ALL_WELL];
  let wake = () => {};
  const watcher = (event: DevicesEvent) => {
    waiting.push(event);
    wake();
  };
  watchers.add(watcher);
  signal?.addEventListener('abort', () => wake());
  try {
    while (signal?.aborted !== true) {
      if (waiting.length > 0) yield* waiting.splice(0);
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    watchers.delete(watcher);
  }
}
