import { afterEach, beforeEach, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { send, signInAs } from '../testing/test-staff.ts';
import type { CaseCentre } from './case-centre.ts';
import { createTurns } from './connector.ts';
import { findNumbered } from './registration.ts';
import { FAULTS } from './sample/faults.ts';
import { type CentreBench, centreAt, LONG_MS, openBench, SETTLE_MS } from './testing/centre-bench.ts';

/** Someone of the town where the sample cases go. */
async function signedIn({ test: { platform } }: CentreBench) {
  const password = 'a long password of staff';
  const staff = { signIn: 'shaxi', name: '工作人员', deskCode: DONGCUN.town.code, password };
  await putStaff(platform.context, staff, { N: 2 ** 10, r: 8, p: 1 });
  return signInAs(platform, 'shaxi', password);
}

describeOnBoth('the connector', (host) => {
  let bench: CentreBench;
  beforeEach(async () => {
    bench = await openBench(host);
  });
  afterEach(() => bench.stop());

  /** The one case at the centre, its number told once. */
  async function expectRegistered(filed: Awaited<ReturnType<CentreBench['file']>>) {
    const received = bench.taken(filed).filter((one) => one.step === 'receive');
    expect(received).toHaveLength(1);
    const number = received[0]!.projId;
    const told = (await bench.toldOf(filed)).filter((one) => one.status === 'registered');
    expect(told.map((one) => one.provinceNumber)).toEqual([number]);
    expect(told[0]?.words).toBe(`省里编号 ${number}`);
    return number;
  }

  it('brings a case to the centre, and its number to the person', async () => {
    const filed = await bench.file();
    await bench.settle();
    const number = await expectRegistered(filed);
    const row = await bench.context.store.db.selectFrom('cases').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ provinceNumber: number, status: 'received' });
    expect(bench.asked).toEqual(['find', 'receive', 'find']);
  });

  it('tells acceptance and end after it, in order, each once', async () => {
    const filed = await bench.file();
    for (const action of ['accept', 'ask-supplement', 'supplement', 'accept', 'finish'] as const) {
      expect(await bench.act(filed, action)).toBe(true);
    }
    await bench.settle();
    expect(bench.taken(filed).map((one) => one.step)).toEqual(['receive', 'accept', 'finish']);
    expect(bench.taken(filed).slice(1)).toMatchObject([{ doAction: 0 }, { result: '准予许可' }]);
    await expectRegistered(filed);
  });

  it.each([
    [['refuse'], [{ step: 'receive' }, { step: 'accept', doAction: 1 }]],
    [
      ['accept', 'refuse'],
      [{ step: 'receive' }, { step: 'accept', doAction: 0 }, { result: '不予许可' }],
    ],
    [['withdraw'], [{ step: 'receive' }, { step: 'finish', result: '作废办结' }]],
  ] as const)('tells %j as what it is', async (actions, expected) => {
    const filed = await bench.file();
    for (const action of actions) expect(await bench.act(filed, action)).toBe(true);
    await bench.settle();
    expect(bench.taken(filed)).toMatchObject(expected);
    expect(bench.taken(filed)).toHaveLength(expected.length);
  });

  it('keeps the password sealed, and for the centre alone', async () => {
    const filed = await bench.file();
    await bench.settle();
    const [received] = bench.taken(filed);
    const password = received?.step === 'receive' ? received.projPwd : '';
    expect(await findNumbered(bench.context, filed.caseId)).toEqual({ number: received?.projId, password });
    const row = await bench.context.store.db
      .selectFrom('registrations')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(Buffer.from(row.password).includes(password)).toBe(false);
  });

  it.each(FAULTS)('comes through when a receipt meets %s', async (fault) => {
    const filed = await bench.file();
    bench.failNext(null, fault);
    await bench.settle();
    await expectRegistered(filed);
  });

  it.each(FAULTS)('comes through when each look-up meets %s', async (fault) => {
    const filed = await bench.file();
    const first = await bench.file();
    bench.failNext(fault, null, fault, fault, null, fault);
    await bench.settle();
    await expectRegistered(filed);
    await expectRegistered(first);
  });

  it('believes no number that two answers do not bring, nor one of another case', async () => {
    const other = await bench.file();
    await bench.settle();
    const otherNumber = await expectRegistered(other);
    const filed = await bench.file();
    bench.failNext(null, 'another-number', 'another-number');
    const turn = createTurns(bench.context, bench.port);
    expect(await turn()).toBe('worked');
    const duty = (await bench.duties()).find((one) => toHex(one.caseId) === toHex(filed.caseId));
    expect(duty).toMatchObject({ trouble: 'number-of-another', doneMs: null });
    expect((await bench.toldOf(filed)).length).toBe(0);
    const alarms = await bench.context.store.db.selectFrom('alarms').selectAll().execute();
    expect(alarms).toMatchObject([{ kind: 'centre-wrong', detail: filed.localNumber }]);
    await bench.settle();
    expect(await expectRegistered(filed)).not.toBe(otherNumber);
  });

  it('sends nothing again while what was sent may still arrive', async () => {
    const filed = await bench.file();
    bench.failNext(null, 'arrives-late');
    const turn = createTurns(bench.context, bench.port);
    expect(await turn()).toBe('worked');
    expect(await bench.duties()).toMatchObject([{ trouble: 'timeout', claim: expect.anything() }]);
    for (const _again of [1, 2, 3]) {
      bench.test.clock.advance(SETTLE_MS / 4);
      expect(await turn()).toBe('nothing-due');
    }
    await expect.poll(() => bench.taken(filed).length).toBe(1);
    await bench.settle();
    await expectRegistered(filed);
  });

  it('waits for a person where the centre refuses, and goes on when told to', async () => {
    const filed = await bench.file();
    const refusing: CaseCentre = {
      ...bench.port,
      receive: async () => ({ kind: 'refused', reason: '事项编码已停用' }),
    };
    await bench.act(filed, 'accept');
    const turn = createTurns(bench.context, refusing);
    await turn();
    bench.test.clock.advance(LONG_MS);
    expect(await turn()).toBe('nothing-due');
    const duty = (await bench.duties()).find((one) => one.kind === 'receive');
    expect(duty).toMatchObject({ refusal: '事项编码已停用', doneMs: null, claim: null });
    expect(bench.taken(filed)).toEqual([]);
    expect((await bench.toldOf(filed)).map((one) => one.status)).toEqual(['accepted']);

    const path = `/cases/${toHex(filed.caseId)}`;
    const staff = await signedIn(bench);
    const page = await staff.get(path);
    expect(page.text).toContain('省里没有收');
    expect(page.text).toContain('事项编码已停用');
    expect((await staff.get('/')).text).not.toContain('事项编码已停用');
    const token = /name="token" value="([^"]+)"/.exec(page.text)![1]!;
    const origin = { origin: bench.test.platform.deskUrl, cookie: staff.cookie };
    const again = await send(`${origin.origin}${path}/centre`, 'POST', origin, { token, kind: 'receive' });
    expect(again).toMatchObject({ status: 303, location: path });
    await bench.settle();
    const number = await expectRegistered(filed);
    expect((await staff.get(path)).text).toContain(number);
  });

  it('lets staff go on with a page drawn before the number came', async () => {
    const filed = await bench.file();
    const path = `/cases/${toHex(filed.caseId)}`;
    const staff = await signedIn(bench);
    const { text } = await staff.get(path);
    const seen = /name="seen" value="(\d+)"/.exec(text)![1]!;
    await bench.settle();
    const accepted = await staff.post(path, { action: 'accept', seen, actionKey: 'one' });
    expect(accepted).toMatchObject({ status: 303 });
    const again = await staff.post(path, { action: 'refuse', seen, actionKey: 'two', words: '不办' });
    expect(again).toMatchObject({ status: 409 });
    expect((await bench.toldOf(filed)).map((one) => one.status)).toEqual(['registered', 'accepted']);
  });

  it('leaves the number to the centre, and shows staff no password', async () => {
    const filed = await bench.file();
    const id = toHex(filed.caseId);
    const staff = await signedIn(bench);
    expect((await staff.get(`/cases/${id}`)).text).toContain('等着送省里登记');
    expect((await staff.get(`/cases/${id}`)).text).not.toContain('登记编号');
    const byHand = await staff.act(id, 'register', { provinceNumber: '330624001261121000009' });
    expect(byHand).toMatchObject({ status: 409 });
    await bench.settle();
    const number = await expectRegistered(filed);
    const [received] = bench.taken(filed);
    const password = received?.step === 'receive' ? received.projPwd : '';
    const shown = (await staff.get(`/cases/${id}`)).text;
    expect(shown).toContain(`省里编号 ${number}`);
    expect(shown).not.toContain(password);
    expect((await staff.get('/')).text).not.toContain(number);
  });

  it('does not bring a case that its owner disowns, until the county has looked', async () => {
    const filed = await bench.file();
    await bench.act(filed, 'freeze');
    const turn = createTurns(bench.context, bench.port);
    expect(await turn()).toBe('nothing-due');
    await bench.act(filed, 'unfreeze');
    await bench.settle();
    await expectRegistered(filed);
  });

  it('leaves in the county what has no code there', async () => {
    const filed = await bench.file({ matter: ['problem-report', 1, new Uint8Array(32)] });
    await bench.act(filed, 'accept');
    expect(await bench.duties()).toEqual([]);
  });

  it('is kept out without the key, and says so', async () => {
    await bench.file();
    const turn = createTurns(bench.context, centreAt(bench.centre.url, 'another key'));
    expect(await turn()).toBe('centre-away');
    expect(await bench.duties()).toMatchObject([{ trouble: 'not-let-in', claim: null }]);
  });

  it('does each duty once where several programs work on one database', async () => {
    const filed = [];
    for (let count = 0; count < 6; count++) filed.push(await bench.file());
    for (const one of filed.slice(3)) await bench.act(one, 'accept');
    const programs = Array.from({ length: 4 }, () => createTurns(bench.context, bench.port));
    while ((await bench.owed()) > 0) {
      await Promise.all(programs.map((turn) => turn()));
    }
    for (const one of filed) await expectRegistered(one);
    expect(filed.slice(3).map((one) => bench.taken(one).length)).toEqual([2, 2, 2]);
  });

  it('takes over from a program that stands still, and lets the late one send nothing', async () => {
    const filed = await bench.file();
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slow: CaseCentre = {
      ...bench.port,
      async find(reference) {
        const found = await bench.port.find(reference);
        await gate;
        return found;
      },
    };
    const stuck = createTurns(bench.context, slow)();
    await expect.poll(async () => (await bench.duties())[0]?.claim ?? null).not.toBeNull();
    const other = createTurns(bench.context, bench.port);
    expect(await other()).toBe('nothing-due');
    bench.test.clock.advance(LONG_MS);
    expect(await other()).toBe('worked');
    await expectRegistered(filed);
    goOn();
    await stuck;
    await expectRegistered(filed);
    expect(await bench.duties()).toMatchObject([{ tries: 2, claim: null }]);
  });
});
