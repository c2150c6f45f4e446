/**
 * A fleet reports and a maintainer looks on: real signed requests, a real platform process. What pages cost is held
 * against the same platform before its first machine, in the same run.
 */
import { sleep } from '../../base/clock.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { TOWNS } from '../../catalog/places.ts';
import { findPlace } from '../../platform/desk/machines-page.ts';
import { maintainersDesk } from '../../platform/desk/roles.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import { sampleReport } from '../../platform/fleet/testing/sample-report.ts';
import { send } from '../../platform/testing/test-staff.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { makeReportRequest } from '../../sync/formats/report.ts';
import { REPORT_EVERY_S } from '../../sync/report-contents.ts';
import { type Figure, ms, p50p99, percentile, times } from '../bench/measure.ts';
import { terminalOf } from './county.ts';
import { type Line, openLine } from './line.ts';
import { type LoadedPlatform, startPlatform } from './platform-process.ts';

/** What was measured. */
export interface MeasuredFleet {
  readonly machines: number;
  /** Reports that were answered with 200, and those that were not. */
  readonly taken: number;
  readonly refused: number;
  /** Machines on the console's page, as it says itself. */
  readonly shown: number;
  /** Each in milliseconds: a page before the first machine, with all of them, and while they report at their own pace. */
  readonly emptyPageMs: readonly number[];
  readonly fullPageMs: readonly number[];
  readonly busyPageMs: readonly number[];
  /** From a report's answer until a page that listens has it, in milliseconds. */
  readonly updateMs: readonly number[];
  readonly reportMs: readonly number[];
  /** Of the platform's process after a collection, in bytes. */
  readonly heap: { readonly empty: number; readonly full: number };
}

const COUNTY = { code: '330624', name: '新昌县' };
const PASSWORD = 'a maintainer under load';
const PAGES = 20;
const UPDATES = 8;
/** Reports under way at once while all of them come for the first time. */
const AT_ONCE = 16;
/** How long the machines report at their own pace. */
const PACE_MS = 15_000;
/** Pages that are no older than this are shared: each look waits it out. */
const FRESH_MS = 1_100;

/** Starts a platform in `folder`, measures it empty, then with so many machines. */
export async function measureFleet(
  machines: number,
  folder: string,
  say: (text: string) => void,
): Promise<MeasuredFleet> {
  const platform = await startPlatform(folder, 0, undefined);
  const crypto = createCrypto(systemRandom);
  try {
    const console_ = await openConsole(platform);
    const emptyPageMs = await console_.time(PAGES);
    const empty = (await platform.inspector.memory()).heap;
    say(`${machines} machines are entered`);
    await platform.enter({ first: 0, count: machines });
    await spread(platform, machines);
    const lines = Array.from({ length: machines }, (_, number) =>
      openLine(crypto, platform.facts, terminalOf(crypto, platform.facts.secret, number)),
    );
    const reports = createReports(lines);
    say('all of them report');
    await inParallel(machines, AT_ONCE, (number) => reports.send(number));
    await sleep(systemClock, FRESH_MS);
    const fullPageMs = await console_.time(PAGES);
    say(`at their own pace: one each ${REPORT_EVERY_S / 60} minutes`);
    const pace = keepPace(machines, reports.send);
    const busyPageMs = await console_.time(Math.ceil(PACE_MS / FRESH_MS));
    await pace.stop();
    const updateMs = await console_.timeUpdates(UPDATES, (turn) => reports.send(turn % machines));
    const full = (await platform.inspector.memory()).heap;
    const shown = await console_.countShown();
    for (const line of lines) line.close();
    return {
      ...{ machines, shown, emptyPageMs, fullPageMs, busyPageMs, updateMs },
      ...{ taken: reports.taken(), refused: reports.refused(), reportMs: reports.times },
      heap: { empty, full },
    };
  } finally {
    await platform.stop();
  }
}

/** Machines stand all over the county, not in one village. */
async function spread({ store, facts }: LoadedPlatform, machines: number): Promise<void> {
  const crypto = createCrypto(systemRandom);
  const villages = TOWNS.flatMap((town) => town.villages.map(({ code }) => code));
  await store.transaction(async (tx) => {
    for (let number = 0; number < machines; number += 1) {
      const place = findPlace(COUNTY, villages[number % villages.length] ?? '');
      const { terminalId } = terminalOf(crypto, facts.secret, number);
      await tx
        .updateTable('terminals')
        .set({ place: JSON.stringify(place) })
        .where('terminalId', '=', terminalId)
        .execute();
    }
  });
}

/** Reports of made-up machines, two in a hundred of them not well. */
function createReports(lines: readonly Line[]) {
  const times: number[] = [];
  const uptimes = new Map<number, number>();
  let taken = 0;
  let refused = 0;
  return {
    times,
    taken: () => taken,
    refused: () => refused,
    async send(number: number): Promise<void> {
      const uptimeS = (uptimes.get(number) ?? 0) + REPORT_EVERY_S;
      uptimes.set(number, uptimeS);
      const isIll = number % 50 === 7;
      const report = sampleReport(Date.now(), {
        uptimeS,
        ...(isIll && { disk: { freeBytes: 2 ** 28, totalBytes: 2 ** 36 } }),
      });
      const startMs = performance.now();
      const answer = await lines[number]!.call('reports', {
        content: makeReportRequest(encodeContent(report)),
      });
      times.push(performance.now() - startMs);
      if (answer.status === 200) taken += 1;
      else refused += 1;
    },
  };
}

/** Sends so many a quarter of an hour, evenly. */
function keepPace(machines: number, sendOne: (number: number) => Promise<void>) {
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

async function inParallel(count: number, atOnce: number, work: (index: number) => Promise<void>) {
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

/** A maintainer's browser, as far as the console's pages and its stream go. */
async function openConsole({ store, deskUrl }: LoadedPlatform) {
  const crypto = createCrypto(systemRandom);
  const context = { store, crypto, county: COUNTY };
  const staff = { signIn: 'keeper', name: '石', deskCode: maintainersDesk(COUNTY.code), password: PASSWORD };
  await putStaff(context, staff);
  const entered = await send(
    `${deskUrl}/sign-in`,
    'POST',
    { origin: deskUrl },
    { name: 'keeper', password: PASSWORD },
  );
  const cookie = entered.cookie?.split(';')[0] ?? '';
  const page = () => send(`${deskUrl}/fleet`, 'GET', { cookie, 'x-live': '1' });

  return {
    async time(count: number): Promise<readonly number[]> {
      const all: number[] = [];
      for (let turn = 0; turn < count; turn += 1) {
        await sleep(systemClock, FRESH_MS);
        const startMs = performance.now();
        const { status } = await page();
        all.push(performance.now() - startMs);
        invariant(status === 200, 'the console shows its page');
      }
      return all;
    },
    async countShown(): Promise<number> {
      await sleep(systemClock, FRESH_MS);
      const { text } = await page();
      return Number(/<b>(\d+)<\/b><span>全部/.exec(text)?.[1]);
    },
    /** A report, the stream's word, and the page after it. */
    async timeUpdates(count: number, change: (turn: number) => Promise<void>): Promise<readonly number[]> {
      const stopping = new AbortController();
      const answer = await fetch(`${deskUrl}/fleet/live`, { headers: { cookie }, signal: stopping.signal });
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      invariant(reader, 'the stream is there');
      const all: number[] = [];
      await waitFor(reader, 'changed');
      for (let turn = 0; turn < count; turn += 1) {
        await change(turn);
        const startMs = performance.now();
        await waitFor(reader, 'changed');
        await page();
        all.push(performance.now() - startMs);
      }
      stopping.abort();
      return all;
    },
  };
}

async function waitFor(reader: ReadableStreamDefaultReader<string>, event: string): Promise<void> {
  for (let said = ''; !said.includes(`event: ${event}`); ) {
    const { value, done } = await reader.read();
    invariant(!done, 'the stream goes on');
    said += value;
  }
}

/** As figures beside their floors. */
export function figuresOfFleet(measured: MeasuredFleet): readonly Figure[] {
  const { machines, emptyPageMs, fullPageMs, busyPageMs, updateMs, reportMs, heap } = measured;
  const emptyMs = percentile(emptyPageMs, 95);
  const busyMs = percentile(busyPageMs, 95);
  const fullMs = percentile(fullPageMs, 95);
  const grownKib = (heap.full - heap.empty) / machines / 1024;
  return [
    {
      what: `the console of ${machines} machines that report, p95 of a page`,
      ours: ms(busyMs),
      aim: null,
      beside: [
        { what: 'the same without a machine', theirs: ms(emptyMs), ratio: times(busyMs / emptyMs) },
        { what: 'with all of them, none reporting', theirs: ms(fullMs), ratio: times(busyMs / fullMs) },
      ],
    },
    {
      what: 'from a report until an open page has it, p95; it looks every 2 s',
      ours: ms(percentile(updateMs, 95)),
      aim: null,
      beside: [{ what: 'p50', theirs: ms(percentile(updateMs, 50)), ratio: '' }],
    },
    {
      what: `a report, p50 (p99), ${AT_ONCE} at once`,
      ours: p50p99(reportMs),
      aim: null,
      beside: [
        { what: 'memory a machine, after a collection', theirs: `${grownKib.toFixed(1)} KiB`, ratio: '' },
      ],
    },
  ];
}

/** Whether every machine reported, and stands on the page. */
export function isWhole({ machines, shown, refused }: MeasuredFleet): boolean {
  return shown === machines && refused === 0;
}
