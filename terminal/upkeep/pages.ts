/** The content of each page of upkeep, from what is known now. Nothing here changes anything. */
import { type DeviceName, screenDeviceSchema } from '../../drivers/api.ts';
import type { TrustedTime } from '../keeper.ts';
import type { Standing } from '../limits/standing.ts';
import type { StickWork } from '../rescue/stick-work.ts';
import type { DeviceLine, PaperView, ReadinessReport, Role, UpkeepPage } from './api.ts';
import { catalogPage, type UpkeepCatalog } from './catalog-page.ts';
import { DEVICE_NAMES } from './device-names.ts';
import type { DeviceWatch } from './device-watch.ts';
import type { MachineCare } from './machine-care.ts';
import { limitLines, queuePage, type UpkeepQueue } from './queue.ts';
import type { Session } from './session.ts';
import type { SignIn } from './sign-in.ts';
import type { UpkeepStore } from './store.ts';
import type { Tests } from './tests.ts';

/** How many events of a device its page shows. */
const EVENTS_SHOWN = 30;

/** What the pages are made from. */
export interface PageSource {
  readonly signIn: Pick<SignIn, 'roles' | 'waitMs'>;
  readonly watch: DeviceWatch;
  readonly store: UpkeepStore;
  readonly tests: Pick<Tests, 'find' | 'running'>;
  readonly sticks: Pick<StickWork, 'sticks' | 'running' | 'outcome'>;
  readonly time: TrustedTime;
  readonly software: string;
  /** Terminals that this machine was before, in hex. */
  readonly former: readonly string[];
  readonly queue: UpkeepQueue;
  readonly care: Pick<MachineCare, 'door' | 'findPage' | 'phoneWaitMs'>;
  readonly catalog: UpkeepCatalog;
  readonly standing: () => Standing;
  lastContactMs(): number | null;
  /** How long the screen is still to be left alone. */
  cleaningMs(): number;
}

/** The page a stay is on. Where what it shows is gone meanwhile, the role's first page stands instead. */
export function pageOf(session: Session, source: PageSource): UpkeepPage {
  const { spot, role } = session;
  if (role === null || spot.at === 'sign-in') return signInPage(session, source);
  return source.care.findPage(session) ?? ownPage(session, role, source);
}

function ownPage(session: Session, role: Role, source: PageSource): UpkeepPage {
  const { spot } = session;
  switch (spot.at) {
    case 'caretaker':
      return caretakerPage(source);
    case 'paper':
      return paperPage(source);
    case 'cleaning':
      return { kind: 'cleaning', secondsLeft: toSeconds(source.cleaningMs()) };
    case 'device':
      return devicePage(session, role, spot.device, source);
    case 'queue':
      return queuePage(role, { ...source, countOwed: () => source.store.countOwed() });
    case 'away':
      return { kind: 'agent-away', awayUntilMs: awayUntilMs(source) };
    case 'readiness':
      return readinessPage(session, source);
    case 'report':
      return reportPage(session, spot.number, source) ?? readinessPage(session, source);
    case 'rescue':
      return rescuePage(source);
    case 'catalog':
      return catalogPage(source.catalog, source.store.saved());
    default:
      return devicesPage(role, source);
  }
}

/** The devices a report may test: all that are there, the screen's own cameras and microphone aside. */
export function testable(watch: Pick<DeviceWatch, 'lines'>): readonly DeviceName[] {
  return watch.lines().flatMap(({ device }) => (isScreens(device) ? [] : [device]));
}

/** The slip printer's state, as on every page of paper. */
const UNKNOWN_PAPER: PaperView = { level: 'unknown', slipsLeft: null, changedAtMs: null };

function signInPage({ asked, wrong }: Session, { signIn, care }: PageSource): UpkeepPage {
  const door = care.door(asked);
  const waitMs = door.challenge === null ? signIn.waitMs : care.phoneWaitMs;
  const waitSeconds = asked === null ? 0 : toSeconds(waitMs(asked));
  return { kind: 'upkeep-sign-in', roles: [...signIn.roles], role: asked, wrong, waitSeconds, door };
}

/** What the agent said, while it still holds. */
function awayUntilMs({ store, time }: PageSource): number | null {
  const untilMs = store.agentAwayUntilMs();
  return untilMs !== null && time.nowMs() < untilMs ? untilMs : null;
}

function caretakerPage(source: PageSource): UpkeepPage {
  const { watch, standing } = source;
  return {
    kind: 'caretaker',
    troubles: troublesOf(watch),
    limits: limitLines(standing()),
    paper: watch.paper(),
    awayUntilMs: awayUntilMs(source),
  };
}

/** What is not well, and paper that will end: the one is told by the device, the other by our own sums. */
function troublesOf(watch: DeviceWatch): DeviceLine[] {
  return watch
    .lines()
    .filter(({ state }) => state === 'fault' || state === 'absent' || state === 'attention');
}

function paperPage({ watch, tests }: PageSource): UpkeepPage {
  return {
    kind: 'paper',
    paper: watch.paper() ?? UNKNOWN_PAPER,
    printer: watch.line('slip-printer'),
    test: tests.find('slip-printer'),
  };
}

function devicesPage(
  role: Role,
  { standing, watch, store, time, software, lastContactMs }: PageSource,
): UpkeepPage {
  const queue = {
    owed: store.countOwed(),
    lastContactMs: lastContactMs(),
    clockTrusted: time.trusted(),
    software,
  };
  return {
    kind: 'devices',
    role,
    devices: [...watch.lines()],
    limits: limitLines(standing()),
    healed: role === 'maintainer' ? (store.findHealed() ?? null) : null,
    queue: role === 'maintainer' ? queue : null,
  };
}

function devicePage(
  { restarting, repairs }: Session,
  role: Role,
  device: DeviceName,
  { watch, store, tests }: PageSource,
): UpkeepPage {
  const isMaintainers = role === 'maintainer';
  const isDriven = !isScreens(device);
  return {
    kind: 'device',
    role,
    line: watch.line(device),
    canRestart: isDriven,
    restarting: restarting === device,
    repairAsked: repairs.has(device),
    test: isMaintainers && isDriven ? { run: tests.find(device) } : null,
    events: isMaintainers ? [...store.events.newest(EVENTS_SHOWN, device)] : [],
    dropped: isMaintainers ? store.events.dropped() : 0,
  };
}

function readinessPage({ leftOut }: Session, { watch, tests, store }: PageSource): UpkeepPage {
  const running = tests.running();
  return {
    kind: 'readiness',
    choices: testable(watch).map((device) => ({
      device,
      name: DEVICE_NAMES[device],
      chosen: !leftOut.has(device),
    })),
    running: running && { ...running, name: DEVICE_NAMES[running.device] },
    reports: store.reports().map(({ number, report }) => ({
      number,
      atMs: report.atMs,
      passed: isReady(report),
    })),
  };
}

function reportPage({ printing }: Session, number: number, { store }: PageSource): UpkeepPage | undefined {
  const report = store.reports().find((kept) => kept.number === number)?.report;
  if (report === undefined) return undefined;
  const results = report.results.map((result) => ({ ...result, name: DEVICE_NAMES[result.device] }));
  return { kind: 'report', number, report: { ...report, results }, printing };
}

function rescuePage({ store, sticks, former }: PageSource): UpkeepPage {
  return {
    kind: 'rescue',
    owed: store.countOwed(),
    former: former.map((terminalId) => terminalId.slice(0, 8)),
    sticks: [...sticks.sticks()],
    running: sticks.running(),
    outcome: sticks.outcome(),
  };
}

function isReady({ results }: ReadinessReport): boolean {
  return results.every(({ passed }) => passed);
}

function isScreens(device: DeviceName): boolean {
  return screenDeviceSchema.safeParse(device).success;
}

function toSeconds(durationMs: number): number {
  return Math.ceil(durationMs / 1000);
}
