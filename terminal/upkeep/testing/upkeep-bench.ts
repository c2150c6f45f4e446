/** A terminal's authority with upkeep, PINs that are cheap to check, and a devices program in the test's hand. */
import { equalBytes } from '../../../base/bytes.ts';
import { systemRandom } from '../../../base/node/random.ts';
import type { DeviceName, DeviceStatus, SelfTestReport, SlipJob, SlipOutcome } from '../../../drivers/api.ts';
import type { ActResult } from '../../api.ts';
import type { TakeAnswers } from '../../rescue/answers.ts';
import type { MountedStick } from '../../rescue/stick-work.ts';
import { crypto, world } from '../../testing/keeper-world.ts';
import { type Bench, createBench } from '../../visit/testing/bench.ts';
import { type WatchedKeeper, watchKeeper } from '../../visit/testing/watched-keeper.ts';
import type { Role, UpkeepCommand } from '../api.ts';
import type { UpkeepCatalog } from '../catalog-page.ts';
import type { NewKeyState, TriedEntry } from '../queue.ts';
import type { Verifiers } from '../sign-in.ts';
import type { UpkeepSoftware } from '../software-page.ts';
import { createUpkeep, type Upkeep } from '../upkeep.ts';
import { makeVerifier } from '../verifier.ts';
import { benchMachine, sampleSoftware } from './bench-machine.ts';

const CHEAP = { N: 2, r: 1, p: 1 };

/** The PINs of a bench. */
export const PINS = { caretaker: '135790', maintainer: '864202' } as const satisfies Record<Role, string>;

const VERIFIERS: Verifiers = {
  caretaker: makeVerifier(crypto, PINS.caretaker, CHEAP),
  maintainer: makeVerifier(crypto, PINS.maintainer, CHEAP),
};

/** An owed entry that the platform has refused. */
export const REFUSED_ENTRY: TriedEntry = {
  ...{
    entryId: new Uint8Array(16).fill(10),
    journalId: new Uint8Array(16),
    seq: 7,
    entryClass: 1,
    keptAtMs: 1,
  },
  ...{ state: 'refused', outcome: 2, tries: 2, lastTryMs: 5, trouble: null, lostFiles: 0 },
};

/** What a test turns and reads, beside what a bench has. */
export interface UpkeepBench extends Bench {
  readonly upkeep: Upkeep;
  /** The devices program; `isThere` false: it is gone. */
  readonly program: {
    isThere: boolean;
    readonly statuses: Map<DeviceName, DeviceStatus>;
    readonly restarted: DeviceName[];
    readonly printed: SlipJob[];
    test: (device: DeviceName, signal: AbortSignal) => Promise<SelfTestReport>;
    print: () => Promise<SlipOutcome>;
    restart: () => Promise<boolean>;
    /** What the queue lists, and how often it was told to try. */
    owed: TriedEntry[];
    triedNow: number;
    /** What the machine was told last: whether a maintainer is signed in. */
    maintained: boolean;
    sticks: MountedStick[];
    takeAnswers: TakeAnswers;
    newKey: NewKeyState;
    catalog: UpkeepCatalog;
    software: UpkeepSoftware;
  };
  /** A device becomes so, as the devices program tells it. */
  becomes(status: DeviceStatus): void;
  /** A command on the present page. */
  ask(command: UpkeepCommand): ActResult;
  /** Opens upkeep and signs in. */
  signIn(role: Role): void;
  /** Lets promises settle. */
  settle(): Promise<void>;
}

/** A bench whose reader and printer are well. */
export function createUpkeepBench(
  options: { readonly keeper?: WatchedKeeper; readonly verifiers?: Verifiers } = {},
): UpkeepBench {
  const { keeper = watchKeeper(), verifiers = VERIFIERS } = options;
  const statuses = new Map<DeviceName, DeviceStatus>();
  const program: UpkeepBench['program'] = {
    isThere: true,
    statuses,
    restarted: [],
    printed: [],
    test: async (device) => ({ device, passed: true, state: 'ok', reason: null, findings: [] }),
    print: async () => ({ outcome: 'printed' }),
    restart: async () => true,
    owed: [],
    triedNow: 0,
    maintained: false,
    sticks: [],
    newKey: 'possible',
    catalog: sampleCatalog(),
    software: sampleSoftware(),
    takeAnswers: () => ({ ok: true, value: { receipted: 0, erased: 0, ignored: 0, waiting: 0 } }),
  };
  const made: { upkeep?: Upkeep } = {};
  const bench = createBench({
    keeper,
    upkeepOf(_keeper, authority) {
      made.upkeep = createUpkeep({
        ...{ clock: keeper.clock, crypto, random: systemRandom, keeper, store: keeper.upkeep, verifiers },
        time: { nowMs: keeper.clock.wallMs, trusted: () => true, floorMs: () => 0 },
        software: 'yizhan/test',
        online: () => true,
        freeBytes: () => 12_300_000_000,
        queue: {
          entries: (limit) => program.owed.slice(0, limit),
          status: () => ({ online: true, nextTryMs: null, trouble: null, access: 'served' }),
          tryNow: () => {
            program.triedNow += 1;
          },
          offerAgain: (entryId) =>
            program.owed.some((one) => one.state === 'refused' && equalBytes(one.entryId, entryId)),
          newKey: () => program.newKey,
          renewKey() {
            const asks = program.newKey !== 'asking';
            program.newKey = 'asking';
            return asks;
          },
        },
        catalog: {
          state: () => program.catalog.state(),
          looking: () => program.catalog.looking(),
          sticks: () => program.catalog.sticks(),
          look: (stick) => program.catalog.look(stick),
          findDataSetName: (id) => program.catalog.findDataSetName(id),
          stepBack: () => program.catalog.stepBack(),
        },
        standing: () => bench.world.standing,
        machine: benchMachine(
          keeper,
          () => program.sticks,
          (isSignedIn) => {
            program.maintained = isSignedIn;
          },
          {
            findView: () => program.software.findView(),
            sticks: () => program.software.sticks(),
            look: (stick) => program.software.look(stick),
            hurry: () => program.software.hurry(),
            cancel: () => program.software.cancel(),
          },
        ),
        rescue: {
          ...{ crypto, source: keeper.rescue, nowMs: keeper.clock.wallMs, sticks: () => program.sticks },
          former: ['1a2b3c4d'.padEnd(32, '0')],
          findSigner: () => ({ terminalId: world.terminalId, key: world.terminal }),
          takeAnswers: (file) => program.takeAnswers(file),
        },
        devices: {
          statuses: () => [...statuses.values()],
          cabinet: () => null,
          find: () => (program.isThere ? devices : undefined),
        },
        onChange: () => authority().refresh(),
        onBusy: () => authority().stillBusy(),
      });
      return made.upkeep;
    },
  });
  const devices = {
    restart({ device }: { readonly device: DeviceName }) {
      program.restarted.push(device);
      return program.restart();
    },
    selfTest: ({ device }: { readonly device: DeviceName }, { signal }: { readonly signal: AbortSignal }) =>
      program.test(device, signal),
    printSlip(job: SlipJob) {
      program.printed.push(job);
      return program.print();
    },
  };
  const upkeep = made.upkeep as Upkeep;
  const ask = (command: UpkeepCommand) => bench.act({ type: 'upkeep', command });
  const whole: UpkeepBench = {
    ...bench,
    upkeep,
    program,
    becomes(status) {
      statuses.set(status.device, status);
      upkeep.news.status(status);
      bench.authority.refresh();
    },
    ask,
    signIn(role) {
      ask({ do: 'open' });
      ask({ do: 'choose-role', role });
      ask({ do: 'sign-in', pin: PINS[role] });
    },
    async settle() {
      for (let round = 0; round < 30; round += 1) await Promise.resolve();
    },
  };
  whole.becomes({ device: 'card-reader', state: 'ok', reason: null });
  whole.becomes({ device: 'slip-printer', state: 'ok', reason: null, linesPrinted: 0, rollLines: 1_000 });
  return whole;
}

/** A catalog that came with the machine, and a stick with another. */
function sampleCatalog(): UpkeepCatalog {
  return {
    state: () => ({
      ...{ number: null, matters: 7, leftOut: 0, builtAtMs: null, waiting: null, canStepBack: false },
      last: null,
    }),
    looking: () => false,
    sticks: () => ['KINGSTON'],
    look: (stick) => stick === null || stick === 'KINGSTON',
    findDataSetName: (id) => (id === 'household' ? { zh: '户籍', en: 'Household' } : undefined),
    stepBack: () => false,
  };
}
