/** A dead machine is swapped for another, walked from end to end as its desk page says, with real folders and programs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { putStaff } from '../../platform/desk/staff.ts';
import { swapSteps } from '../../platform/desk/swap-view.ts';
import { importRescue } from '../../platform/rescue/import-rescue.ts';
import { createPlatform, type Platform } from '../../platform/server.ts';
import { findTerminal } from '../../platform/terminals/terminals.ts';
import { DONGCUN, optionsIn } from '../../platform/testing/test-platform.ts';
import { signInAs, type TestStaff } from '../../platform/testing/test-staff.ts';
import { repairWish } from '../../terminal/agents/repair-order.ts';
import { openStores } from '../../terminal/program/open-stores.ts';
import { startMachine, type TestMachine, until } from './machine.ts';

const PASSWORD = 'a long password of staff';
const folder = mkdtempSync(join(tmpdir(), 'yizhan-swap-'));
const machines: TestMachine[] = [];
let platform: Platform;
let county: TestStaff;

beforeAll(async () => {
  platform = await createPlatform(optionsIn(join(folder, 'platform')));
  const member = { signIn: 'county', name: '示例 县', deskCode: '330624', password: PASSWORD };
  await putStaff(platform.context, member, { N: 2 ** 10, r: 8, p: 1 });
  county = await signInAs(platform, 'county', PASSWORD);
}, 60_000);
afterAll(async () => {
  for (const machine of machines) await machine.stop();
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const all = async () => platform.context.store.db.selectFrom('terminals').select('terminalId').execute();

/** Starts one more machine of the village; its id. */
async function enrol(name: string) {
  const before = new Set((await all()).map(({ terminalId }) => toHex(terminalId)));
  const machine = startMachine(join(folder, name), await platform.enrolmentCode(DONGCUN));
  machines.push(machine);
  const terminalId = await until(async () =>
    (await all()).map((row) => row.terminalId).find((id) => !before.has(toHex(id))),
  );
  // The platform has its first entry: it knows that it is enrolled, and has a journal.
  const held = platform.context.store.db
    .selectFrom('bodies')
    .select('entryId')
    .where('terminalId', '=', terminalId);
  await until(() => held.executeTakeFirst());
  return { machine, terminalId, page: `/machines/${toHex(terminalId)}` };
}

async function stepsOf(terminalId: Uint8Array): Promise<string[]> {
  const { db } = platform.context.store;
  const steps = await swapSteps(db, (await findTerminal(db, terminalId))!);
  return steps.filter(({ isDone }) => isDone).map(({ name }) => name);
}

/** What the machine kept and told nobody: opened as its own program opens it, and left as a power cut leaves it. */
function keepUnseen({ dataDir, mirrorDir }: TestMachine): Uint8Array {
  const crypto = createCrypto(systemRandom);
  const opened = openStores({ dataDir, mirrorDir }, crypto, () => {});
  if (!opened.ok) throw new Error(opened.error.code);
  const wish = repairWish(crypto, { part: 'slip-printer', fault: 'jam', agentId: null, nowMs: Date.now() });
  const kept = opened.value.keeper.keep(wish);
  opened.value.close();
  if (!kept.ok) throw new Error(kept.error.code);
  return kept.value.entryId;
}

it('goes from a dead machine to one that serves, and loses nothing that was kept', async () => {
  const old = await enrol('old');
  expect(await stepsOf(old.terminalId)).toEqual([]);
  await old.machine.stop(true);
  const entryId = keepUnseen(old.machine);

  await county.post(old.page, { order: 'revoke' });
  expect(await stepsOf(old.terminalId)).toContain('revoked');
  expect(await stepsOf(old.terminalId)).not.toContain('enrolled');

  const next = await enrol('next');
  expect(await stepsOf(old.terminalId)).toContain('enrolled');

  const stick = join(folder, 'stick');
  mkdirSync(stick);
  const rescue = join(import.meta.dirname, '../../terminal/rescue/main.ts');
  const own = ['--data', next.machine.dataDir, '--mirror', next.machine.mirrorDir];
  const from = ['--from', old.machine.dataDir, '--from-mirror', old.machine.mirrorDir];
  const said = execFileSync(process.execPath, [rescue, 'export', ...own, ...from, '--to', stick], {
    encoding: 'utf8',
  });
  expect(JSON.parse(said)).toMatchObject({ ok: true, value: { unreadable: 0, missingFiles: 0 } });
  // Sealed: whoever finds the stick reads nothing of it.
  const [rescued = ''] = readdirSync(join(stick, 'yizhan-rescue'));
  const path = join(stick, 'yizhan-rescue', rescued);
  expect(readFileSync(join(path, 'entries.yzf')).includes('slip-printer')).toBe(false);
  const came = await importRescue(platform.context, nodeDisk(path));
  expect(came).toMatchObject({ ok: true, value: { damaged: 0, strangers: 0 } });
  expect(await stepsOf(old.terminalId)).toEqual(['revoked', 'carried', 'enrolled']);

  const { db } = platform.context.store;
  const held = await db
    .selectFrom('bodies')
    .select('filing')
    .where('entryId', '=', entryId)
    .executeTakeFirst();
  expect(held?.filing).toBe('quarantined');
  expect((await county.get(old.page)).text).toContain('换机器：3 / 5 步');

  const waiting = db.selectFrom('bodies').select('entryId').where('filing', '=', 'quarantined');
  for (const row of await waiting.execute())
    await county.post('/quarantine', { entry: toHex(row.entryId), choice: 'file' });
  expect(await stepsOf(old.terminalId)).toEqual(['revoked', 'carried', 'settled', 'enrolled']);
  await county.post(next.page, { order: 'self-test', paper: 'no' });
  // Without devices a self-test is not done, and the path says so.
  await until(async () =>
    (await county.get(next.page)).text.includes('设备程序没有回应') ? true : undefined,
  );
  expect(await stepsOf(old.terminalId)).not.toContain('tested');
}, 90_000);
