/** Who comes to work at a desk and who leaves it, and where the work goes meanwhile. */
import { execFile } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import { enrolTerminal, filedCase } from '../testing/test-terminal.ts';
import { dismissStaff } from './dismiss.ts';
import { putStaff } from './staff.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));
const DEPARTMENT = '330624/农业农村';

describeOnBoth('staff who leave', (host) => {
  async function begin(test: TestPlatform, ...names: readonly (readonly [string, string])[]) {
    for (const [signIn, deskCode] of names) {
      await putStaff(test.platform.context, { signIn, name: signIn, deskCode, password: PASSWORD }, CHEAP);
    }
  }

  async function file(test: TestPlatform) {
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const filed = filedCase(DONGCUN, { matter: ['farmland-subsidy', 1, new Uint8Array(32)] });
    await terminal.offer([terminal.entry(filed.content)]);
    return toHex(filed.caseId);
  }

  it('leave their work to who is still there, and the last one’s to the town', async () => {
    const test = await host.start();
    const { village, town } = DONGCUN;
    await begin(test, ['one', village.code], ['two', village.code], ['town', town.code]);
    const id = await file(test);
    const one = await signInAs(test.platform, 'one', PASSWORD);
    expect(await dismissStaff(test.platform.context, 'one')).toBe(0);
    expect((await one.get('/')).location).toBe('/sign-in');
    const two = await signInAs(test.platform, 'two', PASSWORD);
    expect((await two.get(`/cases/${id}`)).status).toBe(200);
    expect(await dismissStaff(test.platform.context, 'two')).toBe(1);
    expect((await two.get(`/cases/${id}`)).location).toBe('/sign-in');
    const atTown = await signInAs(test.platform, 'town', PASSWORD);
    const { text } = await atTown.get(`/cases/${id}`);
    expect(text).toContain('原来的工位没有人了');
    expect((await atTown.act(id, 'accept')).status).toBe(303);
    // Nobody is below any more.
    expect((await atTown.act(id, 'send-back', { words: '请村里看' })).status).toBe(409);
    expect(await dismissStaff(test.platform.context, 'two')).toBeUndefined();
    expect(await dismissStaff(test.platform.context, 'town')).toBe(0);
  });

  it('leave a department’s work to the county', async () => {
    const test = await host.start();
    await begin(test, ['town', DONGCUN.town.code], ['farming', DEPARTMENT], ['county', '330624']);
    const id = await file(test);
    const town = await signInAs(test.platform, 'town', PASSWORD);
    await town.act(id, 'forward', { words: '请县里审' });
    const county = await signInAs(test.platform, 'county', PASSWORD);
    expect((await county.get(`/cases/${id}`)).status).toBe(404);
    expect(await dismissStaff(test.platform.context, 'farming')).toBe(1);
    expect((await county.get(`/cases/${id}`)).status).toBe(200);
  });
});

describeOnBoth('the program of staff', (host) => {
  it('adds, lists and dismisses beside a running platform', async () => {
    const test = await host.start();
    const { database, folder } = test;
    const isSqlite = database.kind === 'sqlite';
    const dataDir = isSqlite ? dirname(database.path) : folder;
    // The test keeps keys and an SQLite file in two folders.
    if (isSqlite) symlinkSync(join(folder, 'keys'), join(dataDir, 'keys'));
    const config = join(folder, 'program.json');
    writeFileSync(config, JSON.stringify({ dataDir, ...(!isSqlite && { postgresUrl: database.url }) }));
    const run = async (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [PROGRAM, ...args, '--config', config]).then(
        ({ stdout }) => ({
          code: 0,
          lines: stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        }),
        (error: { code: number }) => ({ code: error.code, lines: [] }),
      );
    const added = await run('add', '--sign-in', 'lv', '--name', '吕国平', '--desk', DONGCUN.village.code);
    expect(added).toMatchObject({ code: 0, lines: [{ desk: DONGCUN.village.code }] });
    const staff = await signInAs(test.platform, 'lv', added.lines[0].password);
    expect((await staff.get('/')).text).toContain('沙溪镇董村 · 工位');
    expect((await run('add', '--sign-in', 'x', '--name', 'x', '--desk', '330624108999')).code).toBe(75);
    expect((await run('add', '--sign-in', 'x', '--name', 'x', '--desk', '330625/民政')).code).toBe(75);
    expect((await run('add', '--sign-in', 'x')).code).toBe(64);
    expect(await run('dismiss', '--sign-in', 'lv')).toMatchObject({ lines: [{ casesMoved: 0 }] });
    expect((await staff.get('/')).location).toBe('/sign-in');
    expect((await run('list')).lines).toEqual([
      { signIn: 'lv', name: '吕国平', desk: DONGCUN.village.code, dismissed: true },
    ]);
  }, 30_000);
});
