/**
 * A card read, from the first byte of the find that answers 9F to `IdentityRead` in the terminal, with the real
 * devices program on a real pseudo-terminal and the real socket between it and the terminal.
 *
 * What is subtracted. A serial line carries a byte in ten bits, so `bytes × 10 / baud` of a read is spent on the
 * line whatever anyone programs. A pseudo-terminal has no speed of its own: the simulated reader makes up for it
 * by holding every byte, of the request and of the answer, for exactly that long. So the time on the line is in
 * the measured span once, and is subtracted once; nothing is subtracted for the simulator's pacing beside it.
 * What is left ("above the wire") still holds what the simulator is late by, because timers end on the next
 * millisecond and its process waits for a processor like any other. The aim is held against all of that; the
 * simulator's part, which a real reader has not, is measured at its end of the line and said beside.
 *
 * The wait for the next find after a card was laid is reported apart: readers ask not to be polled more often
 * than every 300 ms, and no code changes that.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { systemClock } from '../../base/node/clock.ts';
import { dialPorts } from '../../base/node/port-source.ts';
import { systemRandom } from '../../base/node/random.ts';
import { fraction } from '../../base/random.ts';
import { invariant } from '../../base/result.ts';
import { connect } from '../../base/rpc/connect.ts';
import type { DevicesContract, DevicesEvent } from '../../drivers/api.ts';
import { findSampleCard } from '../../drivers/simulator/cards.ts';
import { wireMs } from '../../drivers/transport/wire-time.ts';
import { startChild } from '../../host/child-process.ts';
import { type Figure, ms, p50p99, percentile, times } from './measure.ts';
import { type BenchCabinet, setUpCabinet } from './tapped-cabinet.ts';
import type { Exchange } from './tapped-line.ts';

/** At each speed, how often a card is read: at the slowest a read takes two seconds on the wire alone. */
const SPEEDS = [
  { baudRate: 115_200, reads: 100, warmUps: 5 },
  { baudRate: 9_600, reads: 25, warmUps: 1 },
] as const;
/** A card comes at any moment between two polls. */
const POLL_MS = 300;
const AIM_MS = { p50: 15, p99: 40 };

/** One read, in milliseconds. */
interface Read {
  readonly totalMs: number;
  readonly wireMs: number;
  /** Of the rest, what the simulated reader was late by. */
  readonly simulatorMs: number;
  readonly pollMs: number;
}

/** Reads one card again and again, at the usual speed and at the slowest. */
export async function benchCard(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const speed of SPEEDS) figures.push(await benchSpeed(speed));
  return figures;
}

async function benchSpeed({ baudRate, reads, warmUps }: (typeof SPEEDS)[number]): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const cabinet = await setUpCabinet(folder, baudRate);
  const program = startChild({
    name: 'devices',
    entry: join(import.meta.dirname, '../../drivers/main.ts'),
    config: { ...cabinet.config, terminalSocket: join(folder, 'ports', 'devices.sock') },
    configPath: join(folder, 'devices.json'),
    logPath: join(folder, 'devices.log'),
  });
  await program.ready;
  const devices = await dialDevices(join(folder, 'ports', 'devices.sock'));

  const all: Read[] = [];
  for (let index = 0; index < warmUps + reads; index++) {
    const read = await readOnce(cabinet, devices, baudRate);
    if (index >= warmUps) all.push(read);
  }
  devices.close();
  await program.stop();
  await cabinet.close();
  rmSync(folder, { recursive: true });
  return figureOf(all, baudRate);
}

function figureOf(reads: readonly Read[], baudRate: number): Figure {
  const above = reads.map((read) => read.totalMs - read.wireMs);
  const wire = percentile(
    reads.map((read) => read.wireMs),
    50,
  );
  const [p50, p99] = [percentile(above, 50), percentile(above, 99)];
  const part = (of: (read: Read) => number) => p50p99(reads.map(of));
  return {
    what: `card read at ${baudRate}, above the wire, p50 (p99)`,
    ours: p50p99(above),
    aim: {
      text: `≤ ${AIM_MS.p50} ms p50, ≤ ${AIM_MS.p99} ms p99`,
      met: p50 <= AIM_MS.p50 && p99 <= AIM_MS.p99,
    },
    beside: [
      { what: 'its bytes at that speed, subtracted', theirs: ms(wire), ratio: times(p50 / wire) },
      {
        what: 'of it: the simulated reader’s lateness',
        theirs: part((read) => read.simulatorMs),
        ratio: '',
      },
      {
        what: 'of it: driver, socket, terminal',
        theirs: part((read) => read.totalMs - read.wireMs - read.simulatorMs),
        ratio: '',
      },
      { what: 'apart: wait for the next poll', theirs: part((read) => read.pollMs), ratio: '' },
    ],
  };
}

async function readOnce(cabinet: BenchCabinet, devices: DevicesLine, baudRate: number): Promise<Read> {
  const card = findSampleCard('mother');
  invariant(card, 'there is a sample card');
  await new Promise((resolve) => setTimeout(resolve, POLL_MS * fraction(systemRandom)));
  const laidMs = performance.now();
  cabinet.reader.lay(card);
  const identityMs = await devices.nextIdentity();
  const exchanges = cabinet.takeReadExchanges();
  cabinet.reader.lift();
  await devices.client.forgetCard();

  const [find] = exchanges;
  invariant(find, 'an identity follows a find');
  const bytesMs = (exchange: Exchange) => wireMs(exchange.askedBytes + exchange.answeredBytes, baudRate);
  const sum = (of: (exchange: Exchange) => number) => exchanges.reduce((total, one) => total + of(one), 0);
  return {
    totalMs: identityMs - find.firstByteMs,
    wireMs: sum(bytesMs),
    simulatorMs: sum((exchange) => exchange.lastByteMs - exchange.firstByteMs - bytesMs(exchange)),
    pollMs: find.firstByteMs - laidMs,
  };
}

interface DevicesLine {
  readonly client: ContractRouterClient<DevicesContract>;
  /** When the next identity was there, decoded and checked against the contract. */
  nextIdentity(): Promise<number>;
  close(): void;
}

/** The terminal's end: dials the socket and watches, as the terminal does. */
async function dialDevices(path: string): Promise<DevicesLine> {
  const ports = dialPorts({ path, peer: 'devices', clock: systemClock });
  const { client } = await new Promise<ReturnType<typeof connect<DevicesContract>>>((resolve) => {
    ports.onPort(({ port }) => resolve(connect<DevicesContract>(port, { clock: systemClock })));
  });
  let hear: (atMs: number) => void = () => {};
  const take = (event: DevicesEvent) => {
    if (event.type === 'reader' && event.event.type === 'identity') hear(performance.now());
  };
  void (async () => {
    for await (const event of await client.watch()) take(event);
  })().catch(() => {});
  return {
    client,
    nextIdentity: () =>
      new Promise((resolve) => {
        hear = resolve;
      }),
    close: () => ports.close(),
  };
}
