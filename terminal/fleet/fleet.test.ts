/** What a machine tells of itself: counts that outlive it, and nothing of anybody, whatever a week of visits brought. */
import { describe, expect, it } from 'vitest';
import { decodeContent, encodeContent, readContent } from '../../sync/content-coding.ts';
import {
  type MachineReport,
  MOST_COUNTS,
  MOST_REPORT_BYTES,
  reportSchema,
} from '../../sync/report-contents.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import { crash, crypto, memoryParts, openEnrolled } from '../testing/keeper-world.ts';
import { type Bench, createBench } from '../visit/testing/bench.ts';
import { ALLOWANCE, answerAll, opened as openMatter } from '../visit/testing/fill-in.ts';
import { ELDER, NEIGHBOUR, type SamplePerson, SPECIMEN } from '../visit/testing/people.ts';
import { PROJECT_CATALOG } from '../visit/testing/site.ts';
import { TIMEOUTS } from '../visit/timeouts.ts';
import { createPageWatch } from './page-watch.ts';
import { createReports } from './report.ts';

const DAY_MS = 86_400_000;

/** A machine whose pages are counted. */
function watchedMachine() {
  const parts = memoryParts();
  const keeper = openEnrolled(parts);
  keeper.fleet.begin(parts.clock.wallMs());
  const bench = createBench();
  const watch = createPageWatch({
    count: keeper.fleet.count,
    findMatter: (name) =>
      PROJECT_CATALOG.matters.find(
        (matter) => matter.name.short.zh === name || matter.name.official.zh === name,
      )?.id,
  });
  bench.onChange(() => watch.saw(bench.page()));
  return { bench, keeper, parts };
}

function reportOf(keeper: OpenedKeeper, bench: Bench): MachineReport {
  return createReports({
    ...{ crypto, store: keeper.fleet, bootId: keeper.bootId },
    software: { version: 'yizhan/0.5.0', hash: null },
    nowMs: bench.clock.wallMs,
    uptimeMs: bench.clock.monoMs,
    clockTrusted: () => true,
    catalog: () => PROJECT_CATALOG,
    release: () => ({ number: null, leftOut: 0 }),
    keySet: () => 1,
    devices: () => [
      {
        device: 'card-reader',
        name: { zh: '读卡器', en: 'Card reader' },
        state: 'fault',
        reason: 'not-answering',
        sinceMs: 5.4,
      },
    ],
    paper: () => ({ level: 'enough', slipsLeft: 120, changedAtMs: 3 }),
    countOwed: () => keeper.upkeep.countOwed(),
    disk: () => ({ freeBytes: 2 ** 30, totalBytes: 2 ** 34 }),
  })();
}

const each = (keeper: OpenedKeeper) => keeper.fleet.counts().each;
const leave = (bench: Bench) => {
  bench.act({ type: 'leave' });
  bench.clock.advance(TIMEOUTS.idleMs + 60_000);
};

describe('the counts', () => {
  it('outlive a crash, which counts itself; an end in order does not', () => {
    const { keeper, parts } = watchedMachine();
    const { countsId } = keeper.fleet.counts();
    crash(parts);
    const again = openEnrolled(parts);
    again.fleet.begin(9);
    again.fleet.end();
    again.close();
    const third = openEnrolled(parts);
    third.fleet.begin(10);
    expect(third.fleet.counts()).toMatchObject({ countsId, dropped: 0 });
    expect(each(third)).toEqual([
      { what: 'start', on: null, matter: null, count: 3 },
      { what: 'unclean-end', on: null, matter: null, count: 1 },
    ]);
  });

  it('are bounded: what finds no room is counted as dropped, and what has room still grows', () => {
    const { keeper } = watchedMachine();
    for (let number = 0; number < MOST_COUNTS + 5; number += 1)
      keeper.fleet.count({ what: 'network', on: `code-${number}` });
    keeper.fleet.count({ what: 'network', on: 'code-1' });
    expect(keeper.fleet.counts().dropped).toBe(6);
    expect(each(keeper)).toHaveLength(MOST_COUNTS);
    expect(each(keeper)).toContainEqual({ what: 'network', on: 'code-1', matter: null, count: 2 });
    const { bench } = watchedMachine();
    expect(encodeContent(reportOf(keeper, bench)).length).toBeLessThan(MOST_REPORT_BYTES - 64);
  });

  it('say how old the oldest entry is that is not closed', () => {
    const { keeper } = watchedMachine();
    expect(keeper.fleet.findOldestOwedMs()).toBeTypeOf('number');
    expect(keeper.upkeep.countOwed()).toBeGreaterThan(0);
  });
});

describe('where people give up', () => {
  it('counts the page they left from, once, by matter; a private one under no name', () => {
    const { bench, keeper } = watchedMachine();
    bench.lay(ELDER);
    openMatter(bench, 'temporary-assistance', 'self');
    expect(bench.page()).toMatchObject({ kind: 'question', head: { private: true } });
    leave(bench);
    bench.act({ type: 'open-matter', matterId: 'problem-report' });
    bench.act({ type: 'start', basis: 'open' });
    leave(bench);
    const gaveUp = each(keeper).filter(({ what }) => what === 'abandoned');
    expect(gaveUp).toEqual([
      { what: 'abandoned', on: 'question', matter: 'private', count: 1 },
      { what: 'abandoned', on: 'question', matter: 'problem-report', count: 1 },
    ]);
  });

  it('counts nothing where a matter was only looked at, or handed in', () => {
    const { bench, keeper } = watchedMachine();
    bench.lay(ELDER);
    bench.act({ type: 'open-matter', matterId: 'old-age-allowance' });
    bench.act({ type: 'home' });
    openMatter(bench, 'old-age-allowance', 'self');
    answerAll(bench, ALLOWANCE);
    bench.act({ type: 'submit' });
    expect(bench.page().kind).toBe('kept');
    leave(bench);
    expect(each(keeper).filter(({ what }) => what === 'abandoned')).toEqual([]);
  });
});

it('tells nothing of anybody, whatever a week of visits brought', () => {
  const { bench, keeper } = watchedMachine();
  const people: readonly SamplePerson[] = [ELDER, NEIGHBOUR, SPECIMEN];
  const matters = PROJECT_CATALOG.matters.map(({ id }) => id);
  const secret = '只有我知道的话13800138000';
  const started: string[] = [];
  for (let visit = 0; visit < 70; visit += 1) {
    const who = people[visit % people.length]!;
    bench.lay(who);
    const matterId = matters[(visit * 31) % matters.length]!;
    bench.act({ type: 'open-matter', matterId });
    const page = bench.page();
    if (page.kind === 'matter') bench.act({ type: 'start', basis: page.bases[0]?.basis ?? 'self' });
    for (let step = 0; step < 4; step += 1) {
      const now = bench.page();
      if (now.kind !== 'question') break;
      started.push(matterId);
      bench.act({ type: 'answer', questionId: now.question.id, value: secret });
      bench.act({ type: 'answer', questionId: now.question.id, value: true });
    }
    leave(bench);
    bench.clock.advance(DAY_MS / 10);
  }
  expect(started.length).toBeGreaterThan(10);
  const report = reportOf(keeper, bench);
  expect(report.counts.each.filter(({ what }) => what === 'abandoned').length).toBeGreaterThan(3);
  expect(report.counts.each).toContainEqual(expect.objectContaining({ matter: 'private' }));
  const bytes = encodeContent(report);
  expect(readContent(reportSchema, bytes)).toMatchObject({ ok: true, value: report });
  const decoded = decodeContent(bytes);
  const told = JSON.stringify(decoded.ok && decoded.value);
  for (const { name, number, birth } of people)
    for (const words of [name, number, birth, birth.replaceAll('-', ''), number.slice(-4)])
      expect(told).not.toContain(words);
  expect(told).not.toContain(secret);
  for (const { id, private: isPrivate } of PROJECT_CATALOG.matters)
    if (isPrivate) expect(told).not.toContain(`"${id}"`);
  // Whatever a report could hold is a number or a code of few letters: words of a person fit nowhere.
  expect(told).not.toMatch(/[\u3400-\u9fff]/);
});
