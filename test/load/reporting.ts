/** Made-up machines that report over real HTTP, two in a hundred of them not well. */
import { toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { TOWNS } from '../../catalog/places.ts';
import { findPlace } from '../../platform/desk/machines-page.ts';
import { sampleReport } from '../../platform/fleet/testing/sample-report.ts';
import type { Store } from '../../platform/store/store.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import type { Place } from '../../sync/contents.ts';
import { makeReportRequest } from '../../sync/formats/report.ts';
import { type MachineReport, REPORT_EVERY_S } from '../../sync/report-contents.ts';
import { COUNTY } from './console.ts';
import { terminalOf } from './county.ts';
import type { PlatformFacts } from './crowd.ts';
import { type Line, openLine } from './line.ts';

const VILLAGES = TOWNS.flatMap((town) => town.villages.map(({ code }) => code));

/** Where the machine of this number stands: they are spread all over the county. */
export function placeOfMachine(number: number): Place | undefined {
  return findPlace(COUNTY, VILLAGES[number % VILLAGES.length] ?? '');
}

/** Puts the machines of a county where they stand. */
export async function spread(
  crypto: Crypto,
  store: Store,
  secret: Uint8Array,
  machines: number,
): Promise<void> {
  await store.transaction(async (tx) => {
    for (let number = 0; number < machines; number += 1) {
      const { terminalId } = terminalOf(crypto, secret, number);
      await tx
        .updateTable('terminals')
        .set({ place: JSON.stringify(placeOfMachine(number)) })
        .where('terminalId', '=', terminalId)
        .execute();
    }
  });
}

/** The machines and how their reports fared. */
export interface Reporters {
  /** Of each answered report, in milliseconds. */
  readonly times: readonly number[];
  readonly taken: () => number;
  readonly refused: () => number;
  readonly line: (number: number) => Line;
  readonly idOf: (number: number) => string;
  send(number: number, change?: Partial<MachineReport>): Promise<void>;
  close(): void;
}

const DEVICES = ['card-reader', 'slip-printer', 'code-scanner', 'document-printer', 'camera', 'sensors'];
const PAGES = ['question', 'consent', 'check', 'print', 'matter'];
const MATTERS = ['old-age-allowance', 'farmland-subsidy', 'medical-premium', 'power-bill'];

/** Machines `0 … count - 1` of the county. */
export function createReporters(
  crypto: Crypto,
  clock: Clock,
  facts: PlatformFacts,
  count: number,
): Reporters {
  const terminals = Array.from({ length: count }, (_, number) => terminalOf(crypto, facts.secret, number));
  const lines = terminals.map((terminal) => openLine(crypto, facts, terminal));
  const sent = new Uint32Array(count);
  const times: number[] = [];
  let [taken, refused] = [0, 0];
  return {
    times,
    taken: () => taken,
    refused: () => refused,
    line: (number) => lines[number]!,
    idOf: (number) => toHex(terminals[number]!.terminalId),
    async send(number, change = {}) {
      sent[number]! += 1;
      const report = { ...reportOf(number, sent[number]!, clock.wallMs()), ...change };
      const startMs = performance.now();
      const { status } = await lines[number]!.call('reports', {
        content: makeReportRequest(encodeContent(report)),
      });
      times.push(performance.now() - startMs);
      if (status === 200) taken += 1;
      else refused += 1;
    },
    close() {
      for (const line of lines) line.close();
    },
  };
}

/** The nth report of a machine: six devices, and sums by page and matter of which a few grow each time. */
function reportOf(number: number, nth: number, atMs: number): MachineReport {
  const isIll = number % 50 === 7;
  const each = PAGES.flatMap((on, page) =>
    MATTERS.map((matter, index) => ({
      ...{ what: (page + index) % 3 === 0 ? ('failed' as const) : ('abandoned' as const), on, matter },
      count: 1 + Math.floor((nth + page + index) / 4),
    })),
  );
  return sampleReport(atMs, {
    uptimeS: nth * REPORT_EVERY_S,
    devices: DEVICES.map((kind) => ({ kind, state: 'ok', reason: null, sinceMs: atMs - 3_600_000 })),
    counts: { countsId: '0'.repeat(16), sinceMs: 0, dropped: 0, each },
    ...(isIll && { disk: { freeBytes: 2 ** 28, totalBytes: 2 ** 36 } }),
  });
}

/** Each sends once, so many at the same time. */
export async function inParallel(count: number, atOnce: number, work: (index: number) => Promise<void>) {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Each sends once a quarter of an hour, evenly, until it is stopped. */
export function keepPace(machines: number, sendOne: (number: number) => Promise<void>) {
  const everyMs = (REPORT_EVERY_S * 1000) / machines;
  const under = new Set<Promise<void>>();
  const startMs = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    for (; sent < (performance.now() - startMs) / everyMs; sent += 1) {
      const one = sendOne(sent % machines).finally(() => under.delete(one));
      under.add(one);
    }
  }, 20);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
    },
  };
}
