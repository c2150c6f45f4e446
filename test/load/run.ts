/**
 * `npm run load -- --terminals N [--busy M] [--entries K] [--databases sqlite,postgres] [--growth BASE]`: a
 * county's terminals come back to the platform. Ends with 0 when everything sent is held and receipted; the aims are
 * told, and decide nothing, since a time says as much of the machine.
 * `npm run load -- --fleet N`: so many machines report while a maintainer's console is open, and take a release.
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../platform/testing/postgres.ts';
import { type Figure, tableOf } from '../bench/measure.ts';
import { figuresOf, figuresOfGrowth } from './figures.ts';
import { isWhole, measureFleet } from './fleet.ts';
import { figuresOfFleet, figuresOfRollout } from './fleet-figures.ts';
import { measureRollouts } from './fleet-rollout.ts';
import { type LoadPlace, measureGrowth, measureLoad } from './measure-load.ts';

const { values } = parseArgs({
  options: {
    terminals: { type: 'string', default: '10000' },
    busy: { type: 'string' },
    entries: { type: 'string', default: '30' },
    databases: { type: 'string', default: 'sqlite,postgres' },
    growth: { type: 'string' },
    profile: { type: 'string' },
    fleet: { type: 'string' },
  },
});
const terminals = Number(values.terminals);
const busy = values.busy === undefined ? Math.ceil(terminals / 10) : Number(values.busy);
const entries = Number(values.entries);
const growth = values.growth === undefined ? undefined : Number(values.growth);
const databases = (['sqlite', 'postgres'] as const).filter((one) =>
  values.databases.split(',').includes(one),
);
if (values.fleet !== undefined) await runFleet(Number(values.fleet));
const isSound = [terminals, busy, entries, growth ?? 1].every(
  (count) => Number.isSafeInteger(count) && count > 0,
);
if (!isSound || busy >= terminals || entries > 100 || databases.length === 0) {
  process.stderr.write('counts are whole numbers; fewer are busy than there are; a batch has 100 entries\n');
  process.exit(64);
}

/** What a network that comes back for everybody leaves between the first and the last. */
const WITHIN_MS = 5_000;

const say = (text: string) => process.stderr.write(`\x1b[36m·\x1b[0m ${text}\n`);
const load = () => loadavg()[0]?.toFixed(1) ?? '';
const startMs = performance.now();
const loads = [load()];
const folder = mkdtempSync(join(tmpdir(), 'yizhan-load-'));
const postgres = databases.includes('postgres') ? await startPostgres({ durable: true }) : undefined;
const figures: Figure[] = [];
let lost = 0;
for (const database of databases) {
  const place: LoadPlace = {
    ...{ folder, database },
    freshUrl: async () => (database === 'postgres' ? postgres?.freshUrl() : undefined),
  };
  const plan = { terminals, busy, entries, withinMs: WITHIN_MS, profile: values.profile };
  const measured = await measureLoad(plan, place, say);
  figures.push(...figuresOf(measured));
  const { drained, held } = measured;
  if (held !== busy * entries || drained.held !== busy * entries) {
    say(`${database}: ${busy * entries} sent, ${drained.held} receipted, ${held} held`);
    lost += 1;
  }
  if (growth !== undefined)
    figures.push(...figuresOfGrowth(await measureGrowth(growth, entries, place, say)));
  loads.push(load());
}
await postgres?.stop();
rmSync(folder, { recursive: true, force: true });

const took = Math.round((performance.now() - startMs) / 1000);
const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.version}`;
const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
process.stdout.write(`${tableOf(figures)}\n\n`);
process.stdout.write(`${when} UTC, ${machine}, load ${loads.join(' → ')}, ${took} s in all\n`);
process.exit(lost === 0 ? 0 : 1);

/** Machines that report, their console, and roll-outs among them; ends the program. */
async function runFleet(machines: number): Promise<never> {
  if (!Number.isSafeInteger(machines) || machines < 1 || databases.length === 0) {
    process.stderr.write('--fleet takes a number of machines\n');
    process.exit(64);
  }
  const tell = (text: string) => process.stderr.write(`· ${text}\n`);
  const at = mkdtempSync(join(tmpdir(), 'yizhan-fleet-'));
  const [before, beganMs] = [loadavg()[0]?.toFixed(1), performance.now()];
  const server = databases.includes('postgres') ? await startPostgres({ durable: true }) : undefined;
  const all: Figure[] = [];
  const wrong: string[] = [];
  for (const database of databases) {
    const freshUrl = async () => (database === 'postgres' ? server?.freshUrl() : undefined);
    const plan = { machines, pages: 30, updates: 20, profile: values.profile };
    const measured = await measureFleet(plan, { folder: at, database, freshUrl }, tell);
    all.push(...figuresOfFleet(measured));
    const { shown, refused } = measured;
    if (!isWhole(measured)) wrong.push(`${database}: ${shown} on the page, ${refused} reports refused`);
    process.stderr.write(`${tableOf(all)}\n`);
    const url = await freshUrl();
    const folder = join(at, `${database}-rollout`);
    mkdirSync(folder);
    const place =
      url === undefined
        ? { kind: 'sqlite' as const, path: join(folder, 'platform.db') }
        : { kind: 'postgres' as const, url };
    const rollouts = await measureRollouts(machines, { folder, database: place }, tell);
    all.push(...rollouts.rolled.flatMap((rolled) => figuresOfRollout(database, rolled)));
    wrong.push(...rollouts.wrong.map((words) => `${database}: ${words}`));
  }
  await server?.stop();
  rmSync(at, { recursive: true, force: true });
  process.stdout.write(`${tableOf(all)}\n\n`);
  for (const words of wrong) process.stdout.write(`wrong: ${words}\n`);
  const took = Math.round((performance.now() - beganMs) / 1_000);
  process.stdout.write(
    `${availableParallelism()} × ${cpus()[0]?.model.trim()}, Node ${process.version}, load ${before} → ${loadavg()[0]?.toFixed(1)}, ${took} s\n`,
  );
  process.exit(wrong.length === 0 ? 0 : 1);
}
