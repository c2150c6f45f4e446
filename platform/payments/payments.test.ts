import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth } from '../testing/test-platform.ts';
import { OPEN_MS, POST_GIVE_UP_MS, UNOPENED_MS } from './steps.ts';
import { hex, openPayBench, type PayBench, type PayCase, sampleBill } from './testing/pay-bench.ts';

const BILL = sampleBill('3306990001');
const LONG_MS = 700_000;

describeOnBoth('payments', (host) => {
  let bench: PayBench;
  beforeEach(async () => {
    bench = await openPayBench(host);
  });
  afterEach(() => bench.stop());

  const turn = () => bench.payments.turn();
  const pay = (filed: PayCase, how?: Parameters<PayBench['payer']['pay']>[1]) =>
    bench.payer.pay(hex(filed.caseId), how);
  const open = async (filed: PayCase) => {
    expect(await bench.stands(filed)).toMatchObject({ state: 'open', amountFen: BILL.amountFen });
  };

  it('say whose bill it is, masked, and nothing of an account that there is not', async () => {
    expect(await bench.bills('3306990001')).toEqual([
      {
        ...{ bill: BILL.reference, owner: '陈*初', address: '沙溪镇董村****', period: '2026年10月' },
        ...{ amountFen: 8640, state: 'due', case: null },
      },
    ]);
    expect(await bench.bills('3306990002')).toHaveLength(2);
    expect(await bench.bills('3306990003')).toMatchObject([{ bill: null, state: 'none', owner: '王*强' }]);
    expect(await bench.bills('3306999999')).toBe('nothing');
    expect(await bench.bills('13800138000', 'phone-top-up')).toMatchObject([
      { amountFen: null, state: 'due' },
    ]);
    bench.faults.biller.push('away');
    expect(await bench.bills('3306990001')).toBe('unavailable');
  });

  it('go from the case to the biller, each fact told once', async () => {
    const filed = await bench.file(BILL);
    await open(filed);
    const [first, again] = [await bench.stands(filed), await bench.stands(filed)];
    expect(first).toMatchObject({ code: again instanceof Object ? again.code : '' });
    await turn();
    expect(await bench.stands(filed)).toMatchObject({ state: 'open' });
    pay(filed, { tells: 3 });
    bench.faults.biller.push('away');
    await turn();
    expect(await bench.stands(filed)).toMatchObject({ state: 'paid', code: null, receipt: null });
    await turn();
    bench.test.clock.advance(LONG_MS);
    await turn();
    await turn();
    expect(await bench.stands(filed)).toMatchObject({
      state: 'posted',
      receipt: expect.stringMatching(/^\d{8}$/),
    });
    expect(await bench.told(filed)).toEqual(['paid', 'finished']);
    expect(bench.billers.posted()).toHaveLength(1);
    expect(await bench.bills('3306990001')).toMatchObject([{ state: 'paid' }]);
    const late = await bench.file(BILL);
    expect([await bench.stands(late), await bench.told(late)]).toMatchObject([
      { state: 'another' },
      ['unpaid'],
    ]);
  });

  it('never believe the screen, or a call that says so: the provider itself is asked', async () => {
    const filed = await bench.file(BILL);
    await open(filed);
    const says = { event: 'paid', money: { number: '1', amountFen: BILL.amountFen } } as const;
    expect(await bench.notify({ reference: hex(filed.caseId), ...says })).toBe('not-so');
    expect(await bench.notify({ reference: 'ff'.repeat(16), ...says })).toBe('unknown-order');
    await turn();
    expect(await bench.stands(filed)).toMatchObject({ state: 'open' });
  });

  it('are closed at the provider before anybody is told that nothing was paid', async () => {
    const filed = await bench.file(BILL);
    await open(filed);
    bench.test.clock.advance(OPEN_MS + 1);
    bench.faults.provider.push(null, 'away');
    await turn();
    expect(await bench.told(filed)).toEqual([]);
    await turn();
    expect(await bench.stands(filed)).toMatchObject({ state: 'unpaid', code: null });
    expect([await bench.told(filed), pay(filed)]).toEqual([['unpaid'], false]);
    expect(await bench.bills('3306990001')).toMatchObject([{ state: 'due', case: null }]);
  });

  it('that nobody came for are never opened', async () => {
    const filed = await bench.file(BILL);
    bench.test.clock.advance(UNOPENED_MS + 1);
    await turn();
    expect(await bench.stands(filed)).toMatchObject({ state: 'unpaid' });
    expect(await bench.told(filed)).toEqual(['unpaid']);
  });

  it('are not opened for a bill that is paid elsewhere, changed or gone', async () => {
    const wrong = await bench.file({ ...BILL, amountFen: 1 });
    expect(await bench.stands(wrong)).toMatchObject({ state: 'amount-changed', code: null });
    const gone = await bench.file({ reference: 'PW-0', amountFen: 100 });
    expect(await bench.stands(gone)).toMatchObject({ state: 'no-bill' });
    await bench.billers.post('power', { payment: 'at the counter', ...BILL });
    const paid = await bench.file(BILL);
    expect(await bench.stands(paid)).toMatchObject({ state: 'already-paid' });
  });

  it('are one a bill: at another machine it is seen that one is open, at its own it is shown again', async () => {
    const filed = await bench.file(BILL);
    await open(filed);
    const neighbour = await bench.newTerminal();
    expect(await bench.bills('3306990001')).toMatchObject([{ state: 'being-paid', case: hex(filed.caseId) }]);
    expect(await bench.bills('3306990001', 'power', neighbour)).toMatchObject([
      { state: 'being-paid', case: null },
    ]);
    const second = await bench.file(BILL, neighbour);
    expect(await bench.stands(second, neighbour)).toMatchObject({ state: 'another', code: null });
    expect(await bench.stands(filed, neighbour)).toBe('nothing');
    await open(filed);
  });

  it('give back what was paid twice, wrongly or too late, and keep the bill as it is', async () => {
    const filed = await bench.file(BILL);
    await open(filed);
    pay(filed, { amountFen: 100 });
    pay(filed, { late: true });
    pay(filed, { late: true });
    bench.faults.provider.push(null, 'lost-reply', 'away');
    for (let time = 0; time < 4; time += 1) {
      await turn();
      bench.test.clock.advance(4_000);
    }
    expect(await bench.stands(filed)).toMatchObject({ state: 'posted' });
    const [wrong, , twice] = await moneyOf(filed);
    expect([...bench.payer.refunded()].sort()).toEqual([wrong?.number, twice?.number].sort());
    expect(bench.billers.posted()).toHaveLength(1);
  });

  it('go back when the biller will not have them, or cannot be told for a day', async () => {
    const refused = await bench.file(BILL);
    await open(refused);
    pay(refused);
    await turn();
    bench.faults.biller.push('refuse');
    await turn();
    await turn();
    expect(await bench.stands(refused)).toMatchObject({ state: 'refunded' });
    expect(await bench.told(refused)).toEqual(['paid', 'refunded']);

    const stuck = await bench.file(BILL);
    await open(stuck);
    pay(stuck);
    await turn();
    bench.faults.biller.push('away', 'away', 'lost-reply');
    await turn();
    bench.test.clock.advance(LONG_MS);
    await turn();
    bench.test.clock.advance(POST_GIVE_UP_MS);
    await turn();
    bench.test.clock.advance(LONG_MS);
    await turn();
    await turn();
    expect(await bench.stands(stuck)).toMatchObject({ state: 'refunded' });
    expect([bench.billers.posted(), bench.payer.refunded().length]).toEqual([[], 2]);
    expect(await bench.bills('3306990001')).toMatchObject([{ state: 'due' }]);
  });

  it('top up an account by any amount, more than once', async () => {
    for (const amountFen of [3_000, 3_000]) {
      const found = await bench.bills('13800138000', 'phone-top-up');
      const reference = typeof found === 'string' ? '' : String(found[0]?.bill);
      const filed = await bench.file({ reference, amountFen }, bench.terminal, 'phone-top-up');
      expect(await bench.stands(filed)).toMatchObject({ state: 'open', amountFen });
      pay(filed);
      await turn();
      await turn();
      expect(await bench.stands(filed)).toMatchObject({ state: 'posted' });
    }
    expect(bench.billers.posted()).toHaveLength(2);
  });

  async function moneyOf(filed: PayCase) {
    const found = await bench.provider.find(hex(filed.caseId));
    return found.kind === 'done' ? (found.value?.money ?? []) : [];
  }
});
