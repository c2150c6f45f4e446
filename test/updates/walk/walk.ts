/**
 * The way of a release, walked with real parts: signed by the programs people use, served by a platform's gateway, fetched
 * by a terminal over HTTP, tried by a launcher that is a program of its own, kept or left, and told of in the machine's
 * report. Once the power goes in the middle.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeDisk } from '../../../base/node/disk.ts';
import { orderMachines } from '../../../platform/feed/orders.ts';
import { readReport } from '../../../platform/fleet/read-report.ts';
import { offerNow } from '../../../platform/rollouts/keep-offers.ts';
import { usualPlan } from '../../../platform/rollouts/plan.ts';
import { beginRollout, findRollout } from '../../../platform/rollouts/rollouts.ts';
import { createPlatform, type Platform } from '../../../platform/server.ts';
import { DONGCUN, optionsIn } from '../../../platform/testing/test-platform.ts';
import type { MachineReport } from '../../../sync/report-contents.ts';
import { layMachine, type Machine, type MachineSetup } from './machine.ts';
import { makeSigners, type Signers } from './signers.ts';

/** `bad` fails its health check; `sours` passes it, and keeps ending once it was committed. */
export type ReleaseName = 'first' | 'second' | 'bad' | 'sours';

/** What is walked with. */
export interface Walk {
  readonly form: MachineSetup['form'];
  readonly architecture: string;
  readonly launcher: MachineSetup['launcher'];
  readonly chromium?: string;
  /** Writes all files of a release into a folder; answers what is started. */
  readonly files: (folder: string, release: ReleaseName) => string;
}

/** A walk under way. */
export interface Walked {
  readonly machine: Machine;
  readonly signers: Signers;
  /** Signs these files as the next release and offers it to every machine, at any hour. */
  offer(release: ReleaseName, number: number): Promise<void>;
  /** Waits for the machine's report of that outcome; throws with what it reported instead. */
  reported(outcome: string, withinMs: number): Promise<MachineReport>;
  rolloutState(): Promise<string | undefined>;
  /** Orders a restart of the whole machine; answers what it made of that. */
  restartAll(withinMs: number): Promise<string>;
  /** The hash of a manifest as it lies on the machine. */
  hashIn(slot: 'a' | 'b', path: string): string;
  end(): Promise<void>;
}

/** Sets everything up; the machine has its first release and does not run yet. */
export async function beginWalk(walk: Walk): Promise<Walked> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-walk-'));
  const signers = makeSigners(folder, walk.architecture);
  const release = (name: ReleaseName) => {
    const files = join(folder, 'files', name);
    mkdirSync(files, { recursive: true });
    signers.release(files, walk.files(files, name), name);
  };
  release('first');
  const platform = await createPlatform({
    ...optionsIn(join(folder, 'platform')),
    releases: nodeDisk(join(folder, 'releases')),
  });
  const machine = layMachine({
    ...walk,
    ...{ folder, root: signers.root, enrolment: await platform.enrolmentCode(DONGCUN) },
  });
  mkdirSync(machine.software);
  signers.layFirst(machine.software);
  return {
    ...{ machine, signers },
    async offer(name, number) {
      release(name);
      await offerEverywhere(platform, number);
    },
    reported: (outcome, withinMs) => waitForReport(platform, outcome, withinMs),
    rolloutState: async () => (await findRollout(platform.context.store.db))?.standing.state,
    restartAll: (withinMs) => orderRestart(platform, withinMs),
    hashIn: (slot, path) =>
      createHash('sha256')
        .update(readFileSync(join(machine.software, slot, path)))
        .digest('hex'),
    async end() {
      await machine.cutPower();
      await platform.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function offerEverywhere({ context }: Platform, version: number): Promise<void> {
  const staffId = await someStaff(context);
  const plan = {
    ...usualPlan({ version, channel: 'pilot', pilot: [] }),
    hours: { days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1440 },
    stages: [{ area: 'all' as const, percent: 100, holdHours: 0 }],
    stop: { percent: 3, least: 1 },
  };
  await beginRollout(context, plan, staffId, '新版本');
  await offerNow(context);
}

async function orderRestart({ context }: Platform, withinMs: number): Promise<string> {
  const { db } = context.store;
  const { terminalId } = await db.selectFrom('terminals').select('terminalId').executeTakeFirstOrThrow();
  const content = { schema: 1, kind: 'machine.restart-all', when: 'vacant' } as const;
  await orderMachines(
    context,
    { terminalId },
    { order: 'answered', forMs: withinMs, content },
    await someStaff(context),
  );
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 250) {
    const answer = await db.selectFrom('orderAnswers').select(['outcome', 'why']).executeTakeFirst();
    if (answer !== undefined) return answer.why ?? answer.outcome;
    await sleep(250);
  }
  return 'never answered';
}

async function someStaff({ store }: Platform['context']): Promise<number> {
  const found = await store.db.selectFrom('staff').select('staffId').executeTakeFirst();
  if (found !== undefined) return found.staffId;
  const row = await store.db
    .insertInto('staff')
    .values({ name: '石维护', signIn: 'keeper', password: '-', deskCode: '330624', disabled: 0 })
    .returning('staffId')
    .executeTakeFirstOrThrow();
  return row.staffId;
}

async function waitForReport(
  { context }: Platform,
  outcome: string,
  withinMs: number,
): Promise<MachineReport> {
  let last: MachineReport | undefined;
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 250) {
    const row = await context.store.db.selectFrom('fleetReports').select('content').executeTakeFirst();
    last = row && readReport(row.content);
    if (last?.update?.state === outcome) {
      // The platform looks by itself every half minute.
      await offerNow(context);
      return last;
    }
    await sleep(250);
  }
  throw new Error(`never reported: ${JSON.stringify(last)}`);
}

/** Writes files below a folder. */
export function layFiles(
  folder: string,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): void {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}
