/**
 * `npm run fuzz`: a million frames and more through the frame reader, in parts of their own seeds. Takes
 * `--frames N` and `--seed N`; ends with exit code 1 at the first breach, naming the seed that shows it again.
 */
import { parseArgs } from 'node:util';
import { fuzzFrames } from './frames.ts';

const PART = 50_000;

/** How far memory may grow after the first part: room for garbage not yet collected, and no more. */
const MAX_GROWTH_MB = 256;

const { values } = parseArgs({
  options: { frames: { type: 'string', default: '1200000' }, seed: { type: 'string', default: '1' } },
});
const frames = Number(values.frames);
const firstSeed = Number(values.seed);
const startedMs = performance.now();
const total = { frames: 0, bytes: 0, payloads: 0, identities: 0, badChecks: 0 };
let startMb: number | undefined;

for (let seed = firstSeed; total.frames < frames; seed += 1) {
  const part = fuzzFrames(Math.min(PART, frames - total.frames), seed);
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += part[key];
  const residentMb = process.memoryUsage.rss() / 2 ** 20;
  startMb ??= residentMb;
  if (residentMb - startMb > MAX_GROWTH_MB) throw new Error(`memory grew by ${residentMb - startMb} MB`);
}

const seconds = (performance.now() - startedMs) / 1000;
console.log(`${total.frames} frames, ${(total.bytes / 2 ** 20).toFixed(1)} MB in ${seconds.toFixed(1)} s`);
console.log(`${total.payloads} payloads, ${total.identities} identities, ${total.badChecks} wrong checks`);
console.log(
  `no crash, no payload but of a sound frame; ${(process.memoryUsage.rss() / 2 ** 20 - (startMb ?? 0)).toFixed(0)} MB grown`,
);
