import { expect, it } from 'vitest';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { type Claim, createCounters } from './counters.ts';

describeOnBoth('counters', (host) => {
  async function prepared() {
    const { platform } = await host.start();
    const { context } = platform;
    const terminalId = context.crypto.randomBytes(16);
    const place = JSON.stringify(DONGCUN);
    const row = { terminalId, place, enrolledMs: 0, revokedMs: null, currentBootId: null };
    await context.store.db.insertInto('terminals').values(row).execute();
    const bootId = context.crypto.randomBytes(16);
    const claim = (counter: number, canWait = false): Claim => ({
      ...{ terminalId, bootId, counter, known: undefined, canWait },
    });
    return { context, claim };
  }

  it('lets one of each through, however many come at once and over two gateways', async () => {
    const { context, claim } = await prepared();
    const gateways = [createCounters(context), createCounters(context)];
    const numbers = Array.from({ length: 40 }, (_, index) => 1 + (index % 20));
    const spent = await Promise.all(
      gateways.flatMap((gateway) => numbers.map((counter) => gateway.spend(claim(counter)))),
    );
    expect(spent.filter((one) => one === 'fresh')).toHaveLength(20);
    expect(spent.filter((one) => one === 'replayed')).toHaveLength(60);
  });

  it('gathers what can wait, and takes it along with what cannot', async () => {
    const { context, claim } = await prepared();
    let commits = 0;
    const transaction: typeof context.store.transaction = (work) => {
      commits += 1;
      return context.store.transaction(work);
    };
    const counters = createCounters({ ...context, store: { ...context.store, transaction } });
    const polls = [1, 2, 3].map((counter) => counters.spend(claim(counter, true)));
    expect(commits).toBe(0);
    expect(await counters.spend(claim(4))).toBe('fresh');
    expect(await Promise.all(polls)).toEqual(['fresh', 'fresh', 'fresh']);
    expect(commits).toBe(1);
    expect(await counters.spend(claim(5, true))).toBe('fresh');
    expect(commits).toBe(2);
  });

  it('tells everybody who shared a transaction that it failed, and goes on', async () => {
    const { context, claim } = await prepared();
    let failing = true;
    const store: typeof context.store = {
      ...context.store,
      transaction: (work) =>
        context.store.transaction(async (tx) => {
          const done = await work(tx);
          if (failing) throw new Error('cut off');
          return done;
        }),
    };
    const counters = createCounters({ ...context, store });
    const told = await Promise.allSettled([1, 2, 3].map((counter) => counters.spend(claim(counter))));
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    failing = false;
    expect(await Promise.all([1, 2, 3].map((counter) => counters.spend(claim(counter))))).toEqual([
      ...['fresh', 'fresh', 'fresh'],
    ]);
  });
});
