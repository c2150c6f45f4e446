/** What the pages about the machine stand on in a bench: its real database, a telephone key, and a made-up report. */
import { toBase64Url } from '../../../base/bytes.ts';
import { systemRandom } from '../../../base/node/random.ts';
import { machineKey } from '../../../sync/phone-sign-in.ts';
import type { MountedStick } from '../../rescue/stick-work.ts';
import { crypto } from '../../testing/keeper-world.ts';
import type { WatchedKeeper } from '../../visit/testing/watched-keeper.ts';
import type { MachineReport } from '../machine-api.ts';
import type { MachineTools } from '../machine-care.ts';
import { createPhoneSignIn } from '../phone-sign-in.ts';
import type { SoftwareView } from '../software-api.ts';
import type { UpkeepSoftware } from '../software-page.ts';

/** The machine's number over the telephone, and its key. */
export const BENCH_MACHINE = '330017';
export const BENCH_KEY = machineKey(crypto, new Uint8Array(32).fill(9), BENCH_MACHINE);

const REPORT: MachineReport = {
  versions: {
    ...{
      software: 'yizhan/test',
      builtAtMs: 1,
      runtime: 'node',
      programHash: null,
      catalog: null,
      matters: 7,
    },
  },
  keys: { terminal: null, keySet: null, certifiedAtMs: null, own: '00112233' },
  journals: [],
  disk: null,
  clock: { nowMs: 2, trusted: true, offsetMs: 0, floorMs: 1 },
  network: { online: true, lastContactMs: null, nextTryMs: null, trouble: null, access: 'served' },
};

/** The tools of a bench. */
export function benchMachine(
  keeper: WatchedKeeper,
  sticks: () => readonly MountedStick[],
  maintains: MachineTools['maintains'],
  software: UpkeepSoftware,
): MachineTools {
  const key = `yzp$${BENCH_MACHINE}$${toBase64Url(BENCH_KEY)}`;
  const { clock, phoneTries: store } = keeper;
  return {
    ...{ report: () => REPORT, log: () => [], cards: keeper.upkeepCards, sticks },
    phone: createPhoneSignIn({ key, store, clock, crypto, random: systemRandom, keeper }),
    ...{ writeBundle: () => 'written', maintains, software },
  };
}

/** Release 8 came by stick and waits; another stick would bring more. */
export function sampleSoftware(): UpkeepSoftware {
  const view: SoftwareView = {
    ...{
      running: { version: 7, name: '0.6.0', hash: 'aa', sinceMs: 1 },
      other: { version: 8, name: '0.6.1' },
    },
    ...{ trial: null, refused: [], looking: false, fetching: null, hours: null, backTo: null, last: null },
    waiting: { version: 8, for: 'nobody', by: 'stick' },
  };
  return {
    findView: () => view,
    sticks: () => ['KINGSTON'],
    look: (stick) => stick === null || stick === 'KINGSTON',
    hurry: () => true,
    cancel: () => true,
  };
}
