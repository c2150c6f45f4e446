/**
 * The launcher with its patience shortened, which ends itself by SIGKILL at a given step: before, in the middle of or
 * after each thing it does to the disk, and at each thing it tells of. `launcher-program.ts SOFTWARE [STEP MANNER]`;
 * without a step it counts them, and writes the number down when it is asked to stop.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemAfter } from '../../host/launcher/clock.ts';
import { type Files, nodeFiles } from '../../host/launcher/files.ts';
import type { Patience } from '../../host/launcher/judge.ts';
import { runLauncher } from '../../host/launcher/launcher.ts';

const PATIENCE: Patience = {
  ...{ lookEveryMs: 15, settleLooks: 4, trialLooks: 400, silentLooks: 60, silentLooksAtStart: 400 },
  ...{ forgivenEnds: 1, leftoverLooks: 40, soonLooks: 2_000, mostStumbles: 3 },
};

const [software = '', step, manner] = process.argv.slice(2);
const dieAt = step === undefined ? Number.POSITIVE_INFINITY : Number(step);
let steps = 0;

/** One more step; the one to die at ends the process. */
function pass(): void {
  steps += 1;
  if (steps === dieAt) process.kill(process.pid, 'SIGKILL');
}

/** Leaves half of what was to be written, as a disk does that keeps no promise, and ends the process. */
function tear(path: string, bytes: Uint8Array): void {
  steps += 1;
  if (steps !== dieAt) return;
  const part =
    manner === 'garbled'
      ? bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte))
      : bytes.slice(0, bytes.length >> 1);
  mkdirSync(dirname(join(software, path)), { recursive: true });
  if (manner !== 'killed') writeFileSync(join(software, path), part);
  process.kill(process.pid, 'SIGKILL');
}

const inner = nodeFiles(software);
const files: Files = {
  ...inner,
  writeDurably(path, bytes) {
    pass();
    tear(path, bytes);
    const written = inner.writeDurably(path, bytes);
    pass();
    return written;
  },
  take(path) {
    const taken = inner.take(path);
    if (taken !== undefined) pass();
    return taken;
  },
  async digest(path) {
    pass();
    return await inner.digest(path);
  },
};

const launcher = runLauncher({
  ...{ software, files, args: [], after: systemAfter, machine: 'any', patience: PATIENCE },
  say: pass,
  onLine() {},
});
process.on('SIGTERM', () => {
  writeFileSync(join(software, 'steps'), String(steps));
  launcher.stop();
});
process.exit((await launcher.done) === 'stopped' ? 0 : 1);
