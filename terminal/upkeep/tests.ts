/** Self-tests under way: one at a time, of one device or, for a readiness report, of several in turn. */
import type { DeviceName, SelfTestReport } from '../../drivers/api.ts';
import type { TestRun } from './api.ts';

/** What tests a device: the devices program. Rejects when the line to it breaks or the call is broken off. */
export type TestDevice = (device: DeviceName, signal: AbortSignal) => Promise<SelfTestReport>;

/** The tests of one stay. */
export interface Tests {
  /** How the newest test of a device stands; null when there was none. */
  find(device: DeviceName): TestRun | null;
  /** The test of a series that runs. */
  running(): { readonly device: DeviceName; readonly step: number; readonly steps: number } | null;
  /** Tests devices in turn. `onEach` follows each, `onEnd` the last; neither once it was stopped. */
  run(
    devices: readonly DeviceName[],
    then: {
      onEach(device: DeviceName, passed: boolean): void;
      onEnd(reports: readonly SelfTestReport[]): void;
    },
  ): void;
  /** Breaks off what runs; nothing of it is kept. */
  stop(): void;
  /** Forgets what was found. */
  clear(): void;
}

/** A {@link Tests}; `onChange` follows each step. */
export function createTests(test: TestDevice, onChange: () => void): Tests {
  const runs = new Map<DeviceName, TestRun>();
  let running: { device: DeviceName; step: number; steps: number } | null = null;
  let line = new AbortController();

  const stop = () => {
    line.abort();
    line = new AbortController();
    if (running !== null) runs.delete(running.device);
    running = null;
  };

  const runOne = async (device: DeviceName, signal: AbortSignal): Promise<SelfTestReport> => {
    const lost: SelfTestReport = {
      device,
      passed: false,
      state: 'absent',
      reason: 'not-answering',
      findings: [],
    };
    runs.set(device, { state: 'running' });
    onChange();
    const report = await test(device, signal).catch(() => lost);
    if (signal.aborted) return report;
    const { passed, findings } = report;
    runs.set(device, report === lost ? { state: 'lost' } : { state: 'done', passed, findings });
    return report;
  };

  return {
    find: (device) => runs.get(device) ?? null,
    running: () => running,
    async run(devices, then) {
      stop();
      const { signal } = line;
      const reports: SelfTestReport[] = [];
      for (const [index, device] of devices.entries()) {
        running = { device, step: index + 1, steps: devices.length };
        const report = await runOne(device, signal);
        if (signal.aborted) return;
        reports.push(report);
        then.onEach(device, report.passed);
        onChange();
      }
      running = null;
      then.onEnd(reports);
      onChange();
    },
    stop() {
      stop();
      onChange();
    },
    clear() {
      stop();
      runs.clear();
    },
  };
}
