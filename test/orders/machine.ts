/** A real terminal program on real folders, without devices, that is started again whenever it ends in order. */
import { join } from 'node:path';
import { startChild } from '../../host/child-process.ts';
import { DONGCUN } from '../../platform/testing/test-platform.ts';

/** Whom to call, as a configuration says it: nothing of it may stand in a bundle. */
export const SUPPORT = {
  agentName: '示例代办员甲',
  agentPhone: '13900000077',
  agentHours: { zh: '白天', en: 'by day' },
  townPhone: '0575-86000077',
} as const;

/** A verifier of no PIN that anybody has. */
export const VERIFIER = `scrypt$2$1$1$${'A'.repeat(22)}$${'B'.repeat(43)}`;

/** A machine under test. */
export interface TestMachine {
  readonly dataDir: string;
  readonly mirrorDir: string;
  /** How often its program was started. */
  starts(): number;
  /** Ends it for good; `kill` without a word. */
  stop(kill?: boolean): Promise<void>;
}

/** Starts one in `folder`, enrolled with `enrolment`. */
export function startMachine(folder: string, enrolment: string): TestMachine {
  const [dataDir, mirrorDir] = [join(folder, 'data'), join(folder, 'mirror')];
  let isStopped = false;
  let starts = 0;
  const start = () => {
    starts += 1;
    const child = startChild({
      ...{ name: 'terminal', entry: join(import.meta.dirname, '../../terminal/main.ts') },
      config: {
        ...{ dataDir, mirrorDir, village: DONGCUN.village.code, support: SUPPORT, enrolment },
        ...{ upkeep: { maintainer: VERIFIER }, longestWaitMs: 1_000 },
        screenSocket: join(folder, 'terminal.sock'),
        devicesSocket: join(folder, 'devices.sock'),
      },
      configPath: join(folder, 'terminal.json'),
      logPath: join(folder, 'terminal.log'),
    });
    child.ready.catch(() => undefined);
    child.onExit(() => {
      if (!isStopped) running = start();
    });
    return child;
  };
  let running = start();
  return {
    ...{ dataDir, mirrorDir, starts: () => starts },
    async stop(kill = false) {
      isStopped = true;
      const ended = new Promise<void>((resolve) => running.onExit(() => resolve()));
      if (kill) running.kill('SIGKILL');
      else await running.stop();
      await ended;
    },
  };
}

/** Asks again and again until there is an answer, or fails after half a minute. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const endMs = Date.now() + 30_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > endMs) throw new Error('nothing came within half a minute');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
