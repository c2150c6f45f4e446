/** Which of the troubles that a page leads out of stand now. */
import type { Standing } from '../limits/standing.ts';
import type { DeviceWatch } from './device-watch.ts';
import type { Fix } from './machine-api.ts';
import type { UpkeepQueue } from './queue.ts';

/** The device whose self-test tells whether a trouble is gone. */
export const FIX_DEVICES: { readonly [fix in Fix]?: 'slip-printer' | 'card-reader' } = {
  paper: 'slip-printer',
  reader: 'card-reader',
};

/** As many of the queue as are looked at: refused entries come first. */
const LOOKED_AT = 1;
const UNWELL: ReadonlySet<string> = new Set(['fault', 'absent', 'attention']);

/** Those that stand. */
export function fixesStanding(parts: {
  readonly watch: Pick<DeviceWatch, 'line'>;
  readonly queue: Pick<UpkeepQueue, 'entries'>;
  readonly standing: () => Standing;
  readonly online: () => boolean;
  readonly clockTrusted: () => boolean;
}): ReadonlySet<Fix> {
  const { warns, stops } = parts.standing();
  const isUnwell = (device: 'slip-printer' | 'card-reader') => UNWELL.has(parts.watch.line(device).state);
  const stands: Readonly<Record<Fix, boolean>> = {
    paper: isUnwell('slip-printer'),
    reader: isUnwell('card-reader'),
    network: !parts.online(),
    disk: warns.has('disk') || stops.has('disk'),
    clock: !parts.clockTrusted(),
    refused: parts.queue.entries(LOOKED_AT).some(({ state }) => state === 'refused'),
  };
  const all: readonly Fix[] = ['paper', 'reader', 'network', 'disk', 'clock', 'refused'];
  return new Set(all.filter((fix) => stands[fix]));
}
