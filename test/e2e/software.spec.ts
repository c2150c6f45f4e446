/**
 * A maintainer with a stick: releases as their signers wrote them, in a folder of memory in the stick's place, the
 * launcher's own rules, and the terminal's real program. A hurt stick is refused, a sound one is taken and changed over to.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { signTarget } from '../../platform/releases/repository.ts';
import { releaseSoftware } from '../../platform/software/make-release.ts';
import { zh } from '../../renderer/src/words/zh.ts';
import { SAMPLE_PINS } from '../../scripts/stack.ts';
import { openScreen } from '../journeys/touches.ts';
import { openVillage, type Village } from '../journeys/village.ts';
import { arrive } from '../journeys/visit.ts';
import { type Visitor, visitorOn } from '../journeys/visitor.ts';
import { createWorld, crypto, filesOf, text, WISH, type World } from '../software/world.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const words = zh.care.software;

test.describe.configure({ mode: 'serial' });
let world: World;
let memory: string;
let village: Village;
let page: Page;
let visitor: Visitor;

test.beforeAll(async ({ browser }) => {
  world = createWorld();
  // Signed now: a stick whose dates have passed is refused for that.
  const context = { crypto, disk: world.repo, keys: world.keys, nowMs: Date.now() };
  signTarget(context, 'catalog.json', text('another catalog'));
  releaseSoftware(context, { ...WISH, name: '0.6.1', files: filesOf('second') });
  // What is mounted lies on another device than the folder it is mounted in.
  memory = mkdtempSync('/dev/shm/yizhan-stick-');
  const rescueDir = join(world.folder, 'sticks');
  mkdirSync(rescueDir);
  symlinkSync(memory, join(rescueDir, 'KINGSTON'));
  writeStick();
  process.env.YIZHAN_SOFTWARE = world.machine;
  const catalogRoot = join(world.folder, 'repo/metadata/1.root.json');
  village = await openVillage({ form: 'source', screens: 'browser', sticks: { rescueDir, catalogRoot } });
  page = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  await openScreen(page, village.stack.screenUrl, { isHurried: true });
  visitor = visitorOn(page, 'zh', 'software');
});
test.afterAll(async () => {
  delete process.env.YIZHAN_SOFTWARE;
  await village?.stop();
  rmSync(memory, { recursive: true, force: true });
  world.end();
});

/** As the signers do it. */
function writeStick(): void {
  const script = join(ROOT, 'scripts/software-release.ts');
  execFileSync(process.execPath, [script, 'stick', '--from', join(world.folder, 'repo'), '--to', memory]);
}

function hurtStick(): void {
  const folder = join(memory, 'yizhan-software/software');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.pack'))) {
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), bytes.fill(0));
  }
}

async function signIn(): Promise<void> {
  await arrive(visitor);
  await visitor.taps(zh.upkeep.link);
  await visitor.taps(new RegExp(zh.upkeep.signIn.maintainer));
  const pad = page.getByLabel(zh.pad.digits, { exact: true });
  for (const digit of SAMPLE_PINS.maintainer)
    await pad.getByRole('button', { name: digit, exact: true }).click();
  await visitor.taps(zh.upkeep.signIn.enter);
  await visitor.sees(zh.upkeep.devices.title);
}
const release = (form: string, n: number) => form.replace('{{n}}', String(n)).replaceAll(' ', '\u00a0');
const fromStick = /KINGSTON/;

test('a hurt stick is refused, a sound one is taken, and the machine changes over once nobody stands there', async () => {
  cpSync(join(memory, 'yizhan-software'), join(world.folder, 'sound'), { recursive: true });
  hurtStick();
  await signIn();
  await visitor.taps(new RegExp(words.way));
  await visitor.sees(words.title);
  await visitor.taps(fromStick);
  await expect(page.getByText(words.came.damaged.split('。')[0] ?? '')).toBeVisible();
  await visitor.shows('hurt');

  cpSync(join(world.folder, 'sound'), join(memory, 'yizhan-software'), { recursive: true, force: true });
  await visitor.taps(fromStick);
  await expect(page.getByText(release(words.waiting.stick, 2))).toBeVisible();
  await visitor.shows('waiting');
  await visitor.taps(new RegExp(words.change));
  await expect(page.getByText(words.sure)).toBeVisible();
  await visitor.taps(words.no);
  await visitor.taps(new RegExp(words.change));
  expect(world.running()).toBe(1);
  await visitor.taps(words.yes);
  await visitor.sees(zh.attract.title);
  await expect.poll(() => world.running()).toBe(2);
});

test('how the change went stands there, and a bundle of diagnostics goes onto the stick', async () => {
  await signIn();
  await visitor.taps(new RegExp(words.way));
  await expect(page.getByText(words.outcome.committed)).toBeVisible();
  await visitor.shows('committed');
  await visitor.taps(zh.key.backPlain);
  await visitor.taps(new RegExp(zh.care.ways.machineHow));
  await visitor.taps(new RegExp(zh.care.machine.diagnosticsHow));
  await visitor.taps(fromStick);
  await expect(page.getByText(zh.care.diagnostics.written)).toBeVisible();
  expect(
    readdirSync(join(memory, 'yizhan-diagnostics')).filter((name) => name.endsWith('.yzd')),
  ).toHaveLength(1);
  await visitor.taps(zh.upkeep.leave);
});
