/** What is done to devices from the screen: restarted, mended by order, tested, and put into a readiness report. */
import type { Crypto } from '../../base/crypto/api.ts';
import type { CabinetFacts, DeviceName, SelfTestReport } from '../../drivers/api.ts';
import { repairWish } from '../agents/repair-order.ts';
import type { Keeper, TrustedTime } from '../keeper.ts';
import type { ReadinessReport, UpkeepEvent } from './api.ts';
import type { DeviceWatch } from './device-watch.ts';
import { testable } from './pages.ts';
import { reportBlocks } from './report-blocks.ts';
import { goTo, type Session } from './session.ts';
import type { UpkeepStore } from './store.ts';
import type { Tests } from './tests.ts';
import type { UpkeepDevices } from './upkeep-devices.ts';

/** The stay as it is when something comes back that was begun in it. */
export interface Stay {
  now(): Session | null;
  put(next: Session): 'done';
}

/** What this stands on. */
export interface DeviceCareParts {
  readonly stay: Stay;
  readonly crypto: Crypto;
  readonly keeper: Pick<Keeper, 'keep'>;
  readonly time: TrustedTime;
  readonly store: Pick<UpkeepStore, 'addReport' | 'reports' | 'countOwed'>;
  readonly software: string;
  readonly online: () => boolean;
  readonly freeBytes: () => number | null;
  readonly watch: DeviceWatch;
  readonly tests: Pick<Tests, 'run'>;
  readonly cabinet: () => CabinetFacts | null;
  /** The devices program, while there is one. */
  readonly find: () => UpkeepDevices | undefined;
  readonly note: (device: DeviceName, event: UpkeepEvent) => void;
  /** A test begins. */
  readonly onTest: () => void;
}

/** Each answers what became of the wish; what takes longer changes the stay when it is known. */
export interface DeviceCare {
  restart(here: Session, device: DeviceName): 'done';
  orderRepair(here: Session, device: DeviceName): 'done' | 'not-here';
  test(here: Session, chosen: readonly DeviceName[]): 'done';
  runReadiness(here: Session): 'done' | 'not-here';
  printReport(here: Session): 'done' | 'not-here';
}

/** Joins it. */
export function createDeviceCare(parts: DeviceCareParts): DeviceCare {
  const { stay, store, time, watch, note } = parts;

  function run(
    { role }: Session,
    chosen: readonly DeviceName[],
    onEnd: (all: readonly SelfTestReport[]) => void,
  ): 'done' {
    parts.tests.run(chosen, {
      onEach(device, passed) {
        if (role !== null) note(device, { type: 'self-test', role, passed });
      },
      onEnd,
    });
    parts.onTest();
    return 'done';
  }

  function reportOf(results: readonly SelfTestReport[]): ReadinessReport {
    return {
      atMs: time.nowMs(),
      software: parts.software,
      cabinet: parts.cabinet()?.name ?? null,
      clockTrusted: time.trusted(),
      online: parts.online(),
      freeBytes: parts.freeBytes(),
      owed: store.countOwed(),
      results: results.map((result) => ({ ...result, findings: [...result.findings] })),
    };
  }

  return {
    restart(here, device) {
      if (here.role !== null) note(device, { type: 'restarted', role: here.role });
      const settle = () => {
        const now = stay.now();
        if (now?.restarting === device) stay.put({ ...now, restarting: null });
      };
      const asked = parts.find()?.restart({ device });
      asked?.then((began) => {
        if (!began) settle();
      }, settle);
      return stay.put({ ...here, restarting: asked === undefined ? null : device });
    },
    orderRepair(here, device) {
      const fault = watch.line(device).reason ?? 'broken';
      const wish = repairWish(parts.crypto, { part: device, fault, agentId: null, nowMs: time.nowMs() });
      if (!parts.keeper.keep(wish).ok) return 'not-here';
      return stay.put({ ...here, repairs: new Set([...here.repairs, device]) });
    },
    test: (here, chosen) => run(here, chosen, () => {}),
    runReadiness(here) {
      const chosen = testable(watch).filter((device) => !here.leftOut.has(device));
      if (chosen.length === 0) return 'not-here';
      return run(here, chosen, (results) => {
        const number = store.addReport(reportOf(results));
        const now = stay.now();
        if (now?.spot.at === 'readiness' && number !== undefined)
          stay.put(goTo(now, { at: 'report', number }));
      });
    },
    printReport(here) {
      const { spot, language } = here;
      const kept = store.reports().find(({ number }) => spot.at === 'report' && number === spot.number);
      if (kept === undefined || here.printing === 'now') return 'not-here';
      const settle = (printing: Session['printing']) => {
        const now = stay.now();
        if (now?.spot === spot) stay.put({ ...now, printing });
      };
      const job = { jobId: `readiness-${kept.number}`, blocks: reportBlocks(kept.report, language) };
      const printed = parts.find()?.printSlip(job);
      printed?.then(
        ({ outcome }) => settle(outcome === 'printed' ? 'printed' : 'not-printed'),
        () => settle('not-printed'),
      );
      return stay.put({ ...here, printing: printed === undefined ? 'not-printed' : 'now' });
    },
  };
}
