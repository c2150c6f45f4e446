import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countSteps, judgeData, makeData, planReturns, planRuns, playRuns } from './killed-updates.ts';

let data: string;
beforeAll(() => {
  data = makeData();
});
afterAll(() => rmSync(data, { recursive: true }));

it('an update killed at any of its steps leaves a version that works, and every entry', async () => {
  const steps = await countSteps(data);
  expect(steps).toBeGreaterThan(40);
  const wrong: unknown[] = [];
  await playRuns(data, planRuns(steps, 16), 3, (run, faults) => wrong.push({ ...run, faults }));
  expect(wrong).toEqual([]);
  const returning = await countSteps(data, 'sours');
  expect(returning).toBeGreaterThan(steps + 4);
  await playRuns(data, planReturns(steps, returning, 5), 3, (run, faults) => wrong.push({ ...run, faults }));
  expect(wrong).toEqual([]);
}, 180_000);

it('reaches from the first step to the last, in every manner', () => {
  const runs = planRuns(60, 28);
  expect(runs[0]?.step).toBe(1);
  expect(Math.max(...runs.map(({ step }) => step))).toBeGreaterThan(55);
  expect(new Set(planRuns(60, 300).map(({ step, manner }) => `${step} ${manner}`)).size).toBeGreaterThan(250);
});

it('finds a lost entry', () => {
  const other = makeData();
  writeFileSync(join(other, 'terminal.db'), new Uint8Array(100));
  expect(judgeData(other)).toContain('the store was empty, 0 healed');
  rmSync(other, { recursive: true });
});
