/**
 * A visit that nobody makes, for a version on trial: a terminal of its own beside the real one, with the real catalog and
 * the real keys, a made-up card, and a store in a scratch folder that is gone afterwards. It opens a matter, leaves, and
 * keeps one entry; no page of it is shown, and nothing of it is offered to the platform.
 */
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { toHex } from '../../base/bytes.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { makeFolder } from '../../base/node/make-folder.ts';
import { removeTree } from '../../base/node/remove-tree.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import type { Random } from '../../base/random.ts';
import { connect } from '../../base/rpc/connect.ts';
import { portPair } from '../../base/rpc/port.ts';
import { serve } from '../../base/rpc/serve.ts';
import {
  type DevicesContract,
  type DevicesEvent,
  devicesContract,
  type IdentityRead,
} from '../../drivers/api.ts';
import type { Action, ScreenContract } from '../api.ts';
import { ALL_OPEN } from '../limits/standing.ts';
import { type OpenedKeeper, openKeeper } from '../open-keeper.ts';
import { createTerminal, type Terminal, type TerminalParts } from '../terminal.ts';
import type { ServiceState } from '../visit/desk.ts';
import { BUILT_AT_MS, SOFTWARE } from './build-info.ts';
import { watched } from './source.ts';

/** What the visit is made with: the parts of the real terminal but what it keeps, and what it is opened with. */
export interface SyntheticVisitParts
  extends Pick<
    TerminalParts,
    'clock' | 'random' | 'crypto' | 'site' | 'catalog' | 'lookUp' | 'queries' | 'typesetter'
  > {
  /** The real one, for its keys and its enrolment. */
  readonly opened: Pick<OpenedKeeper, 'keys' | 'findEnrolment' | 'port'>;
  /** Where the scratch folder is made. */
  readonly dataDir: string;
}

/** Where a visit got stuck. */
export type Stuck = 'store' | 'reader' | 'home' | 'matter' | 'leave' | 'keep';

const SCRATCH = 'trial-visit';
/** How often the page is looked at while the visit waits for one, and how often at the most. */
const LOOK_MS = 20;
const MOST_LOOKS = 1_500;

/** Makes the visit. Resolves with where it got stuck, or `undefined` when it came to its end. */
export async function findStuckVisit(parts: SyntheticVisitParts): Promise<Stuck | undefined> {
  const folder = join(parts.dataDir, SCRATCH);
  removeTree(folder);
  makeFolder(folder);
  try {
    return await visitIn(folder, parts);
  } finally {
    removeTree(folder);
  }
}

async function visitIn(folder: string, parts: SyntheticVisitParts): Promise<Stuck | undefined> {
  const opened = openKeeper({
    ...{ store: sqliteFile({ path: join(folder, 'visit.db') }), disk: nodeDisk(folder) },
    ...{ mirrorDisk: nodeDisk(join(folder, 'mirror')), keys: parts.opened.keys },
    ...{ clock: parts.clock, random: parts.random, crypto: parts.crypto },
    ...{ software: SOFTWARE, builtAtMs: BUILT_AT_MS },
    ...{ onDamage() {}, onFileTrouble() {}, onBackupTrouble() {} },
  });
  if (!opened.ok) return 'store';
  try {
    return (await walk(opened.value, parts)) ?? keepOne(opened.value, parts);
  } finally {
    opened.value.close();
  }
}

/** Lays a card, opens the first matter that opens, and leaves. */
async function walk(scratch: OpenedKeeper, parts: SyntheticVisitParts): Promise<Stuck | undefined> {
  const { clock, random } = parts;
  const terminal = createTerminal({
    ...parts,
    ...{ keeper: scratch.keeper, time: scratch.time, log() {} },
    ...{ network: watched(false), service: watched<ServiceState>('up'), notices: watched([]) },
    standing: watched(ALL_OPEN),
  });
  const devices = plugMadeUpDevices(terminal, clock);
  const screen = dial(terminal, clock);
  const page = () => terminal.view().page;
  const act = (action: Action) =>
    screen.client.act({ actionId: toHex(random.bytes(16)), revision: terminal.view().revision, action });
  try {
    const isReady = () => {
      const now = page();
      return now.kind === 'attract' && now.reader === 'ready';
    };
    if (!(await until(clock, isReady))) return 'reader';
    devices.lay(madeUpCard(random));
    if (!(await until(clock, () => page().kind === 'home'))) return 'home';
    for (const { id } of parts.catalog.now().matters) {
      await act({ type: 'open-matter', matterId: id });
      if (page().kind !== 'home') break;
    }
    const opened = page().kind;
    if (opened === 'home') return 'matter';
    await act({ type: 'leave' });
    return page().kind === opened ? 'leave' : undefined;
  } finally {
    terminal.stop();
    devices.stop();
    screen.stop();
  }
}

/** Seals, signs and keeps one entry and reads it back; before enrolment there is nobody to seal it to. */
function keepOne(scratch: OpenedKeeper, { opened, random }: SyntheticVisitParts): Stuck | undefined {
  const enrolment = opened.findEnrolment();
  if (enrolment === undefined) return undefined;
  const { origin, certBytes } = enrolment;
  if (!scratch.enrol({ origin, certBytes, trust: opened.port.loadTrust() }).ok) return 'keep';
  const kept = scratch.keeper.keep({
    ...{ submissionId: random.bytes(16), entryClass: 2, content: { schema: 1, kind: 'trial' } },
    ...{ attachments: [], remember: null, slip: false },
  });
  return kept.ok && scratch.port.readQueue(10).length > 0 ? undefined : 'keep';
}

async function until(clock: Clock, isSo: () => boolean): Promise<boolean> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    if (isSo()) return true;
    await sleep(clock, LOOK_MS);
  }
  return false;
}

/** A screen at the end of a port, as any. */
function dial(terminal: Terminal, clock: Clock) {
  const [near, far] = portPair();
  const served = serve(terminal.router, far, { clock, context: {}, onFault() {} });
  const { client } = connect<ScreenContract>(near, { clock });
  return {
    client,
    stop() {
      near.close();
      far.close();
      void served;
    },
  };
}

/** A reader and a printer that are well, and one card. */
function plugMadeUpDevices(terminal: Terminal, clock: Clock) {
  const waiting: DevicesEvent[] = [WELL];
  let wake = () => {};
  let stopped = false;
  async function* events(): AsyncGenerator<DevicesEvent, void> {
    while (!stopped) {
      yield* waiting.splice(0);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const devices = implement(devicesContract);
  const router = devices.router({
    watch: devices.watch.handler(events),
    printSlip: devices.printSlip.handler(() => ({ outcome: 'printed' })),
    printDocument: devices.printDocument.handler(() => ({ outcome: 'not-printed', reason: 'port-closed' })),
    forgetCard: devices.forgetCard.handler(() => null),
    cardPicture: devices.cardPicture.handler(() => ({ outcome: 'none', why: 'no-decoder' })),
    prove: devices.prove.handler(async function* () {}),
    answerProof: devices.answerProof.handler(() => null),
    restart: devices.restart.handler(() => false),
    selfTest: devices.selfTest.handler(({ input: { device } }) => ({
      ...{ device, passed: true, state: 'ok', reason: null, findings: [] },
    })),
  });
  const [near, far] = portPair();
  serve(router, far, { clock, context: {}, onFault() {} });
  terminal.attachDevices(connect<DevicesContract>(near, { clock }).client);
  return {
    lay(read: IdentityRead) {
      waiting.push({ type: 'reader', event: { type: 'identity', read } });
      wake();
    },
    stop() {
      stopped = true;
      wake();
      near.close();
      far.close();
    },
  };
}

const WELL: DevicesEvent = {
  type: 'snapshot',
  devices: [
    { device: 'card-reader', state: 'ok', reason: null },
    { device: 'slip-printer', state: 'ok', reason: null },
  ],
  sensors: [],
  cabinet: null,
};

/** The specimen of the card standard, with a photo block of chance: nobody's card, and another one each time. */
function madeUpCard(random: Random): IdentityRead {
  return {
    ...{ readId: toHex(random.bytes(16)), kind: 'citizen', name: '样张', nameLatin: null, sex: 'female' },
    ...{ nation: { code: '01', name: '汉' }, birth: '1949-12-31', address: '样张', numberValid: true },
    ...{ number: '11010519491231002X', issuer: '样张', validFrom: '2016-01-01', validTo: 'long-term' },
    ...{ photo: random.bytes(1_024), notes: [] },
  };
}
