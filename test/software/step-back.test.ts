/** Orders to step back: whose counts, for which machine, and what they leave behind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { type StepBackWish, signStepBack } from '../../platform/rollouts/step-back.ts';
import { sampleId, sampleWorld } from '../../sync/formats/sample.ts';
import { stepsBack, triedOrders } from '../../terminal/software/step-back.ts';

const crypto = createCrypto();
const seed = crypto.randomBytes(32);
const person = crypto.signingKey(seed);
const world = sampleWorld(crypto);
const { platformId, terminalId, epoch } = world;
/** A key set in which this person may order. */
const keys = world.keySet.value.keys.map((key) =>
  key.holder === null ? key : { ...key, publicKey: person.publicKey },
);
const keySet = { ...world.keySet, value: { ...world.keySet.value, keys } };
const trust = { platformId, terminalId, keySet, epoch, formerEpochs: [] };

const order = (change: Partial<StepBackWish> = {}, by = seed) =>
  signStepBack(crypto, by, {
    ...{ platformId, terminalId, fromVersion: 7, toVersion: 6, reason: '打不出回执', at: 1 },
    ...change,
  });
const read = (contents: readonly Uint8Array[], running = 7) => stepsBack(crypto, trust, contents, running);

it('counts where a named person signed it for this machine, or for all', () => {
  expect(read([])).toEqual({ leftBehind: 0, to: null, order: null });
  expect(read([order()])).toMatchObject({ leftBehind: 7, to: 6 });
  expect(read([order({ terminalId: null })])).toMatchObject({ leftBehind: 7, to: 6 });
});

it('is done once, and keeps away what was left', () => {
  expect(read([order()], 6)).toMatchObject({ leftBehind: 7, to: null });
  expect(read([order(), order({ fromVersion: 9, toVersion: 8 })], 9)).toMatchObject({ leftBehind: 9, to: 8 });
});

it('back to a release that was once ordered away from stays there, unless that is ordered anew', () => {
  const away = order({ fromVersion: 6, toVersion: 5 });
  expect(read([away], 6)).toMatchObject({ to: 5 });
  expect(read([away, order()], 6)).toMatchObject({ leftBehind: 7, to: null });
  expect(read([order(), away], 6)).toMatchObject({ to: 5 });
});

it('has a name of its own, and one is remembered as tried', () => {
  const again = order({ at: 2 });
  const [first, second] = [read([order()]).order!, read([order(), again]).order!];
  expect(first).not.toBe(second);
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-ordered-'));
  expect(triedOrders(nodeDisk(folder)).isTried(first)).toBe(false);
  expect(triedOrders(nodeDisk(folder)).note(first)).toBe(true);
  const tried = triedOrders(nodeDisk(folder));
  expect([tried.isTried(first), tried.isTried(second)]).toEqual([true, false]);
  rmSync(folder, { recursive: true });
});

const torn = order();
torn.set([(torn.at(-1) ?? 0) ^ 1], torn.length - 1);
it.each([
  ['signed by somebody else', order({}, crypto.randomBytes(32))],
  ['for another machine', order({ terminalId: sampleId(crypto, 'another') })],
  ['of another platform', order({ platformId: sampleId(crypto, 'another') })],
  ['forward, under the name of back', order({ fromVersion: 6, toVersion: 7 })],
  ['changed on the way', torn],
  ['nothing of the kind', new Uint8Array([1, 2, 3])],
])('counts for nothing: %s', (_name, content) => {
  expect(read([content])).toEqual({ leftBehind: 0, to: null, order: null });
});
