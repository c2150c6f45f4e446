import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { startOurDrain } from './drain-ours.ts';
import { startBareDrain, startPouchDrain } from './drain-peers.ts';
import { type Figure, ms, percentile, timeEach, times } from './measure.ts';
import { openingOfSample } from './opening-sample.ts';

/** Kept and drained in turns with the peers, so that noise falls on all alike. */
const TURNS = 4;
/** Before them, not measured: every program of all sides compiles its code as it first runs. */
const WARMING_TURNS = 2;
const ENTRIES_EACH = 500;
const AIM_TIMES = 3;

const WHO = ['ours', 'pouch', 'bare', 'opens'] as const;
const PARTS = ['terminal', 'main', 'workers'] as const;

/** How fast a full queue reaches another process, from the first call to the last receipt. */
export async function benchDrain(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const inFolder = <T>(name: string, start: (folder: string) => Promise<T>): Promise<T> => {
    mkdirSync(join(folder, name));
    return start(join(folder, name));
  };
  const ours = await inFolder('ours', startOurDrain);
  const pouch = await inFolder('pouch', startPouchDrain);
  const bare = await inFolder('bare', (at) => startBareDrain(at, { opens: false }));
  const opens = await inFolder('opens', (at) => startBareDrain(at, { opens: true }));

  const tookMs = { ours: 0, pouch: 0, bare: 0, opens: 0 };
  const spentMs = { terminal: 0, main: 0, workers: 0 };
  let entries = 0;
  let sizes: readonly number[] = [];
  for (let turn = -WARMING_TURNS; turn < TURNS; turn++) {
    ours.fill(ENTRIES_EACH);
    const queue = ours.waiting();
    sizes = queue.map(({ length }) => length);
    await pouch.fill(queue);
    await bare.fill(queue);
    await opens.fill(queue);
    const before = await ours.processorMs();
    const oursMs = await timed(() => ours.drain());
    const after = await ours.processorMs();
    const took = {
      ours: oursMs,
      pouch: await timed(() => pouch.drain()),
      bare: await timed(() => bare.drain()),
      opens: await timed(() => opens.drain()),
    };
    if (turn < 0) continue;
    entries += queue.length;
    for (const who of WHO) tookMs[who] += took[who];
    for (const part of PARTS) spentMs[part] += after[part] - before[part];
  }
  for (const drain of [ours, pouch, bare, opens]) await drain.close();
  rmSync(folder, { recursive: true });

  const perSecond = (ms: number) => (entries * 1000) / ms;
  const rate = (ms: number) => `${perSecond(ms).toFixed(0)} a second`;
  const fold = tookMs.pouch / tookMs.ours;
  return [
    {
      what: `queue drained, ${entries} entries of ${percentile(sizes, 50)} bytes`,
      ours: rate(tookMs.ours),
      aim: { text: `≥ ${AIM_TIMES} × PouchDB`, met: fold >= AIM_TIMES },
      beside: [
        {
          what: 'PouchDB to express-pouchdb, LevelDB, never fsynced',
          theirs: rate(tookMs.pouch),
          ratio: `${times(fold)} as fast`,
        },
        {
          what: 'POSTs of the same batches and a durable insert, nothing more',
          theirs: rate(tookMs.bare),
          ratio: `${times(tookMs.bare / tookMs.ours)} as fast`,
        },
        {
          what: 'the same, and of each entry one signature verified and one body opened first',
          theirs: rate(tookMs.opens),
          ratio: `${times(tookMs.opens / tookMs.ours)} as fast`,
        },
        {
          what: 'of it: one signature verified and one body opened, of each entry',
          theirs: ms(await timeOpening(percentile(sizes, 50))),
          ratio: '',
        },
        {
          what: 'of it: processor time an entry, of terminal + platform, main thread + its other threads',
          theirs: [spentMs.terminal, spentMs.main, spentMs.workers]
            .map((each) => ms(each / entries))
            .join(' + '),
          ratio: '',
        },
      ],
    },
  ];
}

/** What no platform can save that opens everything before it says *held*: the two public-key operations, p50. */
async function timeOpening(bytes: number): Promise<number> {
  const open = openingOfSample(createCrypto());
  open(bytes);
  const durations = await timeEach(500, () => () => open(bytes));
  return percentile(durations, 50);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
