/** Who entered a machine's upkeep, and who answered: side by side on the machine's page, and ringing where nobody did. */
import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { maintainersDesk } from '../desk/roles.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import { notePhoneAnswer } from './sign-ins.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of a maintainer';

describeOnBoth('entries to upkeep', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let maintainer: TestStaff;

  beforeAll(async () => {
    test = await host.shared();
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const staff = { signIn: 'keeper', name: '石维护', deskCode: maintainersDesk('330624') };
    await putStaff(test.platform.context, { ...staff, password: PASSWORD }, CHEAP);
    maintainer = await signInAs(test.platform, 'keeper', PASSWORD);
  }, 60_000);

  async function enter(said: object): Promise<string> {
    const kind = 'audit.upkeep-sign-in';
    const entry = terminal.entry({ schema: 1, kind, role: 'maintainer', ...said }, { class: 2 });
    await terminal.offer([entry]);
    test.clock.advance(2_000);
    return (await maintainer.get(`/fleet/machines/${toHex(terminal.terminalId)}`)).text;
  }
  const alarms = async () =>
    (await test.platform.context.store.db.selectFrom('alarms').select('kind').execute()).map(
      ({ kind }) => kind,
    );
  const call = { machine: '330017', challenge: '017402955' };

  it('shows each way in, and who answered the call', async () => {
    expect(await enter({})).toContain('用口令');
    const answer = { ...call, role: 'maintainer', staffId: null, holder: '俞值班' };
    await notePhoneAnswer(test.platform.context, answer);
    expect(await enter({ by: 'phone', ...call })).toMatch(/打电话，俞值班 .+ 接的/);
    // A machine of an earlier release names no call: it cannot be held against it.
    expect(await enter({ by: 'phone', asked: 3 })).toContain('机器没有说是哪一次');
    expect(await alarms()).toEqual([]);
  });

  it('rings where nobody answered: another machine, another challenge, another role', async () => {
    const others = [{ machine: '330018' }, { challenge: '018402950' }, { role: 'caretaker' }];
    for (const [index, other] of others.entries()) {
      expect(await enter({ by: 'phone', ...call, ...other })).toContain('县里没有人接过');
      expect(await alarms()).toHaveLength(index + 1);
    }
    expect(new Set(await alarms())).toEqual(new Set(['phone-unanswered']));
  });
});
