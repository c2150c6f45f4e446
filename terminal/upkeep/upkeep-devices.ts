import type { DeviceName, SelfTestReport, SlipJob, SlipOutcome } from '../../drivers/api.ts';

/** What upkeep asks of the devices program; each call rejects when the line to it breaks. */
export interface UpkeepDevices {
  restart(input: { readonly device: DeviceName }): Promise<boolean>;
  selfTest(
    input: { readonly device: DeviceName },
    options: { readonly signal: AbortSignal },
  ): Promise<SelfTestReport>;
  printSlip(job: SlipJob): Promise<SlipOutcome>;
}
