/** The whole machine started again by its launcher, asked for as every change of the software is. */
import type { Clock } from '../../base/clock.ts';
import type { Disk } from '../../base/disk.ts';
import { askLauncher, findLauncherStatus } from '../software/slots.ts';
import type { MachineRestart } from './order-runner.ts';

/** By the launcher whose folder that is; without one it can only be refused. */
export function restartByLauncher(software: Disk | undefined, clock: Clock): MachineRestart {
  const status = () => software && findLauncherStatus(software);
  return {
    mustWait: () => status()?.phase === 'trial',
    async ask(name) {
      if (software === undefined) return 'no-launcher';
      const asked = await askLauncher({ disk: software, clock }, { id: name, wish: 'restart' });
      return asked.ok ? undefined : asked.error;
    },
    isTaken(name) {
      const answer = status()?.answer;
      return answer?.id === name && answer.ok;
    },
  };
}
