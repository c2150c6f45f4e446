/** Orders to step back: whose counts, for which machine, and what they leave behind. */
import { expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { type StepBackWish, signStepBack } from '../../platform/rollouts/step-back.ts';
import { sampleId, sampleWorld } from '../../sync/formats/sample.ts';
import { stepsBack } from '../../terminal/software/step-back.ts';

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
  expect(read([])).toEqual({ leftBehind: 0, to: null });
  expect(read([order()])).toEqual({ leftBehind: 7, to: 6 });
  expect(read([order({ terminalId: null })])).toEqual({ leftBehind: 7, to: 6 });
});

it('is done once, and keeps away what was left', () => {
  expect(read([order()], 6)).toEqual({ leftBehind: 7, to: null });
  expect(read([order(), order({ fromVersion: 9, toVersion: 8 })], 9)).toEqual({ leftBehind: 9, to: 8 });
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
  expect(read([content])).toEqual({ leftBehind: 0, to: null });
});
