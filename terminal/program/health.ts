/** How this terminal is, for a launcher that has it on trial: `host/launcher/README.md` says what each check means. */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { CheckState, Health } from '../../base/program-lines.ts';
import type { DeviceName, DeviceStatus } from '../../drivers/api.ts';
import { isAnswering } from '../software/answering.ts';
import type { UpkeepQueue } from '../upkeep/queue.ts';

/** What is looked at. The store is open and the known answers were right, or nobody would look. */
export interface HealthParts {
  readonly clock: Clock;
  readonly say: (health: Health) => void;
  readonly statuses: () => readonly DeviceStatus[];
  /** Devices that answered the version before. */
  readonly answered: ReadonlySet<DeviceName>;
  readonly queue: Pick<UpkeepQueue, 'status'>;
  /** Makes a visit that nobody sees; where it got stuck, or `undefined`. */
  readonly findStuckVisit: () => Promise<string | undefined>;
  /** Told where it got stuck, for the log. */
  readonly onStuck: (at: string) => void;
}

const LOOK_EVERY_MS = 1_000;
/** What says that the network or the platform is away or has too much to do, and not that this version cannot speak to it. */
const AWAY = /^(?:unreachable|timeout|http-429|http-5\d\d)$/;

/** Looks every second and says how it is, at once and after each change; the answer stops that. */
export function watchHealth(parts: HealthParts): Cancel {
  const { clock, say } = parts;
  let visit: CheckState = 'waiting';
  let last = '';
  let stopped = false;
  let cancel: Cancel = () => {};
  void parts.findStuckVisit().then(
    (at) => {
      visit = at === undefined ? 'ok' : 'ill';
      if (at !== undefined) parts.onStuck(at);
    },
    () => {
      visit = 'ill';
      parts.onStuck('threw');
    },
  );
  const look = () => {
    const checks: Health['checks'] = {
      store: 'ok',
      'known-answers': 'ok',
      devices: devicesCheck(parts.statuses(), parts.answered),
      platform: platformCheck(parts.queue.status()),
      visit,
    };
    const text = JSON.stringify(checks);
    if (text !== last) say({ restarts: 0, checks });
    last = text;
    if (!stopped) cancel = clock.after(LOOK_EVERY_MS, look);
  };
  look();
  return () => {
    stopped = true;
    cancel();
  };
}

/**
 * They answer: the devices process is there, each device came to some end of its starting, and what answered the version
 * before answers this one. What was broken before is no fault of this version's.
 */
function devicesCheck(statuses: readonly DeviceStatus[], answered: ReadonlySet<DeviceName>): CheckState {
  const isWell = (status: DeviceStatus) =>
    status.state !== 'starting' && (isAnswering(status) || !answered.has(status.device));
  return statuses.length > 0 && statuses.every(isWell) ? 'ok' : 'waiting';
}

/** Reached, or known to be away; before enrolment there is none. An answer that makes no sense is neither. */
function platformCheck(status: ReturnType<UpkeepQueue['status']>): CheckState {
  if (status === null || status.online) return 'ok';
  return status.trouble !== null && AWAY.test(status.trouble) ? 'ok' : 'waiting';
}
