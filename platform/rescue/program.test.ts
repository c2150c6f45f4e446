/** The import as a program, beside a platform that runs on the same SQLite file. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { startChild } from '../../host/child-process.ts';
import { entryBytes } from '../../sync/formats/entry.ts';
import { makeFrame } from '../../sync/formats/frame.ts';
import { DONGCUN } from '../testing/test-platform.ts';
import { crypto, enrolTerminal, filedCase, newId } from '../testing/test-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-rescue-'));
const data = join(folder, 'data');
let platform: ReturnType<typeof startChild>;

beforeAll(() => {
  platform = startChild({
    ...{ name: 'platform', entry: join(import.meta.dirname, '../main.ts') },
    config: { dataDir: data, enrol: DONGCUN.village.code, openingThreads: 0 },
    configPath: join(folder, 'platform.json'),
    logPath: join(folder, 'platform.log'),
  });
});
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the import; answers its exit code and what it printed. */
function run(...words: string[]): Promise<{ code: number; out: string }> {
  const program = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...words], (_error, out) =>
      resolve({ code: child.exitCode ?? -1, out }),
    );
  });
}

it('brings a stick to a platform that runs, once', async () => {
  const { enrolment } = (await platform.ready) as { enrolment: string };
  const terminal = await enrolTerminal(enrolment);
  const entries = [filedCase(DONGCUN), filedCase(DONGCUN)].map(({ content }) => terminal.entry(content));
  const stick = join(folder, 'stick');
  const rescued = nodeDisk(join(stick, 'yizhan-rescue', toHex(newId())));
  for (const entry of entries) {
    rescued.appendDurably('entries.yzf', makeFrame(crypto, entryBytes(entry), null));
  }
  for (const _twice of [1, 2]) {
    const { code, out } = await run('--data', data, stick);
    expect(JSON.parse(out)).toMatchObject({ ok: true, value: { manifest: 'missing', found: 2, held: 2 } });
    expect(code).toBe(0);
  }
  expect(rescued.findSize('answers.cbor')).toBeGreaterThan(0);
  expect((await terminal.offer(entries)).outcomes).toEqual([0, 0]);
}, 60_000);

it('says what is wrong and writes nothing', async () => {
  const empty = join(folder, 'empty');
  nodeDisk(empty);
  expect((await run(empty)).code).toBe(64);
  expect((await run('--data', join(folder, 'nothing'), empty)).code).toBe(75);
  expect(existsSync(join(folder, 'nothing', 'platform.db'))).toBe(false);
  expect((await run('--data', data, empty)).code).toBe(1);
  expect(readdirSync(empty)).toEqual([]);
  writeFileSync(join(folder, 'wrong.json'), '{"dataDirectory": "x"}');
  expect((await run('--config', join(folder, 'wrong.json'), empty)).code).toBe(64);
}, 60_000);
