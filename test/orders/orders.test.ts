/** Orders of the county's desk to a real terminal program, over real HTTP, answered back to the page they were given on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import { findSentBundle } from '../../platform/diagnostics/open.ts';
import { createPlatform, type Platform } from '../../platform/server.ts';
import { DONGCUN, optionsIn } from '../../platform/testing/test-platform.ts';
import { signInAs, type TestStaff } from '../../platform/testing/test-staff.ts';
import { SUPPORT, startMachine, type TestMachine, until, VERIFIER } from './machine.ts';

const PASSWORD = 'a long password of staff';
const folder = mkdtempSync(join(tmpdir(), 'yizhan-orders-'));
let platform: Platform;
let machine: TestMachine;
let county: TestStaff;
let page: string;

beforeAll(async () => {
  platform = await createPlatform(optionsIn(join(folder, 'platform')));
  const member = { signIn: 'county', name: '示例 县', deskCode: '330624', password: PASSWORD };
  await putStaff(platform.context, member, { N: 2 ** 10, r: 8, p: 1 });
  county = await signInAs(platform, 'county', PASSWORD);
  machine = startMachine(join(folder, 'machine'), await platform.enrolmentCode(DONGCUN));
  const { db } = platform.context.store;
  const row = await until(() => db.selectFrom('terminals').select('terminalId').executeTakeFirst());
  page = `/machines/${toHex(row.terminalId)}`;
}, 60_000);
afterAll(async () => {
  await machine?.stop();
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Gives an order and waits for what its line says then. */
async function order(fields: Record<string, string>, says: RegExp): Promise<string> {
  expect((await county.post(page, fields)).location).toBe(page);
  return until(async () => {
    const { text } = await county.get(page);
    const [line = ''] = /<tbody>.*?<\/tr>/s.exec(text.slice(text.indexOf('下过的令'))) ?? [];
    return says.test(line) ? line : undefined;
  });
}

it('sends a bundle that says how the machine is, and nothing of a key, a PIN or whom to call', async () => {
  const line = await order({ order: 'diagnostics' }, /诊断包在/);
  const entryId = Buffer.from(/--entry ([0-9a-f]{32})/.exec(line)![1]!, 'hex');
  const bundle = Buffer.from((await findSentBundle(platform.context, new Uint8Array(entryId)))!).toString(
    'utf8',
  );
  expect(JSON.parse(bundle)).toMatchObject({
    machine: {
      versions: { software: expect.any(String) },
      clock: { trusted: true },
      network: { online: true },
    },
    configuration: { village: DONGCUN.village.code, pins: { caretaker: false, maintainer: true } },
  });
  const secrets = [SUPPORT.agentName, SUPPORT.agentPhone, SUPPORT.townPhone, VERIFIER, 'YZ1|'];
  expect(secrets.filter((secret) => bundle.includes(secret))).toEqual([]);
});

it('locks, restarts once, and is locked still; unlocks', async () => {
  await order({ order: 'lock', reason: '停电检修', when: 'vacant' }, /做了/);
  const starts = machine.starts();
  await order({ order: 'restart', when: 'now' }, /做了/);
  expect(machine.starts()).toBe(starts + 1);
  const line = await order({ order: 'diagnostics' }, /诊断包在/);
  const entryId = Buffer.from(/--entry ([0-9a-f]{32})/.exec(line)![1]!, 'hex');
  const bundle = Buffer.from((await findSentBundle(platform.context, new Uint8Array(entryId)))!).toString(
    'utf8',
  );
  expect(JSON.parse(bundle)).toMatchObject({ standing: { locked: true } });
  await order({ order: 'unlock' }, /做了/);
  expect(machine.starts()).toBe(starts + 1);
});

it('says why a self-test could not be done', async () => {
  await order({ order: 'self-test', paper: 'no' }, /设备程序没有回应/);
});
