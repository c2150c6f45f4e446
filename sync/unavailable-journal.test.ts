import { afterEach, describe, expect, it } from 'vitest';
import { createCrypto } from '../base/crypto/self-test.ts';
import { FEED_KIND } from './formats/feed.ts';
import { SAMPLE_MS, sampleId } from './formats/sample.ts';
import { type JournalPort, JournalUnavailable } from './ports.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { createRig, type Rig } from './testing/rig.ts';

/** A store that cannot do it now is waited for, like a platform that cannot be reached. */
const crypto = createCrypto();
const MINUTE = 60_000;

let rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.engine.stop();
  rigs = [];
});

function makeRig(): Rig {
  const rig = createRig(crypto, createHandClock(SAMPLE_MS));
  rigs.push(rig);
  return rig;
}

/** From now on this call of the journal throws; the answer makes it well again. */
function breakCall(rig: Rig, name: keyof JournalPort, error: Error): () => void {
  const well = rig.journal[name];
  Object.assign(rig.journal, {
    [name]: () => {
      throw error;
    },
  });
  return () => void Object.assign(rig.journal, { [name]: well });
}

const CALLS = [
  'saveTrust',
  'owedHeads',
  'nextBatch',
  'applyReceipt',
  'applyRelease',
  'feedCursor',
  'applyPage',
  'countOwed',
] as const satisfies readonly (keyof JournalPort)[];

describe.each(CALLS)('a journal that cannot do %s now', (call) => {
  it('is waited for, said in the status, and nothing is lost', async () => {
    const rig = makeRig();
    const entries = rig.keep(5);
    rig.platform.send({
      itemId: sampleId(crypto, 'a notice'),
      kind: FEED_KIND.notice,
      expires: null,
      caseId: null,
      content: new Uint8Array(3),
    });
    const heal = breakCall(rig, call, new JournalUnavailable('full'));
    rig.engine.start();
    await rig.pass(1_000);
    rig.platform.backUp();
    await rig.pass(60 * MINUTE);
    const troubles = rig.events.flatMap((event) => (event.kind === 'trouble' ? [event] : []));
    expect(new Set(troubles.map(({ code }) => code))).toEqual(new Set(['journal']));
    expect(Math.max(...troubles.map(({ waitMs }) => waitMs))).toBeGreaterThan(MINUTE);
    expect(troubles.length).toBeLessThan(100);
    expect(rig.engine.status().trouble).toBe('journal');

    heal();
    await rig.pass(10 * MINUTE);
    rig.platform.backUp();
    await rig.pass(20 * MINUTE);
    expect(rig.engine.status()).toMatchObject({ online: true, trouble: null, owed: { waiting: 0, held: 0 } });
    expect(entries.map(({ header }) => rig.journal.standing(header.entryId))).toEqual(
      entries.map(() => 'closed'),
    );
    expect(rig.journal.taken()).toHaveLength(1);
  });
});

it('takes a new epoch and key set once they can be stored, and does not act on them before', async () => {
  const rig = makeRig();
  rig.engine.start();
  await rig.pass(MINUTE);
  const before = rig.journal.loadTrust();
  const heal = breakCall(rig, 'saveTrust', new JournalUnavailable('full'));
  rig.platform.restore(sampleId(crypto, 'epoch 2'), []);
  rig.keep(1);
  rig.engine.nudge('by-hand');
  await rig.pass(30 * MINUTE);
  expect(rig.journal.loadTrust()).toBe(before);
  expect(rig.journal.countOwed({ epoch: before.epoch!, keySetNumber: 1 }).held).toBe(0);
  heal();
  await rig.pass(10 * MINUTE);
  expect(rig.journal.loadTrust().formerEpochs).toEqual([before.epoch]);
  expect(rig.engine.status()).toMatchObject({ trouble: null, owed: { waiting: 0, held: 1 } });
});

it('a bug in the journal still ends the process', async () => {
  const rig = makeRig();
  breakCall(rig, 'nextBatch', new RangeError('a bug'));
  const seen: unknown[] = [];
  const listen = (error: unknown) => void seen.push(error);
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', listen);
  rig.engine.start();
  await rig.pass(MINUTE);
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners('unhandledRejection');
  for (const other of others) process.on('unhandledRejection', other);
  expect(seen).toEqual([expect.any(RangeError)]);
  await expect(rig.engine.stop()).rejects.toThrow('a bug');
  rigs = [];
});
