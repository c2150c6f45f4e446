import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import { invariant } from '../../base/result.ts';
import { startChild } from '../../host/child-process.ts';
import { SAMPLE_VILLAGE } from '../../scripts/stack.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import { enrol } from '../../sync/enrol.ts';
import type { SyncEvent } from '../../sync/events.ts';
import { OUTCOME } from '../../sync/formats/answers.ts';
import { keyFile } from '../../terminal/keys/key-file.ts';
import { type OpenedKeeper, openKeeper } from '../../terminal/open-keeper.ts';
import { newInspector } from '../load/inspect.ts';
import { openCaseDesk } from './sample-cases.ts';

/** Our terminal's queue. */
export interface OurDrain {
  /** Keeps so many more cases; not timed. */
  fill(count: number): void;
  /** What waits, as it will be sent. */
  waiting(): readonly Uint8Array[];
  /** Hands all of it over; resolves when the journal holds a receipt of everything. */
  drain(): Promise<void>;
  /** Processor time so far, in milliseconds: this process, which is the terminal; the platform's main thread; its others. */
  processorMs(): Promise<{ readonly terminal: number; readonly main: number; readonly workers: number }>;
  close(): Promise<void>;
}

const crypto = createCrypto(systemRandom);
const fetch = createNodeFetch({ tolerateDateErrors: () => false });

/**
 * A platform process on SQLite, and here a terminal enrolled at it by code, with its journal, mirror and keys on
 * real files.
 */
export async function startOurDrain(folder: string): Promise<OurDrain> {
  const inspector = await newInspector();
  const platform = startChild({
    name: 'platform',
    entry: join(import.meta.dirname, '../../platform/main.ts'),
    config: {
      dataDir: join(folder, 'platform'),
      enrol: SAMPLE_VILLAGE,
      openingThreads: availableParallelism(),
    },
    configPath: join(folder, 'platform.json'),
    logPath: join(folder, 'platform.log'),
    env: inspector.env,
  });
  const { enrolment } = (await platform.ready) as { enrolment: string };
  const opened = openTerminal(join(folder, 'terminal'));
  const enrolled = await enrol({ fetch, crypto }, opened.key, enrolment);
  invariant(enrolled.ok, 'the platform enrols the terminal');
  invariant(opened.enrol(enrolled.value).ok, 'the enrolment is kept');
  const desk = openCaseDesk(opened, crypto);
  return {
    fill(count) {
      for (let index = 0; index < count; index++) desk.prepare()();
    },
    drain: drainer(opened),
    async processorMs() {
      const { user, system } = process.cpuUsage();
      const { main, others } = await inspector.processorMs();
      return { terminal: (user + system) / 1_000, main, workers: others };
    },
    waiting() {
      const { epoch } = opened.port.loadTrust();
      invariant(epoch, 'enrolment brings an epoch');
      const all = { entries: Infinity, bytes: Infinity };
      return opened.port.nextBatch({ epoch, keySetNumber: 1 }, all, () => false).map((one) => one.entryBytes);
    },
    async close() {
      opened.close();
      await platform.stop();
    },
  };
}

function openTerminal(folder: string): OpenedKeeper {
  const disk = nodeDisk(folder);
  const opened = openKeeper({
    store: sqliteFile({ path: join(folder, 'terminal.db') }),
    disk,
    mirrorDisk: nodeDisk(join(folder, 'mirror')),
    keys: keyFile({ disk, random: systemRandom, crypto }),
    ...{ clock: systemClock, random: systemRandom, crypto, software: 'yizhan/bench', builtAtMs: 0 },
    onDamage: () => {
      throw new Error('broken invariant: the database is damaged');
    },
    onFileTrouble: () => {},
    onBackupTrouble: () => {},
  });
  invariant(opened.ok, 'a new terminal opens');
  return opened.value;
}

/** Runs the engine until the journal holds a receipt of everything that waited. */
function drainer(opened: OpenedKeeper): () => Promise<void> {
  let hear: (event: SyncEvent) => void = () => {};
  const engine = createSyncEngine({
    journal: opened.port,
    time: opened.time,
    identity: () => {
      const enrolment = opened.findEnrolment();
      invariant(enrolment, 'the terminal is enrolled');
      return {
        origin: enrolment.origin,
        platformId: enrolment.keySet.value.platformId,
        terminalId: enrolment.cert.terminalId,
        key: opened.key,
        bootId: opened.bootId,
      };
    },
    ...{ clock: systemClock, random: systemRandom, fetch, crypto },
    report: (event) => hear(event),
  });
  return async () => {
    let { waiting } = engine.status().owed;
    const drained = new Promise<void>((resolve, reject) => {
      hear = (event) => {
        if (event.kind === 'trouble') reject(new Error(`the drain met ${event.code}`));
        if (event.kind === 'answered') waiting -= event.outcomes[OUTCOME.held] ?? 0;
        if (waiting === 0) resolve();
      };
    });
    engine.start();
    await drained;
    hear = () => {};
    await engine.stop();
    invariant(engine.status().owed.waiting === 0, 'the queue is empty');
  };
}
