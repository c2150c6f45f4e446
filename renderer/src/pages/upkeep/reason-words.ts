import type { DeviceLine } from '../../../../terminal/api.ts';
import { upkeepZh } from '../../words/upkeep-zh.ts';
import type { Translate } from '../../words/words.ts';

type Device = DeviceLine['device'];
type Reason = NonNullable<DeviceLine['reason']>;
type Own = keyof typeof upkeepZh.own;

/** What is the matter with a device. */
export function reasonWord(device: Device, reason: Reason, t: Translate): string {
  const own = findOwn(device, reason);
  return t(own === undefined ? `upkeep.reason.${reason}` : `upkeep.own.${own}.reason`);
}

/** What to do about it. */
export function adviceWord(device: Device, reason: Reason, t: Translate): string {
  const own = findOwn(device, reason);
  return t(own === undefined ? `upkeep.advice.${reason}` : `upkeep.own.${own}.advice`);
}

/** The words of this device alone, where a reason means something else to it than to most. */
function findOwn(device: Device, reason: Reason): Own | undefined {
  const name = `${device}/${reason}`;
  return name in upkeepZh.own ? (name as Own) : undefined;
}
