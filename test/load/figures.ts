/** What was measured, as figures beside their floors and aims. */
import { type Figure, ms, p50p99, percentile, times } from '../bench/measure.ts';
import type { Growth, Measured } from './measured.ts';

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;
/** The aims of entries a second and of intake are held against PostgreSQL on two cores. */
const AIM = { perSecond: 1_500, intakeP99Ms: 250, pollTimes: 1.5, growthTimes: 1.2 } as const;

/** The figures of one database's run. */
export function figuresOf(measured: Measured): Figure[] {
  const { busy, entries, drained } = measured;
  const { main, workers, database } = measured.processorMs;
  const spentMs = main + workers + database + drained.processorMs;
  const name = NAMES[measured.database];
  const isAimed = measured.database === 'postgres';
  const total = busy * entries;
  const allMs = percentile(drained.doneMs, 100);
  const mostMs = percentile(drained.doneMs, 95);
  const perSecond = (total * 1_000) / allMs;
  const p99Ms = percentile(drained.intakeMs, 99);
  const pollTimes = measured.poll.rss / measured.barePoll.rss;
  return [
    {
      what: `${name}: ${total} entries of ${measured.entryBytes} bytes from ${busy} terminals, held`,
      ours: `${perSecond.toFixed(0)} a second`,
      aim: isAimed ? { text: `≥ ${AIM.perSecond} a second`, met: perSecond >= AIM.perSecond } : null,
      beside: [
        {
          what: 'a bare durable insert of the same, one transaction a batch',
          theirs: `${((total * 1_000) / measured.bareMs).toFixed(0)} a second`,
          ratio: `${times(measured.bareMs / allMs)} as fast`,
        },
        { what: 'until 95 % is held', theirs: seconds(mostMs), ratio: '' },
        { what: 'until everything is held', theirs: seconds(allMs), ratio: '' },
        {
          what: 'of it: processor time an entry, all told',
          theirs: ms(spentMs / total),
          ratio: '',
        },
        {
          what: '· main thread + other threads + database + the terminals of the test',
          theirs: [main, workers, database, drained.processorMs].map((each) => ms(each / total)).join(' + '),
          ratio: '',
        },
        { what: 'put off meanwhile', theirs: putOffOf(measured), ratio: '' },
        { what: 'platform, resident, with all polls held', theirs: mib(measured.rss), ratio: '' },
      ],
    },
    {
      what: `${name}: intake of a batch once its turn has come, p50 (p99)`,
      ours: p50p99(drained.intakeMs),
      aim: isAimed ? { text: `≤ ${AIM.intakeP99Ms} ms p99`, met: p99Ms <= AIM.intakeP99Ms } : null,
      beside: [
        {
          what: 'from sending it, with the wait behind the others',
          theirs: p50p99(drained.answeredMs),
          ratio: '',
        },
      ],
    },
    {
      what: `${name}: a held poll of the feed, of ${measured.terminals - busy}`,
      ours: kib(measured.poll.rss),
      aim: { text: `≤ ${AIM.pollTimes} × bare`, met: pollTimes <= AIM.pollTimes },
      beside: [
        { what: 'a bare held poll', theirs: kib(measured.barePoll.rss), ratio: times(pollTimes) },
        {
          what: 'of it on the heap; bare',
          theirs: `${kib(measured.poll.heap)}; ${kib(measured.barePoll.heap)}`,
          ratio: times(measured.poll.heap / measured.barePoll.heap),
        },
      ],
    },
  ];
}

/** The figures of growth: each size against the smallest. */
export function figuresOfGrowth({ database, byHeld }: Growth): Figure[] {
  const [[fewest, least] = [0, []], ...more] = [...byHeld].map(
    ([held, each]) => [held, percentile(each, 50)] as const,
  );
  const ratios = more.map(([held, median]) => ({ held, median, ratio: median / Number(least) }));
  const worst = Math.max(...ratios.map(({ ratio }) => ratio));
  return [
    {
      what: `${NAMES[database]}: an entry, where ${fewest} are held already`,
      ours: ms(Number(least)),
      aim: { text: `≤ ${AIM.growthTimes} × where more is held`, met: worst <= AIM.growthTimes },
      beside: ratios.map(({ held, median, ratio }) => ({
        what: `where ${held} are held`,
        theirs: ms(median),
        ratio: times(ratio),
      })),
    },
  ];
}

function putOffOf({ drained }: Measured): string {
  const said = Object.entries(drained.putOff).map(([code, count]) => `${count} × ${code}`);
  return said.length === 0 ? 'none' : said.join(', ');
}

function seconds(value: number): string {
  return `${(value / 1_000).toFixed(1)} s`;
}

function kib(bytes: number): string {
  return `${(bytes / 1_024).toFixed(1)} KiB`;
}

function mib(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(0)} MiB`;
}
