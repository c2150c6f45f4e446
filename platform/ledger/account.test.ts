import { execFile } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs } from '../testing/test-staff.ts';
import { enrolTerminal, type TestTerminal } from '../testing/test-terminal.ts';

const PASSWORD = 'a long password of staff';
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const note = (words: string) => ({ schema: 1, kind: 'audit.note', words });

describeOnBoth('the account of a machine', (host) => {
  /** The page, as words, and what the program prints, with its exit code. */
  async function tell(test: TestPlatform, terminal: TestTerminal) {
    const county = { signIn: 'county', name: '工作人员', deskCode: '330624', password: PASSWORD };
    await putStaff(test.platform.context, county, CHEAP);
    const browser = await signInAs(test.platform, 'county', PASSWORD);
    const { status, text } = await browser.get(`/machines/${toHex(terminal.terminalId)}/account`);
    expect(status).toBe(200);
    return { words: text.replaceAll(/<[^>]+>|\s+/g, ' '), ...(await print(test, terminal)) };
  }

  function print(test: TestPlatform, terminal: TestTerminal): Promise<{ code: number; lines: object[] }> {
    const { folder, database } = test;
    const config = join(folder, 'config.json');
    const postgresUrl = database.kind === 'postgres' ? { postgresUrl: database.url } : {};
    const dataDir = database.kind === 'sqlite' ? join(database.path, '..') : folder;
    // The keys say that a platform was started here.
    if (!existsSync(join(dataDir, 'keys'))) symlinkSync(join(folder, 'keys'), join(dataDir, 'keys'));
    writeFileSync(config, JSON.stringify({ dataDir, ...postgresUrl }));
    const words = ['--config', config, '--terminal', toHex(terminal.terminalId).slice(0, 8)];
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], (_e, out) =>
        resolve({
          code: child.exitCode ?? -1,
          lines: out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as object])),
        }),
      );
    });
  }

  it('says what is missing and where it breaks, and that it is complete once it is', async () => {
    const test = await host.start();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const entries = ['a', 'b', 'c', 'd', 'e'].map((words) => terminal.entry(note(words)));
    await terminal.offer([entries[0]!, entries[1]!, entries[4]!]);
    const gap = await tell(test, terminal);
    expect(gap.words).toMatch(/不齐.*第 1 至 5 条.*收下\s+3 条.*还欠\s+第 3–4 条.*收下的处处衔接/);
    expect(gap).toMatchObject({ code: 1, lines: [{ top: 5, held: 3, backup: 0, brokenAt: [] }] });
    expect(gap.lines).toMatchObject([{ missing: [{ from: 3, to: 4 }] }]);

    await terminal.offer([entries[2]!, entries[3]!]);
    await test.platform.backUpNow();
    const whole = await tell(test, terminal);
    expect(whole.words).toMatch(/齐了.*其中已备份\s+5 条.*还欠\s+无.*处处衔接/);
    expect(whole).toMatchObject({ code: 0, lines: [{ top: 5, held: 5, backup: 5, missing: [] }] });

    const stray = terminal.entry(note('f'), { bend: { prev: new Uint8Array(32).fill(7) } });
    await terminal.offer([stray]);
    const broken = await tell(test, terminal);
    expect(broken.words).toMatch(/不齐.*在第 6 条断开/);
    expect(broken).toMatchObject({ code: 1, lines: [{ brokenAt: [6], missing: [] }] });
  });
});
