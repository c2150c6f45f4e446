import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { startOurDrain } from './drain-ours.ts';
import { startBareDrain, startPouchDrain } from './drain-peers.ts';
import { type Figure, ms, percentile, timeEach, times } from './measure.ts';

/** Kept and drained in turns with the peers, so that noise falls on all alike. */
const TURNS = 4;
const ENTRIES_EACH = 500;
const AIM_TIMES = 3;

/** How fast a full queue reaches another process, from the first call to the last receipt. */
export async function benchDrain(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const inFolder = <T>(name: string, start: (folder: string) => Promise<T>): Promise<T> => {
    mkdirSync(join(folder, name));
    return start(join(folder, name));
  };
  const ours = await inFolder('ours', startOurDrain);
  const pouch = await inFolder('pouch', startPouchDrain);
  const bare = await inFolder('bare', startBareDrain);

  const tookMs = { ours: 0, pouch: 0, bare: 0 };
  let entries = 0;
  let sizes: readonly number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    ours.fill(ENTRIES_EACH);
    const queue = ours.waiting();
    entries += queue.length;
    sizes = queue.map(({ length }) => length);
    await pouch.fill(queue);
    await bare.fill(queue);
    tookMs.ours += await timed(() => ours.drain());
    tookMs.pouch += await timed(() => pouch.drain());
    tookMs.bare += await timed(() => bare.drain());
  }
  for (const drain of [ours, pouch, bare]) await drain.close();
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
          what: 'of it: one signature verified and one body opened, of each entry',
          theirs: ms(await timeOpening(percentile(sizes, 50))),
          ratio: '',
        },
      ],
    },
  ];
}

/** What no platform can save that opens everything before it says *held*: the two public-key operations, p50. */
async function timeOpening(bytes: number): Promise<number> {
  const crypto = createCrypto();
  const [signing, opening] = [
    crypto.signingKey(crypto.randomBytes(32)),
    crypto.openingKey(crypto.randomBytes(32)),
  ];
  const [plain, info, aad] = [new Uint8Array(bytes), new Uint8Array(16), new Uint8Array(64)];
  const signature = signing.sign(plain);
  const sealed = crypto.seal({ recipient: opening.publicKey, info, aad, plain });
  const durations = await timeEach(500, () => () => {
    crypto.verify({ publicKey: signing.publicKey, message: plain, signature });
    opening.open(sealed, info, aad);
  });
  return percentile(durations, 50);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
