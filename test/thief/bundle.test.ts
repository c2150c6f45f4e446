/** A bundle of diagnostics after a week of visits: what a maintainer is sent says nothing of anybody who was there. */
import { expect, it } from 'vitest';
import { ALL_OPEN } from '../../terminal/limits/standing.ts';
import { bundleFile, gatherDiagnostics } from '../../terminal/orders/diagnostics.ts';
import { terminalConfigSchema } from '../../terminal/program/config.ts';
import { crypto, openEnrolled } from '../../terminal/testing/keeper-world.ts';
import { createLogRing } from '../../terminal/upkeep/log-ring.ts';
import { machineReport } from '../../terminal/upkeep/machine-report.ts';
import { liveWeek, TYPED, VILLAGERS } from './week.ts';

const SUPPORT = { agentName: '示例代办员甲', agentPhone: '13900000077', townPhone: '0575-86000077' };
const KEY = '7'.repeat(64);
const SECRETS = [
  ...VILLAGERS.flatMap(({ name, number, phone }) => [name, number, phone, number.slice(6, 14)]),
  ...Object.values(TYPED),
  ...Object.values(SUPPORT),
  ...['样板村', 'social-card', 'passbook', 'old-age-allowance', KEY, 'scrypt$'],
];

it('names nobody, no number, no answer, no matter and no key', async () => {
  const { parts } = liveWeek();
  // Slips that were printing have ended.
  await new Promise((resolve) => setImmediate(resolve));
  parts.store.crash();
  const opened = openEnrolled(parts);
  const ring = createLogRing(() => {}, parts.clock.wallMs);
  // A field that is no word of ours never gets as far as the bundle.
  ring.log('sync.trouble', { loop: VILLAGERS[0]!.name, code: VILLAGERS[0]!.number, waitMs: 5 });
  opened.upkeep.events.add({ atMs: 1, device: 'card-reader', event: { type: 'hung' } });
  const queue = { status: () => null };
  const machine = () =>
    machineReport({
      ...{
        opened,
        crypto,
        clock: parts.clock,
        software: 'yizhan/test',
        builtAtMs: 1,
        runtime: 'node',
        queue,
      },
      ...{
        programHash: null,
        catalog: () => ({ number: null, matters: 7 }),
        disk: () => null,
        online: () => false,
      },
    });
  const config = terminalConfigSchema.parse({
    ...{ dataDir: '/a', mirrorDir: '/b', village: '330624108248', enrolment: 'YZ1|https://x|y|z' },
    support: { ...SUPPORT, agentHours: { zh: '白天', en: 'by day' } },
    phoneCode: { app: '浙里办', issuers: [{ name: 'x', key: KEY }] },
    upkeep: { maintainer: `scrypt$2$1$1$${'A'.repeat(22)}$${'B'.repeat(43)}` },
  });
  const bundle = gatherDiagnostics({
    ...{ software: 'yizhan/test', freeBytes: () => 1, config: () => config, machine, log: ring.newest },
    ...{ statuses: () => [], standing: () => ALL_OPEN, store: opened.upkeep },
    queue: (limit) =>
      opened.port.readQueue(limit).map((entry) => ({ ...entry, tries: 0, lastTryMs: null, trouble: null })),
  });
  const text = Buffer.from(bundleFile(bundle)!.bytes).toString('utf8');
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  // It is no empty bundle that is so quiet.
  expect(bundle).toMatchObject({
    machine: { journals: [{ rebuilt: false }] },
    log: [{ event: 'sync.trouble' }],
  });
  expect(JSON.parse(text).queue.length).toBeGreaterThan(5);
  expect(machine().journals[0]!.head).toBeGreaterThan(20);
});
