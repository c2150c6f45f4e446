import { afterEach, beforeEach, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { enrolAgent, findAgent, revokeAgent } from '../agents/agents.ts';
import { numberWords } from '../desk/list-page.ts';
import { putStaff } from '../desk/staff.ts';
import { hex, openPayBench, type PayBench, type PayCase, sampleBill } from '../payments/testing/pay-bench.ts';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { crypto, filedCase, newId } from '../testing/test-terminal.ts';
import { cashAnswer } from './answer.ts';
import { ringUnsettledCash } from './look-for-unsettled.ts';

const BILL = sampleBill('3306990001');
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const CARD = { name: '吕小兰', number: '330699197905128467' };
const PAYER = {
  name: '张桂兰',
  number: '330699194903062289',
  kind: null,
  birth: null,
  sex: null,
  address: null,
};
const DAY_MS = 86_400_000;

describeOnBoth('cash', (host) => {
  let bench: PayBench;
  let agentId: Uint8Array;
  let agentKey: ReturnType<typeof crypto.signingKey>;
  beforeEach(async () => {
    bench = await openPayBench(host);
    for (const [signIn, deskCode] of [
      ['county', '330624'],
      ['shaxi', '330624108'],
      ['jingling', '330624109'],
      ['dongcun', '330624108248'],
    ] as const) {
      const staff = { signIn, name: `示例 ${signIn}`, deskCode, password: PASSWORD };
      await putStaff(bench.context, staff, CHEAP);
    }
    const { staffId } = await bench.context.store.db
      .selectFrom('staff')
      .select('staffId')
      .executeTakeFirstOrThrow();
    const untilMs = bench.test.clock.wallMs() + 300 * DAY_MS;
    const wish = { villageCode: DONGCUN.village.code, ...CARD, untilMs };
    ({ agentId } = await enrolAgent(bench.context, wish, staffId));
    agentKey = await bring();
  });
  afterEach(() => bench.stop());

  /** The agent's key, as a machine brings it. */
  async function bring() {
    const key = crypto.signingKey(crypto.randomBytes(32));
    const openKey = crypto.openingKey(crypto.randomBytes(32)).publicKey;
    const holder = { ...CARD, kind: 'citizen', birth: null, sex: null, address: null };
    const content = { schema: 1, kind: 'audit.agent-key', submissionId: newId(), agentId, holder };
    await holds({ ...content, signKey: key.publicKey, openKey });
    return key;
  }

  async function holds(content: object, signer?: typeof agentKey): Promise<void> {
    const { terminal } = bench;
    const { outcomes } = await terminal.offer([terminal.entry(content, signer && { agentKey: signer })]);
    expect(outcomes).toEqual([0]);
  }

  const actor = (id = agentId) => ({
    ...{ role: 'agent', agentId: id, agentKeyId: keyId(crypto, agentKey.publicKey), by: 'card' },
    roster: { version: 1, stale: false },
  });

  /** The case of a bill that is paid with cash, not sent yet. */
  function paidInCash(more: object = {}, reference = BILL.reference): PayCase {
    return filedCase(DONGCUN, {
      ...{ matter: ['power-bill', 1, new Uint8Array(32)], bill: { ...BILL, reference } },
      ...{ cash: { amountFen: BILL.amountFen, payer: PAYER }, actors: [actor()], ...more },
    });
  }

  async function takes(more: object = {}, reference?: string): Promise<PayCase> {
    const filed = paidInCash(more, reference);
    await holds(filed.content, agentKey);
    return filed;
  }

  const returned = ({ caseId }: PayCase, actors: readonly object[] = [actor()]) =>
    holds(
      {
        ...{ schema: 1, kind: 'cash.returned', caseId, localNumber: '830625120047', submissionId: newId() },
        ...{ amountFen: BILL.amountFen, payer: PAYER, actors },
      },
      agentKey,
    );

  async function day(by = bench.terminal) {
    const asked = { terminalId: by.terminalId, parameters: { agent: toHex(agentId) } };
    const said = await cashAnswer(bench.context)(asked);
    if (said === 'malformed') throw new Error(said);
    return said.outcome === 'found' ? said.records[0] : said.outcome;
  }

  const alarms = async (kind: string) =>
    (await bench.context.store.db.selectFrom('alarms').selectAll().execute()).filter(
      (alarm) => alarm.kind === kind,
    ).length;
  const staff = (name: string): Promise<TestStaff> => signInAs(bench.test.platform, name, PASSWORD);

  it('is told of an agent’s day to machines of their own village, while they are an agent', async () => {
    expect(await day()).toEqual({ capFen: 200_000, takenFen: 0 });
    const filed = await takes();
    expect(await day()).toEqual({ capFen: 200_000, takenFen: BILL.amountFen });
    await returned(filed);
    expect(await day()).toEqual({ capFen: 200_000, takenFen: 0 });
    const { terminalId } = bench.terminal;
    const ask = (parameters: Record<string, string>) => cashAnswer(bench.context)({ terminalId, parameters });
    expect(await ask({})).toBe('malformed');
    expect(await ask({ agent: toHex(agentId), more: '1' })).toBe('malformed');
    expect(await ask({ agent: toHex(newId()) })).toMatchObject({ outcome: 'nothing' });
    const { staffId } = await bench.context.store.db
      .selectFrom('staff')
      .select('staffId')
      .executeTakeFirstOrThrow();
    await revokeAgent(bench.context, (await findAgent(bench.context.store.db, agentId))!, staffId);
    expect(await day()).toBe('nothing');
  });

  it('is paid as any bill is, and the case’s page says whose cash it was and in whose hand', async () => {
    const filed = await takes();
    expect(await bench.stands(filed)).toMatchObject({ state: 'open' });
    const county = await staff('county');
    const page = async () => (await county.get(`/cases/${hex(filed.caseId)}`)).text;
    for (const word of ['现金', '张桂兰', '吕小兰', '86.40', '还没了结', '签名核对无误'])
      expect(await page()).toContain(word);
    bench.payer.pay(hex(filed.caseId));
    await bench.payments.turn();
    await bench.payments.turn();
    expect(await bench.stands(filed)).toMatchObject({ state: 'posted' });
    expect(await page()).toContain('缴好了');
    bench.test.clock.advance(2 * DAY_MS);
    expect(await ringUnsettledCash(bench.context)).toBe(0);
    expect(await alarms('act-wrong')).toBe(0);
  });

  it('over the limit of a day rings, and nothing can be paid with it', async () => {
    const almost = { cash: { amountFen: 200_000 - BILL.amountFen, payer: PAYER } };
    await takes(almost, 'PW-0');
    const last = await takes();
    expect(await bench.stands(last)).toMatchObject({ state: 'open' });
    expect(await alarms('cash-over')).toBe(0);
    const over = await takes({}, sampleBill('3306990002').reference);
    expect(await bench.stands(over)).toMatchObject({ state: 'unpaid', code: null });
    expect(await alarms('cash-over')).toBe(1);
    expect((await (await staff('county')).get(`/cases/${hex(over.caseId)}`)).text).toContain(
      '超过一天的上限',
    );
  });

  it('that nobody signed for pays nothing', async () => {
    const filed = paidInCash({ actors: [] });
    await holds(filed.content);
    expect(await bench.stands(filed)).toMatchObject({ state: 'unpaid' });
    expect(await alarms('cash-over')).toBe(1);
  });

  it('neither paid nor given back rings a day later, once', async () => {
    const [kept, back] = [await takes(), await takes({}, sampleBill('3306990002').reference)];
    await returned(back);
    bench.test.clock.advance(DAY_MS - 60_000);
    expect(await ringUnsettledCash(bench.context)).toBe(0);
    bench.test.clock.advance(120_000);
    expect([await ringUnsettledCash(bench.context), await ringUnsettledCash(bench.context)]).toEqual([1, 0]);
    const late = (await (await staff('shaxi')).get('/cash')).text;
    expect(late).toContain(numberWords(kept.localNumber));
    expect(late).toContain('过一天了');
    expect(late).not.toContain(numberWords(back.localNumber));
  });

  it('that a desk found out about is looked for no more, and its words stand with the case', async () => {
    const filed = await takes();
    bench.test.clock.advance(2 * DAY_MS);
    const town = await staff('shaxi');
    const form = { case: hex(filed.caseId), words: '问过了，钱当天退了' };
    expect((await (await staff('jingling')).post('/cash', form)).status).toBe(404);
    expect((await town.post('/cash', { ...form, words: ' ' })).status).toBe(422);
    expect((await town.post('/cash', form)).location).toBe('/cash');
    expect((await town.post('/cash', form)).status).toBe(422);
    expect((await town.get('/cash')).text).not.toContain('过一天了');
    expect(await ringUnsettledCash(bench.context)).toBe(0);
    expect((await (await staff('county')).get(`/cases/${form.case}`)).text).toContain(form.words);
  });

  it('goes back by the word of who took it alone; word that comes before the case waits for it', async () => {
    const filed = paidInCash();
    await returned(filed);
    expect(await day()).toMatchObject({ takenFen: 0 });
    await holds(filed.content, agentKey);
    expect(await day()).toMatchObject({ takenFen: 0 });
    const other = await takes({}, sampleBill('3306990002').reference);
    await returned(other, [actor(newId())]);
    expect(await day()).toMatchObject({ takenFen: BILL.amountFen });
    expect(await alarms('unfiled')).toBe(1);
    // Said again, it is the same.
    await returned(other);
    await returned(other);
    expect(await day()).toMatchObject({ takenFen: 0 });
  });

  it('is summed by agent and day for their town and the county, and for nobody else', async () => {
    const filed = await takes();
    await takes({}, sampleBill('3306990002').reference);
    await returned(filed);
    const row = `id="${isoDate(bench.test.clock.wallMs())}-${toHex(agentId)}"`;
    for (const name of ['shaxi', 'county']) {
      const { text } = await (await staff(name)).get('/cash');
      expect(text).toContain(row);
      expect(text).toContain('172.80 元，2 笔');
      expect(text).not.toMatch(/张桂兰|330699/);
    }
    expect((await (await staff('jingling')).get('/cash')).text).not.toContain(row);
    expect((await (await staff('dongcun')).get('/cash')).status).toBe(404);
  });
});
