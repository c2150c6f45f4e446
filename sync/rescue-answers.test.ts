import { expect, it } from 'vitest';
import { createCrypto } from '../base/crypto/self-test.ts';
import { type AnswerHead, receiptFormat, releaseFormat } from './formats/answers.ts';
import type { Entry } from './formats/entry.ts';
import { keySetBytes } from './formats/key-set.ts';
import { keyId } from './formats/keys.ts';
import { makeRescueAnswers } from './formats/rescue.ts';
import { SAMPLE_MS, sample32, sampleHead, sampleId, sampleWorld } from './formats/sample.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createRig, type Rig } from './testing/rig.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const OWED = { waiting: 2, held: 0, refused: 0 };
const NONE = { receipted: 0, erased: 0, ignored: 0, waiting: 0 };

/** A rig that is never online, with two entries, and what the platform would say of them. */
function rigWithTwo() {
  const rig = createRig(crypto, createHandClock(SAMPLE_MS));
  const entries = rig.keep(2);
  return { rig, entries };
}

const head = (change: Partial<AnswerHead> = {}): AnswerHead => ({
  ...sampleHead(crypto, world),
  issuedAt: SAMPLE_MS + 90_000_000,
  ...change,
});

function receiptOf(entries: readonly Entry[], change: Partial<AnswerHead> = {}, key = world.answering) {
  const items = entries.map(({ header: { seq, entryId }, entryHash }) => ({
    ...{ seq, entryId, entryHash, outcome: 0 },
  }));
  const said = { ...head({ signKeyId: keyId(crypto, key.publicKey), ...change }) };
  return receiptFormat.make(key, { ...said, journalId: world.journalId, items });
}

function releaseOf(last: Entry, change: Partial<AnswerHead> = {}, key = world.answering) {
  const ranges = [{ from: 1, to: last.header.seq, hashAtTo: last.entryHash }];
  const said = { ...head({ signKeyId: keyId(crypto, key.publicKey), ...change }) };
  return releaseFormat.make(key, { ...said, journalId: world.journalId, ranges });
}

function taken(rig: Rig, parts: readonly Uint8Array[]) {
  const result = rig.engine.takeRescueAnswers(makeRescueAnswers(parts));
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

const owed = ({ journal }: Rig) => journal.countOwed({ epoch: world.epoch, keySetNumber: 1 });

it('counts as over the network: held by a receipt, erased by a release alone, and twice is once', () => {
  const { rig, entries } = rigWithTwo();
  const receipt = receiptOf(entries);
  expect(taken(rig, [receipt])).toEqual({ ...NONE, receipted: 2 });
  expect(owed(rig)).toEqual({ waiting: 0, held: 2, refused: 0 });
  const both = [releaseOf(entries[1]!), receipt, world.keySetBytes];
  expect(taken(rig, both)).toMatchObject({ erased: 2, ignored: 0 });
  expect(owed(rig)).toEqual({ waiting: 0, held: 0, refused: 0 });
  expect(taken(rig, both)).toMatchObject({ erased: 0, waiting: 0 });
});

it('raises the floor and is no contact: nobody knows how long it was on its way', () => {
  const { rig, entries } = rigWithTwo();
  taken(rig, [receiptOf(entries)]);
  expect(rig.journal.loadTrust()).toMatchObject({ floorMs: SAMPLE_MS + 90_000_000, lastContactMs: null });
  expect(rig.time.trusted()).toBe(false);
});

it('ignores what is forged, another’s, or of an epoch left behind', () => {
  const { rig, entries } = rigWithTwo();
  const stranger = crypto.signingKey(sample32(crypto, 'stranger'));
  const last = entries[1]!;
  const wrong: (readonly [Partial<AnswerHead>, typeof stranger])[] = [
    [{}, stranger],
    [{ signKeyId: keyId(crypto, world.answering.publicKey) }, stranger],
    [{}, world.certifying],
    [{ terminalId: sampleId(crypto, 'another terminal') }, world.answering],
    [{ platformId: sampleId(crypto, 'another platform') }, world.answering],
  ];
  const parts = wrong.flatMap(([change, key]) => [
    receiptOf(entries, change, key),
    releaseOf(last, change, key),
  ]);
  expect(taken(rig, parts)).toEqual({ ...NONE, ignored: parts.length });
  rig.journal.saveTrust({
    ...rig.journal.loadTrust(),
    ...{ epoch: sampleId(crypto, 'next epoch'), formerEpochs: [world.epoch] },
  });
  const later = createRig(crypto, rig.clock, rig.journal.loadTrust());
  const again = later.keep(2);
  expect(taken(later, [receiptOf(again), releaseOf(again[1]!)])).toEqual({ ...NONE, ignored: 2 });
  expect(owed(rig)).toEqual(OWED);
  expect(rig.engine.takeRescueAnswers(new Uint8Array(9)).ok).toBe(false);
});

it('waits for the hello that names its epoch', async () => {
  const { rig, entries } = rigWithTwo();
  const epoch = sampleId(crypto, 'after the restore');
  rig.platform.restore(epoch, []);
  rig.platform.knobs.refuse = (name) => (name === 'entries' ? [503, 'busy'] : undefined);
  const parts = [receiptOf(entries, { epoch }), releaseOf(entries[1]!, { epoch })];
  expect(taken(rig, parts)).toEqual({ ...NONE, waiting: 2 });
  expect(taken(rig, parts)).toEqual({ ...NONE, waiting: 2 });
  expect(owed(rig)).toEqual(OWED);
  rig.engine.start();
  await rig.pass(5_000);
  expect(rig.journal.countOwed(null).waiting).toBe(0);
  await rig.engine.stop();
});

it('asks once for an epoch that never comes, and goes on', async () => {
  const { rig, entries } = rigWithTwo();
  const epoch = sampleId(crypto, 'restored over before anybody heard of it');
  expect(taken(rig, [receiptOf(entries, { epoch })])).toEqual({ ...NONE, waiting: 1 });
  rig.engine.start();
  await rig.pass(60_000);
  expect(rig.platform.seen.filter((name) => name === 'hello').length).toBeLessThan(3);
  expect(owed(rig)).toEqual({ waiting: 0, held: 2, refused: 0 });
  await rig.engine.stop();
});

it('brings key sets, each signed by a root of the one before', () => {
  const { rig, entries } = rigWithTwo();
  const newer = rig.platform.publishKeySet({});
  const forged = rig.platform.publishKeySet({}, crypto.signingKey(sample32(crypto, 'no root')));
  taken(rig, [world.keySetBytes, keySetBytes(newer), keySetBytes(forged)]);
  expect(rig.journal.loadTrust().keySet).toEqual(world.keySetBytes);
  expect(taken(rig, [keySetBytes(newer), receiptOf(entries)])).toEqual({ ...NONE, receipted: 2 });
  expect(rig.journal.loadTrust().keySet).toEqual(keySetBytes(newer));
});
