/** What a broken or hostile terminal may seal: its neighbours in the batch are held, and the desk still opens. */
import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { putStaff } from './desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { signInAs, type TestStaff } from './testing/test-staff.ts';
import { enrolTerminal, filedCase, type TestTerminal } from './testing/test-terminal.ts';

/** Guesses are cheap here, so that the suite is quick. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const FAR = Number.MAX_SAFE_INTEGER;

describeOnBoth('odd entries', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let town: TestStaff;
  beforeAll(async () => {
    test = await host.shared();
    const who = { signIn: 'shaxi', name: '工作人员', deskCode: DONGCUN.town.code, password: PASSWORD };
    await putStaff(test.platform.context, who, CHEAP);
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    town = await signInAs(test.platform, 'shaxi', PASSWORD);
  }, 60_000);

  it.each([
    ['a kind that holds a zero', { kind: 'audit.\0' }],
    ['a matter that holds a zero', { matter: ['no\0such', 'v\0', new Uint8Array(32)] }],
    ['a matter that has no name', { matter: ['', '', new Uint8Array(32)] }],
    ['a misfit whose name holds a zero', { answers: { '\0': Uint8Array.of(1) } }],
    ['words that hold a zero', { basis: '\0', lang: '\0', answers: { '\0': '\0', constructor: 'x' } }],
  ])('%s', async (_what, fields) => {
    const odd = filedCase(DONGCUN, fields);
    const next = filedCase(DONGCUN);
    const { outcomes } = await terminal.offer([terminal.entry(odd.content), terminal.entry(next.content)]);
    expect(outcomes).toEqual([0, 0]);
    expect((await town.get('/')).status).toBe(200);
    for (const { caseId } of [odd, next])
      expect([200, 404]).toContain((await town.get(`/cases/${toHex(caseId)}`)).status);
  });

  it('a machine whose disk heals itself rings at the county desk, once an entry', async () => {
    const healed = terminal.entry({ schema: 1, kind: 'audit.copy-healed', pieces: 3 }, { class: 2 });
    expect((await terminal.offer([healed])).outcomes).toEqual([0]);
    expect((await terminal.offer([healed])).outcomes).toEqual([0]);
    const rung = await test.platform.context.store.db
      .selectFrom('alarms')
      .select(['detail', 'terminalId'])
      .where('kind', '=', 'disk-heals')
      .execute();
    expect(rung.map(({ detail, terminalId }) => [detail, toHex(terminalId!)])).toEqual([
      ['3', toHex(terminal.terminalId)],
    ]);
  });

  it.each([
    ['the far future', FAR, null],
    ['the far past', -FAR, null],
    ['beyond every time', FAR, FAR],
  ])('a clock in %s', async (_what, wallMs, offsetMs) => {
    const odd = filedCase(DONGCUN);
    const next = filedCase(DONGCUN);
    const clock = { trusted: false, offsetMs, ageMs: offsetMs === null ? null : 0 };
    const { outcomes } = await terminal.offer([
      terminal.entry(odd.content, { bend: { wallMs, clock } }),
      terminal.entry(next.content),
    ]);
    expect(outcomes).toEqual([0, 0]);
    expect((await town.get('/')).status).toBe(200);
    for (const { caseId } of [odd, next])
      expect((await town.get(`/cases/${toHex(caseId)}`)).status).toBe(200);
  });
});
