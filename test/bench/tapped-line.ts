import { equalBytes } from '../../base/bytes.ts';
import { encodeRequest } from '../../drivers/reader/commands.ts';
import type { DeviceLine } from '../../drivers/simulator/device-line.ts';

/** One request and its answer, as they pass a device's end of its line; times by the monotonic clock. */
export interface Exchange {
  readonly isFind: boolean;
  /** When the request began to arrive. */
  readonly firstByteMs: number;
  readonly askedBytes: number;
  /** When the end of the answer was handed to the line. */
  readonly lastByteMs: number;
  readonly answeredBytes: number;
}

/** A line with an ear on it. */
export interface TappedLine {
  readonly line: DeviceLine;
  /** The exchanges since the last find, that find first. */
  sinceLastFind(): readonly Exchange[];
}

/** Hears what passes `line`. One side speaks at a time, so what is asked after an answer begins a new exchange. */
export function tapLine(line: DeviceLine): TappedLine {
  const find = encodeRequest('find');
  let exchanges: Exchange[] = [];

  function asked(bytes: Uint8Array): void {
    const open = exchanges.at(-1);
    if (open !== undefined && open.answeredBytes === 0) {
      exchanges[exchanges.length - 1] = { ...open, askedBytes: open.askedBytes + bytes.length };
      return;
    }
    const isFind = equalBytes(bytes, find);
    if (isFind) exchanges = [];
    const nowMs = performance.now();
    const asked = { firstByteMs: nowMs, askedBytes: bytes.length };
    exchanges.push({ isFind, ...asked, lastByteMs: nowMs, answeredBytes: 0 });
  }

  function answered(bytes: Uint8Array): void {
    const open = exchanges.at(-1);
    if (open === undefined) return;
    const answeredBytes = open.answeredBytes + bytes.length;
    exchanges[exchanges.length - 1] = { ...open, answeredBytes, lastByteMs: performance.now() };
  }

  return {
    line: {
      ...line,
      write(bytes) {
        line.write(bytes);
        answered(bytes);
      },
      onData: (listener) =>
        line.onData((bytes) => {
          asked(bytes);
          listener(bytes);
        }),
    },
    sinceLastFind: () => exchanges.filter(({ answeredBytes }) => answeredBytes > 0),
  };
}
