/** The self-test that the platform orders, with nobody there: what wants a person's hand is only asked how it is. */
import type { DeviceName, DeviceStatus, SelfTestReport } from '../../drivers/api.ts';
import { screenDeviceSchema } from '../../drivers/api.ts';
import type { OrderReport } from '../../sync/machine-orders.ts';
import type { UpkeepDevices } from '../upkeep/upkeep-devices.ts';
import type { OrderAnswer } from './order-runner.ts';

/** What waits for a card or a code. */
const WANT_A_HAND: ReadonlySet<DeviceName> = new Set(['card-reader', 'code-scanner', 'social-card-reader']);
const PRINT: ReadonlySet<DeviceName> = new Set(['slip-printer', 'a4-printer']);
const WELL: ReadonlySet<DeviceStatus['state']> = new Set(['ok', 'attention', 'busy']);

/** Tests all devices in turn; fails where the devices program is gone. */
export async function runOrderedTest(parts: {
  readonly statuses: () => readonly DeviceStatus[];
  readonly find: () => Pick<UpkeepDevices, 'selfTest'> | undefined;
  /** What the report says beside the devices. */
  readonly facts: () => Pick<OrderReport, 'atMs' | 'software' | 'clockTrusted' | 'freeBytes' | 'owed'>;
  readonly paper: boolean;
}): Promise<OrderAnswer> {
  const program = parts.find();
  if (program === undefined) return { outcome: 'failed', why: 'no-devices' };
  const results: Pick<SelfTestReport, 'device' | 'passed' | 'state' | 'reason'>[] = [];
  for (const status of parts.statuses()) {
    const { device } = status;
    const isAsked =
      WANT_A_HAND.has(device) ||
      (PRINT.has(device) && !parts.paper) ||
      screenDeviceSchema.safeParse(device).success;
    if (isAsked) results.push(asItIs(status));
    else {
      const { passed, state, reason } = await program.selfTest(
        { device },
        { signal: new AbortController().signal },
      );
      results.push({ device, passed, state, reason });
    }
  }
  return { outcome: 'done', why: null, report: { ...parts.facts(), results } };
}

function asItIs({
  device,
  state,
  reason,
}: DeviceStatus): Pick<SelfTestReport, 'device' | 'passed' | 'state' | 'reason'> {
  return { device, passed: WELL.has(state), state, reason };
}
