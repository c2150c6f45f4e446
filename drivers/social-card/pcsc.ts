import type { Clock } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { CardLine, OpenSlot, SlotListener, SlotTrouble } from './slot.ts';

/**
 * What of `@pokusew/pcsclite` is used. The package is no dependency, because it is compiled where it is installed:
 * a cabinet with such a reader installs it beside the program.
 */
interface PcscReader {
  readonly name: string;
  readonly SCARD_STATE_PRESENT: number;
  readonly SCARD_SHARE_SHARED: number;
  readonly SCARD_UNPOWER_CARD: number;
  on(event: 'status', listener: (status: { readonly state: number }) => void): void;
  on(event: 'end' | 'error', listener: () => void): void;
  connect(
    options: { readonly share_mode: number },
    done: (error: unknown, protocol: number | undefined) => void,
  ): void;
  transmit(
    command: Buffer,
    maxAnswerBytes: number,
    protocol: number,
    done: (error: unknown, answer: Buffer | undefined) => void,
  ): void;
  disconnect(disposition: number, done: () => void): void;
  close(): void;
}

/** The service, as the package's one function returns it. */
interface PcscService {
  on(event: 'reader', listener: (reader: PcscReader) => void): void;
  on(event: 'error', listener: (error: unknown) => void): void;
  close(): void;
}

/** How the package is loaded; a test hands in its own. */
export type LoadPcsc = () => Promise<unknown>;

const PACKAGE = '@pokusew/pcsclite';
const MAX_ANSWER_BYTES = 258;

/** For a reader to show itself; those that are plugged in do at once. */
const FIND_MS = 3_000;

/** The package, looked for when it is first needed: by a name that bundlers do not follow. */
const loadPackage: LoadPcsc = () => import(/* @vite-ignore */ PACKAGE);

/**
 * A slot of the machine's PC/SC service. `isMeant` chooses among its readers by name; the first that shows itself
 * soon after the service was asked is taken.
 */
export function pcscSlot(options: {
  readonly clock: Clock;
  readonly isMeant: (readerName: string) => boolean;
  readonly load?: LoadPcsc;
}): OpenSlot {
  const { clock, isMeant, load = loadPackage } = options;
  return async (listener) => {
    const service = await startService(load);
    if (!service.ok) return service;
    return new Promise((resolve) => {
      const gone = oneTime(listener);
      let taken: PcscReader | undefined;
      const fail = (detail: string) => {
        cancel();
        if (taken === undefined) service.value.close();
        resolve(err({ code: 'no-reader', detail }));
        gone();
      };
      const cancel = clock.after(FIND_MS, () => fail('none shows itself'));
      service.value.on('error', (error) => fail(detailOf(error)));
      service.value.on('reader', (reader) => {
        if (taken !== undefined || !isMeant(reader.name)) return;
        taken = reader;
        cancel();
        follow(reader, listener, gone);
        resolve(
          ok({
            connect: () => connect(reader),
            close() {
              gone.forget();
              reader.close();
              service.value.close();
            },
          }),
        );
      });
    });
  };
}

async function startService(load: LoadPcsc): Promise<Result<PcscService, SlotTrouble>> {
  try {
    const start = findStart(await load());
    return start === undefined ? err({ code: 'driver-missing', detail: PACKAGE }) : ok(start());
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    return err({ code: isMissing ? 'driver-missing' : 'no-reader', detail: detailOf(error) });
  }
}

function findStart(module: unknown): (() => PcscService) | undefined {
  const start =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
  return typeof start === 'function' ? (start as () => PcscService) : undefined;
}

/** Tells once that the reader is gone, and nothing once it was let go of. */
function oneTime(listener: SlotListener): (() => void) & { forget(): void } {
  let isLive = true;
  const gone = () => {
    if (isLive) listener.onGone('no-reader');
    isLive = false;
  };
  return Object.assign(gone, {
    forget() {
      isLive = false;
    },
  });
}

function follow(reader: PcscReader, listener: SlotListener, gone: () => void): void {
  let wasIn: boolean | undefined;
  reader.on('status', ({ state }) => {
    const isIn = (state & reader.SCARD_STATE_PRESENT) !== 0;
    if (isIn !== wasIn && (isIn || wasIn)) listener.onCard(isIn);
    wasIn = isIn;
  });
  reader.on('end', gone);
  reader.on('error', gone);
}

function connect(reader: PcscReader): Promise<Result<CardLine, SlotTrouble>> {
  return new Promise((resolve) => {
    reader.connect({ share_mode: reader.SCARD_SHARE_SHARED }, (error, protocol) => {
      if (error || protocol === undefined) return resolve(err({ code: 'no-card', detail: detailOf(error) }));
      resolve(ok(lineOf(reader, protocol)));
    });
  });
}

function lineOf(reader: PcscReader, protocol: number): CardLine {
  return {
    transmit: (command) =>
      new Promise((resolve) => {
        reader.transmit(Buffer.from(command), MAX_ANSWER_BYTES, protocol, (error, answer) => {
          if (error || answer === undefined) return resolve(err({ code: 'failed', detail: detailOf(error) }));
          // Copied out and overwritten, as on a serial line.
          const bytes = Uint8Array.from(answer);
          answer.fill(0);
          resolve(ok(bytes));
        });
      }),
    disconnect: () => new Promise((resolve) => reader.disconnect(reader.SCARD_UNPOWER_CARD, () => resolve())),
  };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
