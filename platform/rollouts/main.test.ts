/** The program of roll-outs, run as it is. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { toBase64Url } from '../../base/bytes.ts';
import { putStaff } from '../desk/staff.ts';
import { createPlatform } from '../server.ts';
import { DONGCUN, optionsIn } from '../testing/test-platform.ts';
import { crypto, enrolTerminal } from '../testing/test-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-rollouts-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    const program = [join(import.meta.dirname, 'main.ts'), ...words, '--data', folder];
    const child = execFile(process.execPath, program, (_error, out, wrong) =>
      resolve({ code: child.exitCode ?? -1, said: out + wrong }),
    );
  });
}

it('sends no step back that machines would pass over: signed by a key that the newest set does not name', async () => {
  const platform = await createPlatform(optionsIn(folder));
  const staff = {
    signIn: 'keeper',
    name: '石维护',
    deskCode: '330624',
    password: 'a long password of staff',
  };
  await putStaff(platform.context, staff, { N: 2 ** 10, r: 8, p: 1 });
  await enrolTerminal(await platform.enrolmentCode(DONGCUN));
  const seed = crypto.randomBytes(32);
  const key = join(folder, 'order-key.json');
  writeFileSync(key, JSON.stringify({ use: 'order', seed: toBase64Url(seed) }));
  const words = [
    'step-back',
    '--staff',
    'keeper',
    '--key',
    key,
    '--from',
    '7',
    '--to',
    '6',
    '--words',
    '坏了',
  ];

  const unknown = await run(...words);
  expect(unknown).toMatchObject({ code: 65 });
  expect(unknown.said).toContain('no machine takes this key');
  platform.context.keys.addOrderKey(crypto.signingKey(seed).publicKey, '俞局长');
  expect(await run(...words)).toEqual({ code: 0, said: '{"machines":1}\n' });
  await platform.stop();
}, 60_000);
