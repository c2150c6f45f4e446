/** When a report goes: in turn, soon after a change, and never before what is owed. */
import { expect, it } from 'vitest';
import { systemRandom } from '../../base/node/random.ts';
import { err, ok } from '../../base/result.ts';
import { readContent } from '../../sync/content-coding.ts';
import { makeReportAnswer, parseReportRequest } from '../../sync/formats/report.ts';
import { MOST_REPORT_BYTES, reportSchema } from '../../sync/report-contents.ts';
import { handClock } from '../testing/keeper-world.ts';
import { startReporter } from './reporter.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function bench() {
  const clock = handClock();
  const world = { online: true, waiting: 0, answers: true, everyS: 900 };
  const sent: number[] = [];
  const reporter = startReporter({
    ...{ clock, random: systemRandom, online: () => world.online, waiting: () => world.waiting },
    report: () => ({
      ...{ schema: 1, atMs: Math.round(clock.wallMs()), keySet: 1, bootId: '0'.repeat(32), uptimeS: 1 },
      software: { version: 'yizhan/0.5.0', hash: null },
      catalog: { number: null, hash: 'a'.repeat(64), matters: 1, leftOut: 0 },
      ...{ devices: null, disk: null, clockTrusted: true, paper: null },
      journal: { owed: 0, oldestS: null },
      counts: { countsId: '0'.repeat(16), sinceMs: 0, dropped: 0, each: [] },
    }),
    async client({ content }) {
      const request = parseReportRequest(content!, MOST_REPORT_BYTES);
      expect(request.ok && readContent(reportSchema, request.value.content).ok).toBe(true);
      sent.push(clock.monoMs());
      return world.answers ? ok(makeReportAnswer(world.everyS)) : err({ code: 'unreachable' });
    },
  });
  async function pass(minutes: number) {
    for (let step = 0; step < minutes * 12; step += 1) {
      clock.advance(5_000);
      await settled();
    }
  }
  return { clock, world, sent, reporter, pass };
}

it('goes soon after the start, then every fifteen minutes or as the platform says, each apart', async () => {
  const { sent, pass, world, reporter } = bench();
  await pass(2);
  expect(sent).toHaveLength(1);
  await pass(60);
  expect(sent.length).toBeGreaterThanOrEqual(4);
  expect(sent.length).toBeLessThanOrEqual(6);
  world.everyS = 3_600;
  await pass(20);
  const before = sent.length;
  await pass(50);
  expect(sent.length - before).toBeLessThanOrEqual(1);
  reporter.stop();
  await pass(120);
  expect(sent.length - before).toBeLessThanOrEqual(1);
});

it('goes within seconds of a change, and not at every flutter', async () => {
  const { sent, pass, reporter } = bench();
  await pass(3);
  reporter.changed();
  await pass(1);
  expect(sent).toHaveLength(2);
  for (let flutter = 0; flutter < 30; flutter += 1) {
    reporter.changed();
    await pass(1 / 6);
  }
  // Five minutes of it: once a minute and no more.
  expect(sent.length).toBeGreaterThanOrEqual(4);
  expect(sent.length).toBeLessThanOrEqual(8);
});

it('lets what is owed go first, but is not silenced by what waits for a reason of its own', async () => {
  const { sent, pass, world } = bench();
  world.waiting = 3;
  await pass(4);
  expect(sent).toHaveLength(0);
  world.waiting = 0;
  await pass(1);
  expect(sent).toHaveLength(1);
  world.waiting = 1;
  await pass(17);
  expect(sent).toHaveLength(1);
  await pass(10);
  expect(sent.length).toBeGreaterThanOrEqual(2);
});

it('waits without a platform, and loses nothing: the next one says the sums', async () => {
  const { sent, pass, world } = bench();
  world.online = false;
  await pass(40);
  expect(sent).toHaveLength(0);
  world.online = true;
  world.answers = false;
  await pass(1);
  expect(sent).toHaveLength(1);
  await pass(20);
  expect(sent).toHaveLength(2);
});
