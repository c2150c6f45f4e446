/** Numbers of papers through deaths of the terminal: none is left that counts and whose paper nobody saw come out. */
import { beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../base/node/random.ts';
import { certificateFormat } from '../../sync/formats/certificate.ts';
import { crypto } from '../testing/keeper-world.ts';
import { type WatchedKeeper, watchKeeper } from '../visit/testing/watched-keeper.ts';
import { freeIssued, holdIssued, voidIssued, voidLeftOver } from './issued.ts';

const KEY = crypto.signingKey(crypto.randomBytes(32));
const NUMBERS = ['100000000001', '100000000002', '100000000003'] as const;
const [FIRST, SECOND, THIRD] = NUMBERS.map((number) => {
  const facts = { template: 'certificate', dataSet: 'household', name: '张*', issuedAt: 1, asOf: 1 };
  const ids = { signKeyId: crypto.randomBytes(16), said: crypto.randomBytes(32) };
  return certificateFormat.make(KEY, { v: 1, suite: 1, number, ...ids, ...facts });
}) as [Uint8Array, Uint8Array, Uint8Array];

let keeper: WatchedKeeper;
beforeEach(() => {
  keeper = watchKeeper();
});

const voided = () =>
  keeper
    .contents()
    .flatMap(({ kind, numbers, reason }) => (kind === 'certificate.voided' ? [[numbers, reason]] : []));
const dies = () => {
  keeper = keeper.crash();
  return voidLeftOver(keeper, systemRandom);
};

describe('papers whose terminal dies', () => {
  it('are voided at the next start, once, but for those that came out or were voided before', () => {
    expect(holdIssued(keeper, [FIRST, SECOND, THIRD])).toBe(true);
    freeIssued(keeper, FIRST);
    voidIssued(keeper, [SECOND], 'paper-jam', systemRandom);
    dies();
    const all = [
      [[NUMBERS[1]], 'paper-jam'],
      [[NUMBERS[2]], 'unknown-after-restart'],
    ];
    expect(voided()).toEqual(all);
    dies();
    expect(voided()).toEqual(all);
    expect(keeper.heldNumbers()).toEqual([]);
  });

  it('are none where nothing was on its way', () => {
    dies();
    expect(voided()).toEqual([]);
  });

  it('are not printed at all where the disk is too full to hold their numbers', () => {
    keeper.fill(true);
    expect(holdIssued(keeper, [FIRST])).toBe(false);
    keeper.fill(false);
    expect(keeper.heldNumbers()).toEqual([]);
  });

  it('stay held while a full disk cannot take the word, and are voided when it can', () => {
    holdIssued(keeper, [FIRST]);
    keeper.fill(true);
    voidIssued(keeper, [FIRST], 'left', systemRandom);
    keeper.fill(false);
    expect([voided(), keeper.heldNumbers()]).toEqual([[], [NUMBERS[0]]]);
    keeper.fill(true);
    voidLeftOver(keeper, systemRandom);
    expect(voided()).toEqual([]);
    keeper.fill(false);
    keeper.deliverAll();
    expect(voided()).toEqual([[[NUMBERS[0]], 'unknown-after-restart']]);
    expect(keeper.heldNumbers()).toEqual([]);
  });
});
