/**
 * The pictures of docs/maintainers.md "The console", taken from a platform on this machine with made-up machines:
 * `node scripts/fleet-pictures.ts [FOLDER]`. Needs a Chromium (`YIZHAN_CHROMIUM`, else /usr/bin/chromium).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toHex } from '../base/bytes.ts';
import { findDateStartMs } from '../base/calendar.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { systemRandom } from '../base/node/random.ts';
import { invariant } from '../base/result.ts';
import { TOWNS } from '../catalog/places.ts';
import { takeRepair } from '../platform/agents/repairs.ts';
import { findPlace } from '../platform/desk/machines-page.ts';
import { maintainersDesk } from '../platform/desk/roles.ts';
import { createFleetBook } from '../platform/fleet/book.ts';
import { DEFAULT_RULES } from '../platform/fleet/rules.ts';
import { takeReport } from '../platform/fleet/take.ts';
import { sampleReport } from '../platform/fleet/testing/sample-report.ts';
import { noteAlerts } from '../platform/fleet/watch.ts';
import { offerNow } from '../platform/rollouts/keep-offers.ts';
import { usualPlan } from '../platform/rollouts/plan.ts';
import { actOnRollout, beginRollout, pinMachine } from '../platform/rollouts/rollouts.ts';
import { putSampleReleases } from '../platform/software/testing/sample-releases.ts';
import type { MachineReport } from '../sync/report-contents.ts';
import { openDeskStudio } from './pictures/desk-studio.ts';

const [, , OUT = fileURLToPath(new URL('../docs/pictures/', import.meta.url))] = process.argv;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const COUNTY = { code: '330624', name: '新昌县' };
/** Machines in each town: those of its first villages. */
const IN_A_TOWN = 9;

const NOW = findDateStartMs('2026-06-22')! + 10 * HOUR_MS;
const rules = {
  ...DEFAULT_RULES,
  powerOff: [{ area: '330624110', from: '22:00', to: '10:00' }],
};
const releasesFolder = mkdtempSync(join(tmpdir(), 'yizhan-pictures-'));
for (const [channel, names] of [
  ['pilot', ['0.5.0', '0.5.1', '0.6.0']],
  ['stable', ['0.5.0', '0.5.1']],
] as const) {
  const disk = nodeDisk(join(releasesFolder, channel));
  putSampleReleases({ crypto: createCrypto(systemRandom), disk, nowMs: NOW }, names);
}
// A little later than all that follows: a clock that goes back makes the console read everything anew.
const studio = await openDeskStudio(NOW + MINUTE_MS, {
  fleetRules: rules,
  releases: nodeDisk(releasesFolder),
});
const { platform } = studio;
const { context } = platform;
const deskCode = maintainersDesk(COUNTY.code);
await studio.addStaff(deskCode, '石卫民');
await studio.addStaff(COUNTY.code, '王志明');

const bytesOf = (number: number) => {
  const bytes = context.crypto.sha256(new TextEncoder().encode(`machine ${number}`));
  return bytes.subarray(0, 16);
};

/** A machine's report of this moment, with its share of what machines differ in. */
function reportOf(number: number, change: Partial<MachineReport> = {}): MachineReport {
  const share = (number * 37) % 100;
  return sampleReport(studio.now, {
    software: { version: 'yizhan/0.5.0', hash: toHex(context.crypto.sha256(bytesOf(9_999))) },
    catalog: { number: 7, hash: toHex(context.crypto.sha256(bytesOf(9_998))), matters: 219, leftOut: 0 },
    bootId: toHex(bytesOf(8_000 + number)),
    uptimeS: 3_600 * (6 + (share % 18)),
    devices: [
      'card-reader',
      'slip-printer',
      'a4-printer',
      'code-scanner',
      'document-camera',
      'door-sensor',
      'microphone',
    ].map((kind) => ({ kind, state: 'ok', reason: null, sinceMs: studio.now - 9 * HOUR_MS })),
    journal:
      share % 7 === 0 ? { owed: (share % 4) + 1, oldestS: 60 * (share + 3) } : { owed: 0, oldestS: null },
    disk: { freeBytes: (12 + (share % 30)) * 2 ** 30, totalBytes: 64 * 2 ** 30 },
    paper: { level: 'enough', slipsLeft: 60 + share * 4 },
    ...change,
  });
}

const machines = TOWNS.flatMap((town) => town.villages.slice(0, IN_A_TOWN)).map((village, number) => {
  const place = findPlace(COUNTY, village.code);
  invariant(place, 'every village has its place');
  return { number, terminalId: bytesOf(number), place };
});
for (const { terminalId, place, number } of machines) {
  await context.store.db
    .insertInto('terminals')
    .values({
      ...{ terminalId, place: JSON.stringify(place), currentBootId: null },
      ...{ enrolledMs: NOW - 90 * 24 * HOUR_MS, revokedMs: number === 70 ? NOW - 24 * HOUR_MS : null },
    })
    .execute();
}
const inTown = (code: string) => machines.filter(({ place }) => place.town.code === code);
const shown = inTown('330624108')[2];
invariant(shown, 'there is a machine to look at');

/** What differs from a machine that is well. */
const broken = new Map<number, Partial<MachineReport>>([
  [
    shown.number,
    {
      devices: [
        { kind: 'card-reader', state: 'ok', reason: null, sinceMs: NOW - 30 * HOUR_MS },
        { kind: 'slip-printer', state: 'fault', reason: 'cutter-error', sinceMs: NOW - 100 * MINUTE_MS },
        { kind: 'a4-printer', state: 'attention', reason: 'toner-low', sinceMs: NOW - 30 * HOUR_MS },
        { kind: 'code-scanner', state: 'ok', reason: null, sinceMs: NOW - 30 * HOUR_MS },
        { kind: 'document-camera', state: 'ok', reason: null, sinceMs: NOW - 30 * HOUR_MS },
        { kind: 'microphone', state: 'ok', reason: null, sinceMs: NOW - 30 * HOUR_MS },
      ],
      journal: { owed: 4, oldestS: 26 * 60 },
      paper: { level: 'enough', slipsLeft: 142 },
    },
  ],
  [inTown('330624109')[1]!.number, { disk: { freeBytes: 610 * 2 ** 20, totalBytes: 64 * 2 ** 30 } }],
  [inTown('330624002')[4]!.number, { paper: { level: 'ending', slipsLeft: 17 } }],
  [inTown('330624001')[0]!.number, { journal: { owed: 31, oldestS: 27 * 3_600 } }],
  [inTown('330624200')[5]!.number, { clockTrusted: false, uptimeS: 2 * 3_600 }],
]);

// Two weeks of the machine that is looked at.
for (let hours = 14 * 24; hours > 0; hours -= 3) {
  studio.now = NOW - hours * HOUR_MS;
  const wave = Math.abs(Math.sin(hours / 19));
  await takeReport(context, shown.terminalId, {
    ...reportOf(shown.number, {
      uptimeS: 14 * 24 * 3_600 - hours * 3_600,
      journal: { owed: Math.round(wave * 9), oldestS: 600 },
      disk: { freeBytes: Math.round((30 - (14 * 24 - hours) / 40) * 2 ** 30), totalBytes: 64 * 2 ** 30 },
      paper: { level: 'enough', slipsLeft: ((hours * 2) % 420) + 140 },
      counts: {
        ...{ countsId: '0'.repeat(16), sinceMs: NOW - 90 * 24 * HOUR_MS, dropped: 0 },
        each: [
          {
            what: 'abandoned',
            on: 'question',
            matter: 'farmland-subsidy',
            count: 1 + Math.floor((340 - hours) / 40),
          },
          {
            what: 'abandoned',
            on: 'check',
            matter: 'job-seeking',
            count: 1 + Math.floor((340 - hours) / 120),
          },
          { what: 'abandoned', on: 'question', matter: 'private', count: 1 + Math.floor((340 - hours) / 90) },
          {
            what: 'failed',
            on: 'kept',
            matter: 'homestead-approval',
            count: 1 + Math.floor((340 - hours) / 60),
          },
          { what: 'network', on: 'timeout', matter: null, count: 1 + Math.floor((340 - hours) / 15) },
          { what: 'unclean-end', on: null, matter: null, count: 2 },
        ],
      },
    }),
    bootId: toHex(bytesOf(9_000 + Math.floor(hours / 24))),
  });
}
const last = await context.store.db
  .selectFrom('fleetReports')
  .select('content')
  .where('terminalId', '=', shown.terminalId)
  .executeTakeFirstOrThrow();
const { counts } = JSON.parse(last.content) as MachineReport;
for (const { number, terminalId, place } of machines) {
  // The power went in 镜岭 at about nine, and is off at night in 儒岙.
  const isCut = place.town.code === '330624104' && number % 9 !== 3;
  const isNight = place.town.code === '330624110';
  const isNew = number === 40;
  if (isNew) continue;
  studio.now = isCut
    ? NOW - 71 * MINUTE_MS - number * 9_000
    : isNight
      ? NOW - 12 * HOUR_MS
      : NOW - ((number * 53) % 14) * MINUTE_MS;
  const report = reportOf(number, { ...broken.get(number), ...(number === shown.number && { counts }) });
  await takeReport(context, terminalId, report);
}
studio.now = NOW;
await takeRepair(context.store.db, {
  ...{ repairId: bytesOf(5_000), terminalId: shown.terminalId, part: 'slip-printer' },
  ...{ fault: 'cutter-error', agentId: null, madeMs: NOW - 80 * MINUTE_MS },
});
const { alerts } = await createFleetBook(context, rules).view();
await noteAlerts(context, alerts, rules, NOW);

// A roll-out half-way: its pilot is over, a tenth of all has it, one went back.
const { staffId } = await context.store.db
  .selectFrom('staff')
  .select('staffId')
  .where('signIn', '=', deskCode)
  .executeTakeFirstOrThrow();
const pilot = inTown('330624108')
  .slice(3, 6)
  .map(({ terminalId }) => toHex(terminalId));
const [kept] = inTown('330624002');
invariant(kept, 'there is a machine to pin');
const pin = { pinned: true, staffId, words: '党代会期间不动' };
await pinMachine(context, { ...pin, terminalId: kept.terminalId });
studio.now = NOW - 4 * 24 * HOUR_MS;
const plan = usualPlan({ version: 3, channel: 'pilot', pilot });
plan.stages.splice(1, 0, { area: '330624108', percent: 100, holdHours: 48 });
const rolloutNo = await beginRollout(context, plan, staffId, '修好 0.5 卡纸以后不再打印');
await offerNow(context);
studio.now = NOW - 2 * 24 * HOUR_MS;
await actOnRollout(context, rolloutNo, 'stage', { staffId: null, words: '' });
studio.now = NOW - 9 * HOUR_MS;
await actOnRollout(context, rolloutNo, 'stage', { staffId: null, words: '' });
await offerNow(context);
studio.now = NOW;
const offered = await context.store.db
  .selectFrom('softwareOffers')
  .select('terminalId')
  .where('version', '=', 3)
  .execute();
for (const [index, { terminalId }] of offered.entries()) {
  const machine = machines.find((one) => toHex(one.terminalId) === toHex(terminalId));
  if (!machine || broken.has(machine.number) || index % 5 === 3) continue;
  const state = index === 7 ? 'ill' : 'committed';
  const software = { version: 'yizhan/0.6.0', hash: toHex(context.crypto.sha256(bytesOf(9_997))) };
  await takeReport(
    context,
    terminalId,
    reportOf(machine.number, {
      ...{ uptimeS: 90_000, update: { version: '3', state } },
      ...(state === 'committed' && { software }),
    }),
  );
}

try {
  const page = await studio.signIn(deskCode, { width: 1440, height: 900 });
  const draw = async (path: string, name: string, fullPage: boolean) => {
    await page.goto(`${platform.deskUrl}${path}`);
    await page.locator('.live[data-state=live]').waitFor();
    await studio.draw(page, join(OUT, `${name}.png`), fullPage);
  };
  await draw('/fleet', 'fleet-list', false);
  await draw(`/fleet/machines/${toHex(shown.terminalId)}`, 'fleet-machine', true);
  await draw('/fleet/alerts', 'fleet-alerts', false);
  await page.setViewportSize({ width: 1280, height: 800 });
  await draw('/fleet/rollouts', 'fleet-rollouts', false);
  await page.getByText('发一个新版本').click();
  await page.fill('#pilot', '董村');
  await page.fill('#beginWords', '修好卡纸以后不再打印');
  await page.getByRole('button', { name: '先看一遍' }).click();
  await studio.draw(page, join(OUT, 'fleet-rollout-plan.png'));
} finally {
  await studio.end();
  rmSync(releasesFolder, { recursive: true, force: true });
}
