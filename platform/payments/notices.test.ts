/** What a provider sends: forged, bent, repeated, of nobody's order, early, late and after the money went back. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { describeOnBoth } from '../testing/test-platform.ts';
import { nodeFetch } from '../testing/test-terminal.ts';
import { OPEN_MS } from './steps.ts';
import { hex, keyPair, openPayBench, type PayBench, type PayCase, sampleBill } from './testing/pay-bench.ts';

const BILL = sampleBill('3306990001');
const ID = 'ab'.repeat(16);

describeOnBoth('notices of a payment provider', (host) => {
  let bench: PayBench;
  let filed: PayCase;
  let reference: string;
  beforeEach(async () => {
    bench = await openPayBench(host, { hears: true });
    filed = await bench.file(BILL);
    reference = hex(filed.caseId);
    expect(await bench.stands(filed)).toMatchObject({ state: 'open' });
  });
  afterEach(() => bench.stop());

  const paid = (number: string, amountFen = BILL.amountFen) =>
    ({ reference, event: 'paid', money: { number, amountFen } }) as const;
  const written = () =>
    bench.context.store.db.selectFrom('paymentNotices').select('noticeId').orderBy('noticeId').execute();

  async function moneyOf() {
    const found = await bench.provider.find(reference);
    return found.kind === 'done' ? (found.value?.money ?? []) : [];
  }

  it('come of their own accord, and the payment is known paid before any turn', async () => {
    bench.payer.pay(reference, { tells: 3 });
    await expect.poll(() => bench.stands(filed)).toMatchObject({ state: 'paid' });
    await expect.poll(written).toHaveLength(3);
    await bench.payments.turn();
    expect(bench.billers.posted()).toHaveLength(1);
    expect(await bench.told(filed)).toEqual(['paid', 'finished']);
  });

  it('are taken once: the same again is known, another under its id refused', async () => {
    bench.payer.pay(reference, { tells: 0 });
    const [money] = await moneyOf();
    const notice = paid(money?.number ?? '');
    expect(await bench.notify(notice, { noticeId: ID })).toBe('taken');
    bench.faults.provider.push('away');
    expect(await bench.notify(notice, { noticeId: ID })).toBe('known');
    expect(bench.faults.provider).toEqual(['away']);
    expect(await bench.notify({ ...notice, event: 'refunded' }, { noticeId: ID })).toBe('not-so');
    expect(await written()).toEqual([{ noticeId: ID }]);
  });

  it('of a wrong key are nobody’s', async () => {
    bench.payer.pay(reference, { tells: 0 });
    const [money] = await moneyOf();
    const { its, ours } = keyPair(host.kind === 'sqlite' ? 'hmac-sha256' : 'ed25519');
    for (const by of [its, ours])
      expect(await bench.notify(paid(money?.number ?? ''), { by })).toBe('no-answer');
    expect(await bench.stands(filed)).toMatchObject({ state: 'open' });
    expect(await written()).toEqual([]);
  });

  it('are refused bent, unsigned, too long or of another form, and nothing happens', async () => {
    const send = (body: Uint8Array, headers = {}, type = 'application/json') =>
      nodeFetch({
        ...{ method: 'POST', url: bench.noticeUrl, body, timeoutMs: 5_000, maxBytes: 10_000 },
        headers: { 'content-type': type, ...headers },
      });
    const statusOf = async (came: ReturnType<typeof send>) => {
      const answered = await came;
      return answered.ok ? answered.value.status : answered.error.code;
    };
    const body = utf8(JSON.stringify(paid('1')));
    expect(await statusOf(send(body))).toBe(401);
    const forged = { 'pay-app': 'county-330699', 'pay-id': ID, 'pay-scheme': 'none', 'pay-signature': '' };
    expect(await statusOf(send(body, forged))).toBe(401);
    expect(await statusOf(send(body, { ...forged, 'pay-signature': 'AAAA', 'pay-id': '../x' }))).toBe(401);
    expect(await statusOf(send(new Uint8Array(20_000)))).toBe(413);
    expect(await statusOf(send(body, {}, 'text/xml'))).toBe(415);
    expect(await bench.notify({ ...paid('1'), reference: 'zz' })).toBe('malformed');
    expect(await bench.notify({ ...paid('1'), reference: '00'.repeat(16) })).toBe('unknown-order');
    expect(await written()).toEqual([]);
  });

  it('that lie about the amount are refused; a wrong amount that really came goes back', async () => {
    bench.payer.pay(reference, { amountFen: 1, late: true, tells: 0 });
    const [money] = await moneyOf();
    const number = money?.number ?? '';
    expect(await bench.notify(paid(number))).toBe('not-so');
    expect(await bench.notify(paid(number, 1))).toBe('taken');
    expect(await bench.stands(filed)).not.toMatchObject({ state: 'paid' });
    await bench.payments.turn();
    expect(bench.payer.refunded()).toEqual([number]);
    expect(bench.billers.posted()).toEqual([]);
  });

  it('wait while the provider cannot be asked, and are taken when sent again', async () => {
    bench.payer.pay(reference, { tells: 0 });
    const [money] = await moneyOf();
    bench.faults.provider.push('away');
    expect(await bench.notify(paid(money?.number ?? ''), { noticeId: ID })).toBe('later');
    expect(await written()).toEqual([]);
    expect(await bench.notify(paid(money?.number ?? ''), { noticeId: ID })).toBe('taken');
    expect(await bench.stands(filed)).toMatchObject({ state: 'paid' });
  });

  it('of money that comes when all is over, or after a refund, send it back', async () => {
    bench.test.clock.advance(OPEN_MS);
    await bench.payments.turn();
    expect(await bench.stands(filed)).toMatchObject({ state: 'unpaid' });
    for (const times of [1, 2]) {
      bench.payer.pay(reference, { late: true, tells: 1 });
      await expect.poll(written).toHaveLength(times);
      await bench.payments.turn();
      expect(bench.payer.refunded()).toHaveLength(times);
    }
    expect(await bench.stands(filed)).toMatchObject({ state: 'unpaid' });
    expect(bench.billers.posted()).toEqual([]);
  });
});
