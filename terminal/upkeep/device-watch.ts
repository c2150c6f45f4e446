/** What upkeep notes of the devices: how each stands and since when, and how much paper was used. */
import type { DeviceName, DeviceStatus } from '../../drivers/api.ts';
import type { DeviceNews } from '../visit/devices-link.ts';
import type { DeviceLine, PaperView } from './api.ts';
import { DEVICE_NAMES } from './device-names.ts';
import { type PaperUse, paperView, withCount, withNewRoll } from './paper.ts';
import type { UpkeepStore } from './store.ts';

/** The notes. */
export interface DeviceWatch {
  readonly news: DeviceNews;
  /** A device as a line of a list; `absent` where nothing is heard of it. */
  line(device: DeviceName): DeviceLine;
  lines(): readonly DeviceLine[];
  /** Null where there is no slip printer. */
  paper(): PaperView | null;
  /** Somebody put a full roll in. */
  rollChanged(): void;
}

/** States that pass by themselves and are not worth a line in the ring. */
const PASSING: ReadonlySet<string> = new Set(['starting', 'busy']);

/** A {@link DeviceWatch} on what is known of the devices now. */
export function createDeviceWatch(parts: {
  readonly store: Pick<UpkeepStore, 'events' | 'paper' | 'savePaper'>;
  readonly statuses: () => readonly DeviceStatus[];
  readonly nowMs: () => number;
}): DeviceWatch {
  const { store, statuses, nowMs } = parts;
  // What a full disk cannot take is known here until the next start.
  let use: PaperUse = store.paper();
  const saveUse = (now: PaperUse) => {
    use = now;
    store.savePaper(now);
  };

  const find = (device: DeviceName) => statuses().find((status) => status.device === device);
  const line = (device: DeviceName): DeviceLine => {
    const { state, reason } = find(device) ?? { state: 'absent', reason: 'port-closed' };
    const standing = store.events.findStanding(device);
    const isSame = standing?.state === state && standing.reason === reason;
    return { device, name: DEVICE_NAMES[device], state, reason, sinceMs: isSame ? standing.atMs : null };
  };

  return {
    news: {
      status({ device, state, reason, linesPrinted }) {
        if (linesPrinted !== undefined && linesPrinted !== use.counter) saveUse(withCount(use, linesPrinted));
        if (PASSING.has(state)) return;
        const standing = store.events.findStanding(device);
        if (standing?.state === state && standing.reason === reason) return;
        store.events.add({ atMs: nowMs(), device, event: { type: 'status', state, reason } });
      },
      hung: (device) => store.events.add({ atMs: nowMs(), device, event: { type: 'hung' } }),
      lost: () => store.events.add({ atMs: nowMs(), device: null, event: { type: 'devices-lost' } }),
    },
    line,
    lines: () => statuses().map(({ device }) => line(device)),
    paper: () => (find('slip-printer') === undefined ? null : paperView(use, find('slip-printer'))),
    rollChanged() {
      saveUse(withNewRoll(use, nowMs()));
      store.events.add({ atMs: nowMs(), device: 'slip-printer', event: { type: 'roll-changed' } });
    },
  };
}
