/**
 * `npm run fuzz`: a million frames and more through the frame reader, in parts of their own seeds, and then cards
 * laid on a reader whose line is noisy. Takes `--frames N`, `--lays N` and `--seed N`; ends with exit code 1 at the
 * first breach, naming the seed that shows it again.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readThroughNoise } from '../../drivers/testing/noisy-reads.ts';
import { fuzzFrames } from './frames.ts';

const PART = 50_000;

/** How far what is held may grow after the first part, garbage collected: nothing that grows with the frames. */
const MAX_GROWTH_MB = 4;

/** Of all bytes of the line, so many arrive wrong: from hopeless to nearly well. */
const NOISES = [0.01, 0.003, 0.001, 0.0003];

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '1200000' },
    lays: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const frames = Number(values.frames);
const lays = Number(values.lays);
const firstSeed = Number(values.seed);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What the program holds, without garbage. */
function heldMb(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

function fuzzReader(): void {
  const startedMs = performance.now();
  const total = { frames: 0, bytes: 0, payloads: 0, identities: 0, badChecks: 0, byChance: 0 };
  let startMb: number | undefined;
  let grownMb = 0;
  for (let seed = firstSeed; total.frames < frames; seed += 1) {
    const part = fuzzFrames(Math.min(PART, frames - total.frames), seed);
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += part[key];
    const mb = heldMb();
    startMb ??= mb;
    grownMb = Math.max(grownMb, mb - startMb);
    if (grownMb > MAX_GROWTH_MB) throw new Error(`seed ${seed}: what is held grew by ${grownMb} MB`);
  }
  console.log(`${total.frames} frames, ${(total.bytes / 2 ** 20).toFixed(1)} MB in ${seconds(startedMs)}`);
  console.log(
    `${total.payloads} payloads, ${total.identities} identities, ${total.badChecks} wrong checks; ` +
      `${total.byChance} spoilt frames with a right check`,
  );
  console.log(
    `no crash, no payload but of a frame with a right check; ${grownMb.toFixed(1)} MB grown at most`,
  );
}

async function fuzzCards(): Promise<void> {
  for (const share of NOISES) {
    const startedMs = performance.now();
    const tally = await readThroughNoise({ share, lays, seed: firstSeed });
    if (tally.wrong.length > 0)
      throw new Error(`seed ${firstSeed}, ${share} wrong: ${tally.wrong.join(', ')}`);
    console.log(
      `${lays} cards laid with ${share} of all bytes wrong: ${tally.readings} found, ${tally.identities} read, ` +
        `${tally.troubles} to be laid again, none taken for another (${seconds(startedMs)})`,
    );
  }
}

fuzzReader();
await fuzzCards();
