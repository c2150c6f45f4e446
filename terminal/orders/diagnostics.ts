/**
 * The bundle of diagnostics: what tells how this machine is, put together from named fields alone, so that nothing of a
 * person has a way in. It holds no key, no PIN's verifier, no body, no name and no telephone of anybody.
 */
import { utf8 } from '../../base/bytes.ts';
import type { DeviceStatus } from '../../drivers/api.ts';
import { DIAGNOSTICS_TYPE } from '../../sync/machine-orders.ts';
import type { AttachmentWish } from '../keeper.ts';
import type { Standing } from '../limits/standing.ts';
import type { TerminalConfig } from '../program/config.ts';
import type { LogLine, MachineReport } from '../upkeep/machine-api.ts';
import type { TriedEntry } from '../upkeep/queue.ts';
import type { UpkeepStore } from '../upkeep/store.ts';

/** Whatever is larger is not sent: a bundle is some 100 KB. */
const MOST_BYTES = 4 * 2 ** 20;
const EVENTS = 500;
const ENTRIES = 200;
const REPORTS = 5;

/** What a bundle is made from. */
export interface DiagnosticsFacts {
  readonly software: string;
  readonly freeBytes: () => number | null;
  readonly config: () => TerminalConfig;
  readonly machine: () => MachineReport;
  readonly statuses: () => readonly DeviceStatus[];
  readonly standing: () => Standing;
  readonly store: Pick<UpkeepStore, 'events' | 'reports' | 'paper' | 'saved' | 'countOwed' | 'findHealed'>;
  readonly queue: (limit: number) => readonly TriedEntry[];
  readonly log: () => readonly LogLine[];
}

/** Gathers it. */
export function gatherDiagnostics(facts: DiagnosticsFacts): object {
  const { store } = facts;
  const { stops, warns, takenOut, revoked, locked } = facts.standing();
  return {
    schema: 1,
    machine: facts.machine(),
    configuration: settingsOf(facts.config()),
    devices: facts.statuses(),
    deviceEvents: { newest: store.events.newest(EVENTS), dropped: store.events.dropped() },
    counters: {
      owed: store.countOwed(),
      paper: store.paper(),
      saved: store.saved(),
      healed: store.findHealed() ?? null,
    },
    standing: {
      ...{ stops: [...stops], warns: [...warns], takenOut: [...takenOut.keys()], revoked },
      locked: locked !== undefined,
    },
    queue: facts.queue(ENTRIES).map(lineOf),
    readiness: store.reports().slice(0, REPORTS),
    log: facts.log(),
  };
}

/** The bundle as a file to go with an entry; undefined where it is too large. */
export function bundleFile(bundle: object): AttachmentWish | undefined {
  const bytes = utf8(JSON.stringify(bundle));
  return bytes.length > MOST_BYTES ? undefined : { mediaType: DIAGNOSTICS_TYPE, bytes };
}

/** By name, so that what is added to the configuration later is not in it by itself: whom to call and PINs are not. */
function settingsOf(config: TerminalConfig): object {
  const { village, quietHours, agentTimes, phoneCode, upkeep, rescueDir, longestWaitMs } = config;
  return {
    ...{ village, quietHours, agentTimes, rescueDir, longestWaitMs },
    dataBesideMirror: config.dataDir === config.mirrorDir,
    takesReleases: config.catalogRoot !== undefined,
    phoneCode: phoneCode && { app: phoneCode.app, issuers: phoneCode.issuers.length },
    pins: { caretaker: upkeep.caretaker !== undefined, maintainer: upkeep.maintainer !== undefined },
  };
}

function lineOf({
  seq,
  entryClass,
  keptAtMs,
  state,
  outcome,
  lostFiles,
  tries,
  lastTryMs,
  trouble,
}: TriedEntry): object {
  return { seq, entryClass, keptAtMs, state, outcome, lostFiles, tries, lastTryMs, trouble };
}
